//! Putting units into a grid (划入网格, B-6); their 统计负责人 go along.
use chrono::NaiveDate;

use super::{Actor, Decision, Refusal, RegroupRefusal, grid_on, lock, once, posts};
use crate::grid::{
    calendar::{Cadence, Period},
    fact::{Body, Draft, Fact, Placement},
    org::{NodeIx, UnitIx},
    state::State,
};

pub(super) fn decide(
    state: &State,
    actor: &Actor,
    units: &[UnitIx],
    grid: NodeIx,
    from: NaiveDate,
) -> Result<Decision, Refusal> {
    grid_on(state, grid, from)?;
    let node = state.org().node(grid);
    if let Some(to) = node.to {
        return Err(RegroupRefusal::Closed(node.name.clone(), to).into());
    }
    let mut decision = Decision::default();
    for unit in once(units) {
        let row = state.org().unit(unit);
        if row.grid_on(from) == Some(grid) {
            decision.already.push(unit);
        } else {
            decision.drafts.push(draft(actor, &row.id, &node.id, from));
            decision.drafts.extend(posts::moved(state, actor, unit, &node.id, from));
        }
    }
    match (decision.drafts.first(), decision.already.first()) {
        (None, None) => Err(Refusal::Nobody),
        (None, Some(unit)) => {
            Err(Refusal::AlreadyThere(state.org().unit(*unit).record.name.clone(), node.name.clone()))
        }
        _ => Ok(decision),
    }
}

pub(super) fn draft(actor: &Actor, unit: &str, grid: &str, from: NaiveDate) -> Draft {
    Draft {
        occurred: actor.today,
        by: actor.person.clone(),
        at: Some(grid.to_owned()),
        subject: Some(unit.to_owned()),
        replaces: None,
        reason: None,
        effort: None,
        body: Body::Placement(Placement { from }),
    }
}

/// Whether the unit belongs to the fact's node from that day on, as the fact says.
pub(super) fn holds(state: &State, fact: &Fact, from: NaiveDate) -> bool {
    let org = state.org();
    let unit = fact.draft.subject.as_deref().and_then(|id| org.unit_ix(id));
    let node = fact.draft.at.as_deref().and_then(|id| org.node_ix(id));
    unit.is_some_and(|unit| org.unit(unit).stays.iter().any(|stay| stay.from == from && stay.node == node))
}

/// Takes a placement back: the unit belongs where it did the day before. Refused where the unit was moved again since,
/// or has records in the grid, which would be left behind.
pub(super) fn back(state: &State, actor: &Actor, fact: &Fact, from: NaiveDate) -> Result<Decision, Refusal> {
    let org = state.org();
    let unit = fact.draft.subject.as_deref().and_then(|id| org.unit_ix(id)).ok_or(Refusal::NotWithdrawable)?;
    let row = org.unit(unit);
    if !holds(state, fact, from) {
        return Err(Refusal::AlreadyWithdrawn);
    }
    if row.stays.last().is_none_or(|stay| stay.from != from) {
        return Err(Refusal::MovedSince(row.record.name.clone()));
    }
    if let Some(grid) = row.grid_on(from) {
        lock::open(state, actor, grid, from)?;
        if state.unit_marks(unit).iter().any(|mark| mark.at == grid && mark.date() >= from) {
            return Err(Refusal::UsedSince(row.record.name.clone(), org.node(grid).name.clone()));
        }
    }
    let before = from.pred_opt().and_then(|day| row.grid_on(day)).filter(|grid| org.node(*grid).exists_on(from));
    let at = before.map(|grid| org.node(grid).id.clone());
    let posts = match &at {
        Some(grid) => posts::moved(state, actor, unit, grid, from),
        None => {
            let held = posts::held(org, unit, from).into_iter();
            held.map(|post| posts::ended(org, actor, post, from, false)).collect()
        }
    };
    let placement = Draft {
        occurred: actor.today,
        by: actor.person.clone(),
        at,
        subject: Some(row.id.clone()),
        replaces: None,
        reason: None,
        effort: None,
        body: Body::Placement(Placement { from }),
    };
    Ok(Decision { drafts: std::iter::once(placement).chain(posts).collect(), ..Decision::default() })
}

/// From which day units of a first roster belong to a grid.
///
/// A grid that has no members yet is set up for the running month, so that its month counts; one that has members
/// gains the unit today, and the month's denominator stays as it was.
pub(super) fn first_day(state: &State, actor: &Actor, grid: Option<NodeIx>) -> NaiveDate {
    let month = Period::containing(Cadence::Month, actor.today).first();
    let opened = state.opened().map_or(month, |opened| opened.from.max(month));
    match grid {
        Some(grid) if state.org().node(grid).members.is_empty() => opened.max(state.org().node(grid).from),
        Some(_) => actor.today,
        None => opened,
    }
}
