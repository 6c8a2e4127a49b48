//! csv as Excel and WPS open it: UTF-8 with the mark by which they know it, or GBK; CRLF; a row at a time.
use std::io::{self, Write};

use encoding_rs::GBK;

use crate::report::{Cell, Column};

/// How the characters are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Charset {
    /// UTF-8, beginning with its mark.
    Utf8,
    /// GBK, for programs that know nothing else.
    Gbk,
}

/// What stands for a character that GBK does not have.
const NONE: char = '\u{3013}';

/// A csv that is being written.
pub struct Csv<W: Write> {
    out: W,
    charset: Charset,
    rows: u64,
    lost: u64,
}

impl<W: Write> Csv<W> {
    /// Begins with the column titles.
    ///
    /// # Errors
    /// Those of `out`.
    pub fn new(mut out: W, charset: Charset, columns: &[Column]) -> io::Result<Csv<W>> {
        if charset == Charset::Utf8 {
            out.write_all("\u{feff}".as_bytes())?;
        }
        let mut csv = Csv { out, charset, rows: 0, lost: 0 };
        csv.line(columns.iter().map(|column| column.title.clone()))?;
        Ok(csv)
    }

    /// Writes a row.
    ///
    /// # Errors
    /// Those of the file.
    pub fn row(&mut self, row: &[Cell]) -> io::Result<()> {
        self.rows += 1;
        self.line(row.iter().map(ToString::to_string))
    }

    /// Ends it; says how many rows there are, and how many characters GBK does not have.
    ///
    /// # Errors
    /// Those of the file.
    pub fn finish(mut self) -> io::Result<(u64, u64)> {
        self.out.flush()?;
        Ok((self.rows, self.lost))
    }

    fn line(&mut self, cells: impl Iterator<Item = String>) -> io::Result<()> {
        let line = format!("{}\r\n", cells.map(|cell| quoted(&cell)).collect::<Vec<_>>().join(","));
        match self.charset {
            Charset::Utf8 => self.out.write_all(line.as_bytes()),
            Charset::Gbk => self.gbk(&line),
        }
    }

    fn gbk(&mut self, line: &str) -> io::Result<()> {
        let (bytes, _, is_lossy) = GBK.encode(line);
        if !is_lossy {
            return self.out.write_all(&bytes);
        }
        // Without this the encoder would put numbers of a web page in their places.
        let kept: String = line.chars().map(|c| if in_gbk(c) { c } else { NONE }).collect();
        self.lost += line.chars().filter(|c| !in_gbk(*c)).count() as u64;
        self.out.write_all(&GBK.encode(&kept).0)
    }
}

fn in_gbk(c: char) -> bool {
    c.is_ascii() || !GBK.encode(c.encode_utf8(&mut [0; 4])).2
}

/// A cell, in quotes where it needs them. What a spreadsheet would take for a formula is made text.
fn quoted(cell: &str) -> String {
    let is_formula = cell.starts_with(['=', '+', '@']) || cell.starts_with('-') && cell.parse::<f64>().is_err();
    let cell = if is_formula { format!("'{cell}") } else { cell.to_owned() };
    if cell.contains([',', '"', '\n', '\r']) { format!("\"{}\"", cell.replace('"', "\"\"")) } else { cell }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn columns() -> Vec<Column> {
        ["名称", "数"].map(|title| Column { id: "x", title: title.to_owned(), width: 9 }).to_vec()
    }

    fn written(charset: Charset, rows: &[[Cell; 2]]) -> (Vec<u8>, (u64, u64)) {
        let mut out = Vec::new();
        let mut csv = Csv::new(&mut out, charset, &columns()).unwrap();
        rows.iter().for_each(|row| csv.row(row).unwrap());
        let told = csv.finish().unwrap();
        (out, told)
    }

    #[test]
    fn utf8_begins_with_its_mark_and_quotes_what_needs_it() {
        let rows = [[Cell::text("甲,\"乙\"\n丙"), Cell::Number(-3)], [Cell::text("=1+1"), Cell::Money(12_050)]];
        let (bytes, told) = written(Charset::Utf8, &rows);
        let text = String::from_utf8(bytes).unwrap();
        assert_eq!(text, "\u{feff}名称,数\r\n\"甲,\"\"乙\"\"\n丙\",-3\r\n'=1+1,120.50\r\n");
        assert_eq!(told, (2, 0));
    }

    #[test]
    fn gbk_has_a_sign_for_what_it_does_not_have_and_says_how_many() {
        let (bytes, told) = written(Charset::Gbk, &[[Cell::text("兰溪市𬭎纺织"), Cell::Empty]]);
        assert_eq!(GBK.decode(&bytes).0, "名称,数\r\n兰溪市〓纺织,\r\n");
        assert_eq!(told, (1, 1));
    }
}
