//! A unit's months: visited or not, on time or late; for the board and for the unit's year.
use chrono::NaiveDate;

use crate::{
    app::Desk,
    grid::{calendar::Period, org::UnitIx, state::Mark},
    report,
    ui::{Glyphs, Role},
    words::t,
};

/// How a month stands in a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Cell {
    /// It has not come, or there is nothing to tell.
    Blank,
    /// The unit was in no grid.
    Away,
    /// It could have been done and was not.
    Missing,
    /// Done, so many times.
    Done(usize),
    /// Done, but entered after the month.
    Late(usize),
}

impl Cell {
    /// How often it was done.
    pub(super) fn times(self) -> usize {
        if let Cell::Done(n) | Cell::Late(n) = self { n } else { 0 }
    }
}

/// The months as columns of a table for a file.
pub(super) fn titles() -> impl Iterator<Item = report::Column> {
    let title = |n: u32| t!("listing.month", n = n).into_owned();
    (1..=12).map(move |n| report::Column { title: title(n), width: 6, ..report::Column::of("month") })
}

/// A month in such a column.
pub(super) fn told(cell: Cell) -> report::Cell {
    match cell {
        Cell::Blank => report::Cell::Empty,
        Cell::Away => report::Cell::text(t!("listing.away")),
        Cell::Missing => report::Cell::Number(0),
        Cell::Done(n) => report::Cell::Number(n as i64),
        Cell::Late(n) => report::Cell::text(t!("listing.late", n = n)),
    }
}

/// The months of a year, from January.
pub(super) fn months(january: Period) -> [Period; 12] {
    std::array::from_fn(|n| january.shifted(n as i32))
}

/// The visits of one month to a unit, as a board shows them.
pub(super) fn visits(desk: &Desk, unit: UnitIx, month: Period) -> Cell {
    let marks = desk.state.visits(unit).filter(|mark| month.contains(mark.date()));
    let cell = counted(marks, month);
    match cell {
        Cell::Blank if month.first() > desk.today() => Cell::Blank,
        Cell::Blank if !belongs(desk, unit, month) => Cell::Away,
        Cell::Blank => Cell::Missing,
        cell => cell,
    }
}

/// Done so many times, or late, or blank.
pub(super) fn counted<'a>(marks: impl Iterator<Item = &'a Mark>, month: Period) -> Cell {
    let (mut n, mut on_time) = (0, false);
    for mark in marks {
        n += 1;
        on_time |= mark.recorded_on() <= month.last();
    }
    match n {
        0 => Cell::Blank,
        n if on_time => Cell::Done(n),
        n => Cell::Late(n),
    }
}

/// Whether the unit belonged to a grid at the month's first day or at its last that has come.
pub(super) fn belongs(desk: &Desk, unit: UnitIx, month: Period) -> bool {
    let there = |day: NaiveDate| desk.state.org().grid_of(unit, day).is_some();
    there(month.first()) || there(month.last().min(desk.today()))
}

/// The mark of a month, with how often where it is more than once.
pub(super) fn look(cell: Cell, glyphs: &Glyphs) -> (String, Role) {
    let times = |mark: &str, n: usize| if n > 1 { format!("{mark}{n}") } else { mark.to_owned() };
    match cell {
        Cell::Blank => (String::new(), Role::Dim),
        Cell::Away => ("-".to_owned(), Role::Dim),
        Cell::Missing => (".".to_owned(), Role::Dim),
        Cell::Done(n) => (times(glyphs.ok, n), Role::Met),
        Cell::Late(n) => (times(glyphs.late, n), Role::Late),
    }
}
