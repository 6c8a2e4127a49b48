//! Writers: a document, or the rows of one table as they come, in a format. They know cells and columns, no duties.
mod block;
mod chart;
mod csv;
mod file;
mod html;
mod page;
mod room;
mod style;
mod svg;
mod text;
mod workbook;

use std::{
    io::{self, Write},
    path::Path,
};

use chrono::NaiveDate;
pub use csv::{Charset, Csv};
pub use file::save;
pub use html::html;
pub use text::{Lines, text};
pub use workbook::{Book, workbook};

use super::Document;

/// A format of whole documents.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// A spreadsheet.
    Xlsx,
    /// A page.
    Html,
    /// Plain text.
    Text,
}

impl Format {
    /// The format of a file by its ending.
    pub fn of(path: &Path) -> Option<Format> {
        match path.extension()?.to_str()?.to_ascii_lowercase().as_str() {
            "xlsx" => Some(Format::Xlsx),
            "html" | "htm" => Some(Format::Html),
            "txt" => Some(Format::Text),
            _ => None,
        }
    }
}

/// Writes a document in a format; `today` is the day of its making. How many rows the tables of each sheet have.
///
/// # Errors
/// Those of `out`, and what a spreadsheet can't hold.
pub fn write(
    document: &Document<'_>,
    format: Format,
    today: NaiveDate,
    out: impl Write + Send,
) -> Result<Vec<u64>, WriteError> {
    Ok(match format {
        Format::Xlsx => workbook(document, today, out)?,
        Format::Html => html(document, out)?,
        Format::Text => text(document, Lines::Windows, out)?,
    })
}

/// Why a report could not be written.
#[derive(Debug, thiserror::Error)]
pub enum WriteError {
    /// The file.
    #[error(transparent)]
    Io(#[from] io::Error),
    /// The spreadsheet.
    #[error(transparent)]
    Xlsx(#[from] rust_xlsxwriter::XlsxError),
}
