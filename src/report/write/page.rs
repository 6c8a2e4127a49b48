//! A sheet of several parts: figures, tables, charts, lines to sign. It is laid out before it is written, so that what fits
//! on a printed page is not cut in two, and that a chart may stand above its table.
use rust_xlsxwriter::{Worksheet, XlsxError};

use super::{
    block::{ROW, ROW_PIXELS, SIGNED, across, figures_at, height, signatures_at, table_at, wrapping},
    chart::{self, Spot},
    style::Styles,
};
use crate::report::{Block, ChartKind, Sheet, Table};

/// How many pairs of name and figure stand beside each other.
pub(super) const PAIRS: usize = 5;
/// The first row below the title and what stands below that.
const TOP: u32 = 3;
/// The height of the title, in points.
const TITLE: f64 = 27.0;
/// What goes on a printed page, in points: landscape A4 without its margins.
const PAPER: f64 = 500.0;
/// The widths of the first column and of the others, in half-width characters: ten of them are as wide as the paper.
const FIRST: u16 = 24;
const OTHER: u16 = 13;

/// Where the parts of a sheet stand.
struct Layout {
    /// The first row and column of each part.
    places: Vec<(u32, u16)>,
    /// The rows before which a new printed page begins.
    breaks: Vec<u32>,
}

/// Writes a sheet on a page that is set up for print already; `title` is its name in the workbook.
pub(super) fn write(
    page: &mut Worksheet,
    (sheet, name): (&Sheet<'_>, &str),
    (title, subtitle, font): (&str, &str, &str),
    styles: &Styles,
) -> Result<(), XlsxError> {
    let widths = widths(sheet);
    let columns = widths.len();
    for (i, width) in (0..).zip(&widths) {
        page.set_column_width(i, f64::from(*width))?;
    }
    page.set_default_row_height(ROW);
    across(page, 0, columns, title, &styles.title)?;
    across(page, 1, columns, subtitle, &styles.subtitle)?;
    page.set_row_height(0, TITLE)?.set_freeze_panes(2, 0)?;
    let layout = lay(sheet, &widths);
    let mut end = TOP;
    for (block, place) in sheet.blocks.iter().zip(&layout.places) {
        let (row, column) = *place;
        let next = match block {
            Block::Figures(figures) => figures_at(page, row, figures, styles)?,
            Block::Table(table) => table_at(page, row, (table, &widths), styles)?,
            Block::Chart(wanted) => {
                let Some((table, first)) = drawn(sheet, wanted.of, &layout) else { continue };
                let room = widths.iter().skip(column.into()).map(|width| chart::pixels(*width)).sum();
                let spot = Spot { sheet: name, first, width: room };
                // A border on the line between two pages would be printed on both.
                page.insert_chart_with_offset(row, column, &chart::native(wanted, table, spot, font), 4, 4)?;
                row + rows_of(wanted.kind, table)
            }
            Block::Note(line) => {
                page.set_row_height(row, tall(line, &widths))?;
                across(page, row, columns, line, &styles.note)?;
                row + 1
            }
            Block::Signatures(names) => signatures_at(page, row, (names, columns), styles)?,
        };
        end = end.max(next);
    }
    page.set_page_breaks(&layout.breaks)?;
    page.set_print_area(0, 0, end - 1, columns as u16 - 1)?;
    Ok(())
}

/// The widths of the columns, which all parts share.
fn widths(sheet: &Sheet<'_>) -> Vec<u16> {
    let columns = sheet.width().max(2 * PAIRS);
    std::iter::once(FIRST).chain(std::iter::repeat_n(OTHER, columns - 1)).collect()
}

/// The table of a chart and the row in which its first row stands.
fn drawn<'s>(sheet: &'s Sheet<'s>, of: usize, layout: &Layout) -> Option<(&'s Table<'s>, u32)> {
    let Some(Block::Table(table)) = sheet.blocks.get(of) else { return None };
    let (row, _) = layout.places.get(of)?;
    Some((table, row + u32::from(!table.title.is_empty()) + 1))
}

/// How many rows a chart covers, with the free one after it.
fn rows_of(kind: ChartKind, table: &Table<'_>) -> u32 {
    chart::height(kind, table.rows.held().len()).div_ceil(ROW_PIXELS) + 1
}

/// Gives every part its place: one below the other, but a line beside the few rows that it draws.
fn lay(sheet: &Sheet<'_>, widths: &[u16]) -> Layout {
    let (mut places, mut breaks) = (Vec::new(), Vec::new());
    let (mut row, mut used) = (TOP, TITLE + ROW * f64::from(TOP - 1));
    for (i, block) in sheet.blocks.iter().enumerate() {
        if sheet.stands_beside(i) {
            let above: (u32, u16) = places.last().copied().unwrap_or((row, 0));
            places.push((above.0, columns_of(sheet, i - 1)));
            continue;
        }
        let (mut rows, mut tall) = size(sheet, block, widths);
        if sheet.stands_beside(i + 1) {
            let (of_chart, points) = size(sheet, &sheet.blocks[i + 1], widths);
            (rows, tall) = (rows.max(of_chart), tall.max(points));
        }
        // The free row after it may be cut.
        if used + tall - ROW > PAPER && tall - ROW <= PAPER {
            breaks.push(row);
            used = 0.0;
        }
        places.push((row, 0));
        row += rows;
        // What is longer than a page runs over onto further ones.
        used = (used + tall) % PAPER;
    }
    Layout { places, breaks }
}

/// How many columns the table at this place has.
fn columns_of(sheet: &Sheet<'_>, i: usize) -> u16 {
    match sheet.blocks.get(i) {
        Some(Block::Table(table)) => table.columns.len() as u16,
        _ => 0,
    }
}

/// The height of a sentence over all columns.
fn tall(line: &str, widths: &[u16]) -> f64 {
    height(std::iter::once((line, widths.iter().sum()))).unwrap_or(ROW)
}

/// How many rows a part takes and how high they are in points, with the free one after it.
fn size(sheet: &Sheet<'_>, block: &Block<'_>, widths: &[u16]) -> (u32, f64) {
    let plain = |rows: u32| (rows, f64::from(rows) * ROW);
    match block {
        Block::Figures(figures) => plain(figures.len().div_ceil(PAIRS) as u32 + 1),
        Block::Table(table) => {
            let others = u32::from(!table.title.is_empty()) + 2 + table.notes.len() as u32;
            let rows = table.rows.held().iter();
            let tall = rows.map(|row| height(wrapping(row, widths.iter().copied())).unwrap_or(ROW)).sum::<f64>();
            let none = u32::from(table.rows.held().is_empty());
            (others + none + table.rows.held().len() as u32, f64::from(others + none) * ROW + tall)
        }
        Block::Chart(chart) => plain(sheet.table_of(chart).map_or(0, |table| rows_of(chart.kind, table))),
        Block::Signatures(_) => (3, SIGNED + 2.0 * ROW),
        Block::Note(line) => (1, tall(line, widths)),
    }
}
