//! Which grid of today a proposed grid goes on as: its id, its name and its posts.
use std::{cmp::Reverse, collections::BTreeMap};

use super::roster::Roster;
use crate::grid::org::Sector;

/// What becomes of today's grids.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Kept {
    /// For each proposed grid the grid of today that it goes on as, by place in [`Roster::homes`].
    pub as_home: Vec<Option<usize>>,
    /// How many firms leave the grid that they are in today.
    pub moved: usize,
}

/// What a grid of these firms is about.
pub(super) fn sector_of(roster: &Roster, grid: &[usize]) -> Sector {
    let first = roster.firms[grid[0]].sector;
    if grid.iter().all(|at| roster.firms[*at].sector == first) { first } else { Sector::Mixed }
}

/// Finds for each proposed grid the grid of today that it goes on as.
///
/// First come grids of which most members stay together (see [`super::firm::Home::stays`]). What is left over goes
/// on as a grid of its own sector that brings it at least a third of its members, or that stands empty.
pub(super) fn keep(roster: &Roster, grids: &[Vec<usize>]) -> Kept {
    let mut as_home: Vec<Option<usize>> = vec![None; grids.len()];
    let shares: Vec<BTreeMap<usize, usize>> = grids.iter().map(|grid| shares(roster, grid)).collect();
    for (grid, shares) in shares.iter().enumerate() {
        let has_first = |home: usize| roster.homes[home].first.is_some_and(|first| grids[grid].contains(&first));
        let majorities = shares.iter().filter(|(home, here)| roster.homes[**home].stays(**here, has_first(**home)));
        as_home[grid] = majorities.max_by_key(|(home, here)| (**here, Reverse(**home))).map(|(home, _)| *home);
    }
    let share = |grid: usize, home: usize| shares[grid].get(&home).copied().unwrap_or(0);
    let mut pairs: Vec<(Reverse<usize>, usize, usize)> = Vec::new();
    for grid in (0..grids.len()).filter(|grid| as_home[*grid].is_none()) {
        let sector = Some(sector_of(roster, &grids[grid]));
        let fits =
            |home: &usize| roster.homes[*home].sector == sector && 3 * share(grid, *home) >= roster.homes[*home].size;
        pairs.extend((0..roster.homes.len()).filter(fits).map(|home| (Reverse(share(grid, home)), grid, home)));
    }
    pairs.sort_unstable();
    for (_, grid, home) in pairs {
        if as_home[grid].is_none() && !as_home.contains(&Some(home)) {
            as_home[grid] = Some(home);
        }
    }
    let settled: usize = roster.homes.iter().map(|home| home.size).sum();
    let stay: usize = as_home.iter().enumerate().filter_map(|(grid, home)| Some(share(grid, (*home)?))).sum();
    Kept { as_home, moved: settled - stay }
}

/// How many firms of each grid of today are in this one.
fn shares(roster: &Roster, grid: &[usize]) -> BTreeMap<usize, usize> {
    let mut out = BTreeMap::new();
    for home in grid.iter().filter_map(|at| roster.firms[*at].home) {
        *out.entry(home).or_default() += 1;
    }
    out
}
