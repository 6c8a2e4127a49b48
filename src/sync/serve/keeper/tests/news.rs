//! What whoever has a desk open is told by itself.
use super::{County, NOW, batch::enter, key};
use crate::{
    grid::fact::{Body, Chain, Draft, Envelope, Hash, Head, Receipt, Received},
    log::{Entry, Position, conformance::visit},
    sync::{
        Link, batch,
        message::{Ask, Kind, Mark, Sealed, Tell},
        serve::Server,
    },
};

/// The next entries that are told; none when the server has ended.
fn hear(desk: &mut Link) -> Option<Vec<Envelope>> {
    loop {
        if let Tell::Entries { entries, .. } = desk.hearing.hear().ok()? {
            return Some(entries.into_iter().map(|carried| Entry::try_from(carried).unwrap().envelope).collect());
        }
    }
}

fn is_receipt(envelope: &Envelope) -> bool {
    envelope.about().unwrap().is_receipt()
}

#[test]
fn an_open_desk_hears_of_what_was_recorded_and_not_of_its_receipt() {
    let county = County::new();
    let server = Server::start(county.served(), county.house()).unwrap();
    let before = county.slow.all().len() as u64;
    let mut colleague = enter(&server, Kind::Desk, 2);
    let visit = Chain::new(key(2).writer(), Head::default()).seal_group(&[county.visit(301)], NOW, &key(2)).remove(0);
    let envelopes = vec![Sealed::from(&visit)];
    colleague.ask(&Ask::Append { of: 5, expected: Mark::from(Head::default()), envelopes, more: false }).unwrap();
    assert!(matches!(colleague.hearing.hear().unwrap(), Tell::Appended { .. }));
    let mut desk = enter(&server, Kind::Desk, 3);
    desk.ask(&Ask::Tail { after: before }).unwrap();
    assert!(hear(&mut desk).unwrap().contains(&visit));
    // The last receipts are given when it stops.
    server.stop();
    let heard: Vec<Envelope> = std::iter::from_fn(|| hear(&mut desk)).flatten().collect();
    assert!(!heard.iter().any(is_receipt));
    assert!(county.slow.all().iter().any(|entry| is_receipt(&entry.envelope)), "there is one");
}

#[test]
fn a_window_hears_of_the_receipts_that_come_from_the_county_s_server() {
    let county = County::new();
    let server = Server::start(county.served(), county.own_house()).unwrap();
    let mut window = enter(&server, Kind::Desk, 2);
    window.ask(&Ask::Tail { after: county.slow.all().len() as u64 }).unwrap();
    // What somebody recorded a week ago was taken in today, and is late by that.
    let taken = Received { writer: key(9).writer(), from: 1, to: 1, hash: Hash([0; 32]), received_ms: NOW };
    let receipt = Draft { body: Body::Receipt(Receipt { of: vec![taken] }), ..visit(326, "", "") };
    let receipt = Chain::new(key(7).writer(), Head::default()).seal(&Draft { at: None, subject: None, ..receipt }, NOW);
    let pulled = [Entry { position: Position(0), received_ms: NOW, envelope: receipt.clone() }];
    let mut syncing = enter(&server, Kind::Command, 3);
    syncing.ask(&Ask::Relay { of: 4, batch: batch::encode(&pulled) }).unwrap();
    assert!(matches!(syncing.hearing.hear().unwrap(), Tell::Relayed { of: 4, .. }));
    assert_eq!(hear(&mut window), Some(vec![receipt]));
    server.stop();
}
