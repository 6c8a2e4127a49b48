//! One table by itself, a row at a time, so that no county is too large for it.
use std::io::{self, Write};

use chrono::NaiveDate;
use rust_xlsxwriter::XlsxError;

use super::{
    Cell, Column, Document, Scope,
    pack::{heading, picked},
    sheet,
    single::scenes,
    write::{Book, Charset, Csv, WriteError},
};
use crate::{
    grid::pack::SheetKind,
    log::{Log, LogError},
    words::{fault, t},
};

/// Why a table could not be exported.
#[derive(Debug, thiserror::Error)]
pub enum ExportError {
    /// The log.
    #[error(transparent)]
    Log(#[from] LogError),
    /// The file.
    #[error(transparent)]
    Write(#[from] WriteError),
}

impl From<io::Error> for ExportError {
    fn from(error: io::Error) -> ExportError {
        ExportError::Write(error.into())
    }
}

impl From<XlsxError> for ExportError {
    fn from(error: XlsxError) -> ExportError {
        ExportError::Write(error.into())
    }
}

impl ExportError {
    /// What went wrong, as a person reads it.
    pub fn told(&self) -> String {
        match self {
            ExportError::Write(WriteError::Io(error)) => fault::of(error).to_string(),
            ExportError::Write(WriteError::Xlsx(XlsxError::TempFileError(dir, error))) => {
                t!("report.no_room", folder = dir.display(), error = fault::of(error)).into_owned()
            }
            other => other.to_string(),
        }
    }
}

/// What was written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Exported {
    /// How many rows.
    pub rows: u64,
    /// How many characters GBK does not have.
    pub lost: u64,
    /// How many entries of the log this build can't read: they are no rows.
    pub unread: u64,
}

/// Where the rows of a table go, one after the other.
pub(super) type Emit<'r> = &'r mut dyn FnMut(&[Cell]);

/// Writes a table as csv.
///
/// # Errors
/// Those of the log and of `out`.
pub fn to_csv(
    scope: &Scope<'_>,
    log: &dyn Log,
    kind: &'static SheetKind,
    charset: Charset,
    out: impl Write,
) -> Result<Exported, ExportError> {
    let columns = chosen(scope, kind);
    let plain: Vec<Column> = columns.iter().map(|(_, column)| column.clone()).collect();
    as_csv(&plain, charset, out, |emit| each(scope, log, kind, &mut |row| emit(&picked(row, &columns))))
}

/// Writes a table as xlsx.
///
/// # Errors
/// Those of the log and of `out`, and what a spreadsheet can't hold.
pub fn to_xlsx(
    scope: &Scope<'_>,
    log: &dyn Log,
    kind: &'static SheetKind,
    out: impl Write + Send,
) -> Result<Exported, ExportError> {
    let columns = chosen(scope, kind);
    let plain: Vec<Column> = columns.iter().map(|(_, column)| column.clone()).collect();
    let name = sheet::title(&scope.state.pack().report.sheet(kind));
    let (_, subtitle, font) = heading(scope);
    let title = scope.state.org().node(scope.root).name.clone();
    let document = Document { title, subtitle, font, sheets: Vec::new() };
    as_xlsx((&document, &name, scope.today), &plain, out, |emit| {
        each(scope, log, kind, &mut |row| emit(&picked(row, &columns)))
    })
}

/// Writes the rows that `each` hands over as csv.
pub(super) fn as_csv(
    columns: &[Column],
    charset: Charset,
    out: impl Write,
    each: impl FnOnce(Emit<'_>) -> Result<(), ExportError>,
) -> Result<Exported, ExportError> {
    let mut csv = Csv::new(out, charset, columns)?;
    let mut wrong: io::Result<()> = Ok(());
    each(&mut |row| {
        if wrong.is_ok() {
            wrong = csv.row(row);
        }
    })?;
    wrong?;
    let (rows, lost) = csv.finish()?;
    Ok(Exported { rows, lost, unread: 0 })
}

/// Writes the rows that `each` hands over as a spreadsheet with a document's heading, under a name, on a day; below them
/// how many they are.
fn as_xlsx(
    (document, name, today): (&Document, &str, NaiveDate),
    columns: &[Column],
    out: impl Write + Send,
    each: impl FnOnce(Emit<'_>) -> Result<(), ExportError>,
) -> Result<Exported, ExportError> {
    let mut book = Book::new(document, today)?;
    book.begin(name, columns)?;
    let (mut rows, mut wrong) = (0, Ok(()));
    each(&mut |row| {
        if wrong.is_ok() {
            wrong = book.row(row);
            rows += 1;
        }
    })?;
    wrong?;
    book.end(&[t!("report.rows", n = rows).into_owned()])?;
    book.finish(out)?;
    Ok(Exported { rows, lost: 0, unread: 0 })
}

fn chosen(scope: &Scope<'_>, kind: &'static SheetKind) -> Vec<(usize, Column)> {
    sheet::columns(&scope.state.pack().report.sheet(kind))
}

/// Hands over every row of a table.
fn each(
    scope: &Scope<'_>,
    log: &dyn Log,
    kind: &'static SheetKind,
    emit: &mut dyn FnMut(sheet::Row),
) -> Result<(), ExportError> {
    let mut no = 0;
    Ok(scenes(scope, log, kind, |scene| sheet::rows(scene, kind, &mut no, emit))?)
}
