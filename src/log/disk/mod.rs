//! The log on disk: a journal that is the truth, and a sled index that makes it fast.
//!
//! ```text
//! DIR/                     0700; files 0600
//!   lock                   who has it open
//!   device.key             the secret key with which this device signs; its writer id follows from it
//!   ballast                4 MB that are given up when the disk is full
//!   journal/000001.wgj     append-only segments: a header, then frames that chain by hash
//!   snapshot/POSITION.wgs  the caller's state at a position; the newest two are kept
//!   index/                 sled: may lag, can be made anew
//!   index.aside/           the last index that was no good
//! ```
//!
//! [`Store::open`] needs the newest snapshot and the journal's tail, not sled; one thread then owns the store, and
//! [`StoreHandle`](super::StoreHandle) talks to it. An append is acknowledged after its fdatasync, never before.
//!
//! A program that uses a store calls [`survive_file_size_limit`] first.
mod backup;
mod ballast;
mod chains;
mod checkpoint;
mod commit;
mod device;
mod doctor;
mod error;
mod files;
mod frame;
mod glimpse;
mod index;
mod index_open;
mod indexing;
mod journal;
mod lock;
mod open;
mod pick;
mod postings;
mod reader;
mod reading;
mod rebuild;
mod relay;
mod restore;
mod scan;
mod segment;
mod snapshot;
mod verify;
mod walk;
mod writer;

use std::{
    io,
    sync::{Arc, atomic::AtomicBool},
};

pub use backup::{Backup, backup};
pub use ballast::BALLAST;
pub use chains::{ChainCheck, MonthHead};
pub use device::{make_key, read as own_key, read_key};
pub use doctor::{Finding, doctor};
pub use error::{Damage, OpenError};
pub use files::{Act, Files, Refusal, Watch};
pub use glimpse::{Glimpse, glimpse};
pub use indexing::IndexAt;
pub use open::{Opened, Options, Store};
pub use reader::Tail;
pub use rebuild::rebuild;
pub use restore::{Restored, restore, set_aside};
pub use verify::{IndexCheck, Verified, verify};

/// Turns the signal of a file size limit (`ulimit -f`), which kills the process, into a failed write with a sentence.
///
/// To be called once by `main`, before a store is opened.
pub fn survive_file_size_limit() -> io::Result<()> {
    let noticed = Arc::new(AtomicBool::new(false));
    signal_hook::flag::register(signal_hook::consts::SIGXFSZ, noticed).map(drop)
}
