//! From bytes to entries; the bytes may be anybody's.
use std::io::Read;

use flate2::read::DeflateDecoder;

use super::{BatchFault, ENVELOPE, FIXED, FOLLOWS, MOST, MOST_BYTES, SIGNED, VERSION, numbers::Given, payload};
use crate::{
    grid::fact::{Envelope, Head, WriterId},
    log::{Entry, Position},
};

/// The most bytes that the columns of a batch take: payloads, and what stands beside them.
const MOST_PLAIN: usize = MOST_BYTES + MOST * 96;
/// The most bytes of names, hashes and signatures.
const MOST_RAW: usize = MOST * (16 + 32 + 64);

/// The entries in the bytes of a batch.
pub fn decode(bytes: &[u8]) -> Result<Vec<Entry>, BatchFault> {
    let mut given = Given(bytes);
    let version = match given.byte()? {
        version @ 1..=VERSION => version,
        other => return Err(BatchFault::Version(other)),
    };
    let n = given.count(MOST)?;
    let (raw, plain) = (given.count(MOST_RAW)?, given.count(MOST_PLAIN)?);
    let raw = given.take(raw)?;
    let plain = inflate(given.0, plain)?;
    Batch::read(&mut Given(&plain), Given(raw), (version, n))
}

/// The deflated part, which says how long it is.
fn inflate(packed: &[u8], length: usize) -> Result<Vec<u8>, BatchFault> {
    let mut plain = Vec::new();
    let mut decoder = DeflateDecoder::new(packed);
    (&mut decoder).take(length as u64 + 1).read_to_end(&mut plain).map_err(|_| BatchFault::Packed)?;
    match plain.len() == length {
        true if decoder.total_in() == packed.len() as u64 => Ok(plain),
        true => Err(BatchFault::Rest),
        false => Err(BatchFault::Packed),
    }
}

/// A batch under way.
struct Batch<'a> {
    /// Each writer and where its chain stands in this batch.
    heads: Vec<(WriterId, Head)>,
    raw: Given<'a>,
    signatures: Given<'a>,
    entries: Vec<Entry>,
    bytes: usize,
}

/// What stands beside an entry's payload.
struct Beside {
    whose: usize,
    step: i64,
    flags: u8,
    position: Position,
    recorded_ms: i64,
    received_ms: i64,
}

impl<'a> Batch<'a> {
    fn read(plain: &mut Given<'_>, mut raw: Given<'a>, (version, n): (u8, usize)) -> Result<Vec<Entry>, BatchFault> {
        let writers = plain.count(n)?;
        let heads = raw.column(writers, |raw| Ok((WriterId(raw.array()?), Head::default())))?;
        let beside = beside(plain, n)?;
        let hashes = 32 * beside.iter().filter(|beside| beside.flags & FOLLOWS == 0).count();
        let signatures = Given(raw.0.get(hashes..).ok_or(BatchFault::Short)?);
        let mut batch = Batch { heads, raw, signatures, entries: Vec::with_capacity(n), bytes: 0 };
        let mut rows = beside.into_iter();
        payload::read(plain, (version, n), |parts| batch.take(rows.next().ok_or(BatchFault::Short)?, parts))?;
        match plain.0.is_empty() && batch.signatures.0.is_empty() {
            true => Ok(batch.entries),
            false => Err(BatchFault::Rest),
        }
    }

    fn take(&mut self, beside: Beside, payload: &[&[u8]]) -> Result<(), BatchFault> {
        let length = FIXED + payload.iter().map(|part| part.len()).sum::<usize>();
        self.bytes += length;
        if self.bytes > MOST_BYTES {
            return Err(BatchFault::TooMuch);
        }
        let (writer, head) = self.heads.get_mut(beside.whose).ok_or(BatchFault::Reference)?;
        let seq = head.seq.wrapping_add(1).wrapping_add(beside.step as u64);
        let previous = if beside.flags & FOLLOWS != 0 { head.hash.0 } else { self.raw.array()? };
        let signature = if beside.flags & SIGNED != 0 { Some(self.signatures.array()?) } else { None };
        let mut bytes = Vec::with_capacity(length);
        bytes.push(ENVELOPE);
        bytes.extend_from_slice(&writer.0);
        bytes.extend_from_slice(&seq.to_le_bytes());
        bytes.extend_from_slice(&previous);
        bytes.extend_from_slice(&beside.recorded_ms.to_le_bytes());
        payload.iter().for_each(|part| bytes.extend_from_slice(part));
        let envelope = Envelope::from_bytes(bytes).map_err(BatchFault::Envelope)?;
        *head = Head { seq, hash: envelope.hash() };
        let envelope = envelope.with_signature(signature);
        self.entries.push(Entry { position: beside.position, received_ms: beside.received_ms, envelope });
        Ok(())
    }
}

/// The columns beside the payloads, as rows.
fn beside(plain: &mut Given<'_>, n: usize) -> Result<Vec<Beside>, BatchFault> {
    let whose = plain.column(n, |plain| plain.count(MOST))?;
    let steps = plain.column(n, Given::signed)?;
    let flags = plain.take(n)?;
    let positions = plain.column(n, Given::signed)?;
    let recorded = plain.column(n, Given::signed)?;
    let from_before = match plain.byte()? {
        0 => false,
        1 => true,
        _ => return Err(BatchFault::Number),
    };
    let received = plain.column(n, Given::signed)?;
    let (mut position, mut recorded_ms, mut received_ms) = (0_u64, 0_i64, 0_i64);
    let row = |i: usize| {
        position = position.wrapping_add(1).wrapping_add(positions[i] as u64);
        recorded_ms = recorded_ms.wrapping_add(recorded[i]);
        received_ms = if from_before { received_ms } else { recorded_ms }.wrapping_add(received[i]);
        let position = Position(position);
        Beside { whose: whose[i], step: steps[i], flags: flags[i], position, recorded_ms, received_ms }
    };
    Ok((0..n).map(row).collect())
}
