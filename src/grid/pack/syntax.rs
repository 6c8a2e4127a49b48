//! The writing of a TOML file itself, before anything that it says.
use toml::{Spanned, de::DeTable};

use super::error::Faults;
use crate::words::{t, word};

/// Reads a file's tables; where the writing itself is wrong, notes every such place and returns none.
pub(super) fn tables<'a>(text: &'a str, faults: &Faults<'_>) -> Option<Spanned<DeTable<'a>>> {
    let (tables, errors) = DeTable::parse_recoverable(text);
    for error in &errors {
        faults.add(error.span().map_or(0, |span| span.start), word("pack.toml.how"), said(error.message()));
    }
    errors.is_empty().then_some(tables)
}

/// Our words for what it says.
type Say = fn() -> &'static str;

/// What the reader of TOML says, by the beginning of its message, and our words for it.
const SAYINGS: [(&str, Say); 13] = [
    ("duplicate key", || word("pack.toml.twice")),
    ("key with no value", || word("pack.toml.no_value")),
    ("missing value", || word("pack.toml.no_right")),
    ("string values must be quoted", || word("pack.toml.unquoted")),
    ("missing opening quote", || word("pack.toml.no_left_quote")),
    ("invalid basic string", || word("pack.toml.quotes")),
    ("unclosed array", || word("pack.toml.array")),
    ("unclosed table", || word("pack.toml.table")),
    ("unclosed inline table", || word("pack.toml.inline")),
    ("missing comma", || word("pack.toml.comma")),
    ("extra comma", || word("pack.toml.extra_comma")),
    ("invalid unquoted key", || word("pack.toml.key")),
    ("cannot extend value", || word("pack.toml.extend")),
];

fn said(message: &str) -> String {
    let known = SAYINGS.iter().find(|(begins, _)| message.starts_with(begins));
    known.map_or_else(|| t!("pack.toml.other").into_owned(), |(_, words)| words().to_owned())
}
