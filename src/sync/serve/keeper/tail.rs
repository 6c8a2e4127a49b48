//! What is new: the state follows it, and everybody is told.
use std::{collections::VecDeque, sync::mpsc::RecvError, thread};

use super::{Event, Keeper, ROWS, fitting};
use crate::{
    grid::fact::{Envelope, Fact, FactId},
    log::{Entry, Position, Subtree, Taken},
    sync::{
        Message,
        message::{Carried, Tell},
    },
};

/// How many entries are read at once where all are folded again.
const PAGE: usize = 2048;
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

    /// The state follows what is new, and everybody hears of it.
    pub(super) fn follow(&mut self, new: Vec<Entry>) {
        let Some(kept) = &mut self.kept else { return };
        // An append that was partly there before names its old places as well.
        let new: Vec<Entry> = new.into_iter().filter(|entry| entry.position > kept.position).collect();
        let mut again = false;
        for entry in &new {
            if let Ok(fact) = entry.envelope.open(entry.received_ms) {
                again |= kept.state.apply(&fact).again;
            }
            kept.position = entry.position;
        }
        if again {
            self.fold_again();
        }
        let mut rest = &new[..];
        while !rest.is_empty() {
            let (now, later) = rest.split_at(fitting(rest));
            rest = later;
            let Ok(frame) = entries(now).to_frame() else { continue };
            let live = self.clients.values().filter(|client| client.live);
            live.for_each(|client| client.outbox.frame(&frame));
        }
        new.into_iter().for_each(|entry| self.recent.push(entry));
        self.save_in_use();
    }

    /// Folds everything again, where a fact says that earlier ones count otherwise than they were folded.
    fn fold_again(&mut self) {
        let Some(kept) = &mut self.kept else { return };
        let mut state = kept.state.afresh();
        let mut done = Position(0);
        while let Ok(entries) = self.common.served.store.read(Subtree::All, done, PAGE) {
            let here = entries.iter().take_while(|entry| entry.position <= kept.position);
            here.filter_map(|entry| entry.envelope.open(entry.received_ms).ok())
                .for_each(|fact| drop(state.apply(&fact)));
            match entries.last() {
                Some(last) if last.position < kept.position => done = last.position,
                _ => break,
            }
        }
        kept.state = state;
        self.states.forget();
    }

    /// Tells a client from now on, and first what it has missed.
    pub(super) fn tail(&mut self, from: u64, after: u64) {
        let Some(client) = self.clients.get_mut(&from) else { return };
        let Some(missed) = self.recent.after(after) else { return client.outbox.tell(&Tell::Behind) };
        client.live = true;
        let missed: Vec<Entry> = missed.cloned().collect();
        let mut rest = &missed[..];
        while !rest.is_empty() {
            let (now, later) = rest.split_at(fitting(rest));
            rest = later;
            client.outbox.tell(&entries(now));
        }
    }
}

fn entries(entries: &[Entry]) -> Tell {
    let upto = entries.last().map_or(0, |last| last.position.0);
    Tell::Entries { upto, entries: entries.iter().map(Carried::from).collect() }
}
