//! What is asked of whoever owns an open store: the thread that writes it, or the connection to a process that has it.
use std::sync::mpsc::Sender;

use super::{Entry, LogError, Notice, Position, Subtree};
use crate::grid::fact::{Envelope, FactId, Head, WriterId};

type Answer<T> = Box<dyn FnOnce(Result<T, LogError>) + Send>;

/// Someone who waits for an answer; they get exactly one, also if the thread that owes it ends.
pub(crate) struct Reply<T>(Option<Answer<T>>);

impl<T> Reply<T> {
    pub(crate) fn new(answer: impl FnOnce(Result<T, LogError>) + Send + 'static) -> Reply<T> {
        Reply(Some(Box::new(answer)))
    }

    pub(crate) fn send(mut self, result: Result<T, LogError>) {
        if let Some(answer) = self.0.take() {
            answer(result);
        }
    }
}

impl<T> Drop for Reply<T> {
    fn drop(&mut self) {
        if let Some(answer) = self.0.take() {
            answer(Err(gone()));
        }
    }
}

/// What someone hears whose store is closed.
pub(crate) fn gone() -> LogError {
    LogError::Closed
}

/// What an append came to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Taken {
    /// The places of the envelopes, in the order given.
    pub positions: Vec<Position>,
    /// When the store took them in by the clock of whoever owns it, UTC milliseconds since 1970.
    pub received_ms: i64,
}

/// Whoever takes commands; a store is closed when nobody holds its owner any more.
pub(crate) trait Owner: Send + Sync {
    /// Takes a command; one that can't be carried out any more is dropped, which answers it.
    fn take(&self, command: Command);
}

/// Which stretch of a subtree is read, and in which order.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Span {
    /// Oldest first, after a position.
    After(Position),
    /// Newest first, before a position.
    Before(Position),
}

/// See the methods of `StoreHandle`.
pub(crate) enum Command {
    Append {
        envelopes: Vec<Envelope>,
        expected: Head,
        received_ms: i64,
        reply: Reply<Taken>,
    },
    /// What another log has judged.
    Relay {
        entries: Vec<Entry>,
        reply: Reply<Vec<Entry>>,
    },
    Read {
        subtree: Subtree,
        span: Span,
        limit: usize,
        reply: Reply<Vec<Entry>>,
    },
    Find {
        id: FactId,
        reply: Reply<Option<Entry>>,
    },
    Head {
        writer: WriterId,
        reply: Reply<Head>,
    },
    Tail {
        subtree: Subtree,
        after: Position,
        sender: Sender<Entry>,
    },
    Checkpoint {
        payload: Vec<u8>,
        position: Position,
        reply: Reply<()>,
    },
    /// The state as whoever owns the store has it.
    State {
        reply: Reply<(Vec<u8>, Position)>,
    },
    OnNotice(Box<dyn FnMut(Notice) + Send>),
    Close(Reply<()>),
}
