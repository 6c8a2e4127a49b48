//! From firms to grids: the best of the cuts of several lines.
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
/// It ends: each time something is together better, or sizes are more even.
fn settle(roster: &Roster, rules: &GridRules) -> Vec<Vec<usize>> {
    let mut grids = step(roster, rules);
    loop {
        let next = step(&roster.regrouped(&grids), rules);
        if next == grids {
            return grids;
        }
        grids = next;
    }
}

/// The cheapest of today's grids, the cut that spares them, and the design from scratch, in this order where they cost
/// the same.
fn step(roster: &Roster, rules: &GridRules) -> Vec<Vec<usize>> {
    let parts = parts(roster, rules);
    let whole: Vec<Sector> = parts.iter().filter(|part| part.is_whole).map(|part| part.sector).collect();
    let scale = Scale { firms: &roster.firms, homes: &roster.homes, rules, whole: &whole };
    let today = roster.as_it_is().filter(|today| today.iter().all(|grid| !is_forbidden(scale, grid)));
    let mut cut = arrange(scale, &parts);
    cut.iter_mut().for_each(|grid| grid.sort_unstable());
    cut.sort_unstable();
    let scratch = (rules.moved > 0).then(|| settle(roster, &GridRules { moved: 0, ..*rules }));
    let candidates = today.into_iter().chain([cut]).chain(scratch);
    candidates.min_by_key(|grids| cost(roster, rules, grids)).unwrap_or_default()
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
fn arrange(scale: Scale<'_>, parts: &[Part]) -> Vec<Vec<usize>> {
    let (whole, few): (Vec<&Part>, Vec<&Part>) = parts.iter().partition(|part| part.is_whole);
    let tails: [Vec<usize>; 3] =
        [0, 1, 2].map(|order| few.iter().flat_map(|part| part.orders[order].concat()).collect());
    let by_itself: Vec<Found> =
        whole.iter().map(|part| best(scale, part.orders.iter().map(|order| order.concat()))).collect();
    let sum = |found: Vec<Found>| {
        let cost = found.iter().fold(Cost::default(), |sum, (cost, _)| sum + *cost);
        (cost, found.into_iter().flat_map(|(_, grids)| grids).collect::<Vec<_>>())
    };
    if few.is_empty() {
        return sum(by_itself).1;
    }
    if whole.is_empty() {
        return best(scale, tails.into_iter()).1;
    }
    let hosted = (0..whole.len()).map(|host| {
        let orders = whole[host].orders.iter().zip(&tails);
        let lines = orders.flat_map(|(order, tail)| turns(order).map(move |line| [line, tail.clone()].concat()));
        let others = by_itself.iter().enumerate().filter(|(i, _)| *i != host).map(|(_, found)| found.clone());
        sum(others.chain([best(scale, lines)]).collect())
    });
    least(hosted).1
}

fn best(scale: Scale<'_>, lines: impl Iterator<Item = Vec<usize>>) -> Found {
    least(lines.map(|line| cut(scale, &line)))
}

/// The first of the cheapest.
fn least(found: impl Iterator<Item = Found>) -> Found {
    found.min_by_key(|(cost, _)| *cost).unwrap_or_default()
}
