//! The reasons of a proposal, in Chinese sentences.
use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::{GridRules, Objection, PlannedGrid, Share, roster::Roster};
use crate::grid::{
    org::{Org, Sector, UnitIx},
    pack::Pack,
    state::State,
};

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
                Some(objection) => format!("{objection}。"),
                None if grid.sector == Sector::Agriculture => "农业网格不限家数。".to_owned(),
                None => format!("{} 家，在 {} 至 {} 家之内。", grid.units.len(), self.rules.least, self.rules.most),
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
        let kinds = listed(shares.iter().map(|share| (share.name.as_str(), share.units)), "个大类");
        match grid.sector {
            Sector::Agriculture => format!("{}设 1 个农业网格，村（社区）和农业单位都在这里：{kinds}。", self.town),
            Sector::Mixed => {
                let (few, enough): (Vec<Sector>, Vec<Sector>) =
                    self.sectors(grid).into_iter().partition(|sector| self.count(*sector) < self.rules.least);
                let of = |sector: &Sector| format!("{}只有 {} 家", sector.label(), self.count(*sector));
                let few = few.iter().map(of).collect::<Vec<_>>().join("，");
                let with = enough.first().map_or(String::new(), |sector| format!("，与一部分{}企业", sector.label()));
                format!("跨行业：{few}，不足 {} 家的不单独成网格{with}，合在一起：{kinds}。", self.rules.least)
            }
            sector => format!("都是{}：{kinds}。", sector.label()),
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
            (name, _) if n == 1 => format!("登记到村的都在「{name}」。"),
            (name, units) if units > 1 => format!("登记到村的分布在 {n} 个村（社区），「{name}」{units} 家最多。"),
            _ => format!("登记到村的分布在 {n} 个村（社区）。"),
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
        let why = if units > self.rules.most {
            "一个网格放不下"
        } else {
            "合在一起别处家数就不合规，或要多移企业"
        };
        Some(format!("「{}」共 {units} 家，{why}，分在 {grids} 个网格。", share.name))
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
        let labels = sectors.iter().map(|sector| sector.label()).collect::<Vec<_>>().join("、");
        let why = if units < rules.least {
            format!("{labels}一共只有 {units} 家，没有别的企业可以并入")
        } else {
            format!("{labels}一共 {units} 家，分不成每个 {} 至 {} 家，这样分偏差最小", rules.least, rules.most)
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
            return "新建：现有网格都没有多数成员在这里。".to_owned();
        };
        let stay = grid.units.len() - grid.came;
        let turned = match grid.was {
            Some(was) if was != grid.sector => format!("，行业由{}改为{}", was.label(), grid.sector.label()),
            _ => String::new(),
        };
        if grid.came == 0 && grid.left == 0 {
            return format!("沿用{}，成员不变{turned}。", self.org.node(keeps).name);
        }
        let name = &self.org.node(keeps).name;
        let came = if grid.came > 0 { format!("，移入 {} 家", grid.came) } else { String::new() };
        let left = if grid.left > 0 { format!("，移出 {} 家", grid.left) } else { String::new() };
        format!("沿用{name}：留下 {stay} 家{came}{left}{turned}。")
    }
}

/// `「纺织业」18 家，「化学纤维制造业」7 家`, and how many there are where they are more than a few.
fn listed<'a>(rows: impl ExactSizeIterator<Item = (&'a str, usize)>, measure: &str) -> String {
    let count = rows.len();
    let named: Vec<String> = rows.take(NAMED).map(|(name, units)| format!("「{name}」{units} 家")).collect();
    let more = if count > NAMED { format!("，等 {count} {measure}") } else { String::new() };
    named.join("，") + &more
}
