//! A table that is printed in columns, as one object of JSON a line, or goes to a file.
use std::io::{self, Write};

use serde_json::{Map, Value};

use crate::{
    grid::org::NodeIx,
    report::{self, Column, Listing, Viewer},
    ui::text::{pad_right, width},
};

/// One cell: what people read, and what programs do.
pub(super) struct Cell {
    pub text: String,
    pub value: Value,
}

impl Cell {
    pub(super) fn of(text: impl Into<String>, value: impl Into<Value>) -> Cell {
        Cell { text: text.into(), value: value.into() }
    }

    /// The same for both.
    pub(super) fn plain(text: impl Into<String>) -> Cell {
        let text = text.into();
        Cell { value: Value::String(text.clone()), text }
    }

    pub(super) fn count(n: usize) -> Cell {
        Cell { text: n.to_string(), value: n.into() }
    }
}

/// Columns, each with the stable key of `--json` and the heading that people read, and rows of as many cells.
#[derive(Default)]
pub(super) struct Table {
    pub columns: Vec<(String, String)>,
    pub rows: Vec<Vec<Cell>>,
}

impl Table {
    pub(super) fn new<const N: usize>(columns: [(&str, &str); N]) -> Table {
        let columns = columns.into_iter().map(|(key, title)| (key.to_owned(), title.to_owned()));
        Table { columns: columns.collect(), rows: Vec::new() }
    }

    /// In columns as wide as their widest cell, without ids; nothing where there are no rows.
    pub(super) fn text(&self, viewer: &Viewer<'_>, out: &mut dyn Write) -> io::Result<()> {
        if self.rows.is_empty() {
            return Ok(());
        }
        let seen = |row: &Vec<Cell>| row.iter().map(|cell| viewer.prose(&cell.text)).collect::<Vec<String>>();
        let rows: Vec<Vec<String>> = self.rows.iter().map(seen).collect();
        let widest = |i: usize| {
            let cells = rows.iter().map(|row| width(&row[i]));
            cells.chain([width(&self.columns[i].1)]).max().unwrap_or_default()
        };
        // An id is for programs and spreadsheets where the name beside it says the same to people.
        let is_named = |id: &str| self.columns.iter().any(|(key, _)| key.strip_suffix("_name") == Some(id));
        let told = |i: &usize| !is_named(&self.columns[*i].0);
        let widths: Vec<(usize, usize)> = (0..self.columns.len()).filter(told).map(|i| (i, widest(i))).collect();
        let line = |cells: Vec<&str>| {
            let padded: Vec<String> = widths.iter().map(|(i, cols)| pad_right(cells[*i], *cols)).collect();
            padded.join("  ").trim_end().to_owned()
        };
        writeln!(out, "  {}", line(self.columns.iter().map(|(_, title)| title.as_str()).collect()))?;
        for row in &rows {
            writeln!(out, "  {}", line(row.iter().map(String::as_str).collect()))?;
        }
        Ok(())
    }

    /// The list of a file, without its rows.
    pub(super) fn listing(&self, name: String, node: NodeIx) -> Listing {
        let columns =
            self.columns.iter().map(|(key, title)| Column { id: id(key), title: title.clone(), width: cols(key) });
        Listing::new(name, node, &[]).and(columns)
    }

    /// One object a line, with the keys of the columns.
    pub(super) fn json(&self, viewer: &Viewer<'_>, out: &mut dyn Write) -> io::Result<()> {
        self.rows.iter().try_for_each(|row| self.json_line(viewer, row, out))
    }

    /// A row as one object.
    pub(super) fn json_line(&self, viewer: &Viewer<'_>, row: &[Cell], out: &mut dyn Write) -> io::Result<()> {
        let cells = self.columns.iter().zip(row);
        let line: Map<String, Value> = cells.map(|((key, _), cell)| (key.clone(), cell.value.clone())).collect();
        writeln!(out, "{}", viewer.object(Value::Object(line)))
    }
}

/// A row in a file: numbers are numbers.
pub(super) fn in_file(row: &[Cell]) -> Vec<report::Cell> {
    let cell = |cell: &Cell| match cell.value.as_i64() {
        Some(n) => report::Cell::Number(n),
        None => report::Cell::text(&*cell.text),
    };
    row.iter().map(cell).collect()
}

/// The column of a file by its key: where codes and ids stand, digits are no phone numbers.
fn id(key: &str) -> &'static str {
    ["device", "fact", "login"].into_iter().find(|id| *id == key).unwrap_or("text")
}

/// How wide it is in a spreadsheet.
fn cols(key: &str) -> u16 {
    match key {
        "received" | "recorded" | "last" | "from" | "to" | "time" => 20,
        "fact" | "device" => 40,
        "by" | "at" | "subject" | "subject_name" | "at_name" | "device_name" | "reason" => 26,
        _ => 12,
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use std::sync::Arc;

    use chrono::NaiveDate;

    use super::*;
    use crate::grid::{pack::Pack, state::State};

    fn table() -> Table {
        let mut table = Table::new([("by_name", "谁"), ("by", "编号"), ("n", "次数")]);
        table.rows.push(vec![Cell::plain("张三, \"格\"长"), Cell::plain("p1"), Cell::count(12)]);
        table.rows.push(vec![Cell::of("13812345678", Value::Null), Cell::of("", Value::Null), Cell::count(3)]);
        table
    }

    #[test]
    fn a_table_is_printed_for_people_for_programs_and_for_files() {
        let state = State::new(Arc::new(Pack::builtin("lanxi").unwrap().unwrap()));
        let day = NaiveDate::from_ymd_opt(2026, 11, 23).unwrap();
        let viewer = Viewer { state: &state, today: day, phones: false };
        let printed = |print: &dyn Fn(&mut dyn Write) -> io::Result<()>| {
            let mut out = Vec::new();
            print(&mut out).unwrap();
            String::from_utf8(out).unwrap()
        };
        assert_eq!(
            printed(&|out| table().text(&viewer, out)),
            "  谁            次数\n  张三, \"格\"长  12\n  138****5678   3\n"
        );
        assert_eq!(
            printed(&|out| table().json(&viewer, out)),
            "{\"by\":\"p1\",\"by_name\":\"张三, \\\"格\\\"长\",\"n\":12}\n{\"by\":null,\"by_name\":null,\"n\":3}\n"
        );
        assert_eq!(
            in_file(&table().rows[1]),
            [report::Cell::text("13812345678"), report::Cell::Empty, report::Cell::Number(3)]
        );
    }
}
