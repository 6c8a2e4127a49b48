//! What is wrong with a pack: every place, with what would be right there.
use std::{cell::RefCell, fmt};

use crate::words::t;

/// One thing that is wrong: where, and what would be right.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Fault {
    /// The file in the pack's folder.
    pub file: &'static str,
    /// The line, from 1.
    pub line: usize,
    /// The key, or the row where a whole row is meant.
    pub key: String,
    /// What is wrong, and what would be right.
    pub what: String,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&t!("pack.fault", file = self.file, line = self.line, key = self.key, what = self.what))
    }
}

/// Why a pack was not taken: all that is wrong with it, in the order of its files and lines. Shown as one sentence
/// about the first place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PackError {
    /// The pack's id.
    pub pack: String,
    /// What is wrong; never empty.
    pub faults: Vec<Fault>,
}

impl fmt::Display for PackError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&t!("pack.unusable", pack = self.pack))?;
        if let Some(first) = self.faults.first() {
            f.write_str(&t!("pack.first", file = first.file, line = first.line, key = first.key, what = first.what))?;
        }
        match self.faults.len() {
            0 | 1 => Ok(()),
            n => f.write_str(&t!("pack.more", n = n - 1)),
        }
    }
}

impl std::error::Error for PackError {}

/// Collects what is wrong with one file.
#[derive(Debug)]
pub(super) struct Faults<'a> {
    file: &'static str,
    text: &'a str,
    list: RefCell<Vec<Fault>>,
}

impl<'a> Faults<'a> {
    pub(super) fn new(file: &'static str, text: &'a str) -> Faults<'a> {
        Faults { file, text, list: RefCell::default() }
    }

    /// Notes what is wrong at a place in the text.
    pub(super) fn add(&self, at: usize, key: &str, what: impl Into<String>) {
        let before = &self.text.as_bytes()[..at.min(self.text.len())];
        let line = 1 + before.iter().filter(|byte| **byte == b'\n').count();
        self.add_on(line, key, what);
    }

    /// Notes what is wrong on a line.
    pub(super) fn add_on(&self, line: usize, key: &str, what: impl Into<String>) {
        let fault = Fault { file: self.file, line, key: key.to_owned(), what: what.into() };
        self.list.borrow_mut().push(fault);
    }

    /// What is wrong, in the order of lines.
    pub(super) fn into_list(self) -> Vec<Fault> {
        let mut list = self.list.into_inner();
        list.sort_by_key(|fault| fault.line);
        list.dedup();
        list
    }
}
