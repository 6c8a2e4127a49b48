//! What the sheet lists, as a table to be written down.
use super::{Assessment, Row};
use crate::{
    app::Desk,
    report::{Cell, Listing},
    words::{t, word},
};

const COLUMNS: &[&str] = &[
    "criterion",
    "clauses",
    "full",
    "asked",
    "met",
    "met_late",
    "suggested",
    "own",
    "reviewed",
    "confirmed",
    "stage",
    "stars",
];

impl Assessment {
    /// The rows with their numbers.
    pub(super) fn listing(&self, desk: &Desk) -> Listing {
        let name = t!("assess.head", node = desk.state.org().full_name(self.node), period = self.period.label());
        Listing::new(name, self.node, COLUMNS).of(self.rows.iter().map(|row| cells(desk, row)))
    }
}

fn cells(desk: &Desk, row: &Row) -> Vec<Cell> {
    let number = |number: Option<u32>| number.map_or(Cell::Empty, Cell::number);
    match row {
        Row::Line(item) => {
            let criterion = &desk.pack().assessment.criteria[item.criterion];
            let review = item.score.and_then(|score| score.review);
            vec![
                Cell::text(&criterion.name),
                Cell::text(criterion.clauses.join(word("word.list"))),
                number(item.counts.then_some(criterion.points)),
                Cell::number(item.share.asked()),
                Cell::number(item.share.met),
                Cell::number(item.share.late),
                number(item.suggested),
                number(item.score.map(|score| score.own)),
                number(review.and_then(|review| review.points)),
                number(item.score.and_then(|score| score.confirmed)),
                Cell::text(item.stage.label()),
                Cell::Empty,
            ]
        }
        Row::Star(stars) => {
            let mut cells = vec![Cell::Empty; COLUMNS.len()];
            cells[0] = Cell::text(word("assess.star.name"));
            cells[COLUMNS.len() - 1] = number(stars.confirmed);
            cells
        }
        Row::Report(sent, _) => {
            let mut cells = vec![Cell::Empty; COLUMNS.len()];
            cells[0] = Cell::text(t!("assess.report.line", n = sent.nodes, percent = sent.percent));
            cells[10] = Cell::text(sent.stage().label());
            cells
        }
        Row::Part(part) => {
            let mut cells = vec![Cell::Empty; COLUMNS.len()];
            let totals = part.totals;
            cells[0] = Cell::text(&desk.state.org().node(part.node).name);
            cells[2] = Cell::number(totals.full);
            let numbers = [totals.suggested, totals.own, totals.reviewed, totals.confirmed];
            numbers.into_iter().zip(&mut cells[6..10]).for_each(|(number, cell)| *cell = Cell::number(number));
            cells[10] = Cell::text(format!("{}/{}", totals.settled, totals.lines));
            cells[11] = number(part.stars.confirmed);
            cells
        }
    }
}
