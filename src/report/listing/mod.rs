//! What a screen or a command lists, as a table by itself: its columns and its rows, at hand or read from the log as they
//! are written. Phone numbers are masked here, whoever made the list.
mod file;

use std::{fmt, sync::Arc};

pub use file::{Take, to_book};

use super::{Cell, Column, Viewer};
use crate::{
    grid::{calendar::Period, fact::Fact, org::NodeIx, state::State},
    log::{Log, LogError, Subtree},
};

/// How many entries are read at a time.
const PAGE: usize = 4_096;

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

    /// Named for a period too.
    #[must_use]
    pub fn of_period(self, period: Period) -> Listing {
        Listing { name: format!("{} {}", self.name, period.label()), ..self }
    }

    /// Narrowed by what is looked for on the screen.
    #[must_use]
    pub fn narrowed(self, by: &str) -> Listing {
        Listing { narrowed: by.trim().to_owned(), ..self }
    }

    /// Hands over every row; says how many entries of the log this build can't read.
    fn each(&self, state: &State, log: &dyn Log, emit: Take<'_>) -> Result<u64, LogError> {
        let (subtree, row) = match &self.rows {
            Listed::Here(rows) => {
                rows.iter().for_each(|row| emit(row.clone()));
                return Ok(0);
            }
            Listed::Log(subtree, row) => (subtree, row),
        };
        let mut unread = 0;
        log.pages(subtree, PAGE, &mut |entries| {
            for entry in entries {
                match entry.envelope.open(entry.received_ms) {
                    Ok(fact) => row(state, &fact).into_iter().for_each(&mut *emit),
                    Err(_) => unread += 1,
                }
            }
        })?;
        Ok(unread)
    }

    /// A row as this viewer may see it.
    fn seen_by(&self, viewer: &Viewer<'_>, row: Vec<Cell>) -> Vec<Cell> {
        row.into_iter().zip(&self.columns).map(|(cell, column)| viewer.cell(column.id, cell)).collect()
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
