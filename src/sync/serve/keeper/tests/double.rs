//! A log in memory that a test holds up.
use std::sync::{Arc, Condvar, Mutex, MutexGuard};

use crate::{
    grid::fact::WriterId,
    log::{
        Entry, Log, Position, Subtree,
        command::{Command, Owner, Span, Taken},
        memory::MemoryLog,
    },
};

type Hook = Box<dyn FnOnce() + Send>;

/// A log whose answers about one writer wait until they are let go.
pub(super) struct Double {
    inner: Mutex<Inner>,
    changed: Condvar,
}

struct Inner {
    log: MemoryLog,
    /// What is held up.
    slow: Option<(WriterId, Held)>,
    /// Whether nothing is read.
    unread: bool,
    waiting: Vec<Command>,
    /// The positions behind which was read.
    reads: Vec<Position>,
    /// What happens right behind the answer to the next append.
    hook: Option<Hook>,
}

/// Which commands about a writer wait.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Held {
    /// Where its chain ends.
    Heads,
    /// What is to be written into it.
    Appends,
}

/// The way of a store's handle to a [`Double`].
pub(super) struct Slow(pub(super) Arc<Double>);

impl Double {
    pub(super) fn over(log: MemoryLog) -> Arc<Double> {
        let inner = Inner { log, slow: None, unread: false, waiting: Vec::new(), reads: Vec::new(), hook: None };
        Arc::new(Double { inner: Mutex::new(inner), changed: Condvar::new() })
    }

    fn inner(&self) -> MutexGuard<'_, Inner> {
        self.inner.lock().unwrap()
    }

    /// From now on such commands about a writer wait; those that waited are carried out.
    pub(super) fn hold(&self, slow: Option<(WriterId, Held)>) {
        let mut inner = self.inner();
        inner.slow = slow;
        for command in std::mem::take(&mut inner.waiting) {
            match inner.holds(&command) {
                true => inner.waiting.push(command),
                false => inner.carry_out(command),
            }
        }
    }

    /// From now on nothing is read, or again, and what waited for it.
    pub(super) fn hold_reading(&self, is_held: bool) {
        self.inner().unread = is_held;
        let slow = self.inner().slow;
        self.hold(slow);
    }

    /// Waits until something is held up.
    pub(super) fn wait_until_held(&self, patience: std::time::Duration) {
        let guard = self.inner();
        let (guard, late) = self.changed.wait_timeout_while(guard, patience, |inner| inner.waiting.is_empty()).unwrap();
        assert!(!late.timed_out() && !guard.waiting.is_empty(), "nothing is held up");
    }

    /// The positions behind which was read since this was asked last.
    pub(super) fn reads(&self) -> Vec<Position> {
        std::mem::take(&mut self.inner().reads)
    }

    /// Every entry.
    pub(super) fn all(&self) -> Vec<Entry> {
        self.inner().log.read(&Subtree::All, Position(0), usize::MAX).unwrap()
    }

    /// What happens right behind the answer to the next append.
    pub(super) fn behind_next_append(&self, hook: impl FnOnce() + Send + 'static) {
        self.inner().hook = Some(Box::new(hook));
    }
}

impl Inner {
    fn holds(&self, command: &Command) -> bool {
        match (self.slow, command) {
            (Some((slow, Held::Heads)), Command::Head { writer, .. }) => *writer == slow,
            (Some((slow, Held::Appends)), Command::Append { envelopes, .. }) => {
                envelopes.first().is_some_and(|first| first.id().writer == slow)
            }
            (_, Command::Read { .. }) => self.unread,
            _ => false,
        }
    }

    fn carry_out(&mut self, command: Command) {
        match command {
            Command::Append { envelopes, expected, received_ms, reply } => {
                let positions = self.log.append(&envelopes, expected, received_ms);
                reply.send(positions.map(|positions| Taken { positions, received_ms }));
                if let Some(hook) = self.hook.take() {
                    hook();
                }
            }
            Command::Read { subtree, span: Span::After(after), limit, reply } => {
                self.reads.push(after);
                reply.send(self.log.read(&subtree, after, limit));
            }
            Command::Find { id, reply } => reply.send(self.log.find(id)),
            Command::Head { writer, reply } => reply.send(self.log.head(writer)),
            Command::Checkpoint { reply, .. } | Command::Close(reply) => reply.send(Ok(())),
            Command::Relay { entries, reply } => reply.send(self.log.relay(&entries)),
            Command::Tail { subtree, after, sender } => {
                let entries = self.log.tail(&subtree, after).unwrap();
                std::thread::spawn(move || entries.into_iter().try_for_each(|entry| sender.send(entry)));
            }
            // Nobody asks for the others here; dropping them answers that.
            Command::Read { .. } | Command::State { .. } | Command::OnNotice(_) => {}
        }
    }
}

impl Owner for Slow {
    fn take(&self, command: Command) {
        let mut inner = self.0.inner();
        match inner.holds(&command) {
            true => {
                inner.waiting.push(command);
                self.0.changed.notify_all();
            }
            false => inner.carry_out(command),
        }
    }
}
