//! Some of a grid's units become a new grid beside it (拆分).
use chrono::NaiveDate;

use super::{RegroupRefusal as No, change::Change, check};
use crate::grid::{
    decide::{Actor, Refusal, appoint, once},
    fact::{Body, Draft, NodeRecord, PersonRecord, PostHolding},
    org::{NodeIx, Post, UnitIx},
    state::State,
};

pub(super) struct SplitOff<'a> {
    pub grid: NodeIx,
    pub name: &'a str,
    pub units: &'a [UnitIx],
    pub leader: Option<&'a str>,
}

pub(super) fn decide(
    state: &State,
    actor: &Actor,
    split: &SplitOff<'_>,
    from: NaiveDate,
) -> Result<Vec<Draft>, Refusal> {
    let org = state.org();
    let grid = check::open_grid(org, split.grid, from)?;
    let Some(parent) = grid.parent else { return Err(No::Root(grid.name.clone()).into()) };
    if check::is_farm_grid(grid) {
        return Err(No::SecondFarmGrid(org.node(parent).name.clone()).into());
    }
    let units: Vec<UnitIx> = once(split.units).collect();
    if units.is_empty() {
        return Err(No::NothingToSplit.into());
    }
    if let Some(stranger) = units.iter().find(|unit| org.grid_of(**unit, from) != Some(split.grid)) {
        let name = org.unit(*stranger).record.name.clone();
        return Err(No::NotInGrid(name, from, grid.name.clone()).into());
    }
    if org.members_on(split.grid, from).count() == units.len() {
        return Err(No::NothingLeft(grid.name.clone()).into());
    }
    let name = check::free_name(org, Some(parent), split.name, None)?;
    let mut change = Change::new(state, actor, from);
    let id = change.fresh_id(parent);
    change.node(&id, NodeRecord { name, from, into: None, ..change.record_of(split.grid) });
    change.split_off(split.grid, &units, &id);
    if let Some(leader) = split.leader {
        lead(&mut change, &id, leader, from)?;
    }
    Ok(change.into_drafts())
}

/// Gives the new grid its 网格长.
fn lead(change: &mut Change<'_>, grid: &str, name: &str, from: NaiveDate) -> Result<(), Refusal> {
    let (org, name) = (change.org, name.trim());
    if name.is_empty() {
        return Err(Refusal::NoName);
    }
    let known = appoint::person_named(org, name)?;
    let id = known.map_or_else(|| appoint::fresh_id(org, name), |who| org.person(who).id.clone());
    if known.is_none() {
        let record = PersonRecord { name: name.to_owned(), ..PersonRecord::default() };
        change.draft(Some(grid), &id, Body::Person(record));
    }
    change.draft(
        Some(grid),
        &id,
        Body::Post(PostHolding { post: Post::Leader, from, to: None, change: false, stand_in: false }),
    );
    Ok(())
}
