//! The state of what somebody may see, made while that changes.
use super::{
    COUNTY, County, NOW, TOWN, UNIT,
    batch::{PATIENCE, enter},
    key, leads,
};
use crate::{
    grid::{
        fact::{Chain, Draft, Head},
        scope::Scope,
        state::State,
    },
    log::{Entry, Position},
    sync::{
        Link, batch,
        message::{Ask, Kind, Mark, Tell},
        serve::Server,
    },
};

/// Hears the state that was asked for.
fn hear(desk: &mut Link) -> Vec<u8> {
    let mut bytes = Vec::new();
    loop {
        let tell = desk.hearing.hear().unwrap();
        let Tell::State { of: 4, part, more, .. } = tell else { panic!("{tell:?}") };
        bytes.extend(part);
        if !more {
            return bytes;
        }
    }
}

/// The state of what the township's leader may see, for a desk that leaves again.
fn state_of_desk(server: &Server, county: &County) -> State {
    let mut desk = enter(server, Kind::Desk, 2);
    desk.ask(&Ask::State { of: 4 }).unwrap();
    let state = State::from_snapshot(hear(&mut desk), county.state.pack()).unwrap();
    leave(desk);
    state
}

/// Leaves, and waits until the server has parted.
fn leave(mut desk: Link) {
    desk.ask(&Ask::Bye).unwrap();
    while desk.hearing.hear().is_ok() {}
}

/// The post of the township's leader is ended from above.
fn end_post(laptop: &mut Link) {
    let ends = Draft { by: Some("p3".to_owned()), ..super::about("p1", TOWN, leads(Some("2026-11-22"))) };
    let mut chain = Chain::new(key(8).writer(), Head::default());
    let brought: Vec<Entry> = chain
        // Of two words about a post the later one counts.
        .seal_group(&[ends], NOW + 60_000, &key(8))
        .into_iter()
        .map(|envelope| Entry { position: Position(0), received_ms: NOW, envelope })
        .collect();
    laptop.ask(&Ask::Push { of: 7, batch: batch::encode(&brought) }).unwrap();
    let tell = laptop.hearing.hear().unwrap();
    assert!(matches!(&tell, Tell::Pushed { held, .. } if held.is_empty()), "{tell:?}");
}

#[test]
fn who_was_away_while_their_post_ended_is_given_what_they_may_see_now() {
    let county = County::new();
    let server = Server::start(county.served(), county.house()).unwrap();
    assert!(state_of_desk(&server, &county).org().unit_ix(UNIT).is_some());
    end_post(&mut enter(&server, Kind::Laptop, 8));
    let state = state_of_desk(&server, &county);
    assert!(state.org().person_ix("p1").is_some(), "themselves they see");
    assert!(state.org().unit_ix(UNIT).is_none(), "the township's enterprises are no longer theirs to see");
    server.stop();
}

#[test]
fn who_comes_much_later_is_given_what_was_made_before_and_what_came_since() {
    let county = County::new();
    let server = Server::start(county.served(), county.house()).unwrap();
    let before = state_of_desk(&server, &county);
    let first = county.slow.all().len() as u64;
    let mut desk = enter(&server, Kind::Desk, 2);
    let mut chain = Chain::new(key(2).writer(), Head::default());
    let drafts: Vec<Draft> = (0..2_500).map(|n| county.visit(280 + n % 40)).collect();
    for (of, drafts) in (10..).zip(drafts.chunks(500)) {
        let expected = Mark::from(chain.head);
        let envelopes = chain.seal_group(drafts, NOW, &key(2)).iter().map(Into::into).collect();
        desk.ask(&Ask::Append { of, expected, envelopes, more: false }).unwrap();
        let tell = desk.hearing.hear().unwrap();
        assert!(matches!(tell, Tell::Appended { .. }), "{tell:?}");
    }
    leave(desk);
    county.slow.reads();
    let state = state_of_desk(&server, &county);
    assert!(state.count() >= before.count() + 2_500, "{} and then {}", before.count(), state.count());
    let reads = county.slow.reads();
    assert!(reads.iter().all(|after| after.0 >= first), "what was folded before is not read again: {reads:?}");
    // It is what all of it amounts to.
    let everything = county.slow.all();
    let facts: Vec<_> = everything.iter().map(|entry| entry.envelope.open(entry.received_ms).unwrap()).collect();
    let (mut whole, mut part) = (State::new(county.state.pack().clone()), State::new(county.state.pack().clone()));
    facts.iter().for_each(|fact| drop(whole.apply(fact)));
    let scope = Scope::of(&whole, "p1", "2026-11-23".parse().unwrap());
    facts.iter().filter(|fact| scope.holds(&whole, fact)).for_each(|fact| drop(part.apply(fact)));
    assert_eq!(state.digest(), part.digest());
    server.stop();
}

#[test]
fn a_state_that_is_old_before_it_is_made_is_not_given_out() {
    let county = County::new();
    assert!(county.state.org().unit_ix(UNIT).is_some() && county.state.org().node_ix(COUNTY).is_some());
    let server = Server::start(county.served(), county.house()).unwrap();
    let mut desk = enter(&server, Kind::Desk, 2);
    let mut laptop = enter(&server, Kind::Laptop, 8);
    county.slow.hold_reading(true);
    desk.ask(&Ask::State { of: 4 }).unwrap();
    county.slow.wait_until_held(PATIENCE);
    // While the log is read for them, their post is ended from above.
    end_post(&mut laptop);
    county.slow.hold_reading(false);
    let bytes = hear(&mut desk);
    let state = State::from_snapshot(bytes, county.state.pack()).unwrap();
    assert!(state.org().person_ix("p1").is_some(), "themselves they see");
    assert!(state.org().unit_ix(UNIT).is_none(), "the township's enterprises are no longer theirs to see");
    server.stop();
}
