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
    // From scratch only the first order matters: the others follow today's grids.
    let orders = if scale.rules.moved > 0 { 0..3 } else { 0..1 };
    let (whole, few): (Vec<&Part>, Vec<&Part>) = parts.iter().partition(|part| part.is_whole);
    let tail = |order: usize| few.iter().flat_map(|part| part.orders[order].concat()).collect::<Vec<usize>>();
    if whole.is_empty() {
        return cut(scale, orders.map(tail)).1;
    }
    let alone: Vec<Found> =
        whole.iter().map(|part| cut(scale, orders.clone().map(|order| part.orders[order].concat()))).collect();
    if few.is_empty() {
        return sum(alone).1;
    }
    let hosted = (0..whole.len()).map(|host| {
        let joined = |order: usize| {
            let tail = tail(order);
            turns(&whole[host].orders[order]).map(move |line| [line, tail.clone()].concat())
        };
        let others = alone.iter().enumerate().filter(|(i, _)| *i != host).map(|(_, found)| found.clone());
        sum(others.chain([cut(scale, orders.clone().flat_map(joined))]).collect())
    });
    hosted.min_by_key(|(cost, _)| *cost).unwrap_or_default().1
}

fn sum(found: Vec<Found>) -> Found {
    let cost = found.iter().fold(Cost::default(), |sum, (cost, _)| sum + *cost);
    (cost, found.into_iter().flat_map(|(_, grids)| grids).collect())
}
