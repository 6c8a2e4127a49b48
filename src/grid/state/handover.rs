//! Handovers as they stand: what was offered and what was said to it, in whatever order the facts come.
use std::collections::BTreeMap;

use chrono::NaiveDate;
use minicbor::{Decode, Encode};

use super::State;
use crate::grid::{
    fact::{Fact, FactId, Handover, HandoverAnswer, HandoverStep, PackSeal, codec},
    org::{NodeIx, PersonIx},
};

/// A post that was offered to somebody, with what was said to that.
#[derive(Clone, Debug, PartialEq, Encode, Decode)]
pub struct Offer {
    /// The offer's fact.
    #[n(0)]
    pub id: FactId,
    /// The node, by id.
    #[n(1)]
    pub node: String,
    /// Who is to take over, by id.
    #[n(2)]
    pub to: String,
    /// Who offered it, by id: who leaves, or somebody above.
    #[n(3)]
    pub by: Option<String>,
    /// The day of the offer.
    #[cbor(n(4), with = "codec::day")]
    pub day: NaiveDate,
    /// When it was written down, UTC milliseconds since 1970.
    #[n(5)]
    pub recorded_ms: i64,
    /// What was offered.
    #[n(6)]
    pub what: Handover,
}

/// What somebody said to an offer.
#[derive(Clone, Debug, PartialEq, Encode, Decode)]
pub struct Answered {
    /// The fact.
    #[n(0)]
    pub id: FactId,
    /// What was said.
    #[n(1)]
    pub kind: HandoverAnswer,
    /// By whom, by id.
    #[n(2)]
    pub by: Option<String>,
    /// On which day.
    #[cbor(n(3), with = "codec::day")]
    pub day: NaiveDate,
    /// When it was written down, UTC milliseconds since 1970.
    #[n(4)]
    pub recorded_ms: i64,
    /// Why.
    #[n(5)]
    pub note: String,
    /// What was taken over, where it was.
    #[n(6)]
    pub seal: Option<PackSeal>,
}

/// All handovers.
#[derive(Clone, Debug, Default, PartialEq, Encode, Decode)]
pub(super) struct Handovers {
    #[n(0)]
    offers: BTreeMap<FactId, Offer>,
    /// By offer and moment; kept also before the offer comes.
    #[n(1)]
    answers: BTreeMap<FactId, BTreeMap<(i64, FactId), Answered>>,
}

impl Handovers {
    fn answer(&self, of: FactId) -> Option<&Answered> {
        let answers = self.answers.get(&of)?;
        // The posts went with the confirmation: where one counts, nothing that was said beside it undoes that.
        let confirmed = answers.values().find(|answer| answer.kind == HandoverAnswer::Confirmed);
        confirmed.or_else(|| answers.values().next())
    }

    /// Tells everything, a line each.
    pub(super) fn told(&self, mut line: impl FnMut(std::fmt::Arguments<'_>)) {
        self.offers.values().for_each(|offer| line(format_args!("{offer:?}")));
        self.answers.iter().for_each(|(of, answers)| line(format_args!("{of} {answers:?}")));
    }
}

impl Offer {
    /// The node, where it is known.
    pub fn node_ix(&self, state: &State) -> Option<NodeIx> {
        state.org().node_ix(&self.node)
    }

    /// Who leaves, where they are known.
    pub fn leaver(&self, state: &State) -> Option<PersonIx> {
        state.org().person_ix(&self.what.from)
    }

    /// Who is to take over, where they are known.
    pub fn successor(&self, state: &State) -> Option<PersonIx> {
        state.org().person_ix(&self.to)
    }

    /// Whether somebody above offered it for who has left.
    pub fn is_for_another(&self) -> bool {
        self.by.as_deref() != Some(&self.what.from)
    }

    /// The day on which the post passes where it is confirmed on `day`: never back in time, so that whoever acted until then
    /// had the post.
    pub fn passes_on(&self, day: NaiveDate) -> NaiveDate {
        self.what.on.max(day)
    }
}

impl State {
    /// Takes in an offer.
    pub(super) fn hand_over(&mut self, fact: &Fact, what: &Handover) {
        let (Some(node), Some(to)) = (&fact.draft.at, &fact.draft.subject) else { return };
        let offer = Offer {
            id: fact.id,
            node: node.clone(),
            to: to.clone(),
            by: fact.draft.by.clone(),
            day: fact.draft.occurred,
            recorded_ms: fact.recorded_ms,
            what: what.clone(),
        };
        self.handovers.offers.insert(fact.id, offer);
    }

    /// Takes in what was said to an offer.
    pub(super) fn step_handover(&mut self, fact: &Fact, step: &HandoverStep) {
        let answered = Answered {
            id: fact.id,
            kind: step.kind,
            by: fact.draft.by.clone(),
            day: fact.draft.occurred,
            recorded_ms: fact.recorded_ms,
            note: step.note.clone(),
            seal: step.seal.clone(),
        };
        self.handovers.answers.entry(step.of).or_default().insert((fact.recorded_ms, fact.id), answered);
    }

    /// All handovers that were ever offered, in the order of their facts' names.
    pub fn handovers(&self) -> impl DoubleEndedIterator<Item = &Offer> {
        self.handovers.offers.values()
    }

    /// The handover of this name.
    pub fn handover(&self, id: FactId) -> Option<&Offer> {
        self.handovers.offers.get(&id)
    }

    /// What was said to a handover; none while it waits.
    pub fn handover_answer(&self, id: FactId) -> Option<&Answered> {
        self.handovers.answer(id)
    }

    /// Whether a handover waits for an answer.
    pub fn is_offered(&self, id: FactId) -> bool {
        self.handover(id).is_some() && self.handover_answer(id).is_none()
    }

    /// The nodes of which somebody may look at everything since a post there is offered to them, or is theirs from a day on
    /// that has not come.
    pub fn nodes_offered(&self, person: &str, today: NaiveDate) -> impl Iterator<Item = NodeIx> {
        let waits = move |offer: &&Offer| match self.handover_answer(offer.id) {
            None => true,
            Some(answer) => answer.kind == HandoverAnswer::Confirmed && offer.passes_on(answer.day) > today,
        };
        let theirs = self.handovers().filter(move |offer| offer.to == person);
        theirs.filter(waits).filter_map(|offer| offer.node_ix(self))
    }
}
