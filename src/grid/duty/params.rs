//! The keys of a pack's row that belong to its kind.
use chrono::NaiveDate;

use crate::words::{t, word};

/// One key of a kind.
#[derive(Clone, Copy, Debug)]
pub struct Param {
    /// The key in the row.
    pub key: &'static str,
    /// What it means and what may stand there, for the author of a pack.
    pub means: fn() -> &'static str,
    /// Whether a row of the kind must have it.
    pub required: bool,
}

/// What is wrong with a key, in words that say what may stand there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Objection {
    /// The key.
    pub key: &'static str,
    /// What is wrong, and what is allowed.
    pub what: String,
}

/// A row's keys as its kind reads them.
#[derive(Clone, Copy, Debug)]
pub struct Params<'a> {
    row: &'a toml::Table,
}

impl<'a> Params<'a> {
    /// The keys of this row.
    pub fn new(row: &'a toml::Table) -> Params<'a> {
        Params { row }
    }

    /// A whole number between two others, where the key is there.
    pub fn whole(&self, key: &'static str, least: u32, most: u32) -> Result<Option<u32>, Objection> {
        let Some(value) = self.row.get(key) else { return Ok(None) };
        let number = value.as_integer().and_then(|number| u32::try_from(number).ok());
        match number.filter(|number| (least..=most).contains(number)) {
            Some(number) => Ok(Some(number)),
            None => Err(Objection {
                key,
                what: t!("duty.key.whole", key = key, value = value, least = least, most = most).into_owned(),
            }),
        }
    }

    /// [`Params::whole`] that must be there.
    pub fn whole_required(&self, key: &'static str, least: u32, most: u32) -> Result<u32, Objection> {
        self.whole(key, least, most)?.ok_or_else(|| missing(key, &format!("{key} = {least}")))
    }

    /// A text, where the key is there.
    pub fn text(&self, key: &'static str) -> Result<Option<&'a str>, Objection> {
        let Some(value) = self.row.get(key) else { return Ok(None) };
        match value.as_str() {
            Some(text) => Ok(Some(text)),
            None => Err(Objection { key, what: t!("duty.key.text", key = key, value = value).into_owned() }),
        }
    }

    /// One of some words, where the key is there.
    pub fn word(&self, key: &'static str, words: &[&str]) -> Result<Option<&'a str>, Objection> {
        match self.text(key)? {
            Some(text) if !words.contains(&text) => Err(Objection {
                key,
                what: t!("duty.key.word", key = key, text = text, known = words.join(word("word.list"))).into_owned(),
            }),
            found => Ok(found),
        }
    }

    /// A list of texts; empty where the key is not there.
    pub fn list(&self, key: &'static str) -> Result<Vec<&'a str>, Objection> {
        let wrong =
            |value: &toml::Value| Objection { key, what: t!("duty.key.list", key = key, value = value).into_owned() };
        let Some(value) = self.row.get(key) else { return Ok(Vec::new()) };
        let items = value.as_array().ok_or_else(|| wrong(value))?;
        items.iter().map(|item| item.as_str().ok_or_else(|| wrong(value))).collect()
    }

    /// A day, `2022-06-30`, or the day of every year, `06-30`: with the year where there is one.
    pub fn yearly(&self, key: &'static str) -> Result<Option<(Option<i32>, u32, u32)>, Objection> {
        let Some(text) = self.text(key)? else { return Ok(None) };
        let day = |text: &str| text.parse::<NaiveDate>().ok();
        let wrong = || Objection { key, what: t!("duty.key.day", key = key, text = text).into_owned() };
        use chrono::Datelike;
        match day(text) {
            Some(day) => Ok(Some((Some(day.year()), day.month(), day.day()))),
            None => {
                let day = day(&format!("2023-{text}")).ok_or_else(wrong)?;
                Ok(Some((None, day.month(), day.day())))
            }
        }
    }
}

/// What to say of a key that must be there.
pub(super) fn missing(key: &'static str, example: &str) -> Objection {
    Objection { key, what: t!("duty.key.missing", key = key, example = example).into_owned() }
}
