//! The county that is worked in.
use std::sync::{Arc, LazyLock};

use wangge::{
    grid::{
        calendar::Calendar,
        org::NodeIx,
        pack::{HOLIDAYS, Pack},
    },
    log::StoreLog,
    run::{
        Clock,
        sample::{found, work},
    },
};

use crate::pty::NOW;

/// A county with three months of work: its state, and its log to read from.
pub(super) struct County {
    pub pack: Arc<Pack>,
    pub calendar: Calendar,
    pub state: Vec<u8>,
    pub log: StoreLog,
    _dir: tempfile::TempDir,
}

pub(super) static COUNTY: LazyLock<County> = LazyLock::new(|| {
    let dir = tempfile::tempdir().expect("a folder");
    let clock = Clock::fixed(NOW).expect("a moment");
    let pack = Arc::new(Pack::builtin("lanxi").expect("built in").expect("sound"));
    let calendar = Calendar::parse(HOLIDAYS).expect("holidays");
    let today = clock.today(pack.utc_offset);
    let from = "2026-09-01".parse().expect("a day");
    let mut book = found(&dir.path().join("store"), pack.clone(), clock, 240, from).expect("a store");
    work(&mut book, &calendar, NodeIx(u32::MAX), today).expect("work");
    let state = book.state.to_snapshot();
    County { pack, calendar, state, log: StoreLog(book.store.clone()), _dir: dir }
});
