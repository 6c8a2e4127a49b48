//! The files of the journal: `journal/000001.wgj` and so on, each with a header that says where it belongs.
use std::{
    fs, io,
    path::{Path, PathBuf},
};

use super::frame::array;
use crate::{grid::fact::Hash, log::Position};

const MAGIC: &[u8; 8] = b"wanggeJ1";
const VERSION: u32 = 1;
/// The size of a segment's header.
pub(crate) const HEADER: usize = 76;

/// A place in the journal: the segment's number and the byte in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub(crate) struct Location {
    pub(crate) segment: u32,
    pub(crate) offset: u64,
}

/// What the first bytes of a segment say.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Header {
    pub(crate) store: [u8; 16],
    pub(crate) number: u32,
    /// The position of its first frame.
    pub(crate) first: Position,
    /// The hash of the frame before its first one.
    pub(crate) previous: Hash,
}

/// Why bytes are not a segment's header.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum HeaderFault {
    /// Not a file of ours.
    Foreign,
    /// Ours, written by a later version.
    Newer(u32),
    /// Ours, and damaged.
    Damaged,
}

impl Header {
    pub(crate) fn encode(&self) -> [u8; HEADER] {
        let mut out = [0; HEADER];
        out[..8].copy_from_slice(MAGIC);
        out[8..12].copy_from_slice(&VERSION.to_le_bytes());
        out[12..28].copy_from_slice(&self.store);
        out[28..32].copy_from_slice(&self.number.to_le_bytes());
        out[32..40].copy_from_slice(&self.first.0.to_le_bytes());
        out[40..72].copy_from_slice(&self.previous.0);
        let crc = crc32fast::hash(&out[..72]);
        out[72..].copy_from_slice(&crc.to_le_bytes());
        out
    }

    pub(crate) fn decode(bytes: &[u8]) -> Result<Header, HeaderFault> {
        if bytes.len() < HEADER {
            return Err(if bytes.starts_with(MAGIC) { HeaderFault::Damaged } else { HeaderFault::Foreign });
        }
        if !bytes.starts_with(MAGIC) {
            return Err(HeaderFault::Foreign);
        }
        if crc32fast::hash(&bytes[..72]) != u32::from_le_bytes(array(bytes, 72)) {
            return Err(HeaderFault::Damaged);
        }
        let version = u32::from_le_bytes(array(bytes, 8));
        if version != VERSION {
            return Err(HeaderFault::Newer(version));
        }
        Ok(Header {
            store: array(bytes, 12),
            number: u32::from_le_bytes(array(bytes, 28)),
            first: Position(u64::from_le_bytes(array(bytes, 32))),
            previous: Hash(array(bytes, 40)),
        })
    }
}

/// What the first frame of a store names as its predecessor, so that no frame fits into another store.
pub(crate) fn genesis(store: [u8; 16]) -> Hash {
    super::frame::hash(&store)
}

/// The folder of the segments.
pub(crate) fn folder(store: &Path) -> PathBuf {
    store.join("journal")
}

/// The name of a segment.
pub(crate) fn path(folder: &Path, number: u32) -> PathBuf {
    folder.join(format!("{number:06}.wgj"))
}

/// The numbers of the segments that are there, ascending.
pub(crate) fn list(folder: &Path) -> io::Result<Vec<u32>> {
    let mut numbers = Vec::new();
    for file in fs::read_dir(folder)? {
        let name = file?.file_name();
        if let Some(number) = name.to_str().and_then(|n| n.strip_suffix(".wgj")).and_then(|n| n.parse().ok()) {
            numbers.push(number);
        }
    }
    numbers.sort_unstable();
    Ok(numbers)
}
