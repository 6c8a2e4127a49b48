//! Receipts: what was taken in is countersigned, all of a second in one fact, so that they cost next to nothing.
use std::time::{Duration, Instant};

use super::{Group, Keeper, after, custody::Then};
use crate::{
    grid::fact::{Body, Draft, Receipt, Received},
    log::Taken,
};

/// How long a fact waits for its receipt.
const EVERY: Duration = Duration::from_secs(1);
/// So many stretches fit into one fact with room to spare.
const MOST: usize = 128;

/// What was taken in and has no receipt yet.
#[derive(Debug, Default)]
pub(super) struct Receipts {
    of: Vec<Received>,
    due: Option<Instant>,
}

impl Receipts {
    /// Notes that a group of one chain is durable.
    pub(super) fn note(&mut self, group: &Group, taken: &Taken) {
        let (Some(first), Some(last)) = (group.first(), group.last()) else { return };
        let (from, to) = (first.id(), last.id());
        self.due.get_or_insert_with(|| after(EVERY));
        // The receipt of a second bears its last moment; never that of another day, and days begin with a minute everywhere.
        let minute = |ms: i64| ms.div_euclid(60_000);
        let same = |of: &&mut Received| {
            of.writer == from.writer && of.to + 1 == from.seq && minute(of.received_ms) == minute(taken.received_ms)
        };
        match self.of.iter_mut().find(same) {
            Some(of) => {
                (of.to, of.hash, of.received_ms) = (to.seq, last.hash(), taken.received_ms);
            }
            None => self.of.push(Received {
                writer: from.writer,
                from: from.seq,
                to: to.seq,
                hash: last.hash(),
                received_ms: taken.received_ms,
            }),
        }
    }

    /// What could not be written is given later.
    pub(super) fn put_back(&mut self, mut receipts: Vec<Received>) {
        receipts.append(&mut self.of);
        self.of = receipts;
        self.due = Some(after(EVERY));
    }

    fn is_due(&self) -> bool {
        self.of.len() >= MOST || self.due.is_some_and(|due| due <= after(Duration::ZERO))
    }
}

impl Keeper {
    /// When the next receipts are to be given; none while there is nothing to give one for.
    pub(super) fn receipts_due(&self) -> Option<Instant> {
        self.custody.as_ref()?.receipts.due
    }

    /// Gives receipts, if it is time.
    pub(super) fn give_receipts(&mut self) {
        if self.custody.as_ref().is_some_and(|custody| custody.receipts.is_due()) {
            self.give_last_receipts();
        }
    }

    /// Gives receipts for everything that has none.
    pub(super) fn give_last_receipts(&mut self) {
        let today = self.today();
        let Some(custody) = &mut self.custody else { return };
        let all = std::mem::take(&mut custody.receipts).of;
        for of in all.chunks(MOST) {
            let body = Body::Receipt(Receipt { of: of.to_vec() });
            let draft = Draft {
                occurred: today,
                by: None,
                at: None,
                subject: None,
                replaces: None,
                reason: None,
                effort: None,
                body,
            };
            self.write(vec![draft], Then::Given(of.to_vec()));
        }
    }
}
