//! The parts of a sheet in xlsx: figures, tables, lines to sign, and each cell in its style.
use chrono::{Datelike, NaiveDateTime, Timelike};
use rust_xlsxwriter::{ExcelDateTime, Format, Worksheet, XlsxError};
use unicode_width::UnicodeWidthStr;

use super::style::Styles;
use crate::{
    report::{Cell, Column, Table},
    words::word,
};

/// A cell takes no longer text than 32,767 characters.
const LONGEST: usize = 32_000;
/// How many pairs of name and figure stand beside each other.
pub(super) const PAIRS: usize = 5;

/// The height of a row of one line, in points. Every program makes rows without a height of its own choice, LibreOffice so
/// low that a chart on them leaves out names.
pub(super) const ROW: f64 = 13.5;
/// The same in pixels.
pub(super) const ROW_PIXELS: u32 = 18;
/// The height of the row that is signed on.
pub(super) const SIGNED: f64 = 30.0;
/// No row can be higher.
const TALLEST: f64 = 400.0;

/// The height of a row whose cells wrap in columns of these widths; none where one line is enough.
pub(super) fn height<'t>(cells: impl Iterator<Item = (&'t str, u16)>) -> Option<f64> {
    let lines = cells.map(|(text, width)| lines(text, width)).max().unwrap_or(1);
    (lines > 1).then(|| (f64::from(lines) * ROW + 3.0).min(TALLEST))
}

/// The texts of a row that wrap, each with the width of its column.
pub(super) fn wrapping<'t>(
    row: &'t [Cell],
    widths: impl Iterator<Item = u16> + 't,
) -> impl Iterator<Item = (&'t str, u16)> + 't {
    row.iter().zip(widths).filter_map(|(cell, width)| match cell {
        Cell::Text(text) => Some((&**text, width)),
        _ => None,
    })
}

/// The titles of columns, each with its width.
pub(super) fn titles(columns: &[Column]) -> impl Iterator<Item = (&str, u16)> {
    columns.iter().map(|column| (column.title.as_str(), column.width))
}

/// How many lines a text takes in a column of so many half-width characters. There is room for one more in it: what must
/// not begin a line, like a comma, takes one along.
fn lines(text: &str, width: u16) -> u32 {
    let room = usize::from(width).max(2);
    let of = |line: &str| match line.width() {
        fits if fits <= room + 1 => 1,
        wide => wide.div_ceil(room),
    };
    text.split('\n').map(|line| of(line) as u32).sum()
}

/// One cell in its style.
pub(super) fn put(
    sheet: &mut Worksheet,
    (row, column): (u32, u16),
    cell: &Cell,
    styles: &Styles,
) -> Result<(), XlsxError> {
    match cell {
        Cell::Empty => sheet.write_blank(row, column, &styles.text)?,
        Cell::Text(text) if text.len() > LONGEST => {
            let cut: String = text.chars().take(LONGEST).collect();
            sheet.write_string_with_format(row, column, cut, &styles.text)?
        }
        Cell::Text(text) => sheet.write_string_with_format(row, column, &**text, &styles.text)?,
        Cell::Number(number) => sheet.write_number_with_format(row, column, *number as f64, &styles.number)?,
        Cell::Money(_) => sheet.write_number_with_format(row, column, cell.value(), &styles.money)?,
        Cell::Rate(_, 0) => sheet.write_blank(row, column, &styles.text)?,
        Cell::Rate(..) => sheet.write_number_with_format(row, column, cell.value(), &styles.rate)?,
        Cell::Day(day) => match moment(day.and_time(chrono::NaiveTime::MIN)) {
            Some(at) => sheet.write_datetime_with_format(row, column, at, &styles.day)?,
            None => sheet.write_string_with_format(row, column, cell.to_string(), &styles.text)?,
        },
        Cell::Moment(at) => match moment(*at) {
            Some(at) => sheet.write_datetime_with_format(row, column, at, &styles.moment)?,
            None => sheet.write_string_with_format(row, column, cell.to_string(), &styles.text)?,
        },
    };
    Ok(())
}

/// The time of a spreadsheet; none before 1900, which it can't say.
fn moment(at: NaiveDateTime) -> Option<ExcelDateTime> {
    let (year, month, day) = (u16::try_from(at.year()).ok()?, at.month() as u8, at.day() as u8);
    let date = ExcelDateTime::from_ymd(year, month, day).ok()?;
    date.and_hms(at.hour() as u16, at.minute() as u8, at.second()).ok()
}

/// Pairs of name and figure; the next free row.
pub(super) fn figures_at(
    page: &mut Worksheet,
    row: u32,
    figures: &[(String, Cell)],
    styles: &Styles,
) -> Result<u32, XlsxError> {
    let lines = figures.chunks(PAIRS);
    let next = row + lines.len() as u32 + 1;
    for (line, figures) in (row..).zip(lines) {
        for (pair, (name, cell)) in figures.iter().enumerate() {
            let column = 2 * pair as u16;
            page.write_string_with_format(line, column, name, &styles.head)?;
            put(page, (line, column + 1), cell, styles)?;
        }
    }
    Ok(next)
}

/// A table with its title, where it has one, and its notes, in a page's columns; the next free
/// row.
pub(super) fn table_at(
    page: &mut Worksheet,
    row: u32,
    (table, widths): (&Table<'_>, &[u16]),
    styles: &Styles,
) -> Result<u32, XlsxError> {
    let mut row = row;
    if !table.title.is_empty() {
        page.write_string_with_format(row, 0, &table.title, &styles.heading)?;
        row += 1;
    }
    for (i, column) in table.columns.iter().enumerate() {
        page.write_string_with_format(row, i as u16, &column.title, &styles.head)?;
    }
    let first = row + 1;
    for (line, cells) in (first..).zip(table.rows.held()) {
        if let Some(height) = height(wrapping(cells, widths.iter().copied())) {
            page.set_row_height(line, height)?;
        }
        for (i, cell) in cells.iter().enumerate() {
            put(page, (line, i as u16), cell, styles)?;
        }
    }
    let mut next = first + table.rows.held().len() as u32;
    if table.rows.held().is_empty() {
        across(page, next, table.columns.len(), word("report.none"), &styles.none)?;
        next += 1;
    }
    for note in &table.notes {
        across(page, next, widths.len(), &note.told(table.rows.held().len() as u64), &styles.note)?;
        next += 1;
    }
    Ok(next + 1)
}

/// Text over all columns.
pub(super) fn across(
    sheet: &mut Worksheet,
    row: u32,
    columns: usize,
    text: &str,
    format: &Format,
) -> Result<(), XlsxError> {
    if columns > 1 {
        sheet.merge_range(row, 0, row, columns as u16 - 1, text, format)?;
    } else {
        sheet.write_string_with_format(row, 0, text, format)?;
    }
    Ok(())
}

/// Lines to sign on, each with its name before it, over the columns of the page; the next free row.
pub(super) fn signatures_at(
    page: &mut Worksheet,
    row: u32,
    (names, columns): (&[String], usize),
    styles: &Styles,
) -> Result<u32, XlsxError> {
    let (row, each) = (row + 1, (columns / names.len().max(1)).max(2));
    page.set_row_height(row, SIGNED)?;
    for (i, name) in names.iter().enumerate() {
        let column = (each * i) as u16;
        page.write_string_with_format(row, column, name, &styles.signer)?;
        page.write_blank(row, column + 1, &styles.sign)?;
    }
    Ok(row + 2)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_as_high_as_their_text_needs() {
        assert_eq!(lines("短", 20), 1);
        // What just fits takes no second line.
        assert_eq!(lines("一二三四五六七八九十", 19), 1);
        assert_eq!(lines("一二三四五六七八九十", 11), 2);
        assert_eq!(lines("甲\n乙\n丙", 20), 3);
        assert_eq!(height(wrapping(&[Cell::text("甲"), Cell::Number(1_000_000_000)], [4, 4].into_iter())), None);
        assert_eq!(height(wrapping(&[Cell::text("甲\n乙")], [4].into_iter())), Some(2.0 * ROW + 3.0));
    }
}
