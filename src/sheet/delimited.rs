//! csv: comma, semicolon or tab, whichever lets the header be found.
use super::{
    cell::{Cell, Value},
    error::{Place, RowError},
    header::{DEEPEST, Header},
    intake::Intake,
    split::{Rows, Unpaired},
};
use crate::words::word;

const SEPARATORS: [char; 3] = [';', '\t', ','];

/// Feeds the only sheet of a csv to `intake`.
pub(super) fn feed(text: &str, sheet: &str, intake: &mut Intake<'_>) -> Result<(), RowError> {
    let separator = SEPARATORS.into_iter().max_by_key(|s| header_columns(text, *s)).unwrap_or(',');
    intake.expect(text.lines().count() as u64);
    intake.begin(sheet, Vec::new());
    let mut rows = Rows::new(text, separator);
    let mut fields = Vec::new();
    loop {
        match rows.next(&mut fields) {
            Ok(Some(row)) => intake.row(row, &mut cells(&mut fields)),
            Ok(None) => break,
            Err(Unpaired(row)) => {
                let place = Place { sheet: sheet.into(), row: row + 1 };
                let right = word("sheet.quotes_right");
                return Err(RowError::at(&place, "", word("sheet.quotes"), right));
            }
        }
        if intake.is_full() {
            break;
        }
    }
    intake.end();
    Ok(())
}

fn cells(fields: &mut Vec<String>) -> Vec<Cell> {
    let cell = |(column, field)| Cell { column, value: Value::Text(field) };
    (0u32..).zip(fields.drain(..)).filter(|(_, field)| !field.is_empty()).map(cell).collect()
}

/// How many columns the first header has that this separator lets be seen; 0 without one.
fn header_columns(text: &str, separator: char) -> usize {
    let mut rows = Rows::new(text, separator);
    let mut fields = Vec::new();
    for _ in 0..DEEPEST {
        let Ok(Some(_)) = rows.next(&mut fields) else { break };
        let cells = cells(&mut fields);
        if let Some(header) = Header::of(&cells) {
            return cells.iter().filter(|c| header.covers(c.column)).count();
        }
    }
    0
}
