//! A laptop's batch that takes its time.
use std::{os::unix::net::UnixStream, time::Duration};

use super::{County, double::Held, key};
use crate::{
    grid::fact::{Envelope, Head},
    log::{Entry, Position},
    sync::{
        Link, LinkError, Streams, batch,
        message::{Ask, Kind, Mark, Sealed, Tell},
        serve::Server,
    },
};

/// Far beyond what a loaded machine needs.
pub(super) const PATIENCE: Duration = Duration::from_secs(30);

pub(super) fn enter(server: &Server, kind: Kind, n: u8) -> Link {
    let (client, stream) = UnixStream::pair().unwrap();
    client.set_read_timeout(Some(PATIENCE)).unwrap();
    server.take(stream).unwrap();
    let link = Link::open::<LinkError>(Streams::of_socket(client).unwrap(), kind, "试", |_| Ok(key(n))).unwrap();
    link.wire.wait(Some(PATIENCE));
    link
}

/// Records one fact and waits for the answer.
fn tick(desk: &mut Link, before: Head, envelope: &Envelope) -> Tell {
    let envelopes = vec![Sealed::from(envelope)];
    desk.ask(&Ask::Append { of: 5, expected: Mark::from(before), envelopes, more: false }).unwrap();
    desk.hearing.hear().unwrap()
}

#[test]
fn a_tick_is_answered_while_a_laptop_s_batch_waits_for_the_disk() {
    let county = County::new();
    let server = Server::start(county.served(), county.house()).unwrap();
    let mut desk = enter(&server, Kind::Desk, 2);
    let mut laptop = enter(&server, Kind::Laptop, 9);
    let mut chain = crate::grid::fact::Chain::new(key(2).writer(), Head::default());
    let ticks = [301, 302, 303].map(|day| {
        let before = chain.head;
        (before, chain.seal_group(&[county.visit(day)], super::NOW, &key(2)).remove(0))
    });
    let brought: Vec<Entry> = county
        .sealed(&key(9), 310..320)
        .into_iter()
        .map(|envelope| Entry { position: Position(0), received_ms: super::NOW, envelope })
        .collect();
    let end = brought.last().unwrap().envelope.id().seq;
    // First nobody says where the laptop's chain ends, then nobody takes in what it brings.
    county.slow.hold(Some((key(9).writer(), Held::Heads)));
    laptop.ask(&Ask::Push { of: 7, batch: batch::encode(&brought) }).unwrap();
    for (held, (before, envelope)) in [Held::Heads, Held::Appends].into_iter().zip(&ticks) {
        county.slow.wait_until_held(PATIENCE);
        let told = tick(&mut desk, *before, envelope);
        assert!(matches!(told, Tell::Appended { of: 5, .. }), "{held:?}: {told:?}");
        let next = (held == Held::Heads).then_some((key(9).writer(), Held::Appends));
        county.slow.hold(next);
    }
    let Tell::Pushed { of: 7, heads, held, forked, .. } = laptop.hearing.hear().unwrap() else { panic!("not pushed") };
    assert_eq!((held, forked), (Vec::new(), None));
    assert_eq!(heads.iter().map(|(writer, mark)| (*writer, mark.seq)).collect::<Vec<_>>(), [(key(9).writer(), end)]);
    // The desk goes on, and what the laptop brought twice is there once.
    let (before, envelope) = &ticks[2];
    assert!(matches!(tick(&mut desk, *before, envelope), Tell::Appended { .. }));
    laptop.ask(&Ask::Push { of: 8, batch: batch::encode(&brought) }).unwrap();
    let Tell::Pushed { of: 8, heads, .. } = laptop.hearing.hear().unwrap() else { panic!("not pushed") };
    assert_eq!(heads[0].1.seq, end);
    server.stop();
}
