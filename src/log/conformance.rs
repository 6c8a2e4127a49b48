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
use std::{collections::BTreeSet, time::Duration};

use chrono::NaiveDate;

use super::{Entry, Log, LogError, Position, Subtree};
use crate::grid::fact::{Body, Chain, Draft, Envelope, FactId, Head, ProblemFound, Record, Visit, WriterId};

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

fn nodes(names: &[&str]) -> Subtree {
    Subtree::Nodes(names.iter().map(|&n| n.to_owned()).collect::<BTreeSet<_>>())
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

fn around(node: &str, units: &[&str]) -> Subtree {
    Subtree::Around { node: node.to_owned(), units: units.iter().map(|&unit| unit.to_owned()).collect() }
}

/// The next envelopes of a chain: four that bear on more than their place, and one that does not.
fn bearing(chain: &mut Chain) -> Vec<Envelope> {
    let one = |body: Body| Draft { body, ..visit(300, "g0", "u0") };
    let record =
        |form: &str, of: Option<FactId>| one(Body::Record(Record { form: form.to_owned(), of, ..Record::default() }));
    let of = FactId { writer: WriterId([1; 16]), seq: 1 };
    let found =
        Visit { problem: Some(ProblemFound { text: "账实不符".to_owned(), follow_up: None }), ..Visit::default() };
    let corrected = Draft { replaces: Some(of), ..visit(300, "g0", "u0") };
    let drafts = [
        one(Body::Visit(found)),
        record("score", None),
        record("progress", Some(of)),
        corrected,
        record("spending", None),
    ];
    drafts.iter().map(|draft| chain.seal(draft, 300)).collect()
}

/// Nodes, subjects, months and surroundings read exactly what belongs to them.
pub fn reads_parts(log: &mut dyn Log) {
    let sent = visits(&mut chain(1), 200);
    append(log, &sent, Head::default());
    let mut homeless = chain(2);
    let envelope = homeless.seal(&Draft { at: None, subject: None, ..visit(3, "", "") }, 1);
    append(log, &[envelope], Head::default());
    append(log, &bearing(&mut chain(3)), Head::default());
    let whole = all(log);
    let subtrees = [
        Subtree::All,
        nodes(&["g0"]),
        nodes(&["g2", "g1", "g7"]),
        nodes(&[]),
        nodes(&["g"]),
        Subtree::Subject("u4".to_owned()),
        Subtree::Subject(String::new()),
        Subtree::Month { year: 2026, month: 2 },
        Subtree::Month { year: 2025, month: 12 },
        around("g1", &["u4", "u9"]),
        around("g7", &[]),
        around("u3", &[]),
    ];
    let sizes = subtrees.map(|subtree| {
        let read = log.read(&subtree, Position(0), usize::MAX).expect("a read");
        assert!(read.iter().eq(whole.iter().filter(|e| subtree.holds(&e.envelope))), "{subtree:?}");
        read.len()
    });
    assert_eq!(sizes, [206, 72, 133, 0, 0, 40, 0, 28, 0, 98, 5, 45]);
}

/// `after` and `limit` make pages that add up to the whole, whatever their size.
pub fn reads_in_pages(log: &mut dyn Log) {
    append(log, &visits(&mut chain(1), 150), Head::default());
    for subtree in [Subtree::All, nodes(&["g0", "g1"]), Subtree::Subject("u2".to_owned())] {
        let whole = log.read(&subtree, Position(0), usize::MAX).expect("a read");
        for limit in [1, 7, 64, 1000] {
            let mut pages = Vec::new();
            let mut after = Position(0);
            loop {
                let page = log.read(&subtree, after, limit).expect("a page");
                assert!(page.len() <= limit);
                let Some(last) = page.last() else { break };
                after = last.position;
                pages.extend(page);
            }
            assert_eq!(pages, whole, "{subtree:?} by {limit}");
            let mut handed = Vec::new();
            let take = &mut |page: Vec<Entry>| {
                assert!(page.len() <= limit);
                handed.extend(page);
            };
            log.pages(&subtree, limit, take).expect("pages");
            assert_eq!(handed, whole, "{subtree:?} by {limit}");
        }
    }
    assert_eq!(log.read(&Subtree::All, Position(0), 0), Ok(Vec::new()));
    assert_eq!(log.read(&Subtree::All, Position(u64::MAX), 5), Ok(Vec::new()));
}

/// A tail gives what is there and then what comes, once each and in order.
pub fn tails(log: &mut dyn Log) {
    let mut writer = chain(1);
    append(log, &visits(&mut writer, 7), Head::default());
    let everything = log.tail(&Subtree::All, Position(2)).expect("a tail");
    let node = log.tail(&nodes(&["g1"]), Position(0)).expect("a tail");
    for _ in 0..5 {
        let head = writer.head;
        append(log, &visits(&mut writer, 1), head);
    }
    let take = |from: &std::sync::mpsc::Receiver<Entry>, n: usize| -> Vec<u64> {
        (0..n).map_while(|_| from.recv_timeout(Duration::from_secs(10)).ok()).map(|e| e.position.0).collect()
    };
    assert_eq!(take(&everything, 10), [3, 4, 5, 6, 7, 8, 9, 10, 11, 12]);
    assert_eq!(take(&node, 4), [2, 5, 8, 11]);
    assert!(everything.try_recv().is_err() && node.try_recv().is_err());
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

/// Entries of two writers as another log has them: with gaps, later ones first, each with a time and some signed.
fn from_elsewhere() -> Vec<Entry> {
    let (one, two) = (visits(&mut chain(7), 6), visits(&mut chain(8), 4));
    let picked = [(&two[3], 9_000), (&one[1], 5_000), (&one[5], 5_001), (&two[0], -4), (&one[0], 70_000)];
    let entry = |(i, (envelope, received_ms)): (usize, (&Envelope, i64))| {
        let signature = (i % 2 == 0).then_some([i as u8; 64]);
        let envelope = envelope.clone().with_signature(signature);
        Entry { position: Position(1_000 + 10 * i as u64), received_ms, envelope }
    };
    picked.into_iter().enumerate().map(entry).collect()
}

/// Positions are a log's own; all else that is relayed stays as it is.
fn is_as_sent(here: &[Entry], sent: &[Entry]) -> bool {
    let all = |entries: &[Entry]| -> Vec<_> {
        entries.iter().map(|e| (e.received_ms, e.envelope.clone(), e.envelope.signature().copied())).collect()
    };
    all(here) == all(sent)
}

/// What another log has judged is taken in whatever stands before it in its chain, in its order, with its times.
pub fn relays_any_writers(log: &mut dyn Log) {
    let sent = from_elsewhere();
    let everything = log.tail(&Subtree::All, Position(0)).expect("a tail");
    let new = log.relay(&sent).expect("what another log has judged");
    assert!(is_as_sent(&new, &sent));
    assert_eq!(new.iter().map(|e| e.position.0).collect::<Vec<_>>(), [1, 2, 3, 4, 5]);
    let read = all(log);
    assert!(read == new && is_as_sent(&read, &sent));
    for entry in &new {
        assert_eq!(log.find(entry.envelope.id()), Ok(Some(entry.clone())));
        let heard = everything.recv_timeout(Duration::from_secs(10)).expect("the tail hears of it");
        assert_eq!(&heard, entry);
    }
    let missing = FactId { writer: WriterId([7; 16]), seq: 3 };
    assert_eq!(log.find(missing), Ok(None), "a gap");
    assert_eq!(log.head(WriterId([7; 16])), Ok(Head::default()), "no chain of this log's");
    let subject = log.read(&Subtree::Subject("u0".to_owned()), Position(0), 9).expect("a read");
    assert!(subject.iter().eq(read.iter().filter(|e| Subtree::Subject("u0".to_owned()).holds(&e.envelope))));
    assert_eq!(subject.len(), 3);
}

/// What is there already is passed over, within one call too; the rest of its chain may come later.
pub fn relays_once(log: &mut dyn Log) {
    let sent = from_elsewhere();
    log.relay(&sent[..2]).expect("what another log has judged");
    let twice = [&sent[..], &sent[2..]].concat();
    let new = log.relay(&twice).expect("what another log has judged");
    assert!(is_as_sent(&new, &sent[2..]));
    assert_eq!(log.relay(&twice), Ok(Vec::new()));
    assert_eq!(log.relay(&[]), Ok(Vec::new()));
    let chain = visits(&mut chain(7), 130);
    let rest: Vec<_> = chain.iter().rev().map(|e| Entry { envelope: e.clone(), ..sent[0].clone() }).collect();
    assert_eq!(log.relay(&rest).map(|new| new.len()), Ok(127));
    for envelope in &chain {
        let found = log.find(envelope.id()).expect("a look");
        assert_eq!(found.map(|entry| entry.envelope).as_ref(), Some(envelope));
    }
    assert_eq!(all(log).len(), 132);
}

/// Own chains go on beside what is relayed, and are not added to by it.
pub fn relays_beside_its_own(log: &mut dyn Log) {
    let mut writer = chain(1);
    let own = visits(&mut writer, 3);
    append(log, &own[..2], Head::default());
    log.relay(&from_elsewhere()).expect("what another log has judged");
    let as_entry = |envelope: &Envelope| Entry { position: Position(5), received_ms: 1, envelope: envelope.clone() };
    assert_eq!(log.relay(&[as_entry(&own[1])]), Ok(Vec::new()), "it is here");
    let refusal = LogError::Conflict { writer: writer.writer, found: 2, expected: 2 };
    assert_eq!(log.relay(&[as_entry(&own[2])]), Err(refusal));
    let head = Head { seq: 2, hash: own[1].hash() };
    assert_eq!(append(log, &own[2..], head), [Position(8)]);
    assert_eq!(log.head(writer.writer), Ok(writer.head));
    assert_eq!(append(log, &own, Head::default()), [1, 2, 8].map(Position));
}

/// One entry that has the name of another one keeps all out.
pub fn relays_all_or_none(log: &mut dyn Log) {
    let mut sent = from_elsewhere();
    log.relay(&sent[..1]).expect("what another log has judged");
    let mut other = chain(8);
    other.head.seq = 3;
    sent[4].envelope = other.seal(&visit(9, "g9", "u9"), 9);
    assert_eq!(sent[4].envelope.id(), sent[0].envelope.id());
    assert_eq!(log.relay(&sent[1..]), Err(LogError::Fork(sent[0].envelope.id())));
    assert_eq!(log.relay(&[&sent[1..2], &sent[1..2]].concat()).map(|new| new.len()), Ok(1));
    assert_eq!(all(log).len(), 2);
}
