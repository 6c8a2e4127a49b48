//! From entries to bytes.
use std::{collections::HashMap, io::Write};

use flate2::{Compression, write::DeflateEncoder};

use super::{
    FIXED, FOLLOWS, SIGNED,
    numbers::{put, put_signed},
    payload,
};
use crate::{
    grid::fact::{Envelope, Hash, Head, WriterId},
    log::Entry,
};

/// How many bytes each part of a batch takes.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Parts {
    /// Names of writers.
    pub writers: usize,
    /// Hashes that could not be reckoned.
    pub hashes: usize,
    /// Signatures.
    pub signatures: usize,
    /// The columns of names, times and payloads, before they are deflated.
    pub plain: usize,
    /// The same, deflated.
    pub packed: usize,
}

/// The columns of a batch under way.
struct Columns {
    writers: Vec<WriterId>,
    whose: Vec<u8>,
    seqs: Vec<u8>,
    flags: Vec<u8>,
    hashes: Vec<u8>,
    signatures: Vec<u8>,
}

/// The entries of a batch as bytes. They are at most [`super::MOST`], and [`super::cut`] says how many fit.
///
/// Of the signatures only those travel that no later one in the batch covers.
pub fn encode(entries: &[Entry]) -> Vec<u8> {
    let (version, columns, plain, packed) = pack(entries);
    let raw =
        [columns.writers.iter().flat_map(|writer| writer.0).collect(), columns.hashes, columns.signatures].concat();
    let mut out = vec![version];
    put(&mut out, entries.len() as u64);
    put(&mut out, raw.len() as u64);
    put(&mut out, plain as u64);
    out.extend_from_slice(&raw);
    out.extend_from_slice(&packed);
    out
}

/// What [`encode`] makes of the entries, part by part.
pub fn parts(entries: &[Entry]) -> Parts {
    let (_, columns, plain, packed) = pack(entries);
    Parts {
        writers: columns.writers.len() * 16,
        hashes: columns.hashes.len(),
        signatures: columns.signatures.len(),
        plain,
        packed: packed.len(),
    }
}

/// The version, the columns, how long the plain part is, and the plain part deflated.
fn pack(entries: &[Entry]) -> (u8, Columns, usize, Vec<u8>) {
    let columns = Columns::of(entries);
    let mut plain = Vec::with_capacity(entries.len() * 96);
    put(&mut plain, columns.writers.len() as u64);
    [&columns.whose, &columns.seqs, &columns.flags].iter().for_each(|column| plain.extend_from_slice(column));
    let mut before = 0_u64;
    for entry in entries {
        put_signed(&mut plain, entry.position.0.wrapping_sub(before).wrapping_sub(1) as i64);
        before = entry.position.0;
    }
    let mut before = 0_i64;
    for entry in entries {
        let recorded = entry.envelope.recorded_ms();
        put_signed(&mut plain, recorded.wrapping_sub(before));
        before = recorded;
    }
    received(entries, &mut plain);
    let version = payload::write(entries.iter().map(|entry| &entry.envelope.bytes()[FIXED..]), &mut plain);
    let packed = deflate(&plain);
    (version, columns, plain.len(), packed)
}

/// When entries were taken in: as the span from their recording, or from the entry before, whichever is shorter.
fn received(entries: &[Entry], out: &mut Vec<u8>) {
    let (mut from_recorded, mut from_before) = (vec![0], vec![1]);
    let mut before = 0_i64;
    for entry in entries {
        put_signed(&mut from_recorded, entry.received_ms.wrapping_sub(entry.envelope.recorded_ms()));
        put_signed(&mut from_before, entry.received_ms.wrapping_sub(before));
        before = entry.received_ms;
    }
    out.extend(if from_recorded.len() <= from_before.len() { from_recorded } else { from_before });
}

fn deflate(plain: &[u8]) -> Vec<u8> {
    let mut encoder = DeflateEncoder::new(Vec::with_capacity(plain.len() / 3), Compression::best());
    match encoder.write_all(plain).and_then(|()| encoder.finish()) {
        Ok(packed) => packed,
        // Writing into a Vec has no error of its own.
        Err(never) => unreachable!("{never}"),
    }
}

impl Columns {
    fn of(entries: &[Entry]) -> Columns {
        let (whose, seqs, flags) = (Vec::new(), Vec::new(), Vec::new());
        let (hashes, signatures) = (Vec::new(), Vec::new());
        let mut columns = Columns { writers: Vec::new(), whose, seqs, flags, hashes, signatures };
        let mut heads: HashMap<WriterId, (usize, Head)> = HashMap::new();
        let covered = covered(entries);
        for (entry, covered) in entries.iter().zip(covered) {
            let envelope = &entry.envelope;
            let id = envelope.id();
            let (at, head) = heads.entry(id.writer).or_insert_with(|| {
                columns.writers.push(id.writer);
                (columns.writers.len() - 1, Head::default())
            });
            put(&mut columns.whose, *at as u64);
            put_signed(&mut columns.seqs, id.seq.wrapping_sub(head.seq).wrapping_sub(1) as i64);
            let follows = envelope.previous() == head.hash;
            if !follows {
                columns.hashes.extend_from_slice(&envelope.previous().0);
            }
            let signature = envelope.signature().filter(|_| !covered);
            columns.signatures.extend(signature.into_iter().flatten());
            columns.flags.push(if follows { FOLLOWS } else { 0 } | if signature.is_some() { SIGNED } else { 0 });
            *head = Head { seq: id.seq, hash: envelope.hash() };
        }
        columns
    }
}

/// Of every entry, whether a later one that follows it without a gap carries a signature.
fn covered(entries: &[Entry]) -> Vec<bool> {
    // Backwards: what the next envelope of a writer names as the one before it, if that is covered or signed.
    let mut wanted: HashMap<WriterId, Hash> = HashMap::new();
    let mut covered: Vec<bool> = Vec::with_capacity(entries.len());
    for Entry { envelope, .. } in entries.iter().rev() {
        let writer = envelope.id().writer;
        let is_covered = wanted.get(&writer) == Some(&envelope.hash());
        covered.push(is_covered);
        match is_covered || is_signed(envelope) {
            true => wanted.insert(writer, envelope.previous()),
            false => wanted.remove(&writer),
        };
    }
    covered.reverse();
    covered
}

fn is_signed(envelope: &Envelope) -> bool {
    envelope.signature().is_some()
}
