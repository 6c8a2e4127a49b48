//! The questions, and what can be answered.
use super::Known;
use crate::words::Language;

/// A question.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Step {
    /// Whether borders line up.
    Ruler,
    /// Which language.
    Language,
    /// A new store, one that is there, or the demo.
    Store,
    /// Of which pack the new store is made.
    Pack,
    /// In which folder the store is.
    Folder,
    /// Whether there is a roster to be taken in.
    Roster,
    /// Which file it is in.
    File,
    /// Who this is.
    Who,
}

impl Step {
    /// The first question that has not been answered.
    pub(super) fn first(known: Known) -> Step {
        match known {
            Known { glyphs: false, .. } => Step::Ruler,
            Known { lang: false, .. } => Step::Language,
            _ => Step::Store,
        }
    }
}

/// An answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Answer {
    /// The borders line up, or not.
    Aligned(bool),
    /// This language.
    Speak(Language),
    /// To that question.
    Go(Step),
    /// The demo.
    Demo,
    /// Away.
    Leave,
    /// A new store of this pack.
    Create(String),
    /// The store of this folder, as typed.
    Folder(String),
    /// The roster of this file, as typed.
    File(String),
    /// No roster now.
    Later,
    /// This person.
    Me(String),
    /// Nobody in particular.
    Nobody,
}
