//! Storage: the trait [`Log`] is all of it; memory, disk, and later a server or a cluster implement it.
//!
//! A log keeps envelopes in the order in which it took them in and gives each a position. What `append` has
//! acknowledged is durable. Backends pass one conformance suite ([`conformance`]).
//!
//! - [`memory::MemoryLog`]: nothing outlives the process; for tests and throw-away views.
//! - [`disk`]: a journal of segments that is the truth, and a sled index that makes it fast.
mod admit;
pub(crate) mod command;
pub mod conformance;
pub mod disk;
mod handle;
pub mod memory;
mod notice;
mod places;

use std::collections::BTreeSet;

pub use command::Taken;
pub use handle::{StoreHandle, StoreLog};
pub use notice::Notice;

use crate::grid::fact::{Envelope, FactId, Head, WriterId};
use crate::words::{fault::Fault, t};

/// The place of an entry in one log, from 1; 0 stands before the first.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Position(pub u64);

/// One envelope as a log holds it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Its place.
    pub position: Position,
    /// When the log took it in, UTC milliseconds since 1970.
    pub received_ms: i64,
    /// The fact's bytes.
    pub envelope: Envelope,
}

/// Which entries are asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Subtree {
    /// All of them.
    All,
    /// Those that count at one of these nodes (the caller knows the tree and lists them).
    Nodes(BTreeSet<String>),
    /// Those about this subject (a unit, a person or a node).
    Subject(String),
    /// Those that happened in this local month (发生日期).
    Month {
        /// The calendar year.
        year: i32,
        /// 1 to 12.
        month: u32,
    },
    /// Those that whoever looks at one node and these units can't do without: what counts at the node or is about it or one
    /// of them, and whatever bears on more than its place. What is left out are the everyday records of others, which are
    /// most of a county's.
    Around {
        /// The node's id.
        node: String,
        /// The units' ids.
        units: BTreeSet<String>,
    },
}

/// Why a log did not do what was asked; nothing was written then. The text is one sentence for a person.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum LogError {
    /// The writer's chain is shorter than the caller thought: what lies between is missing here.
    #[error("{}", t!("log.error.conflict", writer = writer, found = found, expected = expected))]
    Conflict {
        /// Whose chain.
        writer: WriterId,
        /// Where it stands.
        found: u64,
        /// Where the caller thought it stood.
        expected: u64,
    },
    /// An envelope that does not follow the one before it.
    #[error("{}", t!("log.error.broken_chain", id = .0))]
    BrokenChain(FactId),
    /// The same name with other bytes: somebody else wrote as the same device, or the caller was behind.
    #[error("{}", t!("log.error.fork", id = .0))]
    Fork(FactId),
    /// An envelope that is longer than one may be.
    #[error("{}", t!("log.error.too_long"))]
    TooLong(FactId),
    /// The disk, the quota or the file size limit is exhausted; `what` names the file.
    #[error("{}", t!("log.error.full", what = what))]
    Full {
        /// The file.
        what: String,
    },
    /// A file of the store can't be read or written.
    #[error("{0}")]
    File(Box<disk::OpenError>),
    /// A record that was durable can't be read.
    #[error("{}", t!("log.error.unreadable", damage = .0))]
    Unreadable(Box<disk::Damage>),
    /// A write failed in a way that leaves open what is in the file; nothing is written any more.
    #[error("{}", t!("log.error.poisoned", path = path, cause = cause))]
    Poisoned {
        /// The file.
        path: String,
        /// Why.
        cause: Fault,
    },
    /// The store is closed.
    #[error("{}", t!("log.error.closed"))]
    Closed,
    /// The backend can't go on; the sentence says why and is fit for a person.
    #[error("{0}")]
    Unavailable(String),
}

/// An append-only log of envelopes.
pub trait Log: Send {
    /// Takes in envelopes of one writer that follow `expected`, all or none; durable when it returns.
    ///
    /// Envelopes that are already there with the same bytes are passed over (their position is returned), so that a
    /// caller who never saw the receipt may send again. Returns the positions in the order given.
    fn append(&mut self, envelopes: &[Envelope], expected: Head, received_ms: i64) -> Result<Vec<Position>, LogError>;

    /// Up to `limit` entries of `subtree` after `after`, oldest first.
    fn read(&self, subtree: &Subtree, after: Position, limit: usize) -> Result<Vec<Entry>, LogError>;

    /// Hands over all entries of `subtree`, oldest first, up to `limit` at a time. A log that has a thread of its own reads
    /// the next ones while these are looked at.
    fn pages(&self, subtree: &Subtree, limit: usize, take: &mut dyn FnMut(Vec<Entry>)) -> Result<(), LogError> {
        let mut after = Position(0);
        loop {
            let entries = self.read(subtree, after, limit)?;
            let last = entries.last().filter(|_| entries.len() == limit).map(|entry| entry.position);
            take(entries);
            match last {
                Some(last) => after = last,
                None => return Ok(()),
            }
        }
    }

    /// The entries of `subtree` after `after`: those that are there, then each new one as it is taken in.
    fn tail(&self, subtree: &Subtree, after: Position) -> Result<std::sync::mpsc::Receiver<Entry>, LogError>;

    /// Takes in what another log has judged, all or none: entries of any writers in any order, with the times and
    /// signatures that they have; durable when it returns. They get places here. Returns those that are new here.
    ///
    /// What stands before an entry in its writer's chain need not be here, and the chain's head stays as it is. A chain
    /// that is written here ([`Log::append`]) is not added to: what would follow its head is refused.
    fn relay(&mut self, entries: &[Entry]) -> Result<Vec<Entry>, LogError>;

    /// The entry of this name.
    fn find(&self, id: FactId) -> Result<Option<Entry>, LogError>;

    /// Where `writer`'s chain ends, of those that are written here.
    fn head(&self, writer: WriterId) -> Result<Head, LogError>;
}
