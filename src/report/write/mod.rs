//! Writers: a document, or the rows of one table as they come, in a format. They know cells and columns, no duties.
mod block;
mod chart;
mod csv;
mod file;
mod html;
mod page;
mod style;
mod svg;
mod text;
mod workbook;

use std::{io, path::Path};

use chrono::NaiveDate;
pub use csv::{Charset, Csv};
pub use file::save;
pub use html::html;
pub use text::text;
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

/// A document in a format; `today` is the day of its making.
///
/// # Errors
/// What a spreadsheet can't hold.
pub fn bytes(document: &Document, format: Format, today: NaiveDate) -> Result<Vec<u8>, WriteError> {
    Ok(match format {
        Format::Xlsx => workbook(document, today)?,
        Format::Html => html(document).into_bytes(),
        // Notepad and WPS know UTF-8 by its mark.
        Format::Text => format!("\u{feff}{}", text(document).replace('\n', "\r\n")).into_bytes(),
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
