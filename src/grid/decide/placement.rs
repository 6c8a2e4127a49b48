//! Putting units into a grid (划入网格, B-6); their 统计负责人 go along.
use chrono::NaiveDate;

use super::{Actor, Decision, Refusal, RegroupRefusal, grid_on, once, posts};
use crate::grid::{
    calendar::{Cadence, Period},
    fact::{Body, Draft, Placement},
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
        body: Body::Placement(Placement { from }),
    }
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
