//! Which units a working list is of.
use std::collections::{BTreeMap, BTreeSet};

use super::{Problem, Visited, WorkingList};
use crate::{
    app::{Desk, find::Finder},
    grid::{
        calendar::{Cadence, Period},
        code::industry,
        org::{NodeIx, UnitIx},
        standing::DutyState,
    },
};

/// After this many days without a visit a unit was not visited for long.
const LONG: i64 = 90;

impl WorkingList {
    /// The units at and below a node that the list is of: never visited first, then by the day of the last visit.
    pub fn units(&self, desk: &Desk, node: NodeIx) -> Vec<UnitIx> {
        let owing = if self.overdue { Some(owing(desk, node)) } else { None };
        let asked = Asked::new(self, desk);
        let mut units = all(desk, node);
        units.retain(|unit| owing.as_ref().is_none_or(|owing| owing.contains(unit)) && asked.fits(*unit));
        units.sort_by_cached_key(|unit| (desk.state.last_visit(*unit), *unit));
        units
    }
}

/// All units at and below a node, those without a grid in its area as well.
fn all(desk: &Desk, node: NodeIx) -> Vec<UnitIx> {
    let (org, today) = (desk.state.org(), desk.today());
    let placed = org.subtree(node).into_iter().flat_map(|at| org.members_on(at, today).collect::<Vec<_>>());
    let loose = if desk.overview.sum(node).unplaced > 0 { org.unplaced_on(today) } else { Vec::new() };
    let here = |unit: &UnitIx| org.flagged_at(*unit).is_some_and(|at| org.is_within(at, node));
    placed.chain(loose.into_iter().filter(here)).collect::<BTreeSet<_>>().into_iter().collect()
}

/// The units at and below a node that owe a record of a duty whose period is over.
fn owing(desk: &Desk, node: NodeIx) -> BTreeSet<UnitIx> {
    let org = desk.state.org();
    let mut out = BTreeSet::new();
    for at in org.subtree(node) {
        let late = desk.overview.rows(at).iter().filter(|s| s.state == DutyState::Overdue);
        for standing in late {
            let duty = &desk.pack().duties[standing.duty];
            // A quota is not one unit's to fill.
            if !duty.kind.per_unit() || duty.kind.name() == "coverage" {
                continue;
            }
            let done = |unit: &UnitIx| {
                let fed = |mark: &&crate::grid::state::Mark| {
                    mark.at == at && duty.fed_by(mark, standing.duty) && standing.period.contains(mark.date())
                };
                desk.state.unit_marks(*unit).iter().any(|mark| fed(&mark))
            };
            out.extend(org.members_on(at, standing.period.last()).filter(|unit| !done(unit)));
        }
    }
    out
}

/// A list's questions, made ready.
struct Asked<'a> {
    list: &'a WorkingList,
    desk: &'a Desk,
    text: Finder,
    month: Period,
    /// The 行业 whose name fits, where a name was typed.
    industries: Option<BTreeMap<&'static str, bool>>,
    towns: Option<BTreeSet<NodeIx>>,
}

impl Asked<'_> {
    fn new<'a>(list: &'a WorkingList, desk: &'a Desk) -> Asked<'a> {
        let org = desk.state.org();
        let town = Finder::new(&list.town);
        let towns = org.nodes().filter(|(_, node)| !node.is_grid() && town.finds(&node.name)).map(|(ix, _)| ix);
        let is_code = list.industry.starts_with(|c: char| c.is_ascii_digit());
        let named = Finder::new(&list.industry);
        let industries = || {
            let names =
                |code: &str| [4, 3, 2].map(|n| code.get(..n).and_then(industry::name).unwrap_or_default()).join(" ");
            industry::classes_of("").map(|(code, _)| (code, named.finds(&names(code)))).collect()
        };
        Asked {
            list,
            desk,
            text: Finder::new(&list.text),
            month: Period::containing(Cadence::Month, desk.today()),
            industries: (!named.is_empty() && !is_code).then(industries),
            towns: (!town.is_empty()).then(|| towns.collect()),
        }
    }

    fn fits(&self, unit: UnitIx) -> bool {
        self.visited(unit) && self.problem(unit) && self.record(unit)
    }

    fn visited(&self, unit: UnitIx) -> bool {
        let last = self.desk.state.last_visit(unit);
        let this_month = || self.desk.state.visits(unit).any(|mark| self.month.contains(mark.date()));
        match self.list.visited {
            Visited::Any => true,
            Visited::Never => last.is_none(),
            Visited::NotThisMonth => !this_month(),
            Visited::NotForLong => last.is_none_or(|day| (self.desk.today() - day).num_days() > LONG),
            Visited::ThisMonth => this_month(),
        }
    }

    fn problem(&self, unit: UnitIx) -> bool {
        let late = |due: Option<chrono::NaiveDate>| due.is_some_and(|day| day < self.desk.today());
        match self.list.problem {
            Problem::Any => true,
            Problem::Open => self.desk.state.open_problems(unit).next().is_some(),
            Problem::Overdue => self.desk.state.open_problems(unit).any(|problem| late(problem.due)),
        }
    }

    fn record(&self, unit: UnitIx) -> bool {
        let org = self.desk.state.org();
        let record = &org.unit(unit).record;
        let text = || {
            let name = self.desk.names.aliases().with(&record.name, &[&record.code]);
            let names = format!("{name} {}", record.contact);
            self.text.finds_either(&names, &format!("{} {}", record.code, record.phone))
        };
        let industry = || match &self.industries {
            Some(named) => named.get(record.industry.as_str()).copied().unwrap_or(false),
            None => record.industry.starts_with(self.list.industry.trim()),
        };
        let town = || {
            let at = org.grid_of(unit, self.desk.today()).or_else(|| org.area_of(unit));
            let named = |towns: &BTreeSet<NodeIx>| at.is_some_and(|at| org.path_up(at).any(|up| towns.contains(&up)));
            self.towns
                .as_ref()
                .is_none_or(|towns| named(towns) || org.area_of(unit).is_some_and(|at| towns.contains(&at)))
        };
        let sector = self.list.sector.is_none_or(|sector| record.sector == Some(sector));
        sector && industry() && town() && (self.text.is_empty() || text())
    }
}
