//! Relaying: entries that another log has judged are written as they are.
use std::collections::{HashMap, HashSet};

use super::{journal::Batch, writer::Writer};
use crate::{
    grid::fact::FactId,
    log::{
        Entry, LogError,
        admit::admit_relayed,
        command::{Command, Reply, Taken},
    },
};

impl Writer {
    /// Takes in what another log has judged; the answer comes from [`Writer::commit`].
    pub(crate) fn relay(&mut self, entries: Vec<Entry>, reply: Reply<Vec<Entry>>) {
        if let Some(error) = self.out_of_order() {
            return reply.send(Err(error));
        }
        if !self.index_answers() {
            return self.wait_for_index(Command::Relay { entries, reply });
        }
        let new = match self.new_among(entries) {
            Ok(new) if new.is_empty() => return reply.send(Ok(new)),
            Ok(new) => new,
            Err(error) => return reply.send(Err(error)),
        };
        let envelopes = new.iter().map(|entry| (entry.envelope.clone(), entry.received_ms)).collect();
        let placed = move |taken: Taken| {
            let places = taken.positions.into_iter();
            new.into_iter().zip(places).map(|(entry, position)| Entry { position, ..entry }).collect()
        };
        let reply = Reply::new(move |taken: Result<Taken, LogError>| reply.send(taken.map(placed)));
        self.stage_batch(Batch { envelopes, relayed: true }, Vec::new(), reply);
        // The next look at the index must find them.
        self.commit();
    }

    fn new_among(&self, entries: Vec<Entry>) -> Result<Vec<Entry>, LogError> {
        let head = |writer| self.heads.get(&writer).copied().unwrap_or_default();
        if self.indexing.open().is_some() {
            return admit_relayed(entries, head, |id| self.look_up(id));
        }
        // Without an index, one walk through the journal answers for all.
        let names: HashSet<FactId> = entries.iter().map(|entry| entry.envelope.id()).collect();
        let mut known: HashMap<FactId, Entry> = HashMap::new();
        let mut reader = self.journal.read_after(crate::log::Position(0))?;
        while let Some((frame, _)) = reader.next_frame()? {
            if names.contains(&frame.envelope.id()) {
                known.insert(frame.envelope.id(), frame.into_entry());
            }
        }
        admit_relayed(entries, head, |id| Ok(known.get(&id).cloned()))
    }
}
