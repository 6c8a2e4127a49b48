//! The one line that answers a person.

/// What kind of answer it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// It was done.
    Done,
    /// Worth knowing.
    Note,
    /// It was refused or failed.
    Error,
}

/// An answer in one sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Message {
    /// The kind.
    pub kind: Kind,
    /// The sentence.
    pub text: String,
}

impl Message {
    /// It was done.
    pub fn done(text: impl Into<String>) -> Message {
        Message { kind: Kind::Done, text: text.into() }
    }

    /// Worth knowing.
    pub fn note(text: impl Into<String>) -> Message {
        Message { kind: Kind::Note, text: text.into() }
    }

    /// It was refused or failed.
    pub fn error(text: impl Into<String>) -> Message {
        Message { kind: Kind::Error, text: text.into() }
    }
}
