//! A log in memory: nothing outlives it.
use std::{
    collections::HashMap,
    sync::mpsc::{self, Receiver, Sender},
};

use super::{
    Entry, Log, LogError, Position, Subtree,
    admit::{admit, admit_relayed},
};
use crate::grid::fact::{Envelope, FactId, Head, WriterId};

/// A log in memory, for tests and throw-away views. "Durable" here means: until it is dropped.
#[derive(Debug, Default)]
pub struct MemoryLog {
    entries: Vec<Entry>,
    places: HashMap<FactId, usize>,
    heads: HashMap<WriterId, Head>,
    tails: std::sync::Mutex<Vec<(Subtree, Sender<Entry>)>>,
}

impl MemoryLog {
    /// An empty log.
    pub fn new() -> MemoryLog {
        MemoryLog::default()
    }

    fn push(&mut self, received_ms: i64, envelope: Envelope) -> Entry {
        let entry = Entry { position: Position(self.entries.len() as u64 + 1), received_ms, envelope };
        self.places.insert(entry.envelope.id(), self.entries.len());
        self.tell(&entry);
        self.entries.push(entry.clone());
        entry
    }

    fn tell(&self, entry: &Entry) {
        let mut tails = self.tails.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        tails.retain(|(subtree, tail)| !subtree.holds(&entry.envelope) || tail.send(entry.clone()).is_ok());
    }
}

impl Log for MemoryLog {
    fn append(&mut self, envelopes: &[Envelope], expected: Head, received_ms: i64) -> Result<Vec<Position>, LogError> {
        let Some(first) = envelopes.first() else { return Ok(Vec::new()) };
        let writer = first.id().writer;
        let found = self.head(writer)?;
        let admission = admit(envelopes, expected, found, |id| self.find(id))?;
        let mut positions = admission.known;
        for envelope in &envelopes[positions.len()..] {
            positions.push(self.push(received_ms, envelope.clone()).position);
        }
        self.heads.insert(writer, admission.head);
        Ok(positions)
    }

    fn read(&self, subtree: &Subtree, after: Position, limit: usize) -> Result<Vec<Entry>, LogError> {
        let rest = self.entries.iter().skip(usize::try_from(after.0).unwrap_or(usize::MAX));
        Ok(rest.filter(|e| subtree.holds(&e.envelope)).take(limit).cloned().collect())
    }

    fn tail(&self, subtree: &Subtree, after: Position) -> Result<Receiver<Entry>, LogError> {
        let (send, receive) = mpsc::channel();
        for entry in self.read(subtree, after, usize::MAX)? {
            let _open = send.send(entry);
        }
        self.tails.lock().unwrap_or_else(std::sync::PoisonError::into_inner).push((subtree.clone(), send));
        Ok(receive)
    }

    fn relay(&mut self, entries: &[Entry]) -> Result<Vec<Entry>, LogError> {
        let head = |writer| self.heads.get(&writer).copied().unwrap_or_default();
        let new = admit_relayed(entries.to_vec(), head, |id| self.find(id))?;
        Ok(new.into_iter().map(|entry| self.push(entry.received_ms, entry.envelope)).collect())
    }

    fn find(&self, id: FactId) -> Result<Option<Entry>, LogError> {
        Ok(self.places.get(&id).and_then(|at| self.entries.get(*at)).cloned())
    }

    fn head(&self, writer: WriterId) -> Result<Head, LogError> {
        Ok(self.heads.get(&writer).copied().unwrap_or_default())
    }
}
