//! The names of facts and of those who write them.
use std::fmt;

use minicbor::{Decode, Encode};

/// A blake3 hash of 32 bytes; the all-zero hash stands before the first fact of a chain.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Hash(pub [u8; 32]);

impl fmt::Display for Hash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|b| write!(f, "{b:02x}"))
    }
}

impl fmt::Debug for Hash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self}")
    }
}

/// A device that writes facts: 16 random bytes, made once per store and device.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Encode, Decode)]
#[cbor(transparent)]
pub struct WriterId(#[cbor(n(0), with = "minicbor::bytes")] pub [u8; 16]);

impl WriterId {
    /// The name of the device that has this public key: the first half of the key's hash, so that nobody else can write
    /// under it.
    pub fn of_key(key: &[u8; 32]) -> WriterId {
        let mut name = [0; 16];
        name.copy_from_slice(&blake3::hash(key).as_bytes()[..16]);
        WriterId(name)
    }

    /// Reads the 32 hexadecimal digits that [`fmt::Display`] writes.
    pub fn parse(text: &str) -> Option<WriterId> {
        let mut out = [0; 16];
        if text.len() != 32 || !text.is_ascii() {
            return None;
        }
        for (i, byte) in out.iter_mut().enumerate() {
            *byte = u8::from_str_radix(&text[2 * i..2 * i + 2], 16).ok()?;
        }
        Some(WriterId(out))
    }
}

impl fmt::Display for WriterId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|b| write!(f, "{b:02x}"))
    }
}

impl fmt::Debug for WriterId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self}")
    }
}

/// The name of one fact: its writer and its place in that writer's chain (the first fact has `seq` 1).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Debug, Encode, Decode)]
pub struct FactId {
    /// Who wrote it.
    #[n(0)]
    pub writer: WriterId,
    /// The place in the writer's chain, from 1.
    #[n(1)]
    pub seq: u64,
}

impl FactId {
    /// Before every other.
    pub(in crate::grid) const LEAST: FactId = FactId { writer: WriterId([0; 16]), seq: 0 };

    /// Reads `<writer>-<seq>`, as [`fmt::Display`] writes it.
    pub fn parse(text: &str) -> Option<FactId> {
        let (writer, seq) = text.split_once('-')?;
        Some(FactId { writer: WriterId::parse(writer)?, seq: seq.parse().ok()? })
    }
}

impl fmt::Display for FactId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-{}", self.writer, self.seq)
    }
}
