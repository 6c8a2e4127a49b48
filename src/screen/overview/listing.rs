//! The overview as a table for a file.
use super::{OverviewScreen, rows::Row, view::label};
use crate::{
    app::Desk,
    report::{Cell, Column, Listing},
    words::{t, word},
};

impl OverviewScreen {
    /// The rows that are found, with their months and by how much they moved.
    pub(super) fn listing(&self, desk: &Desk) -> Listing {
        let of_units = desk.state.org().node(self.node).is_grid();
        let months = desk.glance().months().all();
        let months = months.iter().map(|month| Column { title: month.label(), ..Column::of("month") });
        let moved = Column { title: word("overview.moved").to_owned(), ..Column::of("month") };
        let number = |value: Option<i64>| value.map_or(Cell::Empty, Cell::Number);
        let row = |row: &Row| {
            let values = row.values.iter().map(|value| number(value.map(i64::from)));
            std::iter::once(Cell::text(row.name(desk))).chain(values).chain([number(row.moved)]).collect()
        };
        let name = t!("listing.overview", measure = label(self.measure, of_units)).into_owned();
        Listing::new(name, self.node, &[if of_units { "unit" } else { "node" }])
            .and(months)
            .and([moved])
            .of(self.found.iter().map(|i| row(&self.all[*i])))
            .narrowed(self.filter.text())
    }
}
