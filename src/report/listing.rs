//! What a screen or a command lists, as a table by itself: its columns and its rows, at hand or read from the log as they
//! are written. Phone numbers are masked here, whoever made the list.
use std::{fmt, io::Write, sync::Arc};

use super::{
    Cell, Column, Document, ExportError, Exported, Viewer,
    export::{Emit, as_csv, as_xlsx},
    gather,
    write::Charset,
};
use crate::{
    grid::{fact::Fact, org::NodeIx, state::State},
    log::{Log, Subtree},
    words::{t, word},
};

/// The column whose cells are phone numbers.
pub const PHONE: &str = "phone";

/// What is listed, of which node.
#[derive(Clone, Debug, PartialEq)]
pub struct Listing {
    /// What people call it, for example 2026年走访一览.
    pub name: String,
    /// The node that it is about.
    pub node: NodeIx,
    /// What the rows were narrowed by; empty where all of them are there.
    pub narrowed: String,
    /// The columns.
    pub columns: Vec<Column>,
    /// The rows.
    pub rows: Listed,
}

/// A record as a row; none where it is not listed.
pub type RowOf = Arc<dyn Fn(&State, &Fact) -> Option<Vec<Cell>> + Send + Sync>;

/// The rows of a list.
#[derive(Clone)]
pub enum Listed {
    /// These.
    Here(Vec<Vec<Cell>>),
    /// A row of each record of the log that has one, the oldest first.
    Log(Subtree, RowOf),
}

impl Listing {
    /// A list of these columns, by their ids.
    pub fn new(name: impl Into<String>, node: NodeIx, columns: &[&'static str]) -> Listing {
        let columns = columns.iter().map(|id| Column::of(id)).collect();
        Listing { name: name.into(), node, narrowed: String::new(), columns, rows: Listed::Here(Vec::new()) }
    }

    /// With further columns.
    #[must_use]
    pub fn and(mut self, columns: impl IntoIterator<Item = Column>) -> Listing {
        self.columns.extend(columns);
        self
    }

    /// With these rows.
    #[must_use]
    pub fn of(self, rows: impl IntoIterator<Item = Vec<Cell>>) -> Listing {
        Listing { rows: Listed::Here(rows.into_iter().collect()), ..self }
    }

    /// Without the columns in which nothing stands.
    #[must_use]
    pub fn without_blanks(mut self) -> Listing {
        let Listed::Here(rows) = &mut self.rows else { return self };
        let says = |at: usize| rows.iter().any(|row| row.get(at).is_some_and(|cell| *cell != Cell::Empty));
        let kept: Vec<bool> = (0..self.columns.len()).map(says).collect();
        let mut keep = kept.iter();
        self.columns.retain(|_| keep.next() == Some(&true));
        for row in rows {
            let mut keep = kept.iter();
            row.retain(|_| keep.next() == Some(&true));
        }
        self
    }

    /// Narrowed by what is looked for on the screen.
    #[must_use]
    pub fn narrowed(self, by: &str) -> Listing {
        Listing { narrowed: by.trim().to_owned(), ..self }
    }

    /// Writes it as csv.
    ///
    /// # Errors
    /// Those of the log and of `out`.
    pub fn to_csv(
        &self,
        viewer: &Viewer<'_>,
        log: &dyn Log,
        charset: Charset,
        out: impl Write,
    ) -> Result<Exported, ExportError> {
        as_csv(&self.columns, charset, out, |emit| self.each(viewer, log, emit))
    }

    /// Writes it as xlsx, with the day as of which it is and what it was narrowed by.
    ///
    /// # Errors
    /// Those of the log and of `out`, and what a spreadsheet can't hold.
    pub fn to_xlsx(&self, viewer: &Viewer<'_>, log: &dyn Log, out: impl Write + Send) -> Result<Exported, ExportError> {
        let font = viewer.state.pack().report.font.clone().unwrap_or_else(|| word("report.font").to_owned());
        let subtitle = t!("report.as_of", day = viewer.today).into_owned();
        let document = Document { title: viewer.state.org().full_name(self.node), subtitle, font, sheets: Vec::new() };
        let narrowed = (!self.narrowed.is_empty()).then(|| t!("report.narrowed", by = self.narrowed).into_owned());
        as_xlsx((&document, &self.name, viewer.today), &self.columns, narrowed, out, |emit| {
            self.each(viewer, log, emit)
        })
    }

    /// Hands over every row, as this viewer may see it.
    fn each(&self, viewer: &Viewer<'_>, log: &dyn Log, emit: Emit<'_>) -> Result<(), ExportError> {
        let mut out = |row: Vec<Cell>| emit(&self.seen_by(viewer, row));
        match &self.rows {
            Listed::Here(rows) => rows.iter().for_each(|row| out(row.clone())),
            Listed::Log(subtree, row) => {
                gather::each(log, subtree, |fact| row(viewer.state, &fact).into_iter().for_each(&mut out))?;
            }
        }
        Ok(())
    }

    fn seen_by(&self, viewer: &Viewer<'_>, row: Vec<Cell>) -> Vec<Cell> {
        let cell = |(cell, column): (Cell, &Column)| match cell {
            Cell::Text(text) if column.id == PHONE => Cell::text(viewer.phone(&text)),
            Cell::Text(text) => Cell::text(viewer.prose(&text)),
            cell => cell,
        };
        row.into_iter().zip(&self.columns).map(cell).collect()
    }
}

impl fmt::Debug for Listed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Listed::Here(rows) => f.debug_tuple("Here").field(rows).finish(),
            Listed::Log(subtree, _) => f.debug_tuple("Log").field(subtree).finish_non_exhaustive(),
        }
    }
}

impl PartialEq for Listed {
    fn eq(&self, other: &Listed) -> bool {
        match (self, other) {
            (Listed::Here(a), Listed::Here(b)) => a == b,
            (Listed::Log(a, x), Listed::Log(b, y)) => a == b && Arc::ptr_eq(x, y),
            _ => false,
        }
    }
}
