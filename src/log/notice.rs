//! What a person should know about a store that works.
use super::Position;
use crate::words::t;

/// Something that a person should know about a store that works.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Notice {
    /// The last write was interrupted; what was never acknowledged is cut off and kept aside.
    #[error("{}", t!("log.notice.tail_cut", records = records, bytes = bytes, kept = kept))]
    TailCut {
        /// How many records were begun.
        records: u64,
        /// How many bytes were cut.
        bytes: u64,
        /// The file that keeps them, within the store.
        kept: String,
    },
    /// A snapshot can't be used; an older one or the whole journal took its place.
    #[error("{}", t!("log.notice.snapshot_damaged", file = file))]
    SnapshotDamaged {
        /// The file, within the store.
        file: String,
    },
    /// The device's own name was missing or damaged and was made anew.
    #[error("{}", t!("log.notice.device_renamed", device = device))]
    DeviceRenamed {
        /// The new one.
        device: String,
    },
    /// The index can't be used and is made anew from the journal.
    #[error("{}", t!("log.notice.index_rebuilding", why = why))]
    IndexRebuilding {
        /// What was wrong with it.
        why: String,
    },
    /// The index knows more than the journal.
    #[error("{}", t!("log.notice.index_ahead", index = index.0, journal = journal.0))]
    IndexAhead {
        /// Where the index stands.
        index: Position,
        /// Where the journal ends.
        journal: Position,
    },
    /// The index is complete again.
    #[error("{}", t!("log.notice.index_ready", n = upto.0))]
    IndexReady {
        /// The last position in it.
        upto: Position,
    },
    /// The index can't be made; writing goes on.
    #[error("{}", t!("log.notice.index_lost", why = why))]
    IndexLost {
        /// What is wrong.
        why: String,
    },
    /// A snapshot could not be written.
    #[error("{}", t!("log.notice.snapshot_failed", why = why))]
    SnapshotFailed {
        /// What is wrong.
        why: String,
    },
    /// The reserve for a full disk can't be put aside.
    #[error("{}", t!("log.notice.no_reserve"))]
    NoReserve,
    /// The connection to the process that has the store is lost; what was typed is kept, and it is tried again.
    #[error("{}", t!("sync.notice.reconnecting"))]
    Reconnecting,
    /// The connection is there again, and what had no answer was sent again.
    #[error("{}", t!("sync.notice.reconnected"))]
    Reconnected,
    /// The process that had the store has ended, and this one has it now.
    #[error("{}", t!("sync.notice.took_over"))]
    TookOver,
    /// What can be seen here is something else than before: the state is to be asked for again.
    #[error("{}", t!("sync.notice.anew"))]
    Anew,
    /// Whoever has the store says something.
    #[error("{0}")]
    Said(String),
}
