//! A table of a TOML file as it is read: key by key, with the place of everything that is wrong.
use std::ops::Range;

use toml::{
    Spanned,
    de::{DeTable, DeValue},
};

use super::{
    error::Faults,
    keys::Section,
    value::{plain, shown},
};
use crate::grid::duty::Param;
use crate::words::{t, word};

/// A table of a file.
#[derive(Clone, Copy)]
pub(super) struct Row<'a> {
    table: &'a DeTable<'a>,
    /// Where it begins in the text.
    at: usize,
    section: &'static Section,
    faults: &'a Faults<'a>,
}

impl<'a> Row<'a> {
    /// The whole file.
    pub(super) fn top(table: &'a DeTable<'a>, section: &'static Section, faults: &'a Faults<'a>) -> Row<'a> {
        Row { table, at: 0, section, faults }
    }

    /// The value of a key of the section; notes where a required one is missing.
    fn value(&self, key: &str) -> Option<&'a Spanned<DeValue<'a>>> {
        let param = self.section.keys.iter().find(|param| param.key == key);
        debug_assert!(param.is_some(), "{key} is not among the section's keys");
        let found = self.table.get(key);
        if let (None, Some(param)) = (found, param.filter(|param| param.required)) {
            self.faults.add(self.at, key, t!("pack.value.missing", means = (param.means)()).into_owned());
        }
        found
    }

    /// Where a key's value begins; where it is not there, the row.
    fn place(&self, key: &str) -> usize {
        self.table.get(key).map_or(self.at, |value| value.span().start)
    }

    /// Where the row begins.
    pub(super) fn start(&self) -> usize {
        self.at
    }

    /// Whether the row has the key.
    pub(super) fn has(&self, key: &str) -> bool {
        self.table.contains_key(key)
    }

    /// Notes what is wrong with a key.
    pub(super) fn fault(&self, key: &str, what: impl Into<String>) {
        self.faults.add(self.place(key), key, what);
    }

    /// Notes what is wrong with a part of a key's value.
    pub(super) fn fault_at(&self, at: usize, key: &str, what: impl Into<String>) {
        self.faults.add(at, key, what);
    }

    /// A text, without a word about what may be wrong with it.
    pub(super) fn peek(&self, key: &str) -> Option<&'a str> {
        self.table.get(key)?.get_ref().as_str()
    }

    /// Where the key's value, or an item of it, has this text in it.
    pub(super) fn holds(&self, key: &str, text: &str) -> Option<usize> {
        let value = self.table.get(key)?;
        let items = value.get_ref().as_array().into_iter().flatten();
        let has = |value: &&Spanned<DeValue<'_>>| value.get_ref().as_str().is_some_and(|found| found.contains(text));
        std::iter::once(value).chain(items).find(has).map(|found| found.span().start)
    }

    /// Notes that a value is of the wrong type.
    fn wrong_type(&self, key: &str, value: &Spanned<DeValue<'_>>, right: &str) {
        let what = match value.get_ref() {
            DeValue::Array(_) => t!("pack.value.is_list").into_owned(),
            DeValue::Table(_) => t!("pack.value.is_table").into_owned(),
            _ => t!("pack.value.wrong", value = shown(value.get_ref())).into_owned(),
        };
        self.faults.add(value.span().start, key, t!("pack.value.want", what = what, right = right).into_owned());
    }

    /// A text that is not blank.
    pub(super) fn text(&self, key: &str) -> Option<&'a str> {
        let value = self.value(key)?;
        match value.get_ref().as_str() {
            Some(text) if !text.trim().is_empty() => Some(text),
            Some(_) => {
                self.fault(key, word("pack.empty"));
                None
            }
            None => {
                self.wrong_type(key, value, word("pack.value.text"));
                None
            }
        }
    }

    /// One of some words.
    pub(super) fn word<T: Copy>(&self, key: &str, words: &[(&str, T)]) -> Option<T> {
        let text = self.text(key)?;
        let found = words.iter().find(|(word, _)| *word == text);
        if found.is_none() {
            let known: Vec<_> = words.iter().map(|(word, _)| *word).collect();
            self.fault(key, t!("pack.no_word", text = text, known = known.join(word("word.list"))).into_owned());
        }
        found.map(|(_, meant)| *meant)
    }

    /// A whole number within bounds.
    pub(super) fn whole(&self, key: &str, within: Range<i64>) -> Option<i64> {
        let value = self.value(key)?;
        let number = value.get_ref().as_integer();
        let number = number.and_then(|number| i64::from_str_radix(number.as_str(), number.radix()).ok());
        let number = number.filter(|number| within.contains(number));
        if number.is_none() {
            self.wrong_type(key, value, &t!("pack.value.whole", least = within.start, most = within.end - 1));
        }
        number
    }

    /// `true` or `false`; where it is left out, `false`.
    pub(super) fn flag(&self, key: &str) -> bool {
        let Some(value) = self.value(key) else { return false };
        value.get_ref().as_bool().unwrap_or_else(|| {
            self.wrong_type(key, value, word("pack.value.flag"));
            false
        })
    }

    /// A list of texts, each with its place.
    pub(super) fn texts(&self, key: &str) -> Vec<(&'a str, usize)> {
        let Some(value) = self.value(key) else { return Vec::new() };
        let Some(items) = value.get_ref().as_array() else {
            self.wrong_type(key, value, word("pack.value.list"));
            return Vec::new();
        };
        let mut out = Vec::new();
        for item in items {
            match item.get_ref().as_str() {
                Some(text) => out.push((text, item.span().start)),
                None => self.wrong_type(key, item, word("pack.value.text")),
            }
        }
        out
    }

    /// Whether the key has a list with nothing in it.
    pub(super) fn is_empty_list(&self, key: &str) -> bool {
        self.table.get(key).and_then(|value| value.get_ref().as_array()).is_some_and(|items| items.is_empty())
    }

    /// A table within the table.
    pub(super) fn table(&self, key: &str, section: &'static Section) -> Option<Row<'a>> {
        let value = self.value(key)?;
        let Some(table) = value.get_ref().as_table() else {
            self.wrong_type(key, value, &t!("pack.value.table", key = key));
            return None;
        };
        Some(Row { table, at: value.span().start, section, faults: self.faults })
    }

    /// A list of tables.
    pub(super) fn rows(&self, key: &str, section: &'static Section) -> Vec<Row<'a>> {
        let Some(value) = self.value(key) else { return Vec::new() };
        let right = t!("pack.value.tables", key = key).into_owned();
        let Some(items) = value.get_ref().as_array() else {
            self.wrong_type(key, value, &right);
            return Vec::new();
        };
        let mut out = Vec::new();
        for item in items {
            match item.get_ref().as_table() {
                Some(table) => out.push(Row { table, at: item.span().start, section, faults: self.faults }),
                None => self.wrong_type(key, item, &right),
            }
        }
        out
    }

    /// Notes the keys that are neither the section's nor among `more`.
    pub(super) fn no_others(&self, more: &[Param]) {
        let known = || self.section.keys.iter().chain(more).map(|param| param.key);
        for key in self.table.keys() {
            if !known().any(|known| known == key.get_ref().as_ref()) {
                let known: Vec<_> = known().collect();
                let (key, at) = (key.get_ref(), key.span().start);
                let what = t!("pack.value.no_key", table = self.section.table, known = known.join(word("word.list")))
                    .into_owned();
                self.faults.add(at, key, what);
            }
        }
    }

    /// Those of the keys that the row has, as its kind reads them.
    pub(super) fn part(&self, keys: &[Param]) -> toml::Table {
        let known = |key: &str| keys.iter().any(|param| param.key == key);
        let part = self.table.iter().filter(|(key, _)| known(key.get_ref()));
        part.map(|(key, value)| (key.get_ref().to_string(), plain(value.get_ref()))).collect()
    }
}
