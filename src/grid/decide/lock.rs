//! Locks (封账): days that can't be recorded any more, and named exceptions (准予补录).
use chrono::NaiveDate;

use super::{Actor, Decision, Refusal, exempt};
use crate::grid::{
    calendar::Period,
    fact::{Body, Fact, Lock, Unlock},
    org::NodeIx,
    record::form,
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

/// The days that a record changes: the one on which it happened, and the one on which it counts where it is for another
/// period.
pub(super) fn days(occurred: NaiveDate, body: &Body) -> Vec<NaiveDate> {
    let period = match body {
        Body::Record(record) => {
            let field = form(&record.form).and_then(|(_, form)| form.period());
            field.map(|field| record.text(field.key)).and_then(Period::parse)
        }
        Body::Done(done) => done.period.as_deref().and_then(Period::parse),
        _ => None,
    };
    let counted = period.map(|period| occurred.clamp(period.first(), period.last()));
    std::iter::once(occurred).chain(counted.filter(|day| *day != occurred)).collect()
}

/// Refuses to take back or correct a record of a day that is locked.
pub(super) fn open_for(state: &State, actor: &Actor, fact: &Fact) -> Result<(), Refusal> {
    let Some(node) = fact.draft.at.as_deref().and_then(|id| state.org().node_ix(id)) else { return Ok(()) };
    days(fact.draft.occurred, &fact.draft.body).into_iter().try_for_each(|day| open(state, actor, node, day))
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
