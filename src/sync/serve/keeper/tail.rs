//! What is new: the state follows it, and everybody is told.
use std::{collections::VecDeque, sync::mpsc::RecvError, thread};

use super::{Event, Keeper, ROWS, fitting};
use crate::{
    grid::fact::{Envelope, Fact, FactId},
    log::{Entry, Position, Subtree, Taken},
    sync::message::{Carried, Tell},
};

/// So many entries are kept for those who come or come back; who is further behind reads the log.
const RECENT: usize = 4096;

/// The newest entries, without a gap.
#[derive(Default)]
pub(super) struct Recent {
    /// The position before the first.
    before: u64,
    entries: VecDeque<Entry>,
}

impl Recent {
    pub(super) fn from(position: Position) -> Recent {
        Recent { before: position.0, entries: VecDeque::new() }
    }

    fn push(&mut self, entry: Entry) {
        self.entries.push_back(entry);
        if self.entries.len() > RECENT {
            self.before += 1;
            self.entries.pop_front();
        }
    }

    /// The entries after a position; none where they do not reach so far back.
    fn after(&self, position: u64) -> Option<impl Iterator<Item = &Entry>> {
        let skip = usize::try_from(position.checked_sub(self.before)?).ok()?;
        Some(self.entries.iter().skip(skip))
    }

    /// A fact that is here.
    pub(super) fn fact(&self, id: FactId) -> Option<Fact> {
        let entry = self.entries.iter().rfind(|entry| entry.envelope.id() == id)?;
        entry.envelope.open(entry.received_ms).ok()
    }

    /// What became of an append of exactly these envelopes, if all of them are here.
    pub(super) fn known(&self, envelopes: &[Envelope]) -> Option<Taken> {
        let first = envelopes.first()?;
        let at = self.entries.iter().rposition(|entry| entry.envelope.id() == first.id())?;
        let found: Vec<&Entry> = self.entries.iter().skip(at).take(envelopes.len()).collect();
        let same = found.len() == envelopes.len() && found.iter().zip(envelopes).all(|(e, own)| e.envelope == *own);
        same.then(|| Taken {
            positions: found.iter().map(|entry| entry.position).collect(),
            received_ms: found[0].received_ms,
        })
    }
}

impl Keeper {
    /// Hears from the store what comes after a position, whoever puts it there.
    pub(super) fn listen(&self, after: Position) {
        let (entries, inbox) = (self.common.served.store.tail(Subtree::All, after), self.common.inbox.clone());
        let work = move || {
            let heard = || -> Result<Vec<Entry>, RecvError> {
                let first = entries.recv()?;
                Ok(std::iter::once(first).chain(entries.try_iter().take(ROWS)).collect())
            };
            while let Ok(entries) = heard() {
                if inbox.send(Event::Came(entries)).is_err() {
                    return;
                }
            }
        };
        // Without the thread nothing is told; what is asked is still answered.
        let _spawned = thread::Builder::new().name("wangge-follow".to_owned()).spawn(work);
    }

    /// The state follows what is new; everybody hears of it soon who may see it.
    pub(super) fn follow(&mut self, new: Vec<Entry>) {
        let position = self.position();
        // An append that was partly there before names its old places as well.
        let new: Vec<Entry> = new.into_iter().filter(|entry| entry.position.0 > position).collect();
        new.iter().for_each(|entry| self.recent.push(entry.clone()));
        let new = self.fold(new);
        self.recognise_again(&new);
        self.tell_later(new);
        self.look_again();
        self.save_in_use();
    }

    /// Tells a client from now on, and first what it has missed.
    pub(super) fn tail(&mut self, from: u64, after: u64) {
        // What waits to be told is among what was missed.
        self.tell_now();
        let Some(client) = self.clients.get(&from) else { return };
        let Some(missed) = self.recent.after(after) else { return client.outbox.tell(&Tell::Behind) };
        let missed: Vec<&Entry> = missed.filter(|entry| self.sees(client, entry)).collect();
        let mut rest = &missed[..];
        while !rest.is_empty() {
            let (now, later) = rest.split_at(fitting(rest.iter().copied()));
            rest = later;
            let upto = now.last().map_or(0, |last| last.position.0);
            client
                .outbox
                .tell(&Tell::Entries { upto, entries: now.iter().map(|entry| Carried::from(*entry)).collect() });
        }
        let is_first = self.clients.get_mut(&from).is_some_and(|client| !std::mem::replace(&mut client.live, true));
        if is_first {
            self.remind(from);
        }
    }
}
