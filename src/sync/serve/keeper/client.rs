//! One client as the keeper knows it.
use std::sync::Arc;

use super::super::{gate::Gate, outbox::Outbox};
use crate::{
    grid::fact::WriterId,
    sync::{
        message::{Hello, Kind, Tell, Why},
        socket::Peer,
    },
};

/// A client that has said who it is.
pub(in crate::sync::serve) struct Client {
    pub(super) number: u64,
    pub(super) peer: Peer,
    /// The name of its user.
    pub(super) login: String,
    pub(super) hello: Hello,
    /// The name under which its device writes.
    pub(super) writer: WriterId,
    pub(super) outbox: Outbox,
    pub(super) gate: Arc<Gate>,
    /// Whether it is told what is new.
    pub(super) live: bool,
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
        let writer = WriterId::of_key(&hello.key);
        Client { number, peer, login, hello, writer, outbox, gate, live: false, who: Who::default() }
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

    /// Answers one of its questions with no.
    pub(super) fn refuse(&self, of: u32, why: Why, text: impl Into<String>) {
        self.answer(&Tell::Refused { of, why, text: text.into() });
    }

    /// Sends it away.
    pub(super) fn send_away(&self, why: Why, text: impl Into<String>) {
        self.outbox.tell(&Tell::Refused { of: 0, why, text: text.into() });
        self.outbox.close();
    }
}
