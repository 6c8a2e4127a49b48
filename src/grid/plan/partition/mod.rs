//! The grid designer: which 三级网格 a 2nd-level node should have (B-4), and how that differs from today's.
//!
//! Enterprises of a sector stand in line so that those of one 大类 and one village are neighbours, and the line is cut
//! by dynamic programming; the cut is exact for its line. Three lines are tried (by 大类 and village, by 大类 and
//! today's grid, by today's grid first); a sector with too few units of its own joins the end of another's line, each
//! 大类 of which has its turn to stand there. Costs come in this order: units too few or too many in a grid,
//! grids across industries, then by weight 大类 and villages spread over grids, units in grids across industries and
//! units moved, and last how uneven the sizes are. Only the best of these cuts is promised, not the best of all groupings, which is bin packing.
mod cost;
mod cut;
mod design;
mod error;
mod explain;
mod firm;
mod identity;
mod line;
mod name;
mod proposal;
mod roster;
mod rules;
#[cfg(test)]
mod tests;

use chrono::NaiveDate;
pub use error::{Objection, PlanError};
pub use proposal::{Move, PlannedGrid, Proposal, Share};
pub use rules::GridRules;

use self::{
    design::design,
    explain::Facts,
    identity::sector_of,
    name::Names,
    roster::{Roster, roster},
};
use crate::grid::{
    org::{NodeIx, Sector, UnitIx},
    state::State,
};

/// Proposes the grids of `town`, a 2nd-level node, from `day` on.
///
/// The roster is every unit that belongs to one of its grids on that day, and every unit without a grid whose division
/// code lies in its area. Units that are surveyed in flat grids (B-5) and units that belong to another node's grids
/// stay where they are. The same state gives the same proposal, whatever the order in which its facts came.
///
/// # Errors
/// A [`PlanError`] where there is nothing to divide, or the roster lacks what dividing needs.
pub fn partition(state: &State, town: NodeIx, day: NaiveDate, rules: &GridRules) -> Result<Proposal, PlanError> {
    let roster = roster(state, town, day, rules)?;
    let mut names = Names::new(state.org(), town);
    let mut grids = farm(state, &roster, &mut names);
    grids.extend(enterprises(state, &roster, &mut names, rules));
    let moves = moves(state, &mut grids, day);
    let kept = |ix: &NodeIx| grids.iter().any(|grid| grid.keeps == Some(*ix));
    let (pinned, dissolved): (Vec<NodeIx>, Vec<NodeIx>) =
        roster.grids.iter().filter(|ix| !kept(ix)).partition(|ix| roster.pinned.contains_key(ix));
    let org = state.org();
    let facts = Facts::new(state, &roster, rules, &org.node(town).name);
    let mut objections = facts.explain(&mut grids);
    objections.extend(pinned.iter().map(|ix| Objection::StillUsed {
        grid: org.node(*ix).name.clone(),
        units: roster.pinned.get(ix).copied().unwrap_or(0),
    }));
    let (flat, elsewhere) = (roster.flat, roster.elsewhere);
    Ok(Proposal { town, from: day, rules: *rules, grids, dissolved, moves, objections, flat, elsewhere })
}

/// The one 农业网格, where the node has one.
fn farm(state: &State, roster: &Roster, names: &mut Names<'_>) -> Vec<PlannedGrid> {
    if roster.farmers.is_empty() {
        return Vec::new();
    }
    let keeps = roster.farms.first().copied();
    let (id, name) = names.farm(state, keeps);
    vec![planned(state, keeps, id, name, Sector::Agriculture, roster.farmers.clone())]
}

/// The grids of enterprises, by sector and id.
fn enterprises(state: &State, roster: &Roster, names: &mut Names<'_>, rules: &GridRules) -> Vec<PlannedGrid> {
    let design = design(roster, rules);
    let grid = |(grid, home): (&Vec<usize>, &Option<usize>)| {
        let sector = sector_of(roster, grid);
        let keeps = home.map(|home| roster.homes[home].node);
        let (id, name) = names.enterprises(keeps, sector);
        let units = grid.iter().map(|at| roster.firms[*at].unit).collect();
        planned(state, keeps, id, name, sector, units)
    };
    let mut out: Vec<PlannedGrid> = design.grids.iter().zip(&design.kept.as_home).map(grid).collect();
    out.sort_by(|a, b| (a.sector, &a.id).cmp(&(b.sector, &b.id)));
    out
}

fn planned(
    state: &State,
    keeps: Option<NodeIx>,
    id: String,
    name: String,
    sector: Sector,
    units: Vec<UnitIx>,
) -> PlannedGrid {
    let was = keeps.and_then(|ix| state.org().node(ix).sector);
    PlannedGrid { keeps, id, name, sector, was, units, came: 0, left: 0, why: Vec::new() }
}

/// Who changes the grid; counts it in the grids.
fn moves(state: &State, grids: &mut [PlannedGrid], day: NaiveDate) -> Vec<Move> {
    let mut out = Vec::new();
    for (to, grid) in grids.iter().enumerate() {
        let moves = grid.units.iter().map(|unit| Move { unit: *unit, from: state.org().grid_of(*unit, day), to });
        out.extend(moves.filter(|one| one.from.is_none() || one.from != grid.keeps));
    }
    for one in &out {
        grids[one.to].came += 1;
        if let Some(left) = grids.iter_mut().find(|grid| grid.keeps.is_some() && grid.keeps == one.from) {
            left.left += 1;
        }
    }
    out
}
