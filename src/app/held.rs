//! What is held (存疑): facts that are kept and do not count until somebody decides, as people read them.
use std::borrow::Cow;

use crate::{
    grid::{
        decide::{Actor, Intent, Refusal, decide},
        fact::{Body, Envelope, Fact, FactId, HeldWhy},
        state::{HeldFact, State},
    },
    words::t,
};

/// One fact that is held.
#[derive(Clone, Debug, PartialEq)]
pub struct HeldRow {
    /// The name to settle it by.
    pub id: FactId,
    /// Why it does not count.
    pub why: HeldWhy,
    /// The sentence about it.
    pub text: String,
    /// What was recorded.
    pub content: Option<Fact>,
    /// The fact that it stands against, where there is one.
    pub other: Option<(Beside, FactId)>,
    /// Whether a decision left it out; else it waits for one.
    pub left_out: bool,
}

/// How a held fact stands to another one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Beside {
    /// That one has its place in the chain.
    SamePlace,
    /// It takes that one back.
    TakesBack,
    /// It stands in the place of that one, which it corrects.
    Corrects,
}

/// Everything that is held: what waits first, then what was left out, each by the day of which it speaks.
pub fn held_rows(state: &State) -> Vec<HeldRow> {
    let mut rows: Vec<HeldRow> = state.held().map(row).collect();
    let day = |row: &HeldRow| row.content.as_ref().map(|fact| fact.draft.occurred);
    rows.sort_by_key(|row| (row.left_out, day(row), row.id));
    rows
}

fn row(held: HeldFact<'_>) -> HeldRow {
    let other = match &held.fact.draft.body {
        Body::Strayed(strayed) => {
            let inside = Envelope::from_bytes(strayed.envelope.clone()).ok();
            inside.map(|inside| (Beside::SamePlace, inside.id()))
        }
        Body::Withdrawn(withdrawn) => Some((Beside::TakesBack, withdrawn.of)),
        _ => held.fact.draft.replaces.map(|of| (Beside::Corrects, of)),
    };
    let text = match held.sentence() {
        "" => sentence(held.why).into_owned(),
        said => said.to_owned(),
    };
    let (id, why, content) = (held.id, held.why, held.content());
    HeldRow { id, why, text, content, other, left_out: held.settled.is_some() }
}

/// In two or four characters, why something is held.
pub fn held_label(why: HeldWhy) -> Cow<'static, str> {
    match why {
        HeldWhy::Revoked => t!("held.revoked"),
        HeldWhy::NoRight => t!("held.no_right"),
        HeldWhy::NotEnrolled => t!("held.not_enrolled"),
        HeldWhy::Forged => t!("held.forged"),
        HeldWhy::Clock => t!("held.clock"),
        HeldWhy::Fork => t!("held.fork"),
        HeldWhy::Closed => t!("held.closed"),
    }
}

/// The sentence where the server wrote none.
fn sentence(why: HeldWhy) -> Cow<'static, str> {
    match why {
        HeldWhy::Revoked => t!("held.says.revoked"),
        HeldWhy::Fork => t!("held.says.fork"),
        _ => t!("held.says.other"),
    }
}

impl HeldRow {
    /// Why the actor may not decide about it; none where they may. The refusal names who can.
    pub fn refusal(&self, state: &State, actor: &Actor) -> Option<Refusal> {
        // What was left out can still be let count.
        let intent = self.settle(true, "-");
        decide(state, actor, &intent).err()
    }

    /// The intent that lets it count, or leaves it out.
    pub fn settle(&self, counts: bool, note: &str) -> Intent {
        Intent::Settle { of: self.id, counts, note: note.to_owned() }
    }
}
