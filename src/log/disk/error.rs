//! What can go wrong with a store, each as one sentence for a person: what happened, where, what to do next.
use std::{io, path::Path};

use chrono::{DateTime, FixedOffset};

use super::frame::FrameFault;
use crate::log::{LogError, Position};
use crate::words::{fault::Fault, t};

/// A place in the journal where a durable record can't be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}", t!("log.damage", file = format_args!("{segment:06}"), offset = offset, position = position.0, why = why))]
pub struct Damage {
    /// The segment's number.
    pub segment: u32,
    /// The byte in the segment.
    pub offset: u64,
    /// The position of the record that can't be read.
    pub position: Position,
    /// What is wrong with it.
    pub why: Amiss,
}

/// What is wrong with a place in the journal.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Amiss {
    /// Its bytes are no record.
    #[error("{0}")]
    Frame(FrameFault),
    /// The record does not follow the one before it.
    #[error("{}", t!("log.walk.order"))]
    Order,
    /// The file's header is none.
    #[error("{}", t!("log.walk.header"))]
    Header,
    /// The file does not follow the one before it.
    #[error("{}", t!("log.walk.gap"))]
    Gap,
    /// A batch ends before its last record.
    #[error("{}", t!("log.walk.batch"))]
    Batch,
}

/// Why a store could not be opened, made, saved or restored.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum OpenError {
    /// There is no store in the folder.
    #[error("{}", t!("log.open.missing", dir = dir))]
    Missing {
        /// The folder.
        dir: String,
    },
    /// There is something in the folder already.
    #[error("{}", t!("log.open.exists", dir = dir))]
    Exists {
        /// The folder.
        dir: String,
    },
    /// Another process has it open.
    #[error("{}", t!("log.open.held", dir = dir, pid = pid, who = who, since = since))]
    Held {
        /// The folder.
        dir: String,
        /// The other process.
        pid: String,
        /// Since when, as a local time of UTC+8.
        since: String,
        /// Whose process it is.
        who: String,
    },
    /// The folder or a file in it can't be written.
    #[error("{}", t!("log.open.read_only", path = path))]
    ReadOnly {
        /// The file or folder.
        path: String,
    },
    /// The disk is full.
    #[error("{}", t!("log.open.full", path = path))]
    Full {
        /// The file or folder.
        path: String,
    },
    /// A durable record can't be read.
    #[error("{}", t!("log.open.damaged", damage = .0))]
    Damaged(Damage),
    /// A segment of the journal is not there.
    #[error("{}", t!("log.open.segment_missing", file = format_args!("{segment:06}")))]
    SegmentMissing {
        /// The segment's number.
        segment: u32,
    },
    /// The journal ends before a position that was durable.
    #[error("{}", t!("log.open.short", found = found.0, known = known.0))]
    Short {
        /// Where the journal ends.
        found: Position,
        /// What was durable.
        known: Position,
    },
    /// A file that does not belong to this store.
    #[error("{}", t!("log.open.foreign", path = path))]
    Foreign {
        /// The file.
        path: String,
    },
    /// A file of a later version.
    #[error("{}", t!("log.open.newer", path = path, version = version))]
    Newer {
        /// The file.
        path: String,
        /// The version of its format.
        version: u32,
    },
    /// A backup that can't be used.
    #[error("{}", t!("log.open.bad_backup", path = path, why = why))]
    BadBackup {
        /// The file.
        path: String,
        /// What is wrong with it.
        why: String,
    },
    /// Any other failure of a file operation.
    #[error("{}", t!("log.open.io", path = path, error = error))]
    Io {
        /// The file or folder.
        path: String,
        /// What the system says.
        error: Fault,
    },
}

/// Whether an error means that there is no room: a full disk, a quota or a file size limit.
pub(crate) fn is_full(error: &io::Error) -> bool {
    use io::ErrorKind::{FileTooLarge, QuotaExceeded, StorageFull};
    matches!(error.kind(), StorageFull | QuotaExceeded | FileTooLarge)
}

/// The sentence for a failed file operation while a store is opened.
pub(crate) fn at(path: &Path) -> impl Fn(io::Error) -> OpenError + '_ {
    move |error| {
        let path = path.display().to_string();
        match error.kind() {
            io::ErrorKind::ReadOnlyFilesystem | io::ErrorKind::PermissionDenied => OpenError::ReadOnly { path },
            _ if is_full(&error) => OpenError::Full { path },
            _ => OpenError::Io { path, error: Fault::from(&error) },
        }
    }
}

/// The sentence for a failed file operation while a store is in use.
pub(crate) fn while_using(path: &Path) -> impl Fn(io::Error) -> LogError + '_ {
    move |error| match is_full(&error) {
        true => LogError::Full { what: path.display().to_string() },
        false => LogError::File(Box::new(at(path)(error))),
    }
}

/// A time as people of the county read it (UTC+8).
pub(crate) fn local_time(ms: i64) -> String {
    let zone = FixedOffset::east_opt(8 * 3600);
    match (DateTime::from_timestamp_millis(ms), zone) {
        (Some(time), Some(zone)) => time.with_timezone(&zone).format("%Y-%m-%d %H:%M").to_string(),
        _ => t!("log.unknown_time").into_owned(),
    }
}
