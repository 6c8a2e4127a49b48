//! What a grid costs: a function of its members alone, so that the costs of all grids add up and no order of the
//! members matters.
use std::ops::Add;

use super::{
    GridRules,
    firm::{Firm, Home},
};
use crate::grid::org::Sector;

/// The cost of grids, compared from the first field on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Cost {
    /// How many units too few or too many.
    pub outside: usize,
    /// How many grids cross industries.
    pub crossing: usize,
    /// 大类 and villages spread over grids, units in grids across industries and units that leave their grid, by the
    /// weights of the rules.
    pub burden: usize,
    /// How far sizes are from the middle, squared, so that grids can grow and shrink.
    pub uneven: usize,
}

impl Add for Cost {
    type Output = Cost;

    fn add(self, other: Cost) -> Cost {
        Cost {
            outside: self.outside + other.outside,
            crossing: self.crossing + other.crossing,
            burden: self.burden + other.burden,
            uneven: self.uneven + other.uneven,
        }
    }
}

/// What costs are reckoned with.
#[derive(Clone, Copy)]
pub(super) struct Scale<'a> {
    pub firms: &'a [Firm],
    pub homes: &'a [Home],
    pub rules: &'a GridRules,
    /// The sectors that have enough units for a grid of their own.
    pub whole: &'a [Sector],
}

/// A grid while units are added to it one by one.
pub(super) struct Tray<'a> {
    scale: Scale<'a>,
    size: usize,
    sectors: Vec<Sector>,
    trades: Counts,
    places: Counts,
    homes: Counts,
    /// By home, whether its first member is here.
    firsts: Counts,
    settled: usize,
    kept: usize,
}

impl<'a> Tray<'a> {
    pub(super) fn new(scale: Scale<'a>) -> Tray<'a> {
        let most = |of: fn(&Firm) -> usize| scale.firms.iter().map(|firm| of(firm) + 1).max().unwrap_or(0);
        Tray {
            scale,
            size: 0,
            sectors: Vec::new(),
            trades: Counts::new(most(|firm| firm.trade)),
            places: Counts::new(most(|firm| firm.place)),
            homes: Counts::new(scale.homes.len()),
            firsts: Counts::new(scale.homes.len()),
            settled: 0,
            kept: 0,
        }
    }

    pub(super) fn clear(&mut self) {
        (self.size, self.settled, self.kept) = (0, 0, 0);
        self.sectors.clear();
        let counts = [&mut self.trades, &mut self.places, &mut self.homes, &mut self.firsts];
        counts.into_iter().for_each(Counts::clear);
    }

    pub(super) fn add(&mut self, at: usize) {
        let firm = self.scale.firms[at];
        self.size += 1;
        if !self.sectors.contains(&firm.sector) {
            self.sectors.push(firm.sector);
        }
        self.trades.add(firm.trade);
        self.places.add(firm.place);
        let Some(home) = firm.home else { return };
        self.settled += 1;
        let here = self.homes.add(home);
        if self.scale.homes[home].first == Some(at) {
            self.firsts.add(home);
        }
        if self.scale.homes[home].stays(here, self.firsts.has(home)) {
            self.kept = self.kept.max(here);
        }
    }

    /// Whether no such grid may be: it crosses industries of which two have enough units of their own (B-4).
    pub(super) fn is_forbidden(&self) -> bool {
        self.sectors.iter().filter(|sector| self.scale.whole.contains(sector)).count() > 1
    }

    pub(super) fn cost(&self) -> Cost {
        let rules = self.scale.rules;
        let spread = self.trades.distinct() * rules.split as usize + self.places.distinct() * rules.place as usize;
        let crosses = self.sectors.len() > 1;
        let mixed = if crosses { self.size * rules.mixed as usize } else { 0 };
        let off = (2 * self.size).abs_diff(rules.least + rules.most);
        Cost {
            outside: rules.outside(self.size),
            crossing: usize::from(crosses),
            burden: spread + mixed + (self.settled - self.kept) * rules.moved as usize,
            uneven: off * off,
        }
    }
}

/// Whether no such grid may be; see [`Tray::is_forbidden`].
pub(super) fn is_forbidden(scale: Scale<'_>, grid: &[usize]) -> bool {
    let mut tray = Tray::new(scale);
    grid.iter().for_each(|at| tray.add(*at));
    tray.is_forbidden()
}

/// The cost of whole grids.
pub(super) fn total(scale: Scale<'_>, grids: &[Vec<usize>]) -> Cost {
    let mut tray = Tray::new(scale);
    let cost = |members: &Vec<usize>| {
        tray.clear();
        members.iter().for_each(|at| tray.add(*at));
        tray.cost()
    };
    grids.iter().map(cost).fold(Cost::default(), Cost::add)
}

/// How often each of a few things occurs; emptied in the time that filling took.
struct Counts {
    counts: Vec<usize>,
    seen: Vec<usize>,
}

impl Counts {
    fn new(things: usize) -> Counts {
        Counts { counts: vec![0; things], seen: Vec::new() }
    }

    fn add(&mut self, thing: usize) -> usize {
        if self.counts[thing] == 0 {
            self.seen.push(thing);
        }
        self.counts[thing] += 1;
        self.counts[thing]
    }

    fn has(&self, thing: usize) -> bool {
        self.counts[thing] > 0
    }

    fn distinct(&self) -> usize {
        self.seen.len()
    }

    fn clear(&mut self) {
        self.seen.drain(..).for_each(|thing| self.counts[thing] = 0);
    }
}
