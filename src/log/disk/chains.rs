//! Checking what devices signed and what the server gave receipts for, frame by frame.
use std::collections::{BTreeMap, BTreeSet};

use super::frame::Frame;
use crate::grid::fact::{Body, Envelope, Fact, FactId, Hash, Head, Received, WriterId};
use crate::log::Position;
use crate::words::t;

/// How far a device's chain is signed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ChainCheck {
    /// Whose.
    pub writer: WriterId,
    /// The last of its facts that is here.
    pub last: u64,
    /// The last one that a good signature covers; 0 where there is none.
    pub signed: u64,
    /// Whether its public key is known, from the facts or from the device's own file.
    pub known: bool,
}

/// What a month's facts amount to: the hash that goes on a signed report.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MonthHead {
    /// How many facts the server took in within the month.
    pub facts: u64,
    /// How many of the journal's facts are not counted in any month, since no receipt has come for them.
    pub open: u64,
    /// blake3 over (writer 16, seq u64 big-endian, hash 32) of each of them, in the order of their names: the same on
    /// every replica that holds all facts, in whatever order they came.
    pub hash: Hash,
}

/// A check under way.
#[derive(Default)]
pub(super) struct Chains {
    keys: BTreeMap<WriterId, [u8; 32]>,
    servers: BTreeSet<WriterId>,
    writers: BTreeMap<WriterId, Chain>,
    /// Signatures whose key has not come yet.
    pending: BTreeMap<WriterId, Vec<(Position, Envelope)>>,
    /// Receipts for facts that have not come yet.
    ahead: Vec<(Position, Received)>,
    /// Every fact with its time, where a month is asked for.
    all: Option<Vec<(FactId, Hash, i64)>>,
    taken: Vec<Received>,
    pub(super) signatures: u64,
    pub(super) receipts: u64,
    pub(super) problems: Vec<String>,
}

#[derive(Default)]
struct Chain {
    head: Head,
    signed: u64,
    last: u64,
    /// The hashes of what was not relayed, from the first fact on.
    hashes: Vec<Hash>,
}

impl Chains {
    /// Begins a check that knows a device's own key, and gathers what a month's head needs if one is asked for.
    pub(super) fn new(own: Option<[u8; 32]>, month: bool) -> Chains {
        let mut chains = Chains { all: month.then(Vec::new), ..Chains::default() };
        chains.keys.extend(own.map(|key| (WriterId::of_key(&key), key)));
        chains
    }

    /// Where the chains that are kept whole here end.
    pub(super) fn heads(&self) -> BTreeMap<WriterId, Head> {
        let whole = self.writers.iter().filter(|(_, chain)| chain.head.seq > 0);
        whole.map(|(writer, chain)| (*writer, chain.head)).collect()
    }

    pub(super) fn frame(&mut self, frame: &Frame, position: Position) {
        let (id, hash) = (frame.envelope.id(), frame.envelope.hash());
        let chain = self.writers.entry(id.writer).or_default();
        chain.last = chain.last.max(id.seq);
        if !frame.relayed {
            if id.seq != chain.head.seq + 1 || frame.envelope.previous() != chain.head.hash {
                self.problems.push(t!("log.verify.chain", position = position.0, id = id).into_owned());
            }
            chain.head = Head { seq: id.seq, hash };
            chain.hashes.push(hash);
        }
        match frame.envelope.open(frame.received_ms) {
            Ok(fact) => self.contents(&fact, position),
            Err(error) => self
                .problems
                .push(t!("log.verify.contents", position = position.0, id = id, error = error).into_owned()),
        }
        if let Some(all) = &mut self.all {
            all.push((id, hash, frame.received_ms));
        }
        if frame.envelope.signature().is_some() {
            self.signatures += 1;
            match self.keys.get(&id.writer).copied() {
                Some(key) => self.signature(&key, position, &frame.envelope),
                None => self.pending.entry(id.writer).or_default().push((position, frame.envelope.clone())),
            }
        }
    }

    fn contents(&mut self, fact: &Fact, position: Position) {
        match &fact.draft.body {
            Body::StoreOpened(opened) => {
                self.servers.insert(fact.id.writer);
                if let Ok(key) = <[u8; 32]>::try_from(opened.key.as_slice()) {
                    self.key(key);
                }
            }
            Body::Enrolled(enrolled) => self.key(enrolled.key),
            Body::Receipt(receipt) if self.servers.contains(&fact.id.writer) => {
                receipt.of.iter().for_each(|taken| self.receipt(position, taken));
            }
            _ => {}
        }
    }

    /// Takes in a device's key, and looks at what waited for it. A name follows from its key, so none can be put in its
    /// place.
    fn key(&mut self, key: [u8; 32]) {
        let writer = WriterId::of_key(&key);
        self.keys.insert(writer, key);
        for (position, envelope) in self.pending.remove(&writer).unwrap_or_default() {
            self.signature(&key, position, &envelope);
        }
    }

    fn signature(&mut self, key: &[u8; 32], position: Position, envelope: &Envelope) {
        let id = envelope.id();
        if !envelope.is_signed_by(key) {
            return self.problems.push(t!("log.verify.signature", position = position.0, id = id).into_owned());
        }
        let chain = self.writers.entry(id.writer).or_default();
        chain.signed = chain.signed.max(id.seq);
    }

    fn receipt(&mut self, position: Position, taken: &Received) {
        self.receipts += 1;
        if self.all.is_some() {
            self.taken.push(taken.clone());
        }
        let hashes = self.writers.get(&taken.writer).map(|chain| &chain.hashes);
        let at = usize::try_from(taken.to).ok().and_then(|to| to.checked_sub(1));
        match at.and_then(|at| hashes?.get(at)) {
            Some(hash) if *hash == taken.hash => {}
            Some(_) => self.wrong_receipt(position, taken),
            // Of a chain that has gaps here, the last fact may be one that is not.
            None => self.ahead.push((position, taken.clone())),
        }
    }

    fn wrong_receipt(&mut self, position: Position, taken: &Received) {
        let id = FactId { writer: taken.writer, seq: taken.to };
        self.problems.push(t!("log.verify.receipt", position = position.0, id = id).into_owned());
    }

    /// Ends the check: how far each chain is signed.
    pub(super) fn finish(&mut self) -> Vec<ChainCheck> {
        for (position, taken) in std::mem::take(&mut self.ahead) {
            let hashes = self.writers.get(&taken.writer).map(|chain| chain.hashes.as_slice()).unwrap_or_default();
            let at = usize::try_from(taken.to).ok().and_then(|to| to.checked_sub(1));
            match at.and_then(|at| hashes.get(at)) {
                Some(hash) if *hash == taken.hash => {}
                // A chain that is kept whole here lacks what the server gave a receipt for.
                None if hashes.is_empty() => {}
                _ => self.wrong_receipt(position, &taken),
            }
        }
        let told = |(writer, chain): (&WriterId, &Chain)| ChainCheck {
            writer: *writer,
            last: chain.last,
            signed: chain.signed,
            known: self.keys.contains_key(writer),
        };
        self.writers.iter().map(told).collect()
    }

    /// The head of the time from `from_ms` up to, not including, `to_ms`.
    pub(super) fn month(&mut self, (from_ms, to_ms): (i64, i64)) -> Option<MonthHead> {
        let mut taken: BTreeMap<WriterId, Vec<&Received>> = BTreeMap::new();
        self.taken.iter().for_each(|of| taken.entry(of.writer).or_default().push(of));
        let received = |id: &FactId, entered_ms: i64| {
            if self.servers.contains(&id.writer) {
                return Some(entered_ms);
            }
            let own = taken.get(&id.writer)?.iter().filter(|of| (of.from..=of.to).contains(&id.seq));
            own.map(|of| of.received_ms).min()
        };
        let mut all = self.all.take()?;
        let open = all.iter().filter(|(id, _, entered_ms)| received(id, *entered_ms).is_none()).count() as u64;
        all.retain(|(id, _, entered_ms)| received(id, *entered_ms).is_some_and(|ms| (from_ms..to_ms).contains(&ms)));
        all.sort_unstable_by_key(|(id, ..)| *id);
        let mut hasher = blake3::Hasher::new();
        for (id, hash, _) in &all {
            hasher.update(&id.writer.0).update(&id.seq.to_be_bytes()).update(&hash.0);
        }
        Some(MonthHead { facts: all.len() as u64, open, hash: Hash(*hasher.finalize().as_bytes()) })
    }
}
