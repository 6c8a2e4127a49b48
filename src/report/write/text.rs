//! A document as plain text, its columns under each other in a fixed-width Chinese font.
use std::io::{self, Write};

use unicode_width::UnicodeWidthStr;

use crate::{
    report::{Block, Cell, Document, Sheet, Table},
    words::word,
};

/// How lines end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lines {
    /// As terminals want them.
    Unix,
    /// As Notepad and WPS want them, which know UTF-8 by its mark at the beginning.
    Windows,
}

/// Writes the whole document; how many rows the tables of each sheet have.
///
/// # Errors
/// Those of `out`.
pub fn text(document: &Document<'_>, lines: Lines, out: impl Write) -> io::Result<Vec<u64>> {
    let mut page = Page { out, end: if lines == Lines::Windows { "\r\n" } else { "\n" } };
    if lines == Lines::Windows {
        page.out.write_all("\u{feff}".as_bytes())?;
    }
    page.line(&document.title)?;
    page.line(&document.subtitle)?;
    document.sheets.iter().map(|sheet| page.sheet(sheet)).collect()
}

/// Text that is being written.
struct Page<W> {
    out: W,
    end: &'static str,
}

impl<W: Write> Page<W> {
    fn line(&mut self, line: &str) -> io::Result<()> {
        self.out.write_all(line.trim_end().as_bytes())?;
        self.out.write_all(self.end.as_bytes())
    }

    /// A sheet; how many rows its tables have.
    fn sheet(&mut self, sheet: &Sheet<'_>) -> io::Result<u64> {
        let mut rows = 0;
        self.line("")?;
        self.line(&format!("== {} ==", sheet.title))?;
        for block in &sheet.blocks {
            match block {
                Block::Figures(figures) => {
                    let width = figures.iter().map(|(name, _)| name.width()).max().unwrap_or_default();
                    for (name, cell) in figures {
                        self.line(&format!("{}  {}", padded(name, width, false), cell.shown()))?;
                    }
                }
                Block::Table(table) => rows += self.table(table)?,
                Block::Note(line) => self.line(line)?,
                // What it shows stands in its table.
                Block::Chart(_) => {}
                Block::Signatures(names) => {
                    self.line("")?;
                    let lines: Vec<_> = names.iter().map(|name| format!("{name}: ____________")).collect();
                    self.line(&lines.join("    "))?;
                }
            }
        }
        Ok(rows)
    }

    /// A table; how many rows it has. They come twice: first only to see how wide they are.
    fn table(&mut self, table: &Table<'_>) -> io::Result<u64> {
        self.line("")?;
        if !table.title.is_empty() {
            self.line(&table.title)?;
        }
        let mut widths: Vec<usize> = table.columns.iter().map(|column| column.title.width()).collect();
        table.rows.each(|row| {
            widths.iter_mut().zip(row).for_each(|(width, cell)| *width = shown(cell).width().max(*width));
            io::Result::Ok(())
        })?;
        let titles = table.columns.iter().map(|column| column.title.as_str()).zip(&widths);
        self.line(&titles.map(|(title, width)| padded(title, *width, false)).collect::<Vec<_>>().join("  "))?;
        self.line(&widths.iter().map(|width| "-".repeat(*width)).collect::<Vec<_>>().join("  "))?;
        let rows = table.rows.each(|row| {
            let cells = row.iter().zip(&widths).map(|(cell, width)| padded(&shown(cell), *width, cell.is_number()));
            self.line(&cells.collect::<Vec<_>>().join("  "))
        })?;
        if rows == 0 {
            self.line(word("report.none"))?;
        }
        table.notes.iter().try_for_each(|note| self.line(&note.told(rows)))?;
        Ok(rows)
    }
}

/// A cell in one line.
fn shown(cell: &Cell) -> String {
    let text = cell.shown();
    if text.contains(['\n', '\r', '\t']) { text.split_whitespace().collect::<Vec<_>>().join(" ") } else { text }
}

fn padded(text: &str, width: usize, right: bool) -> String {
    let blanks = " ".repeat(width.saturating_sub(text.width()));
    if right { format!("{blanks}{text}") } else { format!("{text}{blanks}") }
}
