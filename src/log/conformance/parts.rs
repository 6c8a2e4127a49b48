//! Reading: parts, pages, and what comes from now on.
use std::{collections::BTreeSet, time::Duration};

use super::{all, append, chain, visit, visits};
use crate::{
    grid::fact::{Body, Chain, Draft, Envelope, FactId, Head, ProblemFound, Record, Visit, WriterId},
    log::{Entry, Log, Position, Subtree},
};

fn nodes(names: &[&str]) -> Subtree {
    Subtree::Nodes(names.iter().map(|&n| n.to_owned()).collect::<BTreeSet<_>>())
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
    let found = Visit {
        problem: Some(ProblemFound { text: "the books differ".to_owned(), follow_up: None }),
        ..Visit::default()
    };
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
