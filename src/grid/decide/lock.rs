//! Locks (封账): days that can't be recorded any more, and named exceptions (准予补录).
use chrono::NaiveDate;

use super::{Actor, Decision, Refusal, exempt};
use crate::grid::{
    fact::{Body, Lock, Unlock},
    org::NodeIx,
    state::State,
};

pub(super) fn decide(state: &State, actor: &Actor, node: NodeIx, through: NaiveDate) -> Result<Decision, Refusal> {
    if through >= actor.today {
        return Err(Refusal::LocksToday(through));
    }
    if state.locked_through(node).is_some_and(|before| before >= through) {
        return Err(Refusal::LockedAlready(state.org().node(node).name.clone(), through));
    }
    let draft = exempt::draft(state, actor, node, Body::Lock(Lock { through }));
    Ok(Decision { drafts: vec![draft], ..Decision::default() })
}

pub(super) fn unlock(state: &State, actor: &Actor, node: NodeIx, unlock: &Unlock) -> Result<Decision, Refusal> {
    if unlock.from > unlock.through || unlock.until < actor.today {
        return Err(Refusal::EmptyException(unlock.from, unlock.through, unlock.until));
    }
    if unlock.reason.trim().is_empty() {
        return Err(Refusal::NoReason);
    }
    if state.locked_through(node).is_none_or(|through| through < unlock.from) {
        return Err(Refusal::NotLocked(state.org().node(node).name.clone(), unlock.from));
    }
    exempt::approver(state, actor, node, &unlock.approver)?;
    let draft = exempt::draft(state, actor, node, Body::Unlock(unlock.clone()));
    Ok(Decision { drafts: vec![draft], ..Decision::default() })
}

/// Refuses to record for a day that is locked at the node, unless an exception names it.
pub(super) fn open(state: &State, actor: &Actor, node: NodeIx, on: NaiveDate) -> Result<(), Refusal> {
    match state.locked_through(node) {
        Some(through) if on <= through && !state.is_unlocked(node, on, actor.today) => {
            Err(Refusal::Locked(on, through, state.org().node(node).name.clone()))
        }
        _ => Ok(()),
    }
}
