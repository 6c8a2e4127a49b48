//! What is behind a number as a table for a file.
use super::{
    Facts,
    rows::{Row, called},
    view,
};
use crate::{
    app::Desk,
    report::{Cell, Listing},
    words::word,
};

const COLUMNS: [&str; 10] = ["day", "kind", "node", "unit", "duty", "period", "need", "have", "state", "due"];

impl Facts {
    /// The rows that are found.
    pub(super) fn listing(&self, desk: &Desk) -> Listing {
        Listing::new(view::title(&self.of, desk), view::node(&self.of), &COLUMNS)
            .of(self.found.iter().map(|i| row(desk, &self.all[*i])))
            .narrowed(self.filter.text())
    }
}

fn row(desk: &Desk, of: &Row) -> Vec<Cell> {
    let org = desk.state.org();
    let unit = |unit| Cell::text(&org.unit(unit).record.name);
    let node = |node| Cell::text(org.full_name(node));
    let duty = |duty: usize| Cell::text(&desk.pack().duties[duty].name);
    let blank = || Cell::Empty;
    let [day, kind, at, whom, what, period, need, have, state, due] = match of {
        Row::Instance(of) => [
            blank(),
            blank(),
            node(of.node),
            blank(),
            duty(of.duty),
            Cell::text(of.period.label()),
            Cell::number(of.need),
            Cell::number(of.have),
            Cell::text(of.state.label()),
            Cell::Day(of.due_on),
        ],
        Row::Mark { unit: about, at, what, day, .. } => {
            let about = about.map_or(Cell::Empty, unit);
            let [a, b, c, d, e, f] = std::array::from_fn(|_| Cell::Empty);
            [Cell::Day(*day), Cell::text(called(desk, *what)), node(*at), about, a, b, c, d, e, f]
        }
        Row::Step { at, day, first, .. } => {
            let step = if *first { word("behind.began") } else { word("behind.step") };
            let [a, b, c, d, e, f, g] = std::array::from_fn(|_| Cell::Empty);
            [Cell::Day(*day), Cell::text(step), node(*at), a, b, c, d, e, f, g]
        }
        Row::Without(about) => {
            let [a, b, c, d, e, f, g, h] = std::array::from_fn(|_| Cell::Empty);
            [a, b, c, unit(*about), d, e, f, g, Cell::text(word("behind.without")), h]
        }
        Row::Lacks { unit: about, duty: own, period, due_on } => {
            let [a, b, c, d, e, f] = std::array::from_fn(|_| Cell::Empty);
            [a, b, c, unit(*about), duty(*own), Cell::text(period.label()), d, e, f, Cell::Day(*due_on)]
        }
    };
    vec![day, kind, at, whom, what, period, need, have, state, due]
}
