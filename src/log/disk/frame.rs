//! One record of the journal, as bytes.
//!
//! ```text
//! len u32 | crc u32 | position u64 | synced u64 | received_ms i64 | flags u8 | previous frame's hash 32 | envelope
//! | signature 64, where flag 2 is set
//! ```
//! Integers are little-endian. `len` counts what follows `crc`; `crc` covers `len` and what follows. `synced` is the
//! last position that was durable when the frame was written: a frame that is broken below the `synced` of a later
//! one was once acknowledged, one above it never was. Flag 1: the batch goes on with the next frame. Flag 2: the envelope's
//! signature follows it. Flag 4: the envelope is relayed: it came from another store, which checked its place in its
//! writer's chain, and what stands before it there need not be here.
use crate::words::t;
use crate::{
    grid::fact::{Envelope, FactError, Hash, LONGEST},
    log::{Entry, Position},
};

/// What stands before the envelope.
pub(crate) const HEAD: usize = 65;
const PREFIX: usize = 8;
const SIGNATURE: usize = 64;
const LONGEST_REST: u32 = (HEAD - PREFIX + LONGEST + SIGNATURE) as u32;
const BATCH_GOES_ON: u8 = 1;
const SIGNED: u8 = 2;
const RELAYED: u8 = 4;

/// A decoded frame.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Frame {
    pub(crate) position: Position,
    pub(crate) synced: Position,
    pub(crate) received_ms: i64,
    pub(crate) goes_on: bool,
    /// Whether it came from another store; its writer's chain need not be whole here.
    pub(crate) relayed: bool,
    pub(crate) previous: Hash,
    pub(crate) envelope: Envelope,
}

/// Why bytes are not a frame.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FrameFault {
    /// There are fewer than it says.
    #[error("{}", t!("log.frame.short"))]
    Short,
    /// It says that it is shorter or longer than one can be.
    #[error("{}", t!("log.frame.length"))]
    Length,
    /// They are not what was written.
    #[error("{}", t!("log.frame.checksum"))]
    Checksum,
    /// What it carries is no envelope.
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
        let signature = self.envelope.signature();
        let rest = HEAD - PREFIX + self.envelope.bytes().len() + signature.map_or(0, |signature| signature.len());
        out.extend_from_slice(&u32::try_from(rest).unwrap_or(u32::MAX).to_le_bytes());
        out.extend_from_slice(&[0; 4]);
        out.extend_from_slice(&self.position.0.to_le_bytes());
        out.extend_from_slice(&self.synced.0.to_le_bytes());
        out.extend_from_slice(&self.received_ms.to_le_bytes());
        let flag = |set: bool, flag: u8| if set { flag } else { 0 };
        out.push(flag(self.goes_on, BATCH_GOES_ON) | flag(signature.is_some(), SIGNED) | flag(self.relayed, RELAYED));
        out.extend_from_slice(&self.previous.0);
        out.extend_from_slice(self.envelope.bytes());
        out.extend_from_slice(signature.map_or(&[], |signature| &signature[..]));
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
        let flags = bytes[32];
        let (envelope, signature) = match flags & SIGNED != 0 {
            true => bytes[HEAD..].split_last_chunk::<SIGNATURE>().ok_or(FrameFault::Length)?,
            false => (&bytes[HEAD..], &[0; SIGNATURE]),
        };
        let signature = (flags & SIGNED != 0).then_some(*signature);
        let envelope = Envelope::from_bytes(envelope.to_vec()).map_err(FrameFault::Envelope)?;
        let frame = Frame {
            position: Position(u64::from_le_bytes(array(bytes, 8))),
            synced: Position(u64::from_le_bytes(array(bytes, 16))),
            received_ms: i64::from_le_bytes(array(bytes, 24)),
            goes_on: flags & BATCH_GOES_ON != 0,
            relayed: flags & RELAYED != 0,
            previous: Hash(array(bytes, 33)),
            envelope: envelope.with_signature(signature),
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

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::grid::fact::{Body, DeviceKey, Draft, Strayed};
    use crate::log::conformance::{chain, visit, visits};

    #[test]
    fn a_frame_comes_back_with_its_flags_and_its_signature() {
        let key = DeviceKey::from_secret(&[3; 32]);
        let plain = visits(&mut chain(1), 1).remove(0);
        for (goes_on, relayed, signed) in
            [(false, false, false), (true, false, true), (true, true, false), (false, true, true)]
        {
            let envelope = if signed { plain.clone().signed(&key) } else { plain.clone() };
            let (position, synced, previous) = (Position(9), Position(8), Hash([5; 32]));
            let frame = Frame { position, synced, received_ms: 7, goes_on, relayed, previous, envelope };
            let mut bytes = Vec::new();
            let hash = frame.encode(&mut bytes);
            let (read, size) = Frame::decode(&bytes).unwrap();
            assert_eq!((&read, size), (&frame, bytes.len()));
            assert_eq!(read.envelope.signature(), frame.envelope.signature());
            assert_eq!(read.envelope.is_signed_by(&key.public()), signed);
            let mut again = Vec::new();
            assert_eq!((read.encode(&mut again), &again), (hash, &bytes));
            for at in 0..bytes.len() {
                let mut broken = bytes.clone();
                broken[at] ^= 0x10;
                assert!(Frame::decode(&broken).is_err(), "byte {at}");
            }
        }
    }

    #[test]
    fn the_longest_envelope_fits_with_its_signature_and_no_more() {
        // The longest of all keeps another one.
        let around = |n: usize| {
            let kept = Body::Strayed(Strayed { envelope: vec![7; n], received_ms: 0 });
            chain(1).seal(&Draft { body: kept, ..visit(1, "g1", "u1") }, 1)
        };
        let envelope = around(LONGEST - (around(1_000).bytes().len() - 1_000)).with_signature(Some([1; 64]));
        assert!(envelope.bytes().len() == LONGEST && envelope.fits() && !around(LONGEST).fits());
        let frame = Frame {
            position: Position(1),
            synced: Position(0),
            received_ms: 0,
            goes_on: false,
            relayed: false,
            previous: Hash::default(),
            envelope,
        };
        let mut bytes = Vec::new();
        frame.encode(&mut bytes);
        assert_eq!(Frame::decode(&bytes).map(|(frame, _)| frame), Ok(frame));
        let longer = (LONGEST_REST + 1).to_le_bytes();
        assert_eq!(size(&longer), Err(FrameFault::Length));
        // A frame that says it is signed and has no room for it.
        let short = (HEAD - PREFIX) as u32;
        let mut bytes = vec![0; HEAD];
        bytes[..4].copy_from_slice(&short.to_le_bytes());
        bytes[32] = SIGNED;
        let crc = checksum(&bytes);
        bytes[4..8].copy_from_slice(&crc.to_le_bytes());
        assert_eq!(Frame::decode(&bytes), Err(FrameFault::Length));
    }
}
