//! A table that is printed in columns, as CSV for Excel, or as one object of JSON a line.
use std::io::{self, Write};

use serde_json::{Map, Value};

use crate::ui::text::{pad_right, width};

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
    pub(super) fn text(&self, out: &mut dyn Write) -> io::Result<()> {
        if self.rows.is_empty() {
            return Ok(());
        }
        let widest = |i: usize| {
            let cells = self.rows.iter().map(|row| width(&row[i].text));
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
        for row in &self.rows {
            writeln!(out, "  {}", line(row.iter().map(|cell| cell.text.as_str()).collect()))?;
        }
        Ok(())
    }

    /// A heading and a line for each row, with the mark by which Excel knows UTF-8.
    pub(super) fn csv(&self, out: &mut dyn Write) -> io::Result<()> {
        let line = |cells: Vec<&str>| cells.into_iter().map(quoted).collect::<Vec<_>>().join(",");
        write!(out, "\u{feff}{}\r\n", line(self.columns.iter().map(|(_, title)| title.as_str()).collect()))?;
        for row in &self.rows {
            write!(out, "{}\r\n", line(row.iter().map(|cell| cell.text.as_str()).collect()))?;
        }
        Ok(())
    }

    /// One object a line, with the keys of the columns.
    pub(super) fn json(&self, out: &mut dyn Write) -> io::Result<()> {
        for row in &self.rows {
            let cells = self.columns.iter().zip(row);
            let line: Map<String, Value> = cells.map(|((key, _), cell)| (key.clone(), cell.value.clone())).collect();
            serde_json::to_writer(&mut *out, &line)?;
            writeln!(out)?;
        }
        Ok(())
    }
}

/// A cell as csv has it. What begins like a formula would be one in Excel: it gets a quotation mark in front, which Excel
/// does not show.
fn quoted(cell: &str) -> String {
    let cell = if cell.starts_with(['=', '+', '-', '@']) { format!("'{cell}") } else { cell.to_owned() };
    let plain = !cell.contains([',', '"', '\n', '\r']);
    if plain { cell } else { format!("\"{}\"", cell.replace('"', "\"\"")) }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn table() -> Table {
        let mut table = Table::new([("by_name", "谁"), ("by", "编号"), ("n", "次数")]);
        table.rows.push(vec![Cell::plain("张三, \"格\"长"), Cell::plain("p1"), Cell::count(12)]);
        table.rows.push(vec![Cell::of("=1+1", Value::Null), Cell::of("", Value::Null), Cell::count(3)]);
        table
    }

    fn printed(print: impl Fn(&Table, &mut dyn Write) -> io::Result<()>) -> String {
        let mut out = Vec::new();
        print(&table(), &mut out).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn a_table_is_printed_for_people_for_excel_and_for_programs() {
        assert_eq!(printed(Table::text), "  谁            次数\n  张三, \"格\"长  12\n  =1+1          3\n");
        assert_eq!(printed(Table::csv), "\u{feff}谁,编号,次数\r\n\"张三, \"\"格\"\"长\",p1,12\r\n'=1+1,,3\r\n");
        assert_eq!(
            printed(Table::json),
            "{\"by\":\"p1\",\"by_name\":\"张三, \\\"格\\\"长\",\"n\":12}\n{\"by\":null,\"by_name\":null,\"n\":3}\n"
        );
    }
}
