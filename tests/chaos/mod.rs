//! Whatever happens to a server, its links, its disk and its clients' clocks: nothing that was acknowledged is missing,
//! nothing is there twice, and every replica amounts to the same.
//!
//! Some rounds in the test command; `sh tests/chaos/full.sh` plays the full numbers. `LOOPS=n` says how many rounds,
//! `SEED=n` plays a run again, as far as the machine's own timing allows.
#![allow(clippy::expect_used, clippy::unwrap_used)]
#![allow(clippy::disallowed_methods, reason = "the moment of a kill is one of the real clock")]
mod clocks;
mod cut;
mod full;
mod killed;

use std::collections::{BTreeMap, BTreeSet};

use wangge::{
    grid::{fact::FactId, state::State},
    log::{Entry, Position},
    run::{Book, Files},
};

use crate::office::{Client, Office, pack};

/// How many rounds to play: `LOOPS`, or `few` in the test command.
fn rounds(few: usize) -> usize {
    std::env::var("LOOPS").map_or(few, |n| n.parse().expect("LOOPS is a number"))
}

/// What came of it, after the server has been stopped: every fact that was acknowledged is in the store, where and when the
/// server said, once, and nothing else of these clients is; the store is whole.
fn check(office: &Office, clients: &[Client]) -> usize {
    let entries = office.entries();
    let mut at: BTreeMap<FactId, Vec<&Entry>> = BTreeMap::new();
    entries.iter().for_each(|entry| at.entry(entry.envelope.id()).or_default().push(entry));
    let doubled: Vec<&FactId> = at.iter().filter(|(_, there)| there.len() > 1).map(|(id, _)| id).collect();
    assert!(doubled.is_empty(), "there twice: {doubled:?}");
    let mut acknowledged = 0;
    for client in clients {
        let writer = client.key().writer();
        for taken in &client.taken {
            let there = at.get(&taken.id).and_then(|there| there.first());
            let there = there.unwrap_or_else(|| panic!("acknowledged, and gone: {taken:?}"));
            assert_eq!((there.position, there.received_ms), (taken.position, taken.received_ms), "{taken:?}");
            acknowledged += 1;
        }
        let own: BTreeSet<FactId> = at.keys().filter(|id| id.writer == writer).copied().collect();
        let told: BTreeSet<FactId> = client.taken.iter().map(|taken| taken.id).collect();
        assert_eq!(own, told, "what is there of {writer} is what was acknowledged");
    }
    // What the server kept of its own state at the end, with what lies behind it, is what all facts amount to.
    let kept = Book::glimpse(&office.store(), &Files::of_user()).expect("a state").to_snapshot();
    assert!(kept == office.folded(Position(u64::MAX)).to_snapshot(), "the state that was kept is another one");
    let said = office.run(&["verify"]);
    assert!(said.contains("日志完好"), "{said}");
    acknowledged
}

/// The state that the server gives to somebody who may see everything is the one that the log amounts to at its place.
fn agrees(office: &Office, client: &mut Client) {
    let (bytes, position) = client.connect().expect("a link").state().expect("a state");
    let given = State::from_snapshot(bytes, &pack()).expect("a state");
    let folded = office.folded(Position(position));
    assert!(given.to_snapshot() == folded.to_snapshot(), "the server's state is not what its log amounts to");
}
