//! A working list as a table for a file.
use super::{Column, WorkingList};
use crate::{
    app::Desk,
    grid::org::{NodeIx, UnitIx},
    report::{self, Cell, Listing, PHONE},
};

impl WorkingList {
    /// The units of the list at a node and below it, in its columns.
    pub fn listing(&self, desk: &Desk, node: NodeIx) -> Listing {
        self.listing_of(desk, node, &self.units(desk, node))
    }

    /// These of its units, in its columns.
    pub fn listing_of(&self, desk: &Desk, node: NodeIx, units: &[UnitIx]) -> Listing {
        let row = |unit: &UnitIx| {
            let name = Cell::text(&desk.state.org().unit(*unit).record.name);
            std::iter::once(name).chain(self.columns.iter().map(|column| column.cell(desk, *unit))).collect()
        };
        Listing::new(&self.name, node, &["unit"])
            .and(self.columns.iter().map(|column| column.in_files()))
            .of(units.iter().map(row))
    }
}

impl Column {
    /// The column of a file.
    fn in_files(self) -> report::Column {
        let id = if self == Column::Phone { PHONE } else { self.id() };
        report::Column { id, title: self.label(), width: self.cols().max(9) }
    }

    /// What stands there in a file: days are days.
    fn cell(self, desk: &Desk, unit: UnitIx) -> Cell {
        match (self, desk.state.last_visit(unit)) {
            (Column::LastVisit, Some(day)) => Cell::Day(day),
            _ => Cell::text(self.of(desk, unit)),
        }
    }
}
