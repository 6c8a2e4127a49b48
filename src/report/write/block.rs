//! The parts of a sheet in xlsx: figures, tables, lines to sign, and each cell in its style.
use chrono::{Datelike, NaiveDateTime, Timelike};
use rust_xlsxwriter::{ExcelDateTime, Worksheet, XlsxError};

use super::{chart, style::Styles};
use crate::report::{Block, Cell, Sheet, Table};

/// A cell takes no longer text than 32,767 characters.
const LONGEST: usize = 32_000;
/// How many pairs of name and figure stand beside each other.
pub(super) const PAIRS: usize = 5;

/// How many rows a part of a page takes, with the free one after it.
pub(super) fn height(block: &Block<'_>, sheet: &Sheet<'_>) -> u32 {
    match block {
        Block::Figures(figures) => figures.len().div_ceil(PAIRS) as u32 + 1,
        Block::Table(table) => table.rows.held().len() as u32 + 3,
        Block::Chart(chart) => {
            let rows = sheet.table_of(chart).map_or(0, |table| table.rows.held().len());
            chart::height(chart.kind, rows).div_ceil(chart::ROW) + 1
        }
        Block::Signatures(_) => 3,
        Block::Note(_) => 1,
    }
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

/// A table with its title; its first row and the next free one.
pub(super) fn table_at(
    page: &mut Worksheet,
    row: u32,
    table: &Table<'_>,
    styles: &Styles,
) -> Result<(u32, u32), XlsxError> {
    page.write_string_with_format(row, 0, &table.title, &styles.heading)?;
    for (i, column) in table.columns.iter().enumerate() {
        page.write_string_with_format(row + 1, i as u16, &column.title, &styles.head)?;
    }
    let first = row + 2;
    for (line, cells) in (first..).zip(table.rows.held()) {
        for (i, cell) in cells.iter().enumerate() {
            put(page, (line, i as u16), cell, styles)?;
        }
    }
    Ok((first, first + table.rows.held().len() as u32 + 1))
}

/// Lines to sign on, each with its name before it; the next free row.
pub(super) fn signatures_at(
    page: &mut Worksheet,
    row: u32,
    names: &[String],
    styles: &Styles,
) -> Result<u32, XlsxError> {
    let row = row + 1;
    page.set_row_height(row, 30)?;
    for (i, name) in names.iter().enumerate() {
        let column = 2 * i as u16;
        page.write_string_with_format(row, column, name, &styles.signer)?;
        page.write_blank(row, column + 1, &styles.sign)?;
    }
    Ok(row + 1)
}
