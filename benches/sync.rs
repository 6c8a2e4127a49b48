//! What a sync costs on the wire, beside what can't be saved: `cargo bench --bench sync`.
#![allow(clippy::unwrap_used, clippy::print_stdout, missing_docs)]
#![allow(clippy::disallowed_methods, reason = "a bench measures spans")]

#[path = "sync/link.rs"]
mod link;
#[path = "sync/week.rs"]
mod week;

use std::collections::BTreeMap;

use wangge::{
    grid::fact::{DeviceKey, Head},
    log::{Entry, Log, memory::MemoryLog},
    sync::{
        batch::{self, Parts},
        laptop::{Laptop, sync},
        message::Welcome,
        upstream::Upstream,
    },
};

fn main() {
    let facts = week::facts(2_000, true);
    println!("as from a command line:");
    bytes(&week::facts(2_000, false));
    println!("typed at a desk, with what each cost:");
    bytes(&facts);
    over_a_slow_link(&facts);
}

/// A sync of these facts over 64 kbit/s and 150 ms there and back.
fn over_a_slow_link(facts: &[Entry]) {
    let key = DeviceKey::from_secret(&week::SECRET);
    let envelopes: Vec<_> = facts.iter().map(|entry| entry.envelope.clone()).collect();
    let note = Upstream { store: [7; 16], after: wangge::log::Position(0), scope: [1; 16] };
    let own = BTreeMap::from([(key.writer(), Some(key.clone()))]);
    let mut log = MemoryLog::new();
    // What was pulled before: the store's first fact is the server's.
    log.relay(&week::opening()).unwrap();
    log.append(&envelopes, Head::default(), facts[0].received_ms).unwrap();
    let mut keep = |_: &Upstream| Ok(());
    let mut laptop = Laptop { log: &mut log, own, note: Some(note), keep: &mut keep, shared: false };
    let mut wire = link::Modelled::new();
    let welcome = Welcome { writer: key.writer(), scope: [1; 16], end: 1, ..Welcome::default() };
    let done = sync(&mut laptop, &mut wire, ([7; 16], &welcome), &mut |_| {}).unwrap();
    assert_eq!(done.pushed.facts, facts.len() as u64);
    let each = (wire.up + wire.down) as f64 / facts.len() as f64;
    println!(
        "over 64 kbit/s and 150 ms: {:.1} s, {} bytes up, {} down, {each:.1} bytes a fact with frames and answers",
        wire.now, wire.up, wire.down
    );
    println!(
        "floor: the bytes alone take {:.1} s, one question and its answer 0.15 s",
        wire.up as f64 * 8.0 / 64_000.0
    );
}

/// The parts of a batch's bytes, for each fact.
fn bytes(facts: &[Entry]) {
    let mut sum = Parts::default();
    let (mut whole, mut rest, mut batches) = (0, facts, 0);
    while !rest.is_empty() {
        let (head, tail) = rest.split_at(batch::cut(rest));
        rest = tail;
        let parts = batch::parts(head);
        let encoded = batch::encode(head);
        assert_eq!(batch::decode(&encoded).unwrap(), head);
        whole += encoded.len();
        batches += 1;
        sum.writers += parts.writers;
        sum.hashes += parts.hashes;
        sum.signatures += parts.signatures;
        sum.plain += parts.plain;
        sum.packed += parts.packed;
    }
    let each = |bytes: usize| bytes as f64 / facts.len() as f64;
    let raw: usize = facts.iter().map(|entry| entry.envelope.bytes().len()).sum();
    println!(
        "{} facts in {batches} batches; envelopes of {:.0} bytes, each with a signature of 64",
        facts.len(),
        each(raw)
    );
    println!("on the wire                {:7.1} bytes a fact", each(whole));
    println!("  names of writers         {:7.1}", each(sum.writers));
    println!("  hashes not reckoned      {:7.1}", each(sum.hashes));
    println!("  signatures               {:7.1}", each(sum.signatures));
    println!("  columns, deflated        {:7.1}   ({:.1} before)", each(sum.packed), each(sum.plain));
    week::floor(facts);
}
