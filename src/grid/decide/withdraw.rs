//! Withdrawing and correcting earlier records (撤销、更正).
use super::{Actor, Decision, Refusal, lock, placement, rights};
use crate::grid::{
    fact::{Body, Draft, Fact, FactId, Withdrawn},
    state::State,
};

/// Whether a record was taken back; a placement is when the unit does not belong where it said from that day on.
pub fn is_undone(state: &State, fact: &Fact) -> bool {
    match &fact.draft.body {
        Body::Placement(placement) => !placement::holds(state, fact, placement.from),
        _ => state.is_withdrawn(fact.id),
    }
}

pub(super) fn decide(state: &State, actor: &Actor, target: &Fact, reason: &str) -> Result<Decision, Refusal> {
    match &target.draft.body {
        Body::Placement(placed) => return placement::back(state, actor, target, placed.from),
        Body::Withdrawn(_) => return Err(Refusal::WithdrawsAlready),
        _ => {}
    }
    let of = live(state, actor, target, is_withdrawable)
        .map_err(|refusal| if refusal == Refusal::OtherKind { Refusal::NotWithdrawable } else { refusal })?;
    if is_work(&target.draft.body) {
        lock::open_for(state, actor, target)?;
    }
    let draft = Draft {
        occurred: actor.today,
        by: actor.person.clone(),
        at: target.draft.at.clone(),
        subject: target.draft.subject.clone(),
        replaces: None,
        reason: None,
        effort: None,
        body: Body::Withdrawn(Withdrawn { of, reason: reason.to_owned() }),
    };
    Ok(Decision { drafts: vec![draft], ..Decision::default() })
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
    if state.is_withdrawn(old.id) {
        return Err(Refusal::AlreadyWithdrawn);
    }
    rights::may_undo(state, actor, old)?;
    Ok(old.id)
}
