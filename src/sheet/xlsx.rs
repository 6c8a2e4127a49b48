//! xlsx: cells one by one as the file gives them, never a whole sheet as a grid.
//!
//! A dense grid would let a file with one cell at each corner ask for gigabytes; cells are streamed instead.
use std::io::Cursor;
use std::panic::{AssertUnwindSafe, catch_unwind};

use calamine::{CellErrorType, DataRef, Reader, SheetType, SheetVisible, Xlsx, XlsxError};

use super::{
    cell::{Cell, Value},
    clean,
    error::RowError,
    intake::Intake,
    merge::Merge,
};
use crate::words::{t, word};

/// Columns beyond this one (from 0) are not looked at.
const MOST_COLUMNS: u32 = 512;

type Book<'a> = Xlsx<Cursor<&'a [u8]>>;

/// Feeds every visible sheet to `intake`.
pub(super) fn feed(bytes: &[u8], intake: &mut Intake<'_>) -> Result<(), RowError> {
    // The reader is not proof against every malformed file (additions may overflow in a build with checks).
    match catch_unwind(AssertUnwindSafe(|| sheets(bytes, intake))) {
        Ok(fed) => fed.map_err(|error| broken(&error.to_string())),
        Err(_) => Err(broken(word("sheet.structure"))),
    }
}

fn sheets(bytes: &[u8], intake: &mut Intake<'_>) -> Result<(), XlsxError> {
    let mut book: Book<'_> = Xlsx::new(Cursor::new(bytes))?;
    let mut visible = Vec::new();
    for sheet in book.sheets_metadata() {
        match (sheet.visible, sheet.typ) {
            (SheetVisible::Visible, SheetType::WorkSheet) => visible.push(sheet.name.clone()),
            (SheetVisible::Visible, _) => {}
            _ => intake.note(t!("sheet.hidden", name = clean::words(&sheet.name)).into_owned()),
        }
    }
    for name in &visible {
        let rows = book.worksheet_cells_reader(name)?.dimensions().end.0;
        intake.expect(u64::from(rows).saturating_add(1));
    }
    for name in &visible {
        let merges = merges(&mut book, name)?;
        intake.begin(name, merges);
        one(&mut book, name, intake)?;
        intake.end();
    }
    Ok(())
}

fn merges(book: &mut Book<'_>, name: &str) -> Result<Vec<Merge>, XlsxError> {
    let regions = book.merge_cells_by_sheet_name(name)?;
    let merge = |d: calamine::Dimensions| Merge { top: d.start.0, bottom: d.end.0, column: d.start.1 };
    Ok(regions.into_iter().map(merge).filter(|m| m.column < MOST_COLUMNS).collect())
}

fn one(book: &mut Book<'_>, name: &str, intake: &mut Intake<'_>) -> Result<(), XlsxError> {
    let mut reader = book.worksheet_cells_reader(name)?;
    let mut cells: Vec<Cell> = Vec::new();
    let mut current = None;
    while let Some(cell) = reader.next_cell()? {
        let (row, column) = cell.get_position();
        if current != Some(row) {
            if let Some(done) = current.replace(row) {
                intake.row(done, &mut cells);
                cells.clear();
            }
            if intake.is_full() {
                return Ok(());
            }
        }
        if let (true, Some(value)) = (column < MOST_COLUMNS, value(cell.get_value())) {
            cells.push(Cell { column, value });
        }
    }
    if let Some(last) = current {
        intake.row(last, &mut cells);
    }
    Ok(())
}

fn value(data: &DataRef<'_>) -> Option<Value> {
    Some(match data {
        DataRef::Empty => return None,
        DataRef::String(text) => Value::Text(text.clone()),
        DataRef::SharedString(text) => Value::Text((*text).to_owned()),
        DataRef::Int(number) => Value::Number(*number as f64),
        DataRef::Float(number) => Value::Number(*number),
        DataRef::Bool(yes) => Value::Text(if *yes { "TRUE" } else { "FALSE" }.to_owned()),
        DataRef::DateTime(_) | DataRef::DateTimeIso(_) | DataRef::DurationIso(_) => {
            Value::Other(t!("sheet.date_cell").into_owned())
        }
        DataRef::Error(error) => Value::Other(t!("sheet.formula", error = error_text(error)).into_owned()),
    })
}

fn error_text(error: &CellErrorType) -> String {
    format!("{error}")
}

fn broken(why: &str) -> RowError {
    RowError::file(t!("sheet.xlsx", why = why).into_owned(), word("sheet.xlsx_right"))
}
