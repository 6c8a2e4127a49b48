//! Where the audit reads: a store's own journal, or what a server shows of it.
use std::collections::VecDeque;

use super::{Failure, Place};
use crate::{
    grid::{decide::Actor, fact::Fact, state::State},
    log::{
        Entry, LogError, Position, Subtree,
        disk::{Tail, glimpse},
    },
    run::{Book, BookError},
};

/// How many entries are asked for at a time.
const PAGE: usize = 5_000;

/// The state and its facts.
///
/// A store is read beside whoever has it open: nothing is locked. A server shows what the reader may see.
pub(super) struct Source {
    pub(super) state: State,
    /// Who reads.
    pub(super) actor: Actor,
    pub(super) facts: Facts,
}

/// All facts, oldest first.
pub(super) struct Facts {
    from: From,
    /// How many facts this build can't read, so far.
    pub(super) unreadable: usize,
}

enum From {
    Journal(Tail),
    Server { book: Box<Book>, page: VecDeque<Entry>, after: Position },
}

impl Source {
    pub(super) fn open(place: &Place) -> Result<Source, Failure> {
        let (state, actor, from) = if place.server.is_some() {
            let mut book = place.open()?;
            let actor = place.actor(&book)?;
            let empty = State::new(book.state.pack().clone());
            let state = std::mem::replace(&mut book.state, empty);
            (state, actor, From::Server { book: Box::new(book), page: VecDeque::new(), after: Position(0) })
        } else {
            let state = Book::glimpse(&place.store, &place.files)?;
            let actor = place.onlooker(&state)?;
            (state, actor, From::Journal(glimpse(&place.store).map_err(BookError::from)?.everything))
        };
        Ok(Source { state, actor, facts: Facts { from, unreadable: 0 } })
    }
}

impl Facts {
    /// The next one.
    pub(super) fn next(&mut self) -> Result<Option<Fact>, LogError> {
        while let Some(entry) = self.from.next()? {
            match entry.envelope.open(entry.received_ms) {
                Ok(fact) => return Ok(Some(fact)),
                Err(_) => self.unreadable += 1,
            }
        }
        Ok(None)
    }
}

impl From {
    fn next(&mut self) -> Result<Option<Entry>, LogError> {
        match self {
            From::Journal(tail) => tail.next().transpose(),
            From::Server { book, page, after } => {
                if page.is_empty() {
                    page.extend(book.store.read(Subtree::All, *after, PAGE)?);
                }
                let next = page.pop_front();
                *after = next.as_ref().map_or(*after, |entry| entry.position);
                Ok(next)
            }
        }
    }
}
