//! Withdrawing and correcting earlier records (撤销、更正).
use super::{Actor, Decision, Refusal, lock, placement, rights};
use crate::grid::{
    fact::{Body, Draft, Fact, FactId, Withdrawn},
    state::State,
};
use crate::words::{Language, t};

/// Whether a record was taken back; a placement is when the unit does not belong where it said from that day on.
pub fn is_undone(state: &State, fact: &Fact) -> bool {
    match &fact.draft.body {
        Body::Placement(placement) => !placement::holds(state, fact, placement.from),
        _ => state.is_withdrawn(fact),
    }
}

pub(super) fn decide(state: &State, actor: &Actor, target: &Fact, reason: &str) -> Result<Decision, Refusal> {
    match &target.draft.body {
        Body::Placement(placed) => return placement::back(state, actor, target, placed.from),
        Body::Withdrawn(_) => return Err(Refusal::WithdrawsAlready),
        _ => {}
    }
    live(state, actor, target, is_withdrawable)
        .map_err(|refusal| if refusal == Refusal::OtherKind { Refusal::NotWithdrawable } else { refusal })?;
    if is_work(&target.draft.body) {
        lock::open_for(state, actor, target)?;
    }
    let draft = taken_back(actor, target, reason.to_owned());
    Ok(Decision { drafts: vec![draft], ..Decision::default() })
}

/// What corrects `old`, as it is written: a record that stays where the old one stands replaces it; where none does, the old
/// one is taken back at its own place, so that whoever has that place alone hears of it, and the records are new ones.
///
/// The records come first: what a torn write leaves of them loses nothing.
pub(super) fn corrected(state: &State, actor: &Actor, old: &Fact, mut drafts: Vec<Draft>) -> Vec<Draft> {
    let Some(corrects) = drafts.iter().position(|draft| draft.replaces == Some(old.id)) else { return drafts };
    for draft in drafts.iter_mut().filter(|draft| !draft.is_beside(&old.draft)) {
        draft.replaces = None;
    }
    if drafts.iter().all(|draft| draft.replaces.is_none()) {
        // What is written is read by people of both languages.
        let reason = Language::Zh.during(|| t!("word.moved", to = whose(state, &drafts[corrects])).into_owned());
        drafts.push(taken_back(actor, old, reason));
    }
    drafts
}

/// Where a draft stands, by name: its unit, else its node.
fn whose(state: &State, draft: &Draft) -> String {
    let org = state.org();
    let unit = draft.subject.as_deref().and_then(|id| org.unit_ix(id));
    let node = draft.at.as_deref().and_then(|id| org.node_ix(id));
    match (unit, node) {
        (Some(unit), _) => org.unit(unit).record.name.clone(),
        (None, Some(node)) => org.full_name(node),
        (None, None) => String::new(),
    }
}

/// Takes a fact back, where it stands.
fn taken_back(actor: &Actor, old: &Fact, reason: String) -> Draft {
    Draft {
        occurred: actor.today,
        by: actor.person.clone(),
        at: old.draft.at.clone(),
        subject: old.draft.subject.clone(),
        replaces: None,
        reason: None,
        effort: None,
        body: Body::Withdrawn(Withdrawn { of: old.id, reason }),
    }
}

/// Whether such a fact is taken back at all: a record of what was done, or what spares or locks.
pub(super) fn is_withdrawable(body: &Body) -> bool {
    is_work(body) || matches!(body, Body::Exempt(_) | Body::Lock(_) | Body::Unlock(_))
}

/// Whether it is a record of what was done.
fn is_work(body: &Body) -> bool {
    matches!(body, Body::Visit(_) | Body::Session(_) | Body::Done(_) | Body::ProblemClosed(_) | Body::Record(_))
}

/// The name of a record that still holds, is of the right kind, and is the actor's to take back.
pub(super) fn live(state: &State, actor: &Actor, old: &Fact, right_kind: fn(&Body) -> bool) -> Result<FactId, Refusal> {
    if !right_kind(&old.draft.body) {
        return Err(Refusal::OtherKind);
    }
    if state.is_withdrawn(old) {
        return Err(Refusal::AlreadyWithdrawn);
    }
    rights::may_undo(state, actor, old)?;
    Ok(old.id)
}
