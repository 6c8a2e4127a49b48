//! The sheets: one file for each kind of thing they list. To add one: its line in [`crate::grid::pack::SHEETS`], a file
//! here, and its line in [`rows`].
mod assessment;
mod burden;
mod duties;
mod evidence;
mod forms;
mod matters;
mod people;
mod sessions;
mod visits;

pub use burden::burden_listings;
use chrono::{DateTime, Duration};
pub(super) use duties::Tallied;
pub use duties::duty_listing;
pub(super) use evidence::duties_of;
pub use evidence::is_secret;
pub(super) use sessions::{count, held};
pub(super) use visits::topics;

use super::{Cell, Column, Scene, Scope};
use crate::{
    grid::{
        fact::{Body, Fact, SessionKind, Topic},
        pack::{SheetForm, SheetKind},
        record::form,
    },
    words::{said, t, word},
};

/// A row: a cell for every column that the sheet's kind has, in the order of the kind.
pub type Row = Vec<Cell>;

/// Hands over the rows of a sheet, one after the other; `no` is the number of the last row before them, and of the last
/// of them afterwards. Phone numbers are as the scope's reader may see them.
pub fn rows(scene: &Scene<'_>, kind: &SheetKind, no: &mut i64, emit: &mut dyn FnMut(Row)) {
    let viewer = scene.scope.viewer();
    let emit = &mut |mut row: Row| {
        *no += 1;
        if kind.columns.first() == Some(&"no") {
            row.insert(0, Cell::Number(*no));
        }
        emit(row.into_iter().zip(kind.columns).map(|(cell, column)| viewer.cell(column, cell)).collect());
    };
    match kind.id {
        "clauses" => duties::clauses(scene, emit),
        "duties" => duties::duties(scene, emit),
        "unfinished" => duties::unfinished(scene, emit),
        "visits" => visits::visits(scene, emit),
        "late" => visits::late(scene, emit),
        "problems" => matters::problems(scene, emit),
        "changes" => matters::changes(scene, emit),
        "ledgers" => matters::ledgers(scene, emit),
        "sessions" => sessions::sessions(scene, emit),
        "attendance" => sessions::attendance(scene, emit),
        "returns" => forms::returns(scene, emit),
        "funds" => forms::funds(scene, emit),
        "people" => people::people(scene, emit),
        "evidence" => evidence::evidence(scene, emit),
        "assessment" => assessment::assessment(scene, emit),
        "burden" => burden::work(scene, emit),
        "fields" => burden::fields(scene, emit),
        // The summary is no table.
        _ => {}
    }
}

/// The columns of a sheet as the pack wants them, each with its place in the rows of the kind.
pub fn columns(form: &SheetForm) -> Vec<(usize, Column)> {
    let column = |column: &crate::grid::pack::ColumnForm| {
        let at = form.kind.columns.iter().position(|id| *id == column.id)?;
        let usual = Column::of(column.id);
        Some((at, Column { title: column.title.clone().unwrap_or(usual.title), ..usual }))
    };
    form.columns.iter().filter_map(column).collect()
}

/// What people call a sheet.
pub(super) fn title(form: &SheetForm) -> String {
    form.title.clone().unwrap_or_else(|| said(&format!("report.sheet.{}", form.kind.id)).into_owned())
}

/// How wide a column is, in half-width characters.
pub(super) fn width(id: &str) -> u16 {
    match id {
        "fact" => 40,
        "readers" => 34,
        // Most units have no longer names.
        "unit" => 28,
        "content" | "text" | "topic" | "note" | "problem" | "steps" | "reason" | "explanation" | "comment"
        | "proof" => 26,
        "clauses" | "verdict" | "node" => 24,
        "about" => 22,
        "criterion" | "seats" | "table" | "activity" | "topics" | "kind" => 20,
        "cite" => 19,
        // Duties have fifteen columns: on paper they are read only where none is wider than it must be.
        "duty" => 16,
        "recorded" | "received" => 16,
        "section" | "code" | "industry" | "town" | "phone" | "field" | "form" | "voucher" | "amount" | "who" => 14,
        "with" | "source" | "approver" | "gap" | "standing" => 11,
        "last" | "contact" | "day" | "due" | "closed" | "from" | "to" | "person" => 11,
        "clause" | "post" | "month" => 10,
        "period" | "late" | "state" | "timely" | "queries" => 9,
        "need" | "have" | "missing" | "left" => 7,
        "no" | "suggested" | "own" | "reviewed" | "confirmed" => 6,
        "measure" | "full" | "asked" | "stars" => 5,
        _ => 8,
    }
}

impl Scope<'_> {
    /// An instant as the county's clocks show it.
    fn moment(&self, utc_ms: i64) -> Cell {
        let offset = Duration::seconds(self.state.pack().utc_offset.into());
        DateTime::from_timestamp_millis(utc_ms).map_or(Cell::Empty, |at| Cell::Moment((at + offset).naive_utc()))
    }

    fn node_cell(&self, fact: &Fact) -> Cell {
        self.node_of(fact).map_or(Cell::Empty, |node| Cell::text(self.node_name(node)))
    }

    fn unit_cell(&self, fact: &Fact) -> Cell {
        self.unit_of(fact).map_or(Cell::Empty, |unit| Cell::text(self.unit_name(unit)))
    }

    /// What somebody wrote in a field of a form.
    fn prose_cell(&self, text: &str) -> Cell {
        Cell::text(self.prose(text))
    }
}

/// What people call the kind of a fact.
pub(super) fn kind_name(scope: &Scope<'_>, fact: &Fact) -> String {
    match &fact.draft.body {
        Body::Visit(_) => word("kind.visit").to_owned(),
        Body::Session(session) => session_name(session.kind).to_owned(),
        Body::ProblemClosed(_) => word("kind.closed").to_owned(),
        Body::Done(done) => {
            let duty = scope.state.pack().duty(&done.duty).map_or(done.duty.as_str(), |(_, duty)| &duty.name);
            t!("report.done", duty = duty).into_owned()
        }
        Body::Record(record) => match form(&record.form) {
            Some((_, form)) => {
                let kind = form.kinds().iter().find(|choice| choice.id == record.text("kind"));
                kind.map_or(form.name(), |choice| choice.label()).to_owned()
            }
            None => record.form.clone(),
        },
        _ => word("kind.unknown").to_owned(),
    }
}

fn session_name(kind: SessionKind) -> &'static str {
    match kind {
        SessionKind::Training => word("kind.training"),
        SessionKind::Activity => word("kind.activity"),
    }
}

fn topic_name(topic: Topic) -> &'static str {
    word(match topic {
        Topic::Call => "topic.call",
        Topic::Ledger => "topic.ledger",
        Topic::Law => "topic.law",
        Topic::Policy => "topic.policy",
        Topic::Guidance => "topic.guidance",
    })
}
