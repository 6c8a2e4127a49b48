//! The units of a grid by months: visits, and what each of them owes by itself.
use std::collections::BTreeSet;

use chrono::NaiveDate;

use super::{MONTHS, Measure, Months};
use crate::grid::{
    calendar::Period,
    org::{NodeIx, UnitIx},
    pack::Duty,
    standing::SETTLED_AFTER,
    state::State,
};

/// The numbers of one unit and month.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct UnitTile {
    /// Whether it belonged to the grid at any time of the month.
    pub belongs: bool,
    /// Visits.
    pub visits: u32,
    /// What it owed by itself and had not handed in by the month's end, by what had been entered by then.
    pub missing: u32,
    /// What it owed by itself and fell due within the month.
    pub due: u32,
    /// The part of it that was there on time.
    pub on_time: u32,
}

impl UnitTile {
    /// What the map shows of it: what is missing, the visits, or the share that was on time in percent.
    pub fn of(&self, measure: Measure) -> Option<u32> {
        match measure {
            _ if !self.belongs => None,
            Measure::Overdue => Some(self.missing),
            Measure::Coverage => Some(self.visits),
            Measure::OnTime => (self.due > 0).then(|| self.on_time * 100 / self.due),
        }
    }
}

/// The units that belonged to the grid within the months, in the order of their ids, with their numbers.
pub fn units(state: &State, months: &Months, grid: NodeIx) -> Vec<(UnitIx, [UnitTile; MONTHS])> {
    let org = state.org();
    let (first, today) = (months.first(), months.today());
    let there = org.node(grid).members.iter().filter(|m| m.from <= today && m.to.is_none_or(|to| to > first));
    let mut units: Vec<UnitIx> = there.map(|m| m.unit).collect::<BTreeSet<_>>().into_iter().collect();
    units.sort_by(|a, b| org.unit(*a).id.cmp(&org.unit(*b).id));
    let owed = owed(state, months, grid);
    units.into_iter().map(|unit| (unit, tiles(state, months, (grid, unit), &owed))).collect()
}

/// The duties of the grid that ask about units one by one, with their periods within the months; coverage does not.
fn owed<'a>(state: &'a State, months: &Months, grid: NodeIx) -> Vec<(usize, &'a Duty, Period)> {
    let row = state.org().node(grid);
    let back = chrono::Days::new(SETTLED_AFTER);
    let from = state.duties_from(grid);
    let begin = months.first().checked_sub_days(back).map_or(from, |day| day.max(from));
    let mut out = Vec::new();
    for (own, duty) in state.pack().duties.iter().enumerate() {
        let by_unit = duty.kind.per_unit() && duty.kind.name() != "coverage";
        if !by_unit || !duty.applies_to(row) || begin > months.today() {
            continue;
        }
        let (first, last) = (duty.period_of(begin), duty.period_of(months.today()));
        let periods = (first.ordinal()..=last.ordinal()).map(|n| Period::from_ordinal(first.cadence, n));
        out.extend(periods.filter(|period| !state.is_exempt(own, grid, *period)).map(|period| (own, duty, period)));
    }
    out
}

/// What a unit owed by itself and had not handed in by the month's end, as (duty, period, due day).
pub fn lacks(
    state: &State,
    months: &Months,
    (grid, unit): (NodeIx, UnitIx),
    month: usize,
) -> Vec<(usize, Period, NaiveDate)> {
    let seen = months.seen_on(month);
    let owed = owed(state, months, grid).into_iter();
    let due = owed.filter_map(|(own, duty, period)| Some((own, period, asked(state, (grid, unit), duty, period)?)));
    due.filter(|(own, period, due_on)| *due_on < seen && state.entered_of(*own, (grid, unit), *period, seen) == 0)
        .collect()
}

/// The day by which a unit had to hand something in; none where it was not asked: who came within the period is not before
/// the next one (B-6).
fn asked(state: &State, (grid, unit): (NodeIx, UnitIx), duty: &Duty, period: Period) -> Option<NaiveDate> {
    let from = state.duties_from(grid);
    let due_on = duty.due_on(period, state.pack().calendar());
    let belonged = state.org().unit(unit).grid_on(period.first().max(from)) == Some(grid);
    (belonged && due_on >= from).then_some(due_on)
}

fn tiles(
    state: &State,
    months: &Months,
    (grid, unit): (NodeIx, UnitIx),
    owed: &[(usize, &Duty, Period)],
) -> [UnitTile; MONTHS] {
    let mut tiles = [UnitTile::default(); MONTHS];
    for (month, tile) in tiles.iter_mut().enumerate() {
        let (first, last) = (months.all()[month].first(), months.seen_on(month));
        let stays = state.org().node(grid).members.iter().filter(|m| m.unit == unit);
        tile.belongs = stays.clone().any(|m| m.from <= last && m.to.is_none_or(|to| to > first));
    }
    for mark in state.visits(unit) {
        if let Some(month) = months.place(mark.date()) {
            tiles[month].visits += 1;
        }
    }
    for (own, duty, period) in owed {
        let Some(due_on) = asked(state, (grid, unit), duty, *period) else { continue };
        let handed_in = |day| state.entered_of(*own, (grid, unit), *period, day) > 0;
        for (month, tile) in tiles.iter_mut().enumerate() {
            let seen = months.seen_on(month);
            tile.missing += u32::from(due_on < seen && !handed_in(seen));
        }
        let on_time = handed_in(due_on);
        if let Some(month) = months.place(due_on).filter(|_| due_on < months.today() || on_time) {
            tiles[month].due += 1;
            tiles[month].on_time += u32::from(on_time);
        }
    }
    tiles
}
