//! Reading a theme file: what is wrong is told by its line, and the rest of the file counts.
use std::fmt;

use toml::{Spanned, de::DeTable, de::DeValue};

use super::{Role, Theme, style};
use crate::words::{Language, t};

/// How many colours the terminal has.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Depth {
    /// The 16 that every terminal has.
    #[default]
    Sixteen,
    /// Any; the terminal says so (`COLORTERM` is `truecolor` or `24bit`).
    Full,
}

/// A line that does not count, as a sentence with file and line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// The file as the caller named it.
    pub file: String,
    /// The line, from 1.
    pub line: usize,
    what: String,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&t!("theme.fault", file = self.file, line = self.line, what = self.what))
    }
}

/// What a theme calls itself in each language.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Label([Option<String>; Language::ALL.len()]);

impl Label {
    /// The name in a language, if the file says one.
    pub fn of(&self, language: Language) -> Option<&str> {
        self.0[language as usize].as_deref()
    }
}

struct Reader<'a> {
    file: &'a str,
    text: &'a str,
    faults: Vec<Fault>,
}

impl Reader<'_> {
    fn fault(&mut self, at: usize, what: impl Into<String>) {
        let line = self.text[..at.min(self.text.len())].matches('\n').count() + 1;
        self.faults.push(Fault { file: self.file.to_owned(), line, what: what.into() });
    }

    fn tables<'t>(&mut self, text: &'t str) -> DeTable<'t> {
        let (tables, errors) = DeTable::parse_recoverable(text);
        for error in &errors {
            self.fault(error.span().map_or(0, |span| span.start), t!("theme.syntax"));
        }
        tables.into_inner()
    }

    /// Takes the roles of a table into `theme`, where they are to `count`.
    fn roles(&mut self, table: &Spanned<DeValue<'_>>, rich: bool, count: bool, theme: &mut Theme) {
        let DeValue::Table(rows) = table.get_ref() else {
            return self.fault(table.span().start, t!("theme.no_table"));
        };
        for (key, value) in rows {
            let Some(role) = Role::from_id(key.get_ref()) else {
                let known = Role::ALL.map(Role::id).join(" ");
                self.fault(key.span().start, t!("theme.no_such_role", role = key.get_ref(), known = known));
                continue;
            };
            let DeValue::String(words) = value.get_ref() else {
                self.fault(value.span().start, t!("theme.no_text"));
                continue;
            };
            match style::parse(words, rich) {
                Ok(style) if count => theme.set(role, style),
                Ok(_) => {}
                Err(what) => self.fault(value.span().start, what),
            }
        }
    }
}

/// Reads a theme file over `below`, which says the roles that it leaves out.
pub fn read(file: &str, text: &str, below: Theme, depth: Depth) -> (Theme, Vec<Fault>) {
    let mut reader = Reader { file, text, faults: Vec::new() };
    let mut theme = below;
    let tables = reader.tables(text);
    // Roles first, whatever the order in the file.
    for (name, rich) in [("roles", false), ("rich", true)] {
        if let Some(table) = tables.get(name) {
            reader.roles(table, rich, !rich || depth == Depth::Full, &mut theme);
        }
    }
    for key in tables.keys().filter(|key| !["name", "roles", "rich"].contains(&key.get_ref().as_ref())) {
        reader.fault(key.span().start, t!("theme.no_such_table", name = key.get_ref()));
    }
    reader.faults.sort_by_key(|fault| fault.line);
    (theme, reader.faults)
}

/// What a theme file calls itself.
pub fn label(text: &str) -> Label {
    let (tables, _) = DeTable::parse_recoverable(text);
    let name = tables.get_ref().get("name").map(Spanned::get_ref);
    Label(Language::ALL.map(|language| match name {
        Some(DeValue::String(name)) => Some(name.to_string()),
        Some(DeValue::Table(names)) => match names.get(language.id()).map(Spanned::get_ref) {
            Some(DeValue::String(name)) => Some(name.to_string()),
            _ => None,
        },
        _ => None,
    }))
}
