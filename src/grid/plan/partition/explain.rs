//! The reasons of a proposal, in Chinese sentences.
use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::{GridRules, Objection, PlannedGrid, Share, roster::Roster};
use crate::grid::{
    org::{Org, Sector, UnitIx},
    pack::Pack,
    state::State,
};
use crate::words::{t, word};

/// How many kinds or places are named before the rest is only counted.
const NAMED: usize = 3;

/// What the sentences are made from.
pub(super) struct Facts<'a> {
    org: &'a Org,
    pack: &'a Pack,
    rules: &'a GridRules,
    town: &'a str,
    /// What each enterprise is surveyed as.
    sectors: HashMap<UnitIx, Sector>,
    counts: BTreeMap<Sector, usize>,
}

impl<'a> Facts<'a> {
    pub(super) fn new(state: &'a State, roster: &Roster, rules: &'a GridRules, town: &'a str) -> Facts<'a> {
        let sectors = roster.firms.iter().map(|firm| (firm.unit, firm.sector)).collect();
        let mut counts = BTreeMap::new();
        roster.firms.iter().for_each(|firm| *counts.entry(firm.sector).or_default() += 1);
        Facts { org: state.org(), pack: state.pack(), rules, town, sectors, counts }
    }

    /// Writes the reasons into the grids; returns what could not be held to.
    pub(super) fn explain(&self, grids: &mut [PlannedGrid]) -> Vec<Objection> {
        let spread = self.spread(grids);
        let joined: Vec<BTreeSet<Sector>> = grids.iter().map(|grid| self.sectors(grid)).collect();
        let mut objections = Vec::new();
        for grid in grids.iter_mut() {
            let shares = grid.shares(self.org);
            let size = self.size(grid, &joined);
            grid.why = vec![self.together(grid, &shares)];
            grid.why.extend(self.places(&grid.units));
            grid.why.extend(shares.iter().filter_map(|share| self.split(share, &spread)));
            grid.why.push(match &size {
                Some(objection) => t!("word.sentence", text = objection).into_owned(),
                None if grid.sector == Sector::Agriculture => t!("plan.why.farm_size").into_owned(),
                None => t!("plan.why.size", n = grid.units.len(), least = self.rules.least, most = self.rules.most)
                    .into_owned(),
            });
            grid.why.push(self.change(grid));
            objections.extend(size);
        }
        objections
    }

    fn sectors(&self, grid: &PlannedGrid) -> BTreeSet<Sector> {
        grid.units.iter().filter_map(|unit| self.sectors.get(unit).copied()).collect()
    }

    fn count(&self, sector: Sector) -> usize {
        self.counts.get(&sector).copied().unwrap_or(0)
    }

    /// Why these together.
    fn together(&self, grid: &PlannedGrid, shares: &[Share]) -> String {
        let kinds = listed(shares.iter().map(|share| (share.name.as_str(), share.units)));
        match grid.sector {
            Sector::Agriculture => t!("plan.why.farm", town = self.town, kinds = kinds).into_owned(),
            Sector::Mixed => {
                let (few, enough): (Vec<Sector>, Vec<Sector>) =
                    self.sectors(grid).into_iter().partition(|sector| self.count(*sector) < self.rules.least);
                let of =
                    |sector: &Sector| t!("plan.why.few", sector = sector.label(), n = self.count(*sector)).into_owned();
                let few = few.iter().map(of).collect::<Vec<_>>().join(word("word.clause"));
                let with = enough
                    .first()
                    .map_or(String::new(), |sector| t!("plan.why.with", sector = sector.label()).into_owned());
                t!("plan.why.mixed", few = few, least = self.rules.least, with = with, kinds = kinds).into_owned()
            }
            sector => t!("plan.why.one_sector", sector = sector.label(), kinds = kinds).into_owned(),
        }
    }

    /// In which villages they are, as far as that is known.
    fn places(&self, units: &[UnitIx]) -> Option<String> {
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        for unit in units.iter().map(|ix| &self.org.unit(*ix).record).filter(|record| !record.industry.is_empty()) {
            *counts.entry(&unit.division).or_default() += 1;
        }
        let village = |(code, units): (&str, usize)| Some((self.village(code)?, units));
        let mut counts: Vec<(&str, usize)> = counts.into_iter().filter_map(village).collect();
        if counts.is_empty() {
            return None;
        }
        counts.sort_by_key(|(_, units)| std::cmp::Reverse(*units));
        let n = counts.len();
        Some(match counts[0] {
            (name, _) if n == 1 => t!("plan.why.one_village", village = name).into_owned(),
            (name, units) if units > 1 => t!("plan.why.most_in", n = n, village = name, units = units).into_owned(),
            _ => t!("plan.why.villages", n = n).into_owned(),
        })
    }

    fn village(&self, division: &str) -> Option<&str> {
        self.pack.division_name(division).filter(|_| division.len() == 12)
    }

    /// In how many grids each 大类 is, and how many units it has.
    fn spread(&self, grids: &[PlannedGrid]) -> BTreeMap<String, (usize, usize)> {
        let mut out: BTreeMap<String, (usize, usize)> = BTreeMap::new();
        for share in grids.iter().filter(|grid| grid.sector != Sector::Agriculture).flat_map(|g| g.shares(self.org)) {
            let row = out.entry(share.code).or_default();
            *row = (row.0 + 1, row.1 + share.units);
        }
        out
    }

    /// Why a 大类 is in several grids.
    fn split(&self, share: &Share, spread: &BTreeMap<String, (usize, usize)>) -> Option<String> {
        let (grids, units) = *spread.get(&share.code).filter(|(grids, _)| *grids > 1)?;
        let why = if units > self.rules.most { word("plan.why.too_many") } else { word("plan.why.elsewhere") };
        Some(t!("plan.why.split", trade = share.name, n = units, why = why, grids = grids).into_owned())
    }

    /// Why the size is outside the bounds, where it is.
    fn size(&self, grid: &PlannedGrid, all: &[BTreeSet<Sector>]) -> Option<Objection> {
        let (size, rules) = (grid.units.len(), self.rules);
        if grid.sector == Sector::Agriculture || rules.outside(size) == 0 {
            return None;
        }
        // Everything that could have been grouped with it.
        let mut sectors = self.sectors(grid);
        for _ in all {
            let touching = all.iter().filter(|of| !of.is_disjoint(&sectors)).flatten().copied();
            let grown: BTreeSet<Sector> = touching.collect();
            sectors.extend(grown);
        }
        let units: usize = sectors.iter().map(|sector| self.count(*sector)).sum();
        let labels = sectors.iter().map(|sector| sector.label()).collect::<Vec<_>>().join(word("word.list"));
        let why = if units < rules.least {
            t!("plan.why.nothing_else", sectors = labels, n = units).into_owned()
        } else {
            t!("plan.why.no_division", sectors = labels, n = units, least = rules.least, most = rules.most).into_owned()
        };
        let name = grid.name.clone();
        Some(if size < rules.least {
            Objection::TooSmall { grid: name, size, least: rules.least, why }
        } else {
            Objection::TooLarge { grid: name, size, most: rules.most, why }
        })
    }

    /// What becomes of the grid of today.
    fn change(&self, grid: &PlannedGrid) -> String {
        let Some(keeps) = grid.keeps else {
            return t!("plan.why.new").into_owned();
        };
        let stay = grid.units.len() - grid.came;
        let turned = match grid.was {
            Some(was) if was != grid.sector => {
                t!("plan.why.turned", was = was.label(), is = grid.sector.label()).into_owned()
            }
            _ => String::new(),
        };
        if grid.came == 0 && grid.left == 0 {
            return t!("plan.why.same", grid = self.org.node(keeps).name, turned = turned).into_owned();
        }
        let name = &self.org.node(keeps).name;
        let came = if grid.came > 0 { t!("plan.why.came", n = grid.came).into_owned() } else { String::new() };
        let left = if grid.left > 0 { t!("plan.why.left", n = grid.left).into_owned() } else { String::new() };
        t!("plan.why.goes_on", grid = name, n = stay, came = came, left = left, turned = turned).into_owned()
    }
}

/// `「纺织业」18 家，「化学纤维制造业」7 家`, and how many there are where they are more than a few.
fn listed<'a>(rows: impl ExactSizeIterator<Item = (&'a str, usize)>) -> String {
    let count = rows.len();
    let named: Vec<String> =
        rows.take(NAMED).map(|(name, units)| t!("plan.why.trade", trade = name, n = units).into_owned()).collect();
    let more = if count > NAMED { t!("plan.why.and_more", n = count).into_owned() } else { String::new() };
    named.join(word("word.clause")) + &more
}
