//! What every log must do: one suite of cases for all backends.
//!
//! A backend's tests say how to make an empty log, and [`conformance!`](crate::conformance!) makes one test of each
//! case:
//!
//! ```
//! # use wangge::log::{Log, memory::MemoryLog};
//! fn with_memory(case: fn(&mut dyn Log)) {
//!     case(&mut MemoryLog::new());
//! }
//! wangge::conformance!(memory, with_memory);
//! ```
//! The cases panic where a log falls short.
mod parts;
mod relays;

use chrono::NaiveDate;

use super::{Entry, Log, LogError, Position, Subtree};
use crate::grid::fact::{Body, Chain, Draft, Envelope, Head, Visit, WriterId};

pub use parts::{reads_in_pages, reads_parts, tails};
pub use relays::{relays_all_or_none, relays_any_writers, relays_beside_its_own, relays_once};

/// Makes a module of tests, one for each case of the suite.
///
/// `$with` is a `fn(fn(&mut dyn Log))` that hands an empty log to a case.
#[macro_export]
macro_rules! conformance {
    ($name:ident, $with:path) => {
        $crate::conformance!(@cases $name, $with,
            appends_and_reads, takes_nothing, takes_all_or_none, takes_again_what_is_there, takes_the_rest,
            refuses_a_gap, refuses_a_broken_chain, refuses_what_is_too_long, refuses_two_writers_at_once, refuses_a_fork, reads_parts,
            reads_in_pages, tails, keeps_writers_apart, takes_a_large_batch,
            relays_any_writers, relays_once, relays_beside_its_own, relays_all_or_none);
    };
    (@cases $name:ident, $with:path, $($case:ident),+) => {
        mod $name {
            $(#[test]
            fn $case() {
                $with($crate::log::conformance::$case);
            })+
        }
    };
}

/// A plain visit on a day (days since 2026-01-01) at a node to a unit.
pub fn visit(day: u32, node: &str, unit: &str) -> Draft {
    Draft {
        occurred: NaiveDate::from_ymd_opt(2026, 1, 1).unwrap_or_default() + chrono::Days::new(day.into()),
        by: Some("p1".to_owned()),
        at: Some(node.to_owned()),
        subject: Some(unit.to_owned()),
        replaces: None,
        reason: None,
        effort: None,
        body: Body::Visit(Visit { note: format!("第 {day} 天走访"), ..Visit::default() }),
    }
}

/// The chain of a writer whose id is `n` sixteen times, from its beginning.
pub fn chain(n: u8) -> Chain {
    Chain::new(WriterId([n; 16]), Head::default())
}

/// The next `count` envelopes of a chain: one visit a day, turn by turn at nodes `g0` to `g2` to units `u0` to `u4`.
pub fn visits(chain: &mut Chain, count: u32) -> Vec<Envelope> {
    let from = chain.head.seq as u32;
    let draft = |day: u32| visit(day, &format!("g{}", day % 3), &format!("u{}", day % 5));
    (from..from + count).map(|day| chain.seal(&draft(day), i64::from(day))).collect()
}

fn append(log: &mut dyn Log, envelopes: &[Envelope], expected: Head) -> Vec<Position> {
    log.append(envelopes, expected, 1_000).expect("the log takes in what follows its head")
}

fn all(log: &dyn Log) -> Vec<Entry> {
    log.read(&Subtree::All, Position(0), usize::MAX).expect("the log can be read")
}

/// What is taken in is read as it was, in order, with its times; the head follows.
pub fn appends_and_reads(log: &mut dyn Log) {
    let mut writer = chain(1);
    let sent = visits(&mut writer, 3);
    assert_eq!(append(log, &sent[..1], Head::default()), [Position(1)]);
    let head = log.head(writer.writer).expect("a head");
    assert_eq!(head, Head { seq: 1, hash: sent[0].hash() });
    assert_eq!(append(log, &sent[1..], head), [Position(2), Position(3)]);
    assert_eq!(log.head(writer.writer), Ok(writer.head));
    let read = all(log);
    assert_eq!(read.iter().map(|e| e.envelope.clone()).collect::<Vec<_>>(), sent);
    assert_eq!(
        read.iter().map(|e| (e.position.0, e.received_ms)).collect::<Vec<_>>(),
        [(1, 1000), (2, 1000), (3, 1000)]
    );
}

/// An append of nothing is no error and changes nothing; a new log is empty.
pub fn takes_nothing(log: &mut dyn Log) {
    assert_eq!(append(log, &[], Head::default()), []);
    assert_eq!(all(log), []);
    assert_eq!(log.head(WriterId([1; 16])), Ok(Head::default()));
}

/// One envelope that does not fit keeps the whole append out.
pub fn takes_all_or_none(log: &mut dyn Log) {
    let mut writer = chain(1);
    let mut sent = visits(&mut writer, 4);
    sent.remove(2);
    assert!(log.append(&sent, Head::default(), 1).is_err());
    assert_eq!(all(log), []);
    assert_eq!(log.head(writer.writer), Ok(Head::default()));
}

/// Sending again what is there gives the same places and changes nothing.
pub fn takes_again_what_is_there(log: &mut dyn Log) {
    let sent = visits(&mut chain(1), 3);
    let places = append(log, &sent, Head::default());
    assert_eq!(append(log, &sent, Head::default()), places);
    let head = Head { seq: 1, hash: sent[0].hash() };
    assert_eq!(append(log, &sent[1..2], head), places[1..2]);
    assert_eq!(all(log).len(), 3);
}

/// Sending again with more behind takes in what is new.
pub fn takes_the_rest(log: &mut dyn Log) {
    let mut writer = chain(1);
    let sent = visits(&mut writer, 5);
    append(log, &sent[..2], Head::default());
    let other = visits(&mut chain(2), 1);
    append(log, &other, Head::default());
    let places: Vec<_> = append(log, &sent, Head::default()).iter().map(|p| p.0).collect();
    assert_eq!(places, [1, 2, 4, 5, 6]);
    assert_eq!(log.head(writer.writer), Ok(writer.head));
}

/// What follows something that is not there is a conflict.
pub fn refuses_a_gap(log: &mut dyn Log) {
    let mut writer = chain(1);
    let sent = visits(&mut writer, 3);
    append(log, &sent[..1], Head::default());
    let expected = Head { seq: 2, hash: sent[1].hash() };
    let refusal = LogError::Conflict { writer: writer.writer, found: 1, expected: 2 };
    assert_eq!(log.append(&sent[2..], expected, 1), Err(refusal));
    assert_eq!(all(log).len(), 1);
}

/// An envelope that names another predecessor, or skips a number, is refused.
pub fn refuses_a_broken_chain(log: &mut dyn Log) {
    let sent = visits(&mut chain(1), 3);
    let refusal = Err(LogError::BrokenChain(sent[1].id()));
    assert_eq!(log.append(&sent[1..], Head::default(), 1), refusal);
    let wrong = Head { seq: 1, hash: sent[1].hash() };
    assert_eq!(log.append(&sent[1..], wrong, 1), refusal);
    assert_eq!(all(log), []);
}

/// An append is of one writer.
pub fn refuses_two_writers_at_once(log: &mut dyn Log) {
    let sent = [visits(&mut chain(1), 1), visits(&mut chain(2), 1)].concat();
    assert_eq!(log.append(&sent, Head::default(), 1), Err(LogError::BrokenChain(sent[1].id())));
    assert_eq!(all(log), []);
}

/// What is longer than an envelope may be is refused, with everything beside it, and what follows is not disturbed.
pub fn refuses_what_is_too_long(log: &mut dyn Log) {
    let long = |length: usize| {
        let mut chain = chain(1);
        let note = "x".repeat(length);
        let body = Body::Visit(Visit { note, ..Visit::default() });
        vec![chain.seal(&visit(1, "g1", "u1"), 1), chain.seal(&Draft { body, ..visit(2, "g1", "u1") }, 2)]
    };
    let room = 16 * 1024 - (long(1_000)[1].bytes().len() - 1_000);
    assert_eq!(log.append(&long(room + 1), Head::default(), 1), Err(LogError::TooLong(long(0)[1].id())));
    assert_eq!(all(log), []);
    append(log, &long(room), Head::default());
    assert_eq!(all(log).len(), 2);
}

/// The same name with other content is a fork: of an old fact, of the last one, or of what came before.
pub fn refuses_a_fork(log: &mut dyn Log) {
    let sent = visits(&mut chain(1), 3);
    append(log, &sent, Head::default());
    let mut forked = chain(1);
    let first = forked.seal(&visit(9, "g9", "u9"), 9);
    let refusal = Err(LogError::Fork(first.id()));
    assert_eq!(log.append(&[first], Head::default(), 1), refusal);
    let mut late = Chain::new(WriterId([1; 16]), Head { seq: 2, hash: sent[1].hash() });
    let other = [late.seal(&visit(9, "g9", "u9"), 9), late.seal(&visit(9, "g9", "u9"), 9)];
    let refusal = Err(LogError::Fork(other[0].id()));
    assert_eq!(log.append(&other, Head { seq: 2, hash: sent[1].hash() }, 1), refusal);
    let behind = log.append(&other[1..], Head { seq: 3, hash: other[0].hash() }, 1);
    assert_eq!(behind, Err(LogError::Fork(other[0].id())));
    assert_eq!(all(log).len(), 3);
}

/// Many writers in turns: each chain is its own, and the order of arrival is kept.
pub fn keeps_writers_apart(log: &mut dyn Log) {
    let mut chains: Vec<_> = (1..=20).map(chain).collect();
    let mut sent = Vec::new();
    for round in 0..100_usize {
        let i = (round * 7 + round / 3) % chains.len();
        let writer = &mut chains[i];
        let expected = writer.head;
        let envelopes = visits(writer, 1 + (round % 3) as u32);
        append(log, &envelopes, expected);
        sent.extend(envelopes);
    }
    assert_eq!(all(log).into_iter().map(|e| e.envelope).collect::<Vec<_>>(), sent);
    for writer in chains {
        assert_eq!(log.head(writer.writer), Ok(writer.head));
    }
}

/// An append of thousands is one append like any other.
pub fn takes_a_large_batch(log: &mut dyn Log) {
    let mut writer = chain(1);
    let sent = visits(&mut writer, 3_000);
    assert_eq!(append(log, &sent, Head::default()).last(), Some(&Position(3_000)));
    let read = log.read(&Subtree::Subject("u0".to_owned()), Position(2_900), 5).expect("a read");
    assert_eq!(read.iter().map(|e| e.position.0).collect::<Vec<_>>(), [2901, 2906, 2911, 2916, 2921]);
}
