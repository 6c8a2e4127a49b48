//! One record of the journal, as bytes.
//!
//! ```text
//! len u32 | crc u32 | position u64 | synced u64 | received_ms i64 | flags u8 | previous frame's hash 32 | envelope
//! ```
//! Integers are little-endian. `len` counts what follows `crc`; `crc` covers `len` and what follows. `synced` is the
//! last position that was durable when the frame was written: a frame that is broken below the `synced` of a later
//! one was once acknowledged, one above it never was. Flag 1: the batch goes on with the next frame.
use crate::words::t;
use crate::{
    grid::fact::{Envelope, FactError, Hash},
    log::{Entry, Position},
};

/// What stands before the envelope.
pub(crate) const HEAD: usize = 65;
const PREFIX: usize = 8;
const LONGEST_REST: u32 = (HEAD - PREFIX) as u32 + 16 * 1024;
const BATCH_GOES_ON: u8 = 1;

/// A decoded frame.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Frame {
    pub(crate) position: Position,
    pub(crate) synced: Position,
    pub(crate) received_ms: i64,
    pub(crate) goes_on: bool,
    pub(crate) previous: Hash,
    pub(crate) envelope: Envelope,
}

/// Why bytes are not a frame.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(crate) enum FrameFault {
    #[error("{}", t!("log.frame.short"))]
    Short,
    #[error("{}", t!("log.frame.length"))]
    Length,
    #[error("{}", t!("log.frame.checksum"))]
    Checksum,
    #[error("{}", t!("log.frame.envelope", what = .0))]
    Envelope(FactError),
}

impl Frame {
    pub(crate) fn into_entry(self) -> Entry {
        Entry { position: self.position, received_ms: self.received_ms, envelope: self.envelope }
    }

    /// Appends the frame's bytes and returns their hash, which the next frame names.
    pub(crate) fn encode(&self, out: &mut Vec<u8>) -> Hash {
        let start = out.len();
        let rest = HEAD - PREFIX + self.envelope.bytes().len();
        out.extend_from_slice(&u32::try_from(rest).unwrap_or(u32::MAX).to_le_bytes());
        out.extend_from_slice(&[0; 4]);
        out.extend_from_slice(&self.position.0.to_le_bytes());
        out.extend_from_slice(&self.synced.0.to_le_bytes());
        out.extend_from_slice(&self.received_ms.to_le_bytes());
        out.push(if self.goes_on { BATCH_GOES_ON } else { 0 });
        out.extend_from_slice(&self.previous.0);
        out.extend_from_slice(self.envelope.bytes());
        let crc = checksum(&out[start..]);
        out[start + 4..start + 8].copy_from_slice(&crc.to_le_bytes());
        hash(&out[start..])
    }

    /// Reads the frame at the start of `bytes`; returns it and its size.
    pub(crate) fn decode(bytes: &[u8]) -> Result<(Frame, usize), FrameFault> {
        let size = size(bytes)?;
        let bytes = bytes.get(..size).ok_or(FrameFault::Short)?;
        if checksum(bytes) != u32::from_le_bytes(array(bytes, 4)) {
            return Err(FrameFault::Checksum);
        }
        let frame = Frame {
            position: Position(u64::from_le_bytes(array(bytes, 8))),
            synced: Position(u64::from_le_bytes(array(bytes, 16))),
            received_ms: i64::from_le_bytes(array(bytes, 24)),
            goes_on: bytes[32] & BATCH_GOES_ON != 0,
            previous: Hash(array(bytes, 33)),
            envelope: Envelope::from_bytes(bytes[HEAD..].to_vec()).map_err(FrameFault::Envelope)?,
        };
        Ok((frame, size))
    }
}

/// The size that the frame at the start of `bytes` says it has.
pub(crate) fn size(bytes: &[u8]) -> Result<usize, FrameFault> {
    let len = u32::from_le_bytes(bytes.get(..4).ok_or(FrameFault::Short)?.try_into().map_err(|_| FrameFault::Short)?);
    if (len as usize) < HEAD - PREFIX || len > LONGEST_REST {
        return Err(FrameFault::Length);
    }
    Ok(len as usize + PREFIX)
}

/// The hash of a whole frame.
pub(crate) fn hash(bytes: &[u8]) -> Hash {
    Hash(*blake3::hash(bytes).as_bytes())
}

fn checksum(bytes: &[u8]) -> u32 {
    let mut crc = crc32fast::Hasher::new();
    crc.update(&bytes[..4]);
    crc.update(&bytes[PREFIX..]);
    crc.finalize()
}

pub(crate) fn array<const N: usize>(bytes: &[u8], from: usize) -> [u8; N] {
    let mut out = [0; N];
    out.copy_from_slice(&bytes[from..from + N]);
    out
}
