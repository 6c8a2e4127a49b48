//! A document as plain text, its columns under each other in a fixed-width Chinese font.
use std::fmt::Write;

use unicode_width::UnicodeWidthStr;

use crate::{
    report::{Block, Cell, Document, Sheet, Table},
    words::word,
};

/// The whole document.
pub fn text(document: &Document) -> String {
    let mut out = String::new();
    push(&mut out, &document.title);
    push(&mut out, &document.subtitle);
    for sheet in &document.sheets {
        self::sheet(&mut out, sheet);
    }
    out
}

fn push(out: &mut String, line: &str) {
    // Writing into a string has no error of its own.
    let _ = writeln!(out, "{}", line.trim_end());
}

fn sheet(out: &mut String, sheet: &Sheet) {
    push(out, "");
    push(out, &format!("== {} ==", sheet.title));
    for block in &sheet.blocks {
        match block {
            Block::Figures(figures) => {
                let width = figures.iter().map(|(name, _)| name.width()).max().unwrap_or_default();
                figures
                    .iter()
                    .for_each(|(name, cell)| push(out, &format!("{}  {}", padded(name, width, false), cell.shown())));
            }
            Block::Table(table) => self::table(out, table),
            Block::Note(line) => push(out, line),
            // What it shows stands in its table.
            Block::Chart(_) => {}
            Block::Signatures(names) => {
                push(out, "");
                push(out, &names.iter().map(|name| format!("{name}: ____________")).collect::<Vec<_>>().join("    "));
            }
        }
    }
}

fn table(out: &mut String, table: &Table) {
    push(out, "");
    if !table.title.is_empty() {
        push(out, &table.title);
    }
    let shown: Vec<Vec<String>> = table.rows.iter().map(|row| row.iter().map(line).collect()).collect();
    let mut widths: Vec<usize> = table.columns.iter().map(|column| column.title.width()).collect();
    for row in &shown {
        widths.iter_mut().zip(row).for_each(|(width, cell)| *width = cell.width().max(*width));
    }
    let titles = table.columns.iter().map(|column| column.title.as_str()).zip(&widths);
    push(out, &titles.map(|(title, width)| padded(title, *width, false)).collect::<Vec<_>>().join("  "));
    push(out, &widths.iter().map(|width| "-".repeat(*width)).collect::<Vec<_>>().join("  "));
    for (row, shown) in table.rows.iter().zip(&shown) {
        let cells = row.iter().zip(shown).zip(&widths);
        let cells = cells.map(|((cell, shown), width)| padded(shown, *width, cell.is_number()));
        push(out, &cells.collect::<Vec<_>>().join("  "));
    }
    if table.rows.is_empty() {
        push(out, word("report.none"));
    }
    table.notes.iter().for_each(|note| push(out, note));
}

/// A cell in one line.
fn line(cell: &Cell) -> String {
    let text = cell.shown();
    if text.contains(['\n', '\r', '\t']) { text.split_whitespace().collect::<Vec<_>>().join(" ") } else { text }
}

fn padded(text: &str, width: usize, right: bool) -> String {
    let blanks = " ".repeat(width.saturating_sub(text.width()));
    if right { format!("{blanks}{text}") } else { format!("{text}{blanks}") }
}
