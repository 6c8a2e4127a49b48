//! What a unit's year shows, month by month: visits, what it owes, problems.
use crate::{
    app::Desk,
    grid::{
        calendar::{Cadence, Period},
        org::{NodeIx, UnitIx},
        pack::Duty,
    },
    screen::months::{Cell, belongs, counted, months, visits},
    words::t,
};

/// A row: what it is about, and its months.
#[derive(Clone, Debug)]
pub(super) struct Row {
    pub name: String,
    pub months: [Cell; 12],
}

/// The rows of a unit's year: its visits, then what each unit of its grid owes.
pub(super) fn rows(desk: &Desk, unit: UnitIx, january: Period) -> Vec<Row> {
    let org = desk.state.org();
    let last = january.shifted(11).last().min(desk.today());
    let grid = org.grid_of(unit, last).or_else(|| org.unit(unit).stays.iter().rev().find_map(|stay| stay.node));
    let mut out = vec![Row {
        name: t!("year.visits").into_owned(),
        months: months(january).map(|month| visits(desk, unit, month)),
    }];
    let Some(grid) = grid else { return out };
    for (own, duty) in desk.pack().duties.iter().enumerate() {
        if owes(desk, duty, grid) {
            let months = months(january).map(|month| record(desk, (own, duty), unit, month));
            out.push(Row { name: duty.name.clone(), months });
        }
    }
    out
}

/// Whether each unit of the grid owes it by itself; visits have a row of their own.
fn owes(desk: &Desk, duty: &Duty, grid: NodeIx) -> bool {
    duty.kind.per_unit() && duty.kind.name() != "coverage" && duty.applies_to(desk.state.org().node(grid))
}

fn record(desk: &Desk, (own, duty): (usize, &Duty), unit: UnitIx, month: Period) -> Cell {
    let marks = desk.state.unit_marks(unit).iter();
    let cell = counted(marks.filter(|mark| month.contains(mark.date()) && duty.fed_by(mark, own)), month);
    let owed = duty.cadence == Cadence::Month && month.first() <= desk.today() && belongs(desk, unit, month);
    if cell == Cell::Blank && owed { Cell::Missing } else { cell }
}
