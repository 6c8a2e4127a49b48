//! Telling everybody what is new, not oftener than it pays: the first at once, what comes meanwhile together.
//!
//! Every message to a client wakes two threads and costs as much as judging a fact. Whoever is told a hundred times a second
//! sees others' work as soon as whoever is told five thousand times.
use std::{
    collections::BTreeMap,
    time::{Duration, Instant},
};

use super::{Keeper, after, fitting, sight::Seen};
use crate::{
    log::Entry,
    sync::{
        Message,
        message::{Carried, Tell},
        serve::outbox::Told,
    },
};

/// How long one client's message keeps the others from theirs, generously reckoned; so long for each of them, telling
/// leaves the processor to those who record.
const EACH: Duration = Duration::from_micros(100);
/// The longest that anybody waits for others' news.
const LONGEST: Duration = Duration::from_millis(100);

/// What is to be told to everybody, and when.
#[derive(Default)]
pub(super) struct Fanout {
    waiting: Vec<Seen>,
    /// When it may be told; none where nobody was told anything lately.
    due: Option<Instant>,
}

impl Keeper {
    /// When what waits is to be told; none while nothing waits.
    pub(super) fn telling_due(&self) -> Option<Instant> {
        self.fanout.due.filter(|_| !self.fanout.waiting.is_empty())
    }

    /// Keeps what is new until it is told.
    ///
    /// The receipts that this server gives are no news: what they are for came with its moment. One of a second names
    /// everybody who recorded in it, and a hundred desks that wake for it at once keep those waiting who press a key. Whoever
    /// comes anew has them in their state. Those that a laptop pulls from its server say when others took its facts in, and
    /// its windows hear of them.
    pub(super) fn tell_later(&mut self, new: Vec<Seen>) {
        let own = self.custody.as_ref().map(|_| self.common.served.writer);
        let is_given = |entry: &Entry| {
            Some(entry.envelope.id().writer) == own && entry.envelope.about().is_some_and(|about| about.is_receipt())
        };
        self.fanout.waiting.extend(new.into_iter().filter(|(entry, _)| !is_given(entry)));
    }

    /// Tells what waits, if it is time.
    pub(super) fn tell_if_due(&mut self) {
        if self.fanout.due.is_none_or(|due| due <= after(Duration::ZERO)) {
            self.tell_now();
        }
    }

    /// Tells what waits.
    pub(super) fn tell_now(&mut self) {
        let new = std::mem::take(&mut self.fanout.waiting);
        if new.is_empty() {
            return;
        }
        let mut rest = &new[..];
        while !rest.is_empty() {
            let (now, later) = rest.split_at(fitting(rest.iter().map(|(entry, _)| entry)));
            rest = later;
            self.tell_all(now);
        }
        let listeners = self.clients.values().filter(|client| client.live).count();
        let apart = EACH * u32::try_from(listeners).unwrap_or(u32::MAX);
        self.fanout.due = Some(after(apart.min(LONGEST)));
    }

    /// Tells everybody the entries that they may see, one frame for all who may see the same.
    fn tell_all(&self, new: &[Seen]) {
        let upto = new.last().map_or(0, |(last, _)| last.position.0);
        let mut frames: BTreeMap<Option<&str>, Option<Told>> = BTreeMap::new();
        for client in self.clients.values().filter(|client| client.live) {
            let is_part = self.sights.of(&client.who).is_some();
            let person = client.who.person.as_deref().filter(|_| is_part);
            let frame = frames.entry(person).or_insert_with(|| {
                let sees = |(_, seen): &&Seen| person.is_none_or(|person| seen.iter().any(|one| **one == *person));
                let entries: Vec<Carried> = new.iter().filter(sees).map(|(entry, _)| Carried::from(entry)).collect();
                (!entries.is_empty()).then(|| Tell::Entries { upto, entries }.to_frame().ok().map(Told::new)).flatten()
            });
            if let Some(frame) = frame {
                client.outbox.frame(frame);
            }
        }
    }
}
