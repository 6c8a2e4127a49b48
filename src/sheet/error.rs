//! What is wrong in a file, where, and what would be right.
use std::fmt;
use std::sync::Arc;

use crate::words::t;

/// A row of a sheet.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// The sheet's name; a csv's is the file's name without its ending, as Excel shows it.
    pub sheet: Arc<str>,
    /// The row as Excel numbers it, from 1; 0 means the sheet as a whole.
    pub row: u32,
}

/// One thing that is wrong. Displayed as one Chinese sentence: 工作表、第几行、哪一列、什么不对、应当怎样.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RowError {
    /// Where; nothing where the whole file is meant.
    pub place: Option<Place>,
    /// The column as the file names it, with its letter: `C列「行业代码」`; empty where no one column is meant.
    pub column: String,
    /// What is wrong.
    pub what: String,
    /// What would be right: the rest of a sentence that begins with 应当.
    pub right: String,
}

impl RowError {
    /// An error about the whole file.
    pub(super) fn file(what: impl Into<String>, right: impl Into<String>) -> RowError {
        RowError { place: None, column: String::new(), what: what.into(), right: right.into() }
    }

    /// An error about a row or a sheet.
    pub(super) fn at(
        place: &Place,
        column: impl Into<String>,
        what: impl Into<String>,
        right: impl Into<String>,
    ) -> RowError {
        RowError { place: Some(place.clone()), column: column.into(), what: what.into(), right: right.into() }
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&t!("sheet.at.sheet", sheet = self.sheet))?;
        if self.row > 0 {
            f.write_str(&t!("sheet.at.row", row = self.row))?;
        }
        Ok(())
    }
}

impl fmt::Display for RowError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(place) = &self.place {
            f.write_str(&t!("sheet.at.place", place = place, column = self.column))?;
        }
        f.write_str(&t!("sheet.at.sentence", what = self.what, right = self.right))
    }
}

impl std::error::Error for RowError {}
