//! The index in the life of an open store: opened, compared with the journal, fed, made anew when it is no good.
use std::{
    cell::Cell,
    panic::{AssertUnwindSafe, catch_unwind},
};

use super::{
    error::is_full,
    index::{Index, IndexFault},
    index_open::{Opening, open},
    reader::Reader,
    writer::{Task, Writer},
};
use crate::log::{LogError, Notice, command::Command};

/// How many frames go into the index at once: an append waits for one slice at most.
const SLICE: usize = 4_000;
/// How often an index is made anew before it is given up until the next start.
const ATTEMPTS: u32 = 2;

/// When the index is opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum IndexAt {
    /// Right after the store. sled's threads then wake up seven times a second for as long as the process lives.
    Start,
    /// When something is asked that only the index can answer; until then it lags, and nothing wakes up when idle.
    #[default]
    FirstUse,
}

/// Where the index is.
pub(crate) struct Indexing {
    pub(crate) at: IndexAt,
    state: State,
    /// How often it has been opened in this life.
    attempt: u32,
    /// Whether a person was told that it is being made anew.
    told: bool,
    /// What a question found wrong with the open index; it is made anew after the answer.
    suspect: Cell<Option<IndexFault>>,
}

enum State {
    Closed,
    Opening,
    Open(Index),
    Lost,
}

impl Indexing {
    pub(crate) fn new(at: IndexAt) -> Indexing {
        Indexing { at, state: State::Closed, attempt: 0, told: false, suspect: Cell::new(None) }
    }

    /// The open index, if it is open.
    pub(crate) fn open(&self) -> Option<&Index> {
        match &self.state {
            State::Open(index) => Some(index),
            _ => None,
        }
    }

    /// Notes that the open index gave a wrong answer.
    pub(crate) fn suspect(&self, fault: IndexFault) {
        self.suspect.set(Some(fault));
    }

    /// Gives the open index away.
    pub(crate) fn take(&mut self) -> Option<Index> {
        match std::mem::replace(&mut self.state, State::Closed) {
            State::Open(index) => Some(index),
            _ => None,
        }
    }
}

impl Writer {
    pub(crate) fn begin_indexing(&mut self) {
        if self.indexing.at == IndexAt::Start {
            self.open_index(Opening::Existing);
        }
    }

    /// Whether there is something in the journal that the open index does not have yet, or someone to be answered.
    pub(crate) fn index_lags(&self) -> bool {
        let upto = self.journal.mark().position;
        let open = self.indexing.open();
        open.is_some_and(|index| index.mark().position < upto) || (self.index_answers() && !self.waiting.is_empty())
    }

    /// Whether a question can be answered now: by a complete index, or without one since there will be none.
    pub(crate) fn index_answers(&self) -> bool {
        match &self.indexing.state {
            State::Open(index) => index.mark().position == self.journal.mark().position,
            State::Lost => true,
            State::Closed | State::Opening => false,
        }
    }

    /// Keeps a command until the index is complete.
    pub(crate) fn wait_for_index(&mut self, command: Command) {
        self.waiting.push_back(command);
        if matches!(self.indexing.state, State::Closed) {
            self.open_index(Opening::Existing);
        }
    }

    fn open_index(&mut self, opening: Opening) {
        self.indexing.attempt += 1;
        let attempt = self.indexing.attempt;
        // Nobody holds the store any more: it is about to close.
        let Some(outbox) = self.outbox.upgrade() else { return };
        let done = move |outcome| {
            let _closed = outbox.0.send(Task::Opened(attempt, Box::new(outcome)));
        };
        self.indexing.state = State::Opening;
        if let Err(error) = open(self.dir.clone(), self.journal.store(), opening, done) {
            self.lose_index(error.to_string());
        }
    }

    pub(crate) fn index_opened(&mut self, attempt: u32, outcome: Result<Index, IndexFault>) {
        if attempt != self.indexing.attempt || !matches!(self.indexing.state, State::Opening) {
            return;
        }
        match outcome.and_then(|index| self.compare(index)) {
            Ok(index) => {
                self.indexing.state = State::Open(index);
                self.answer_waiting();
            }
            Err(fault) => self.index_failed(fault),
        }
    }

    /// Holds the index's last frame against the journal: this is what catches an index that opened empty or stale.
    fn compare(&self, index: Index) -> Result<Index, IndexFault> {
        let mark = index.mark();
        if mark.position.0 == 0 {
            return Ok(index);
        }
        if mark.position > self.journal.mark().position {
            return Err(IndexFault::Ahead(mark.position));
        }
        let before = crate::log::Position(mark.position.0 - 1);
        let mut reader = Reader::new(self.journal.folder(), mark.start, before, mark.position);
        match reader.next_frame() {
            Ok(Some((_, start))) if reader.mark(start) == Some(mark) => Ok(index),
            _ => Err(IndexFault::Mismatch),
        }
    }

    /// Puts the next slice of the journal into the index.
    pub(crate) fn feed_index(&mut self) {
        if let Some(fault) = self.indexing.suspect.take() {
            return self.index_failed(fault);
        }
        let upto = self.journal.mark().position;
        let State::Open(index) = &mut self.indexing.state else { return };
        let mark = index.mark();
        if mark.position < upto {
            let mut reader = Reader::new(self.journal.folder(), mark.end, mark.position, upto);
            let fed =
                catch_unwind(AssertUnwindSafe(|| feed(index, &mut reader, SLICE))).unwrap_or(Err(IndexFault::Panic));
            if let Err(fault) = fed {
                return self.index_failed(fault);
            }
        }
        self.answer_waiting();
    }

    fn answer_waiting(&mut self) {
        if !self.index_answers() {
            return;
        }
        if std::mem::take(&mut self.indexing.told) {
            self.notices.tell(Notice::IndexReady { upto: self.journal.mark().position });
        }
        for _ in 0..self.waiting.len() {
            if let Some(command) = self.waiting.pop_front() {
                self.handle(command);
            }
        }
        self.commit();
    }

    pub(crate) fn index_failed(&mut self, fault: IndexFault) {
        if let IndexFault::Ahead(index) = fault {
            self.notices.tell(Notice::IndexAhead { index, journal: self.journal.mark().position });
        }
        if is_no_room(&fault) || self.indexing.attempt > ATTEMPTS {
            return self.lose_index(fault.to_string());
        }
        self.notices.tell(Notice::IndexRebuilding { why: fault.to_string() });
        self.indexing.told = true;
        let old = self.indexing.take();
        self.open_index(Opening::Anew(old));
    }

    fn lose_index(&mut self, why: String) {
        self.indexing.state = State::Lost;
        self.indexing.told = false;
        self.notices.tell(Notice::IndexLost { why });
        self.answer_waiting();
    }
}

/// Puts the next frames of a reader into the index, `most` at most; the more at once, the less is written.
pub(crate) fn feed(index: &mut Index, reader: &mut Reader, most: usize) -> Result<(), IndexFault> {
    let mut frames = Vec::with_capacity(64);
    while frames.len() < most
        && let Some(found) = reader.next_frame().map_err(unreadable)?
    {
        frames.push(found);
    }
    match frames.last().and_then(|(_, start)| reader.mark(*start)) {
        Some(mark) => index.apply(&frames, mark),
        None => Ok(()),
    }
}

fn unreadable(error: LogError) -> IndexFault {
    IndexFault::Io(std::io::Error::other(error.to_string()))
}

fn is_no_room(fault: &IndexFault) -> bool {
    match fault {
        IndexFault::Io(error) | IndexFault::Sled(sled::Error::Io(error)) => is_full(error),
        _ => false,
    }
}
