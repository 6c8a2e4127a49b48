//! Lists in files, a row at a time: one as csv, one or several as the sheets of a spreadsheet.
use std::io::Write;

use super::Listing;
use crate::{
    log::{Log, LogError},
    report::{
        Cell, Document, ExportError, Exported, Viewer,
        export::as_csv,
        write::{Book, Charset},
    },
    words::{t, word},
};

/// Where the rows of a list go, one after the other.
pub type Take<'e> = &'e mut dyn FnMut(Vec<Cell>);

impl Listing {
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
        self.rows_to_csv(viewer, charset, out, |emit| self.each(viewer.state, log, emit))
    }

    /// Writes the rows that `each` hands over as csv under the list's titles; `each` says how many it could not read.
    ///
    /// # Errors
    /// Those of `each` and of `out`.
    pub fn rows_to_csv(
        &self,
        viewer: &Viewer<'_>,
        charset: Charset,
        out: impl Write,
        each: impl FnOnce(Take<'_>) -> Result<u64, LogError>,
    ) -> Result<Exported, ExportError> {
        let mut unread = 0;
        let written = as_csv(&self.columns, charset, out, |emit| {
            unread = each(&mut |row| emit(&self.seen_by(viewer, row)))?;
            Ok(())
        })?;
        Ok(Exported { unread, ..written })
    }

    /// Writes it as xlsx, with the day as of which it is and what it was narrowed by.
    ///
    /// # Errors
    /// Those of the log and of `out`, and what a spreadsheet can't hold.
    pub fn to_xlsx(&self, viewer: &Viewer<'_>, log: &dyn Log, out: impl Write + Send) -> Result<Exported, ExportError> {
        self.rows_to_xlsx(viewer, out, |emit| self.each(viewer.state, log, emit))
    }

    /// Writes the rows that `each` hands over as xlsx, like [`Listing::to_xlsx`]; `each` says how many it could not read.
    ///
    /// # Errors
    /// Those of `each` and of `out`, and what a spreadsheet can't hold.
    pub fn rows_to_xlsx(
        &self,
        viewer: &Viewer<'_>,
        out: impl Write + Send,
        each: impl FnOnce(Take<'_>) -> Result<u64, LogError>,
    ) -> Result<Exported, ExportError> {
        let mut book = Book::new(&self.heading(viewer), viewer.today)?;
        let written = self.sheet(&mut book, viewer, each)?;
        book.finish(out)?;
        Ok(written)
    }

    /// Title, day and font of a spreadsheet that holds it.
    fn heading(&self, viewer: &Viewer<'_>) -> Document<'static> {
        let font = viewer.state.pack().report.font.clone().unwrap_or_else(|| word("report.font").to_owned());
        let subtitle = t!("report.as_of", day = viewer.today).into_owned();
        Document { title: viewer.state.org().full_name(self.node), subtitle, font, sheets: Vec::new() }
    }

    /// A sheet with its rows; below them how many they are, and what else a reader has to know.
    fn sheet(
        &self,
        book: &mut Book,
        viewer: &Viewer<'_>,
        each: impl FnOnce(Take<'_>) -> Result<u64, LogError>,
    ) -> Result<Exported, ExportError> {
        book.begin(&self.name, &self.columns)?;
        let (mut rows, mut wrong) = (0, Ok(()));
        let unread = each(&mut |row| {
            if wrong.is_ok() {
                wrong = book.row(&self.seen_by(viewer, row));
                rows += 1;
            }
        })?;
        wrong?;
        let mut notes = vec![t!("report.rows", n = rows).into_owned()];
        notes.extend((unread > 0).then(|| t!("report.unread", n = unread).into_owned()));
        notes.extend((!self.narrowed.is_empty()).then(|| t!("report.narrowed", by = self.narrowed).into_owned()));
        book.end(&notes)?;
        Ok(Exported { rows, unread, lost: 0 })
    }
}

/// Writes lists as one spreadsheet, a sheet for each; says of each what was written. The first one gives the heading.
///
/// # Errors
/// Those of the log and of `out`, and what a spreadsheet can't hold.
pub fn to_book(
    listings: &[Listing],
    viewer: &Viewer<'_>,
    log: &dyn Log,
    out: impl Write + Send,
) -> Result<Vec<Exported>, ExportError> {
    let Some(first) = listings.first() else { return Ok(Vec::new()) };
    let mut book = Book::new(&first.heading(viewer), viewer.today)?;
    let each = |one: &Listing| one.sheet(&mut book, viewer, |emit| one.each(viewer.state, log, emit));
    let written = listings.iter().map(each).collect::<Result<_, _>>()?;
    book.finish(out)?;
    Ok(written)
}
