//! Who takes part in a partition, and how they are grouped today.
use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use super::{
    GridRules, PlanError,
    firm::{Firm, Home},
    identity::sector_of,
};
use crate::grid::{
    code::industry,
    org::{Form, NodeIx, Org, Sector, UnitIx},
    state::State,
};
use crate::words::word;

/// How many names an error lists.
const NAMED: usize = 3;

/// Everything that a partition is made from. The order of all lists comes from ids alone.
#[derive(Clone, Debug, Default)]
pub(super) struct Roster {
    /// By sector, 大类, village, industry code, id.
    pub firms: Vec<Firm>,
    pub homes: Vec<Home>,
    /// Members of the 农业网格, by id.
    pub farmers: Vec<UnitIx>,
    /// The 农业网格 of today, the one with the most farmers first.
    pub farms: Vec<NodeIx>,
    /// All 三级网格 of the node.
    pub grids: Vec<NodeIx>,
    /// Flat-surveyed units that stay in one of these grids.
    pub pinned: BTreeMap<NodeIx, usize>,
    /// Flat-surveyed units of the area that stay where they are.
    pub flat: usize,
    /// Units with a division code of the area that belong to a grid elsewhere, where they stay.
    pub elsewhere: usize,
}

/// Collects the roster of `town` on `day`.
pub(super) fn roster(state: &State, town: NodeIx, day: NaiveDate, rules: &GridRules) -> Result<Roster, PlanError> {
    let org = state.org();
    let name = || org.node(town).name.clone();
    if org.node(town).level != 2 {
        return Err(PlanError::NotATown(name()));
    }
    if !org.node(town).exists_on(day) {
        return Err(PlanError::NoSuchTown(name(), day));
    }
    if rules.least == 0 || rules.least > rules.most {
        return Err(PlanError::BadSizes(rules.least, rules.most));
    }
    let mut out = Roster { grids: grids(org, town, day), ..Roster::default() };
    let mut enterprises: Vec<(UnitIx, Sector)> = Vec::new();
    let mut unknown: Vec<UnitIx> = Vec::new();
    let members = out.members(org, town, day);
    let ahead =
        |unit: &UnitIx| org.unit(*unit).stays.last().filter(|stay| stay.from > day).map(|stay| (*unit, stay.from));
    if let Some((unit, later)) = members.iter().filter_map(ahead).max_by_key(|(_, later)| *later) {
        return Err(PlanError::Ahead(org.unit(unit).record.name.clone(), later));
    }
    for unit in members {
        match what(org, unit) {
            Some(Sector::Agriculture) if rules.farm || is_village(org, unit) => out.farmers.push(unit),
            Some(sector) => enterprises.push((unit, sector)),
            None => unknown.push(unit),
        }
    }
    if out.farmers.is_empty() && enterprises.is_empty() && unknown.is_empty() {
        return Err(PlanError::NoUnits(name(), day));
    }
    if !unknown.is_empty() {
        let names: Vec<&str> = unknown.iter().take(NAMED).map(|ix| org.unit(*ix).record.name.as_str()).collect();
        let more = if unknown.len() > NAMED { word("word.and_others") } else { "" };
        return Err(PlanError::NoIndustry(name(), unknown.len(), names.join(word("word.list")) + more));
    }
    match out.farmers.first() {
        None if rules.farm => return Err(PlanError::NoVillages(name())),
        Some(first) if !rules.farm => {
            let example = org.unit(*first).record.name.clone();
            return Err(PlanError::VillagesWithoutFarm(name(), out.farmers.len(), example));
        }
        _ => {}
    }
    out.settle(org, day, enterprises);
    Ok(out)
}

/// The 三级网格 of the node that exist on `day`, by id.
fn grids(org: &Org, town: NodeIx, day: NaiveDate) -> Vec<NodeIx> {
    let is_ours = |ix: &NodeIx| {
        let node = org.node(*ix);
        node.is_grid() && node.form == Form::Vertical && node.exists_on(day)
    };
    let mut out: Vec<NodeIx> = org.subtree(town).into_iter().filter(is_ours).collect();
    out.sort_by(|a, b| org.node(*a).id.cmp(&org.node(*b).id));
    out
}

/// What the unit is surveyed as; none where neither the roster nor its industry code says so, or where an enterprise
/// has no industry code.
fn what(org: &Org, unit: UnitIx) -> Option<Sector> {
    let record = &org.unit(unit).record;
    let by_code = industry::sector(&record.industry);
    match record.sector {
        Some(Sector::Agriculture) => Some(Sector::Agriculture),
        Some(sector) if by_code.is_some() && sector != Sector::Mixed => Some(sector),
        _ => by_code,
    }
}

fn is_village(org: &Org, unit: UnitIx) -> bool {
    org.unit(unit).record.industry.is_empty()
}

fn is_flat(org: &Org, unit: UnitIx) -> bool {
    let record = &org.unit(unit).record;
    let sector = record.sector.or_else(|| industry::sector(&record.industry));
    matches!(sector, Some(Sector::Construction | Sector::RealEstate | Sector::Investment))
}

impl Roster {
    /// Today's grids, where every firm is in one; by their first firm.
    pub(super) fn as_it_is(&self) -> Option<Vec<Vec<usize>>> {
        let mut grids = vec![Vec::new(); self.homes.len()];
        for (at, firm) in self.firms.iter().enumerate() {
            grids[firm.home?].push(at);
        }
        grids.retain(|grid| !grid.is_empty());
        grids.sort_unstable();
        Some(grids)
    }

    /// The firms as they would be with these grids.
    pub(super) fn regrouped(&self, grids: &[Vec<usize>]) -> Roster {
        let mut firms = self.firms.clone();
        for (home, grid) in grids.iter().enumerate() {
            grid.iter().for_each(|at| firms[*at].home = Some(home));
        }
        let home = |(i, grid): (usize, &Vec<usize>)| Home {
            node: NodeIx(i as u32),
            sector: Some(sector_of(self, grid)),
            size: grid.len(),
            first: grid.first().copied(),
        };
        Roster { firms, homes: grids.iter().enumerate().map(home).collect(), ..Roster::default() }
    }

    /// The units that take part, by id; counts those that do not.
    fn members(&mut self, org: &Org, town: NodeIx, day: NaiveDate) -> Vec<UnitIx> {
        let mut out = Vec::new();
        for (ix, _) in org.units() {
            let grid = org.grid_of(ix, day);
            let inside = grid.is_some_and(|grid| org.is_within(grid, town));
            let from_here = || org.area_of(ix) == Some(town);
            match grid {
                _ if is_flat(org, ix) => {
                    let pinned = grid.filter(|grid| self.grids.contains(grid));
                    pinned.into_iter().for_each(|grid| *self.pinned.entry(grid).or_default() += 1);
                    self.flat += usize::from(inside || from_here());
                }
                Some(_) if inside => out.push(ix),
                Some(_) => self.elsewhere += usize::from(from_here()),
                None if from_here() => out.push(ix),
                None => {}
            }
        }
        out.sort_by(|a, b| org.unit(*a).id.cmp(&org.unit(*b).id));
        out
    }

    /// Puts grids and enterprises in order.
    fn settle(&mut self, org: &Org, day: NaiveDate, mut enterprises: Vec<(UnitIx, Sector)>) {
        let is_farm = |ix: &NodeIx| org.node(*ix).sector == Some(Sector::Agriculture);
        let (mut farms, homes): (Vec<NodeIx>, Vec<NodeIx>) = self.grids.iter().partition(|ix| is_farm(ix));
        let farmers = |ix: &NodeIx| self.farmers.iter().filter(|unit| org.grid_of(**unit, day) == Some(*ix)).count();
        farms.sort_by_cached_key(|ix| std::cmp::Reverse(farmers(ix)));
        self.farms = farms;
        let home = |ix: &NodeIx| Home { node: *ix, sector: org.node(*ix).sector, size: 0, first: None };
        self.homes = homes.iter().map(home).collect();
        enterprises.sort_by(|(a, of_a), (b, of_b)| of_a.cmp(of_b).then_with(|| key(org, *a).cmp(&key(org, *b))));
        let trades = numbered(enterprises.iter().map(|(unit, _)| key(org, *unit).0));
        let places = numbered(enterprises.iter().map(|(unit, _)| key(org, *unit).1));
        for (i, (unit, sector)) in enterprises.into_iter().enumerate() {
            let grid = org.grid_of(unit, day);
            let home = homes.iter().position(|home| Some(*home) == grid);
            if let Some(home) = home.and_then(|home| self.homes.get_mut(home)) {
                home.size += 1;
                home.first = home.first.or(Some(i));
            }
            let (trade, place, ..) = key(org, unit);
            self.firms.push(Firm { unit, sector, trade: trades[trade], place: places[place], home });
        }
    }
}

/// What enterprises are ordered by: 大类, village, industry code, id.
fn key(org: &Org, unit: UnitIx) -> (&str, &str, &str, &str) {
    let unit = org.unit(unit);
    let industry = unit.record.industry.as_str();
    (industry.get(..2).unwrap_or(industry), &unit.record.division, industry, &unit.id)
}

/// A number for each text, from 0, in their order.
fn numbered<'a>(texts: impl Iterator<Item = &'a str>) -> BTreeMap<&'a str, usize> {
    let all: BTreeSet<&str> = texts.collect();
    all.into_iter().enumerate().map(|(i, text)| (text, i)).collect()
}
