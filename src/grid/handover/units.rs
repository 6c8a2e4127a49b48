//! Units: whom to visit first, whom to talk to; of a node without units the grids below it.
use super::{Item, Seat};
use crate::grid::{
    calendar::{Cadence, Period},
    org::{Post, UnitIx},
};

/// The units of the post, in the order of their ids: equal on every replica.
fn theirs(seat: Seat<'_>) -> Vec<UnitIx> {
    let org = seat.state.org();
    let own = seat.unit();
    let mut units: Vec<UnitIx> = org.members_on(seat.node, seat.today).collect();
    units.retain(|unit| own.is_none_or(|own| own == *unit));
    units.sort_by(|a, b| org.unit(*a).id.cmp(&org.unit(*b).id));
    units
}

/// Never visited, or not since the quarter began; the longest first.
pub(super) fn unvisited(seat: Seat<'_>) -> Vec<Item> {
    if seat.unit().is_some() {
        return Vec::new();
    }
    let quarter = Period::containing(Cadence::Quarter, seat.today).first();
    let last =
        |unit: UnitIx| seat.state.visits(unit).map(crate::grid::state::Mark::date).filter(|day| *day <= seat.today);
    let mut out: Vec<_> = theirs(seat).into_iter().map(|unit| (last(unit).max(), unit)).collect();
    out.retain(|(last, _)| last.is_none_or(|last| last < quarter));
    // The sort keeps the order of ids among equals.
    out.sort_by_key(|(last, _)| *last);
    out.into_iter().map(|(last, unit)| Item::Unvisited(unit, last)).collect()
}

/// The units; of a node that has none, the nodes below it with who leads them.
pub(super) fn units(seat: Seat<'_>) -> Vec<Item> {
    let org = seat.state.org();
    let units = theirs(seat);
    if org.node(seat.node).is_grid() || !units.is_empty() {
        return units.into_iter().map(Item::Unit).collect();
    }
    let mut below: Vec<_> = org.node(seat.node).children.clone();
    below.retain(|child| org.node(*child).exists_on(seat.today));
    below.sort_by(|a, b| org.node(*a).id.cmp(&org.node(*b).id));
    let leads = |child| org.node(child).holders_on(Post::Leader, seat.today).next();
    below.into_iter().map(|child| Item::Node(child, leads(child))).collect()
}
