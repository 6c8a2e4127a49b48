//! One cell of a table, with its type: writers make of it what their format has.
use std::fmt;

use chrono::{NaiveDate, NaiveDateTime};

/// What stands in a cell.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Cell {
    /// Nothing.
    #[default]
    Empty,
    /// Text.
    Text(Box<str>),
    /// A whole number.
    Number(i64),
    /// An amount of money in 分.
    Money(i64),
    /// A part of a whole; nothing to say where the whole is nothing.
    Rate(u32, u32),
    /// A local day.
    Day(NaiveDate),
    /// A local day with its time.
    Moment(NaiveDateTime),
}

impl Cell {
    /// Text; nothing where it is blank.
    pub fn text(text: impl Into<String>) -> Cell {
        let text: String = text.into();
        if text.trim().is_empty() { Cell::Empty } else { Cell::Text(text.into_boxed_str()) }
    }

    /// A number.
    pub fn number(number: impl Into<i64>) -> Cell {
        Cell::Number(number.into())
    }

    /// A day, where there is one.
    pub fn day(day: Option<NaiveDate>) -> Cell {
        day.map_or(Cell::Empty, Cell::Day)
    }

    /// Whether it stands at the right of its column.
    pub fn is_number(&self) -> bool {
        matches!(self, Cell::Number(_) | Cell::Money(_) | Cell::Rate(..))
    }

    /// As people read it: like its plain text, amounts of money with commas.
    pub fn shown(&self) -> String {
        let text = self.to_string();
        let (Cell::Money(_), Some((whole, cents))) = (self, text.split_once('.')) else { return text };
        let (sign, digits) = whole.split_at(usize::from(whole.starts_with('-')));
        let mut out = sign.to_owned();
        for (i, digit) in digits.chars().enumerate() {
            if i > 0 && (digits.len() - i).is_multiple_of(3) {
                out.push(',');
            }
            out.push(digit);
        }
        format!("{out}.{cents}")
    }

    /// The number for a chart; 0 where it is none.
    pub fn value(&self) -> f64 {
        match self {
            Cell::Number(number) => *number as f64,
            Cell::Money(cents) => *cents as f64 / 100.0,
            Cell::Rate(part, whole) if *whole > 0 => f64::from(*part) / f64::from(*whole),
            _ => 0.0,
        }
    }
}

impl fmt::Display for Cell {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Cell::Empty => Ok(()),
            Cell::Text(text) => f.write_str(text),
            Cell::Number(number) => write!(f, "{number}"),
            Cell::Money(cents) => {
                let (sign, whole) = (if *cents < 0 { "-" } else { "" }, cents.unsigned_abs());
                write!(f, "{sign}{}.{:02}", whole / 100, whole % 100)
            }
            Cell::Rate(_, 0) => Ok(()),
            Cell::Rate(part, whole) => {
                // Rounded to tenths of a percent, halves up, as spreadsheets show it.
                let tenths = (u64::from(*part) * 2000 + u64::from(*whole)) / (2 * u64::from(*whole));
                write!(f, "{}.{}%", tenths / 10, tenths % 10)
            }
            Cell::Day(day) => write!(f, "{day}"),
            Cell::Moment(moment) => write!(f, "{}", moment.format("%Y-%m-%d %H:%M")),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn money_is_shown_with_commas_and_written_without() {
        let shown = |cents| Cell::Money(cents).shown();
        assert_eq!([shown(0), shown(99_999), shown(123_456_789)], ["0.00", "999.99", "1,234,567.89"]);
        assert_eq!([shown(-100_000), shown(-12_345_600)], ["-1,000.00", "-123,456.00"]);
        assert_eq!(Cell::Money(123_456_789).to_string(), "1234567.89");
        assert_eq!(Cell::Number(1_234).shown(), "1234");
    }
}
