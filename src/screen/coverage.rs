//! How the visits of a grid went, month by month: what sparklines and boards show.
use crate::{
    app::Desk,
    grid::{
        calendar::{Cadence, Period},
        org::NodeIx,
        standing::{Standing, course},
    },
};

/// The duty to reach a share of the units each month that a node has, by its place in the pack.
pub(super) fn duty(desk: &Desk, node: NodeIx) -> Option<usize> {
    let row = desk.state.org().node(node);
    let is_it = |duty: &crate::grid::pack::Duty| {
        duty.kind.name() == "coverage" && duty.cadence == Cadence::Month && duty.applies_to(row)
    };
    desk.pack().duties.iter().position(is_it)
}

/// How it went at a grid in these months; none where it was not owed.
pub(super) fn months(desk: &Desk, grid: NodeIx, months: impl Iterator<Item = Period>) -> Vec<Option<Standing>> {
    match duty(desk, grid) {
        Some(duty) => course(&desk.state, duty, grid, months, desk.today()),
        None => months.map(|_| None).collect(),
    }
}

/// How many were reached of how many that had to be, in each of the last `n` months up to the running one: at a grid, or
/// at all grids below a node, each counted up to what it owed.
pub(super) fn lately(desk: &Desk, node: NodeIx, n: i32) -> Vec<Option<(u32, u32)>> {
    let now = Period::containing(Cadence::Month, desk.today());
    let mut sums: Vec<Option<(u32, u32)>> = vec![None; n as usize];
    for grid in desk.state.org().subtree(node) {
        if duty(desk, grid).is_none() {
            continue;
        }
        let rows = months(desk, grid, (1 - n..=0).map(|back| now.shifted(back)));
        for (sum, row) in sums.iter_mut().zip(rows) {
            if let Some(row) = row {
                let (have, need) = sum.unwrap_or_default();
                *sum = Some((have + row.have.min(row.need), need + row.need));
            }
        }
    }
    sums
}
