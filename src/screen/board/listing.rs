//! The visits board as a table for a file.
use chrono::Datelike;

use super::Board;
use crate::{
    app::Desk,
    report::{Cell, Column, Listing},
    screen::months::{self, months, visits},
    words::t,
};

impl Board {
    /// The units that are found, with their months, how often they were visited, and who answers.
    pub(super) fn listing(&self, desk: &Desk) -> Listing {
        let org = desk.state.org();
        let year = months(self.january);
        let row = |unit| {
            let record = &org.unit(unit).record;
            let cells = year.map(|month| visits(desk, unit, month));
            let sum: usize = cells.iter().map(|cell| cell.times()).sum();
            let problem = year
                .iter()
                .map(|month| desk.state.open_problems(unit).filter(|problem| month.contains(problem.opened)).count());
            let problems: usize = problem.sum();
            let months = cells.iter().map(|cell| months::told(*cell));
            std::iter::once(Cell::text(&record.name))
                .chain(months)
                .chain([
                    Cell::number(sum as i64),
                    if problems > 0 { Cell::number(problems as i64) } else { Cell::Empty },
                    Cell::day(desk.state.last_visit(unit)),
                    Cell::text(&record.contact),
                ])
                .collect()
        };
        let name = t!("listing.board", year = self.january.first().year()).into_owned();
        let after = ["times", "problem", "last", "contact"].map(Column::of);
        Listing::new(name, self.grid, &["unit"])
            .and(months::titles())
            .and(after)
            .of(self.units.iter().copied().map(row))
            .narrowed(self.filter.text())
    }
}
