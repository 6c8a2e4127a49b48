//! From firms to grids: the best of the cuts of several lines.
use std::{collections::BTreeSet, ops::Range};

use super::{
    GridRules,
    cost::{Cost, Scale, is_forbidden, total},
    cut::cut,
    identity::{Kept, keep},
    line::{Groups, orders, turns},
    roster::Roster,
};
use crate::grid::org::Sector;

/// Grids of firms, and which grid of today each of them goes on as.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Design {
    /// The firms of each grid, in the order of the roster.
    pub grids: Vec<Vec<usize>>,
    pub kept: Kept,
}

/// The firms of one sector, in the orders of [`orders`].
struct Part {
    sector: Sector,
    orders: [Groups; 3],
    is_whole: bool,
}

/// Groups the firms of a roster.
pub(super) fn design(roster: &Roster, rules: &GridRules) -> Design {
    let grids = settle(roster, rules);
    Design { kept: keep(roster, &grids), grids }
}

/// Groups again what was grouped until nothing is gained, so that a design, once applied, is not contested by the next.
///
/// It ends: each time something is together better, or sizes are more even. More units move than from scratch only
/// where that is worth it: in the one of many thousands in which the names that grids keep make it otherwise, the first
/// grouping is taken, and may be contested.
fn settle(roster: &Roster, rules: &GridRules) -> Vec<Vec<usize>> {
    let scratch = arrange(roster, &GridRules { moved: 0, ..*rules });
    let first = step(roster, rules, &scratch);
    let mut grids = first.clone();
    loop {
        let next = step(&roster.regrouped(&grids), rules, &scratch);
        if next == grids {
            break;
        }
        grids = next;
    }
    let plain = |grids: &[Vec<usize>]| Cost { uneven: 0, ..cost(roster, &GridRules { moved: 0, ..*rules }, grids) };
    let moved = |grids: &[Vec<usize>]| keep(roster, grids).moved;
    let in_vain = moved(&grids) > moved(&scratch) && plain(&grids) >= plain(&scratch);
    if in_vain { first } else { grids }
}

/// The cheapest of today's grids, the cut that spares them, and the design from scratch, in this order where they cost
/// the same.
fn step(roster: &Roster, rules: &GridRules, scratch: &[Vec<usize>]) -> Vec<Vec<usize>> {
    let today = roster.as_it_is().filter(|today| is_allowed(roster, rules, today));
    let candidates = today.into_iter().chain([arrange(roster, rules), scratch.to_vec()]);
    candidates.min_by_key(|grids| cost(roster, rules, grids)).unwrap_or_default()
}

fn is_allowed(roster: &Roster, rules: &GridRules, grids: &[Vec<usize>]) -> bool {
    let whole = whole(&parts(roster, rules));
    let scale = Scale { firms: &roster.firms, homes: &roster.homes, rules, whole: &whole };
    !grids.iter().any(|grid| is_forbidden(scale, grid))
}

/// The sectors that have enough units of their own.
fn whole(parts: &[Part]) -> Vec<Sector> {
    parts.iter().filter(|part| part.is_whole).map(|part| part.sector).collect()
}

/// What grids cost, with the units that leave those of today.
fn cost(roster: &Roster, rules: &GridRules, grids: &[Vec<usize>]) -> Cost {
    let scratch = GridRules { moved: 0, ..*rules };
    let scale = Scale { firms: &roster.firms, homes: &roster.homes, rules: &scratch, whole: &[] };
    let plain = total(scale, grids);
    Cost { burden: plain.burden + keep(roster, grids).moved * rules.moved as usize, ..plain }
}

fn parts(roster: &Roster, rules: &GridRules) -> Vec<Part> {
    let all: Vec<usize> = (0..roster.firms.len()).collect();
    let sector = |at: usize| roster.firms[at].sector;
    let part = |firms: &[usize]| Part {
        sector: sector(firms[0]),
        orders: orders(roster, firms),
        is_whole: firms.len() >= rules.least,
    };
    all.chunk_by(|a, b| sector(*a) == sector(*b)).map(part).collect()
}

type Found = (Cost, Vec<Vec<usize>>);

/// Cuts each sector by itself; sectors with too few units for a grid of their own join one that has enough.
fn arrange(roster: &Roster, rules: &GridRules) -> Vec<Vec<usize>> {
    let parts = parts(roster, rules);
    let sectors = whole(&parts);
    let scale = Scale { firms: &roster.firms, homes: &roster.homes, rules, whole: &sectors };
    let (whole, few): (Vec<&Part>, Vec<&Part>) = parts.iter().partition(|part| part.is_whole);
    let alone: Vec<Found> =
        whole.iter().map(|part| cut(scale, orders_for(rules).map(|order| part.orders[order].concat()))).collect();
    let hosted = |host: usize| {
        let others = alone.iter().enumerate().filter(|(i, _)| *i != host).map(|(_, found)| found.clone());
        sum(others.chain([joined(scale, whole[host], &few)]).collect())
    };
    let found = match (whole.is_empty(), few.is_empty()) {
        (_, true) => sum(alone),
        (true, _) => cut(scale, orders_for(rules).map(|order| tail(&few, order))),
        _ => (0..whole.len()).map(hosted).min_by_key(|(cost, _)| *cost).unwrap_or_default(),
    };
    sorted(found.1)
}

/// The orders that matter: from scratch only the first, as the others follow today's grids.
fn orders_for(rules: &GridRules) -> Range<usize> {
    if rules.moved > 0 { 0..3 } else { 0..1 }
}

/// The sectors with too few units in one line.
fn tail(few: &[&Part], order: usize) -> Vec<usize> {
    few.iter().flat_map(|part| part.orders[order].concat()).collect()
}

/// The best cut of a sector together with those that have too few: any 大类 may come along with them, and of today's
/// grids those that have some of them.
fn joined(scale: Scale<'_>, host: &Part, few: &[&Part]) -> Found {
    let home = |at: &usize| scale.firms[*at].home;
    let today: BTreeSet<usize> = tail(few, 0).iter().filter_map(home).collect();
    let may = |order, group: &[usize]| order < 2 || group.iter().filter_map(home).any(|home| today.contains(&home));
    let lines = orders_for(scale.rules).flat_map(|order| {
        let with_tail = move |line: Vec<usize>| [line, tail(few, order)].concat();
        turns(&host.orders[order], move |group| may(order, group)).map(with_tail)
    });
    cut(scale, lines)
}

fn sum(found: Vec<Found>) -> Found {
    let cost = found.iter().fold(Cost::default(), |sum, (cost, _)| sum + *cost);
    (cost, found.into_iter().flat_map(|(_, grids)| grids).collect())
}

/// Grids in the order of the roster, and so the firms of each.
fn sorted(mut grids: Vec<Vec<usize>>) -> Vec<Vec<usize>> {
    grids.iter_mut().for_each(|grid| grid.sort_unstable());
    grids.sort_unstable();
    grids
}
