//! Taking in what another log has judged.
use std::time::Duration;

use super::{all, append, chain, visit, visits};
use crate::{
    grid::fact::{Envelope, FactId, Head, WriterId},
    log::{Entry, Log, LogError, Position, Subtree},
};

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
