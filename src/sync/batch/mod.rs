//! Entries of a log in few bytes: what goes over the wire, and into the file of a bundle.
//!
//! ```text
//! version u8 | entries | length of raw | length of plain | raw | plain, deflated
//! raw     16 bytes for each writer, 32 for each hash that does not follow, 64 for each signature
//! plain   columns: whose, seq, flags, position, recorded, received, payloads by key
//! ```
//! Numbers are in seven bits to a byte. Rows would repeat what neighbours share; columns put like beside like, and what
//! can be reckoned is left out:
//!
//! - the name: a writer stands once in a batch, and a `seq` is the step from the writer's one before;
//! - the hash of the envelope before, where that envelope stands in the batch or there is none;
//! - a signature, where a later one of the same unbroken run covers it (a signature covers the chain before it);
//! - values that were said before: each is named by how long ago.
//!
//! **The floor.** What is left is what nobody can foresee. `cargo bench --bench sync` prints the parts for 2,000 facts of
//! one laptop: the moment at which each was written down (two to three bytes), whom it was about (two digits' worth
//! where the unit was named before in the batch, its id of 18 characters where not), the words that a person typed (two
//! bytes a character after deflate), and one signature and one hash for each batch of 256: 96 bytes among them.
//!
//! Decoding trusts nothing: counts and lengths are checked before anything is allocated, and [`MOST_BYTES`] is the most
//! that a batch can unfold to.
mod decode;
mod encode;
mod numbers;
mod payload;
#[cfg(test)]
mod tests;

pub use decode::decode;
pub use encode::{Parts, encode, parts};

use crate::{grid::fact::FactError, log::Entry, words::t};

/// The most entries in a batch.
pub const MOST: usize = 256;
/// The most bytes of envelopes in a batch; a frame of the wire holds as many however badly they compress.
pub const MOST_BYTES: usize = 640 * 1024;

/// The latest version of the encoding. Version 1 has no column for what an entry cost (key 8 of a payload); a batch in
/// which no fact says it is written in version 1, so that earlier builds read it.
const VERSION: u8 = 2;
/// The parts of an envelope before its payload: version, writer, seq, hash of the one before, moment of recording.
const FIXED: usize = 65;
/// The version of envelopes that are taken apart here; the log knows no other.
const ENVELOPE: u8 = 1;

/// An entry's flag: its hash of the envelope before is the one that can be reckoned.
const FOLLOWS: u8 = 1;
/// An entry's flag: its signature travels.
const SIGNED: u8 = 2;

/// Why bytes are not a batch.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BatchFault {
    /// They end too soon.
    #[error("{}", t!("sync.batch.short"))]
    Short,
    /// A number that is none.
    #[error("{}", t!("sync.batch.number"))]
    Number,
    /// More than a batch may hold.
    #[error("{}", t!("sync.batch.too_much"))]
    TooMuch,
    /// Something names what is not there.
    #[error("{}", t!("sync.batch.reference"))]
    Reference,
    /// The packed part is damaged.
    #[error("{}", t!("sync.batch.packed"))]
    Packed,
    /// Written by a version that this build does not know.
    #[error("{}", t!("sync.batch.version", version = .0))]
    Version(u8),
    /// More bytes than the batch has.
    #[error("{}", t!("sync.batch.rest"))]
    Rest,
    /// What comes out is no envelope.
    #[error("{}", t!("sync.batch.envelope", what = .0))]
    Envelope(FactError),
}

/// How many of the first entries make a batch.
pub fn cut(entries: &[Entry]) -> usize {
    let mut bytes = 0;
    let fits = |entry: &&Entry| {
        bytes += entry.envelope.bytes().len();
        bytes <= MOST_BYTES
    };
    entries.iter().take(MOST).take_while(fits).count()
}
