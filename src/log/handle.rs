//! The way to an open store, in this process or in another one.
use std::{
    sync::{
        Arc,
        mpsc::{self, Receiver},
    },
    time::Duration,
};

use super::{
    Entry, Log, LogError, Notice, Position, Subtree,
    command::{Command, Owner, Reply, Span, Taken, gone},
};
use crate::grid::fact::{Envelope, FactId, Head, WriterId};
use crate::words::t;

/// How long [`StoreHandle::close`] waits.
const PATIENCE: Duration = Duration::from_secs(3);

/// The way to an open store. Clones lead to the same one; it closes when it is told to, or when the last is gone.
///
/// Replies are called once each, on the owner's thread: they hand the result on and return at once.
#[derive(Clone)]
pub struct StoreHandle {
    owner: Arc<dyn Owner>,
}

impl StoreHandle {
    pub(crate) fn new(owner: Arc<dyn Owner>) -> StoreHandle {
        StoreHandle { owner }
    }

    /// Hands a command on.
    pub(crate) fn send(&self, command: Command) {
        self.owner.take(command);
    }

    fn ask<T: Send + 'static>(&self, command: impl FnOnce(Reply<T>) -> Command) -> Result<T, LogError> {
        let (send, receive) = mpsc::channel();
        self.send(command(Reply::new(move |result| {
            let _left = send.send(result);
        })));
        receive.recv().unwrap_or_else(|_| Err(gone()))
    }

    /// Takes in envelopes of one writer as [`Log::append`] does; `reply` is called when they are durable or refused.
    pub fn append_async(
        &self,
        envelopes: Vec<Envelope>,
        expected: Head,
        received_ms: i64,
        reply: impl FnOnce(Result<Taken, LogError>) + Send + 'static,
    ) {
        self.send(Command::Append { envelopes, expected, received_ms, reply: Reply::new(reply) });
    }

    /// [`StoreHandle::append_async`], and waits.
    pub fn take_in(&self, envelopes: Vec<Envelope>, expected: Head, received_ms: i64) -> Result<Taken, LogError> {
        self.ask(|reply| Command::Append { envelopes, expected, received_ms, reply })
    }

    /// See [`Log::append`]; waits until it is durable.
    pub fn append(
        &self,
        envelopes: Vec<Envelope>,
        expected: Head,
        received_ms: i64,
    ) -> Result<Vec<Position>, LogError> {
        self.take_in(envelopes, expected, received_ms).map(|taken| taken.positions)
    }

    /// [`StoreHandle::relay`]; `reply` is called when it is durable or refused.
    pub fn relay_async(&self, entries: Vec<Entry>, reply: impl FnOnce(Result<Vec<Entry>, LogError>) + Send + 'static) {
        self.send(Command::Relay { entries, reply: Reply::new(reply) });
    }

    /// Takes in what another log has judged, as [`Log::relay`] does; waits until it is durable.
    pub fn relay(&self, entries: Vec<Entry>) -> Result<Vec<Entry>, LogError> {
        self.ask(|reply| Command::Relay { entries, reply })
    }

    /// Reads up to `limit` entries after `after`, oldest first.
    pub fn read_async(
        &self,
        subtree: Subtree,
        after: Position,
        limit: usize,
        reply: impl FnOnce(Result<Vec<Entry>, LogError>) + Send + 'static,
    ) {
        self.send(Command::Read { subtree, span: Span::After(after), limit, reply: Reply::new(reply) });
    }

    /// Reads a stretch of either order.
    pub(crate) fn read_span_async(
        &self,
        subtree: Subtree,
        span: Span,
        limit: usize,
        reply: impl FnOnce(Result<Vec<Entry>, LogError>) + Send + 'static,
    ) {
        self.send(Command::Read { subtree, span, limit, reply: Reply::new(reply) });
    }

    /// [`StoreHandle::read_async`], and waits.
    pub fn read(&self, subtree: Subtree, after: Position, limit: usize) -> Result<Vec<Entry>, LogError> {
        self.ask(|reply| Command::Read { subtree, span: Span::After(after), limit, reply })
    }

    /// Reads up to `limit` entries before `before`, newest first; `Position(u64::MAX)` begins at the end.
    pub fn read_back_async(
        &self,
        subtree: Subtree,
        before: Position,
        limit: usize,
        reply: impl FnOnce(Result<Vec<Entry>, LogError>) + Send + 'static,
    ) {
        self.send(Command::Read { subtree, span: Span::Before(before), limit, reply: Reply::new(reply) });
    }

    /// [`StoreHandle::read_back_async`], and waits.
    pub fn read_back(&self, subtree: Subtree, before: Position, limit: usize) -> Result<Vec<Entry>, LogError> {
        self.ask(|reply| Command::Read { subtree, span: Span::Before(before), limit, reply })
    }

    /// Looks one fact up by its name.
    pub fn find_async(&self, id: FactId, reply: impl FnOnce(Result<Option<Entry>, LogError>) + Send + 'static) {
        self.send(Command::Find { id, reply: Reply::new(reply) });
    }

    /// [`StoreHandle::find_async`], and waits.
    pub fn find(&self, id: FactId) -> Result<Option<Entry>, LogError> {
        self.ask(|reply| Command::Find { id, reply })
    }

    /// Where a writer's chain stands.
    pub fn head_async(&self, writer: WriterId, reply: impl FnOnce(Result<Head, LogError>) + Send + 'static) {
        self.send(Command::Head { writer, reply: Reply::new(reply) });
    }

    /// [`StoreHandle::head_async`], and waits.
    pub fn head(&self, writer: WriterId) -> Result<Head, LogError> {
        self.ask(|reply| Command::Head { writer, reply })
    }

    /// The entries of `subtree` after `after`, then each new one; see [`Log::tail`]. The channel has no bound.
    pub fn tail(&self, subtree: Subtree, after: Position) -> Receiver<Entry> {
        let (sender, receiver) = mpsc::channel();
        self.send(Command::Tail { subtree, after, sender });
        receiver
    }

    /// Saves the caller's state as it was at `position`, and makes the index durable. Appends go on meanwhile.
    pub fn checkpoint_async(
        &self,
        state: Vec<u8>,
        position: Position,
        reply: impl FnOnce(Result<(), LogError>) + Send + 'static,
    ) {
        self.send(Command::Checkpoint { payload: state, position, reply: Reply::new(reply) });
    }

    /// [`StoreHandle::checkpoint_async`], and waits.
    pub fn checkpoint(&self, state: Vec<u8>, position: Position) -> Result<(), LogError> {
        self.ask(|reply| Command::Checkpoint { payload: state, position, reply })
    }

    /// The state of what may be seen here and the position up to which it counts, where another process has the store.
    pub(crate) fn state_async(&self, reply: impl FnOnce(Result<(Vec<u8>, Position), LogError>) + Send + 'static) {
        self.send(Command::State { reply: Reply::new(reply) });
    }

    /// Hears of everything that a person should know from now on, and of what came up before.
    pub fn on_notice(&self, listener: impl FnMut(Notice) + Send + 'static) {
        self.send(Command::OnNotice(Box::new(listener)));
    }

    /// Ends what is under way and closes the store; other clones then get errors. Gives up after three seconds.
    pub fn close(self) -> Result<(), LogError> {
        let (send, receive) = mpsc::channel();
        self.send(Command::Close(Reply::new(move |result| {
            let _left = send.send(result);
        })));
        receive
            .recv_timeout(PATIENCE)
            .unwrap_or_else(|_| Err(LogError::Unavailable(t!("log.error.slow_close").into_owned())))
    }
}

/// An open store as a [`Log`] whose methods wait.
pub struct StoreLog(
    /// The open store.
    pub StoreHandle,
);

impl Log for StoreLog {
    fn append(&mut self, envelopes: &[Envelope], expected: Head, received_ms: i64) -> Result<Vec<Position>, LogError> {
        self.0.append(envelopes.to_vec(), expected, received_ms)
    }

    fn read(&self, subtree: &Subtree, after: Position, limit: usize) -> Result<Vec<Entry>, LogError> {
        self.0.read(subtree.clone(), after, limit)
    }

    fn pages(&self, subtree: &Subtree, limit: usize, take: &mut dyn FnMut(Vec<Entry>)) -> Result<(), LogError> {
        let ask = |after| {
            let (send, receive) = mpsc::channel();
            self.0.read_async(subtree.clone(), after, limit, move |page| {
                let _left = send.send(page);
            });
            receive
        };
        let mut next = Some(ask(Position(0)));
        while let Some(page) = next {
            let entries = page.recv().unwrap_or_else(|_| Err(gone()))?;
            next = entries.last().filter(|_| entries.len() == limit).map(|last| ask(last.position));
            take(entries);
        }
        Ok(())
    }

    fn tail(&self, subtree: &Subtree, after: Position) -> Result<Receiver<Entry>, LogError> {
        Ok(self.0.tail(subtree.clone(), after))
    }

    fn relay(&mut self, entries: &[Entry]) -> Result<Vec<Entry>, LogError> {
        self.0.relay(entries.to_vec())
    }

    fn find(&self, id: FactId) -> Result<Option<Entry>, LogError> {
        self.0.find(id)
    }

    fn head(&self, writer: WriterId) -> Result<Head, LogError> {
        self.0.head(writer)
    }
}
