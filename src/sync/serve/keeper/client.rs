//! One client as the keeper knows it.
use std::sync::Arc;

use super::super::{gate::Gate, outbox::Outbox};
use crate::{
    grid::fact::WriterId,
    sync::{
        message::{Hello, Kind, Tell, Why},
        socket::Peer,
    },
    words::Language,
};

/// A client that has said who it is.
pub(in crate::sync::serve) struct Client {
    pub(super) number: u64,
    pub(super) peer: Peer,
    /// The name of its user.
    pub(super) login: String,
    pub(super) hello: Hello,
    /// In which language its person reads.
    pub(super) language: Language,
    /// The name under which its device writes.
    pub(super) writer: WriterId,
    pub(super) outbox: Outbox,
    pub(super) gate: Arc<Gate>,
    /// Whether it is told what is new.
    pub(super) live: bool,
    /// Whether nothing had been written under its key when it came.
    pub(super) is_new: bool,
    /// Who it is, once that is known.
    pub(super) who: Who,
}

/// Who a client is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Who {
    /// The person, by id.
    pub(super) person: Option<String>,
    /// Whether no right is asked for.
    pub(super) owner: bool,
}

impl Client {
    pub(in crate::sync::serve) fn new(
        number: u64,
        (peer, login): (Peer, String),
        hello: Hello,
        outbox: Outbox,
        gate: Arc<Gate>,
    ) -> Client {
        let (writer, language) = (WriterId::of_key(&hello.key), hello.language());
        Client {
            number,
            peer,
            login,
            hello,
            language,
            writer,
            outbox,
            gate,
            live: false,
            is_new: false,
            who: Who::default(),
        }
    }

    /// Whether it is a device with a store of its own.
    pub(super) fn is_laptop(&self) -> bool {
        self.hello.kind == Kind::Laptop
    }

    /// Answers one of its questions.
    pub(super) fn answer(&self, tell: &Tell) {
        self.outbox.tell(tell);
        self.gate.answered();
    }

    /// Answers one of its questions with no, in its person's language.
    pub(super) fn refuse<S: Into<String>>(&self, of: u32, why: Why, say: impl FnOnce() -> S) {
        let text = self.language.during(say).into();
        self.answer(&Tell::Refused { of, why, text });
    }

    /// Sends it away, and says why in its person's language.
    pub(super) fn send_away<S: Into<String>>(&self, why: Why, say: impl FnOnce() -> S) {
        let text = self.language.during(say).into();
        self.outbox.tell(&Tell::Refused { of: 0, why, text });
        self.outbox.close();
    }
}
