//! Answering an offer: the successor confirms or declines, who offered takes it back.
use super::{
    HandoverRefusal,
    passing::{is_there, passing},
    stands,
};
use crate::grid::{
    decide::{
        Actor, Decision, Refusal,
        rights::{Right, has, helper},
    },
    fact::{Body, Draft, FactId, HandoverAnswer, HandoverStep, PostHolding},
    handover::Seat,
    org::{NodeIx, PersonIx},
    state::{Offer, State},
};

/// What somebody says to an offer.
pub(in crate::grid::decide) struct Answering<'a> {
    pub of: FactId,
    pub kind: HandoverAnswer,
    pub note: &'a str,
}

pub(in crate::grid::decide) fn decide(
    state: &State,
    actor: &Actor,
    answering: &Answering<'_>,
) -> Result<Decision, Refusal> {
    let offer = state.handover(answering.of).ok_or(HandoverRefusal::NoSuch)?;
    let (Some(node), Some(from)) = (offer.node_ix(state), offer.leaver(state)) else {
        return Err(HandoverRefusal::NoSuch.into());
    };
    let name = |person: Option<PersonIx>| person.map_or(String::new(), |ix| state.org().person(ix).record.name.clone());
    if let Some(answer) = state.handover_answer(offer.id) {
        let by = name(answer.by.as_deref().and_then(|id| state.org().person_ix(id)));
        return Err(HandoverRefusal::Answered(by, answer.day, answer.kind).into());
    }
    let me = actor.person.as_deref().ok_or(HandoverRefusal::Who)?;
    let note = answering.note.trim();
    match answering.kind {
        HandoverAnswer::Confirmed => {
            whose(me, offer, name(offer.successor(state)))?;
            return confirmed(state, actor, offer, (node, from), note);
        }
        HandoverAnswer::Declined => whose(me, offer, name(offer.successor(state)))?,
        HandoverAnswer::TakenBack => {
            let theirs = me == offer.what.from || offer.by.as_deref() == Some(me);
            if !theirs && has(state, actor, node, Right::Approve).is_err() {
                let helper = helper(state, node, Right::Approve, actor.today);
                return Err(HandoverRefusal::NotYoursToTakeBack(name(Some(from)), helper).into());
            }
        }
    }
    if note.is_empty() {
        return Err(Refusal::NoReason);
    }
    let step = HandoverStep { of: offer.id, kind: answering.kind, note: note.to_owned(), seal: None };
    Ok(Decision { drafts: vec![said(actor, offer, &offer.to, Body::HandoverStep(step))], ..Decision::default() })
}

/// Only who is to take over says yes or no.
fn whose(me: &str, offer: &Offer, name: String) -> Result<(), HandoverRefusal> {
    if me == offer.to { Ok(()) } else { Err(HandoverRefusal::NotYours(name)) }
}

/// The confirmation and the posts that pass with it, all or none.
fn confirmed(
    state: &State,
    actor: &Actor,
    offer: &Offer,
    (node, from): (NodeIx, PersonIx),
    note: &str,
) -> Result<Decision, Refusal> {
    let org = state.org();
    is_there(state, node, offer.passes_on(actor.today))?;
    let (name, post) = (org.full_name(node), state.pack().names.post_at(org.node(node), offer.what.post).to_owned());
    if !stands(state, offer, offer.passes_on(actor.today)) || !stands(state, offer, actor.today) {
        return Err(HandoverRefusal::Void(org.person(from).record.name.clone(), name, post).into());
    }
    let passed = passing(state, offer, actor.today);
    if passed.is_empty() {
        let successor = offer.successor(state).map_or(String::new(), |ix| org.person(ix).record.name.clone());
        return Err(Refusal::HoldsAlready(successor, name, post));
    }
    let seat = Seat { state, node, post: offer.what.post, from, today: actor.today };
    let seal = Some(seat.pack().seal(state));
    let step = HandoverStep { of: offer.id, kind: HandoverAnswer::Confirmed, note: note.to_owned(), seal };
    let post = |(whose, held): (String, PostHolding)| said(actor, offer, &whose, Body::Post(held));
    let mut drafts = vec![said(actor, offer, &offer.to, Body::HandoverStep(step))];
    drafts.extend(passed.into_iter().map(post));
    Ok(Decision { drafts, ..Decision::default() })
}

fn said(actor: &Actor, offer: &Offer, subject: &str, body: Body) -> Draft {
    Draft {
        occurred: actor.today,
        by: actor.person.clone(),
        at: Some(offer.node.clone()),
        subject: Some(subject.to_owned()),
        replaces: None,
        reason: None,
        effort: None,
        body,
    }
}
