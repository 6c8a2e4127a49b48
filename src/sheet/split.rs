//! Text to rows of fields, as Excel reads a csv: one row per record, a line break inside quotes begins no row.
//!
//! Stricter than most readers where quotes do not pair up: there a lenient one swallows rows without a word.
use std::{iter::Peekable, str::Chars};

/// A quote without its partner in the record that begins at this row (from 0).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Unpaired(pub u32);

/// The rows of a text, empty ones included.
pub(super) struct Rows<'t> {
    rest: Peekable<Chars<'t>>,
    separator: char,
    row: u32,
}

impl<'t> Rows<'t> {
    /// Over `text`, whose fields are parted by `separator`.
    pub fn new(text: &'t str, separator: char) -> Rows<'t> {
        Rows { rest: text.chars().peekable(), separator, row: 0 }
    }

    /// Puts the next row's fields into `fields` and returns its number from 0; nothing at the end of the text.
    pub fn next(&mut self, fields: &mut Vec<String>) -> Result<Option<u32>, Unpaired> {
        fields.clear();
        if self.rest.peek().is_none() {
            return Ok(None);
        }
        let row = self.row;
        self.row += 1;
        loop {
            let field = match self.rest.next_if_eq(&'"') {
                Some(_) => self.quoted().ok_or(Unpaired(row))?,
                None => self.plain(),
            };
            fields.push(field);
            match self.rest.next() {
                Some(c) if c == self.separator => {}
                Some('\r') => {
                    self.rest.next_if_eq(&'\n');
                    return Ok(Some(row));
                }
                _ => return Ok(Some(row)),
            }
        }
    }

    fn plain(&mut self) -> String {
        let mut out = String::new();
        let separator = self.separator;
        while let Some(c) = self.rest.next_if(|&c| c != separator && c != '\r' && c != '\n') {
            out.push(c);
        }
        out
    }

    /// A field after its opening quote; nothing if the closing one is missing or followed by more text.
    fn quoted(&mut self) -> Option<String> {
        let mut out = String::new();
        loop {
            match self.rest.next()? {
                '"' if self.rest.next_if_eq(&'"').is_some() => out.push('"'),
                '"' => break,
                c => out.push(c),
            }
        }
        while self.rest.next_if_eq(&' ').is_some() {}
        match self.rest.peek() {
            None | Some('\r' | '\n') => Some(out),
            Some(&c) if c == self.separator => Some(out),
            Some(_) => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(text: &str) -> Result<Vec<(u32, Vec<String>)>, Unpaired> {
        let mut rows = Rows::new(text, ',');
        let (mut out, mut fields) = (Vec::new(), Vec::new());
        while let Some(row) = rows.next(&mut fields)? {
            out.push((row, fields.clone()));
        }
        Ok(out)
    }

    fn rows(text: &str) -> Vec<Vec<String>> {
        all(text).unwrap_or_default().into_iter().map(|(_, fields)| fields).collect()
    }

    #[test]
    fn line_ends_of_every_system_and_empty_rows_count() {
        assert_eq!(rows("a,b\r\nc,d"), [["a", "b"], ["c", "d"]]);
        assert_eq!(rows("a\rb\n"), [["a"], ["b"]]);
        assert_eq!(all("a\r\n\r\nb\r\n").map(|r| r.last().map(|(row, _)| *row)), Ok(Some(2)));
        assert_eq!(rows("a,,\n"), [["a", "", ""]]);
        assert!(rows("").is_empty());
    }

    #[test]
    fn quotes_hold_separators_breaks_and_quotes() {
        assert_eq!(rows("\"a,\"\"b\"\"\nc\",d\ne"), vec![vec!["a,\"b\"\nc", "d"], vec!["e"]]);
        assert_eq!(rows("=\"9133\",5\" pipe"), [["=\"9133\"", "5\" pipe"]]);
    }

    #[test]
    fn a_quote_without_partner_is_told_with_its_row() {
        assert_eq!(all("a,b\nc,\"d\ne,f\n"), Err(Unpaired(1)));
        assert_eq!(all("a,\"b\nc,\"d\",e\n"), Err(Unpaired(0)));
    }
}
