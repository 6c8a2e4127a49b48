//! What the tests of the storage room share: stores in throw-away folders, and chains of visits.
use std::path::{Path, PathBuf};

use tempfile::TempDir;
use wangge::{
    grid::fact::{Chain, Envelope},
    log::{
        Entry, Notice, Position, StoreHandle, Subtree,
        conformance::visits,
        disk::{OpenError, Opened, Options, Store},
    },
};

/// 2026-11-23 09:12 in the county.
pub const NOW: i64 = 1_795_396_320_000;

/// A folder with an empty store.
pub fn fresh() -> (TempDir, PathBuf) {
    let temp = TempDir::new().unwrap();
    let dir = temp.path().join("store");
    Store::create(&dir).unwrap();
    (temp, dir)
}

pub fn open(dir: &Path) -> Opened {
    Store::open(dir, NOW).unwrap()
}

/// Segments of a few kilobytes, so that tests see many.
pub fn small() -> Options {
    Options { segment_bytes: 4096, ..Options::default() }
}

pub fn refused(dir: &Path) -> OpenError {
    match Store::open(dir, NOW) {
        Ok(_) => panic!("the store opened"),
        Err(error) => error,
    }
}

/// Appends the next `count` visits of a chain, one append each.
pub fn add(store: &StoreHandle, chain: &mut Chain, count: u32) -> Vec<Envelope> {
    (0..count)
        .flat_map(|_| {
            let expected = chain.head;
            let envelopes = visits(chain, 1);
            store.append(envelopes.clone(), expected, NOW).unwrap();
            envelopes
        })
        .collect()
}

pub fn all(store: &StoreHandle) -> Vec<Entry> {
    store.read(Subtree::All, Position(0), usize::MAX).unwrap()
}

pub fn envelopes(entries: Vec<Entry>) -> Vec<Envelope> {
    entries.into_iter().map(|e| e.envelope).collect()
}

/// The entries behind the snapshot.
pub fn tail(opened: Opened) -> (Vec<Entry>, StoreHandle) {
    (opened.tail.map(Result::unwrap).collect(), opened.store)
}

/// Collects notices until one satisfies `enough`.
pub fn notices_until(store: &StoreHandle, enough: impl Fn(&Notice) -> bool) -> Vec<Notice> {
    let (send, receive) = std::sync::mpsc::channel();
    store.on_notice(move |notice| {
        let _left = send.send(notice);
    });
    let mut notices = Vec::new();
    while !notices.iter().any(&enough) {
        notices.push(receive.recv_timeout(std::time::Duration::from_secs(30)).unwrap());
    }
    notices
}
