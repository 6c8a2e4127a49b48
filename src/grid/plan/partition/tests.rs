//! The designer against brute force on small cases.
#![allow(clippy::unwrap_used)]
use proptest::{prelude::*, test_runner::RngSeed};

use super::{
    GridRules,
    cost::{Cost, Scale, is_forbidden, total},
    cut::Cutter,
    design::design,
    firm::{Firm, Home},
    roster::Roster,
};
use crate::grid::org::{NodeIx, Sector, UnitIx};

const SMALL: GridRules = GridRules { least: 2, most: 3, farm: true, split: 5, place: 1, mixed: 1, moved: 2 };
/// Bounds that 1, 2 and 5 units don't fit.
const GAPPED: GridRules = GridRules { least: 3, most: 4, ..SMALL };

/// A roster of firms given as (sector, 大类, village, today's grid), in the order in which rosters are.
fn roster(mut firms: Vec<(Sector, usize, usize, Option<usize>)>, homes: usize) -> Roster {
    firms.sort();
    let of = |home: usize| firms.iter().filter(move |firm| firm.3 == Some(home));
    let homes = (0..homes)
        .map(|home| Home {
            node: NodeIx(home as u32),
            sector: of(home).map(|firm| firm.0).next(),
            size: of(home).count(),
            first: firms.iter().position(|firm| firm.3 == Some(home)),
        })
        .collect();
    let firms = firms.iter().enumerate().map(|(i, (sector, trade, place, home))| {
        let unit = UnitIx(i as u32);
        Firm { unit, sector: *sector, trade: *trade, place: *place, home: *home }
    });
    Roster { firms: firms.collect(), homes, ..Roster::default() }
}

/// Up to `most` firms of two sectors, four 大类, three villages and three grids.
fn rosters(most: usize) -> impl Strategy<Value = Roster> {
    let sector = prop_oneof![3 => Just(Sector::Industry), 2 => Just(Sector::Service)];
    let firm = (sector, 0..2usize, 0..3usize, prop::option::weighted(0.8, 0..3usize));
    prop::collection::vec(firm, 1..=most).prop_map(|firms| {
        // A 大类 belongs to one sector.
        let own = |sector, trade| if sector == Sector::Service { trade + 2 } else { trade };
        roster(firms.into_iter().map(|(s, trade, place, home)| (s, own(s, trade), place, home)).collect(), 3)
    })
}

fn whole(roster: &Roster, rules: &GridRules) -> Vec<Sector> {
    let count = |sector: Sector| roster.firms.iter().filter(|firm| firm.sector == sector).count();
    [Sector::Industry, Sector::Service].into_iter().filter(|sector| count(*sector) >= rules.least).collect()
}

/// The least cost of all cuts of a line.
fn best_cut(scale: Scale<'_>, line: &[usize]) -> Cost {
    let cuts = 0..1u32 << (line.len() - 1);
    let grids = |cut: u32| {
        let mut out = vec![vec![line[0]]];
        for (i, at) in line.iter().enumerate().skip(1) {
            if cut >> (i - 1) & 1 == 1 {
                out.push(Vec::new());
            }
            out.last_mut().unwrap().push(*at);
        }
        out
    };
    let allowed = cuts.map(grids).filter(|grids| !grids.iter().any(|grid| is_forbidden(scale, grid)));
    allowed.map(|grids| total(scale, &grids)).min().unwrap()
}

/// Calls `see` with every grouping of the first `n` firms.
fn every_grouping(n: usize, grids: &mut Vec<Vec<usize>>, at: usize, see: &mut dyn FnMut(&[Vec<usize>])) {
    if at == n {
        return see(grids);
    }
    for grid in 0..grids.len() {
        grids[grid].push(at);
        every_grouping(n, grids, at + 1, see);
        grids[grid].pop();
    }
    grids.push(vec![at]);
    every_grouping(n, grids, at + 1, see);
    grids.pop();
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn a_cut_costs_the_least_of_all_cuts_of_its_line(roster in rosters(10), seed in any::<u64>(), gapped: bool) {
        let rules = if gapped { GAPPED } else { SMALL };
        let whole = whole(&roster, &rules);
        let scale = Scale { firms: &roster.firms, homes: &roster.homes, rules: &rules, whole: &whole };
        let firms = roster.firms.len();
        let mut line: Vec<usize> = (0..firms).collect();
        // Any line will do, also one that is in no order.
        line.sort_by_key(|at| (*at as u64 + 1).wrapping_mul(seed | 1));
        let backwards: Vec<usize> = line.iter().rev().copied().collect();
        let mut half = line.clone();
        half[firms / 2..].reverse();
        let mut cutter = Cutter::new(scale);
        for line in [half, backwards, line.clone()] {
            prop_assert_eq!(cutter.cost(line.clone()), best_cut(scale, &line));
        }
        let (cost, grids) = (cutter.cost(line.clone()), cutter.grids());
        prop_assert_eq!(grids.concat(), line);
        prop_assert_eq!(cost, total(scale, &grids));
    }

    #[test]
    fn no_grouping_is_nearer_to_the_sizes_or_crosses_less(roster in rosters(8), gapped: bool) {
        let rules = if gapped { GAPPED } else { SMALL };
        let whole = whole(&roster, &rules);
        let scale = Scale { firms: &roster.firms, homes: &roster.homes, rules: &rules, whole: &whole };
        let found = total(scale, &design(&roster, &rules).grids);
        let mut best = (usize::MAX, usize::MAX);
        every_grouping(roster.firms.len(), &mut Vec::new(), 0, &mut |grids| {
            let cost = total(scale, grids);
            if (cost.outside, cost.crossing) < best && !grids.iter().any(|grid| is_forbidden(scale, grid)) {
                best = (cost.outside, cost.crossing);
            }
        });
        prop_assert_eq!((found.outside, found.crossing), best);
    }

    #[test]
    fn a_grid_goes_on_once_and_what_stays_is_counted(roster in rosters(12)) {
        let design = design(&roster, &SMALL);
        let mut firms = design.grids.concat();
        firms.sort_unstable();
        prop_assert_eq!(firms, (0..roster.firms.len()).collect::<Vec<_>>());
        let mut moved = 0;
        for (at, firm) in roster.firms.iter().enumerate() {
            let grid = design.grids.iter().position(|grid| grid.contains(&at)).unwrap();
            moved += usize::from(firm.home.is_some() && design.kept.as_home[grid] != firm.home);
        }
        prop_assert_eq!(design.kept.moved, moved);
        let mut kept: Vec<usize> = design.kept.as_home.iter().flatten().copied().collect();
        kept.sort_unstable();
        kept.dedup();
        prop_assert_eq!(kept.len(), design.kept.as_home.iter().flatten().count());
        // Where most of a grid's members are together and with none that bring more, they keep it.
        for (grid, members) in design.grids.iter().enumerate() {
            let here = |home: usize| members.iter().filter(|at| roster.firms[**at].home == Some(home)).count();
            let most = (0..roster.homes.len()).filter(|home| 2 * here(*home) > roster.homes[*home].size).map(here).max();
            let kept = design.kept.as_home[grid].map_or(0, here);
            prop_assert!(most.is_none_or(|most| kept >= most), "{:?}", design);
        }
    }

    #[test]
    fn more_move_than_from_scratch_only_for_better_grids(roster in rosters(14), gapped: bool) {
        let rules = if gapped { GAPPED } else { SMALL };
        let plain = GridRules { moved: 0, ..rules };
        let scale = Scale { firms: &roster.firms, homes: &roster.homes, rules: &plain, whole: &[] };
        let (sparing, scratch) = (design(&roster, &rules), design(&roster, &plain));
        let better = total(scale, &sparing.grids).burden < total(scale, &scratch.grids).burden;
        prop_assert!(better || sparing.kept.moved <= scratch.kept.moved, "{sparing:?} {scratch:?}");
    }
}

proptest! {
    // One in many thousands is contested; these are always the same.
    #![proptest_config(ProptestConfig { rng_seed: RngSeed::Fixed(2022), ..ProptestConfig::with_cases(300) })]

    #[test]
    fn a_design_that_was_applied_is_not_contested(roster in rosters(14), gapped: bool) {
        let rules = if gapped { GAPPED } else { SMALL };
        let first = design(&roster, &rules);
        let again = design(&roster.regrouped(&first.grids), &rules);
        prop_assert_eq!(again.kept.moved, 0);
        prop_assert_eq!(again.grids, first.grids);
    }
}

/// Firms of industry in one 大类 and village, without grids.
fn plain(n: usize) -> Roster {
    roster(vec![(Sector::Industry, 0, 0, None); n], 0)
}

fn sizes(roster: &Roster, rules: &GridRules) -> Vec<usize> {
    let mut sizes: Vec<usize> = design(roster, rules).grids.iter().map(Vec::len).collect();
    sizes.sort_unstable();
    sizes
}

#[test]
fn sizes_are_even_and_the_least_wrong_where_none_is_right() {
    let rules = GridRules::default();
    for (n, expected) in [
        (1, &[1][..]),
        (19, &[19]),
        (20, &[20]),
        (30, &[30]),
        (31, &[31]), // one too many; 20 + 11 would be nine too few
        (34, &[34]),
        (36, &[18, 18]), // four too few in all; one grid would have six too many
        (39, &[19, 20]),
        (40, &[20, 20]),
        (50, &[25, 25]),
        (61, &[20, 20, 21]),
        (75, &[25, 25, 25]),
        (100, &[25, 25, 25, 25]),
    ] {
        assert_eq!(sizes(&plain(n), &rules), expected, "{n}");
    }
    // 35 is as wrong as one grid (30 and 5) as it is as two (40 - 5): one 大类 is then not spread over two.
    assert_eq!(sizes(&plain(35), &rules), [35]);
}

#[test]
fn two_of_three_trades_share_a_grid_rather_than_all_being_cut() {
    // 13 + 12 and 24: any other cut has a 大类 in two grids.
    let firm = |trade| (Sector::Industry, trade, 0, None);
    let firms = [vec![firm(0); 13], vec![firm(1); 12], vec![firm(2); 24]].concat();
    let roster = roster(firms, 0);
    let grids = design(&roster, &GridRules::default()).grids;
    assert_eq!(grids, [(0..25).collect::<Vec<_>>(), (25..49).collect()]);
}

#[test]
fn a_sector_with_too_few_takes_a_whole_trade_along() {
    // 12 of services need at least 8 more: the nine of 大类 1 come, not a part of 大类 2 that is next to them in code.
    let firms = [
        vec![(Sector::Industry, 0, 0, None); 22],
        vec![(Sector::Industry, 1, 0, None); 9],
        vec![(Sector::Industry, 2, 0, None); 23],
        vec![(Sector::Service, 3, 0, None); 12],
    ];
    let roster = roster(firms.concat(), 0);
    let grids = design(&roster, &GridRules::default()).grids;
    let mixed: Vec<usize> = (22..31).chain(54..66).collect();
    assert_eq!(grids, [(0..22).collect::<Vec<_>>(), mixed, (31..54).collect()]);
}

#[test]
fn lawful_grids_are_left_alone_for_little() {
    // Two grids of 25, each of two villages; grouping by village would spread villages less and move 12 units.
    let firm = |place, home| (Sector::Industry, 0, place, Some(home));
    let firms = [vec![firm(0, 0); 13], vec![firm(1, 0); 12], vec![firm(0, 1); 12], vec![firm(1, 1); 13]].concat();
    let design = design(&roster(firms, 2), &GridRules::default());
    assert_eq!((design.kept.moved, design.kept.as_home), (0, vec![Some(0), Some(1)]));
}
