//! What is asked of the thread that owns an open store.
use std::sync::mpsc::Sender;

use super::{error::Notice, index::Index, index::IndexFault};
use crate::words::t;
use crate::{
    grid::fact::{Envelope, FactId, Head, WriterId},
    log::{Entry, LogError, Position, Subtree},
};

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
    LogError::Unavailable(t!("log.error.closed").into_owned())
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
        reply: Reply<Vec<Position>>,
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
    OnNotice(Box<dyn FnMut(Notice) + Send>),
    Close(Reply<()>),
    /// The index has been opened, or not; the number says which attempt it was.
    Opened(u32, Box<Result<Index, IndexFault>>),
    /// The checkpoint that was under way has ended.
    Checkpointed(Reply<()>, Result<(), Notice>),
}
