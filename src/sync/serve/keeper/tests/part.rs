//! The state of what somebody may see, made while that changes.
use super::{
    COUNTY, County, NOW, TOWN, UNIT,
    batch::{PATIENCE, enter},
    key, leads,
};
use crate::{
    grid::{
        fact::{Chain, Draft, Head},
        state::State,
    },
    log::{Entry, Position},
    sync::{
        batch,
        message::{Ask, Kind, Tell},
        serve::Server,
    },
};

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
    county.slow.hold_reading(false);
    let mut bytes = Vec::new();
    loop {
        let tell = desk.hearing.hear().unwrap();
        let Tell::State { of: 4, part, more, .. } = tell else { panic!("{tell:?}") };
        bytes.extend(part);
        if !more {
            break;
        }
    }
    let state = State::from_snapshot(bytes, county.state.pack()).unwrap();
    assert!(state.org().person_ix("p1").is_some(), "themselves they see");
    assert!(state.org().unit_ix(UNIT).is_none(), "the township's enterprises are no longer theirs to see");
    server.stop();
}
