//! Somebody whose post is ended while they sit at two desks.
use wangge::{
    grid::{
        fact::{Account, Body, Draft, Enrolled, PersonRecord, PostHolding, Revoked},
        org::Post,
        state::State,
    },
    log::{Entry, Position, conformance::visit},
    run::Files,
    sync::{
        batch,
        message::{Ask, Kind, Tell, Why},
        serve::Limits,
    },
};

use super::{
    house::{Client, House, clock, key},
    rights::{TOWN, VILLAGE, about, told},
};

/// The county's office, above the township.
const COUNTY: &str = "330781";
/// The laptop of somebody at the county.
const LAPTOP: u8 = 9;

fn holds(to: Option<&str>) -> Body {
    let (from, to) = ("2026-10-01".parse().unwrap(), to.map(|day| day.parse().unwrap()));
    Body::Post(PostHolding { post: Post::Leader, from, to, change: false, stand_in: false })
}

/// A county, at which 赵三 has a laptop, and a township whose leader is whoever runs the tests.
fn house() -> House {
    let named = |name: &str| Body::Person(PersonRecord { name: name.to_owned(), ..PersonRecord::default() });
    let mut all = told();
    all.extend([
        about("p3", COUNTY, named("赵三")),
        about("p3", COUNTY, holds(None)),
        about(
            "p3",
            COUNTY,
            Body::Enrolled(Enrolled { key: key(LAPTOP).public(), name: "赵三的".to_owned(), window: None }),
        ),
    ]);
    House::with(Limits::default(), &all)
}

/// What the county's laptop brings.
fn bring(laptop: &mut Client, drafts: &[Draft]) {
    let by = |draft: &Draft| Draft { by: Some("p3".to_owned()), ..draft.clone() };
    // Of two words about a post the later one counts.
    let later = clock().now_ms() + 60_000;
    let (_, envelopes) = laptop.seal_at(&drafts.iter().map(by).collect::<Vec<_>>(), later);
    let entry = |envelope| Entry { position: Position(0), received_ms: 0, envelope };
    let batch = batch::encode(&envelopes.into_iter().map(entry).collect::<Vec<_>>());
    laptop.link.ask(&Ask::Push { of: 3, batch }).unwrap();
    let tell = laptop.link.hearing.hear().unwrap();
    let Tell::Pushed { held, .. } = &tell else { panic!("{tell:?}") };
    assert_eq!(held, &Vec::new());
}

/// The bodies that a desk is told until `is_last`, and how often it is told to begin anew.
fn hear_until(desk: &mut Client, is_last: impl Fn(&Draft) -> bool) -> (Vec<Draft>, usize) {
    let (mut heard, mut anew) = (Vec::new(), 0);
    loop {
        match desk.link.hearing.hear().unwrap() {
            Tell::Entries { entries, .. } => {
                for carried in entries {
                    heard.push(Entry::try_from(carried).unwrap().envelope.open(0).unwrap().draft);
                }
                if heard.last().is_some_and(&is_last) {
                    return (heard, anew);
                }
            }
            Tell::Anew => anew += 1,
            tell => panic!("{tell:?}"),
        }
    }
}

#[test]
fn who_loses_their_post_at_two_desks_begins_anew_sees_no_more_and_is_refused_in_words() {
    let house = house();
    let mut laptop = house.enter_as(LAPTOP, Kind::Laptop).unwrap();
    let mut desks = [1, 2].map(|n| house.enter(n).unwrap());
    for desk in &mut desks {
        desk.link.ask(&Ask::Tail { after: desk.link.welcome.end }).unwrap();
    }
    let grid = {
        let pack = std::sync::Arc::new(Files::of_user().pack("lanxi").unwrap().unwrap());
        let state = State::from_snapshot(desks[0].state(), &pack).unwrap();
        let org = state.org();
        let unit = org.unit_ix(VILLAGE).unwrap();
        org.node(org.grid_of(unit, "2026-11-17".parse().unwrap()).unwrap()).id.clone()
    };
    let own = Draft { by: Some("p1".to_owned()), ..visit(320, &grid, VILLAGE) };
    let (head, envelopes) = desks[0].seal(std::slice::from_ref(&own));
    assert!(matches!(desks[0].append(head, &envelopes), Tell::Appended { .. }));
    // The county ends the post; then something happens in the township, and then something about the person alone.
    bring(&mut laptop, &[about("p1", TOWN, holds(Some("2026-11-22")))]);
    bring(&mut laptop, &[visit(321, &grid, VILLAGE)]);
    bring(
        &mut laptop,
        &[about("p1", TOWN, Body::Person(PersonRecord { name: "王一一".to_owned(), ..PersonRecord::default() }))],
    );
    let is_name = |draft: &Draft| matches!(&draft.body, Body::Person(person) if person.name == "王一一");
    for desk in &mut desks {
        let (heard, anew) = hear_until(desk, is_name);
        assert!(heard.iter().any(|draft| matches!(&draft.body, Body::Post(post) if post.to.is_some())), "{heard:?}");
        assert!(!heard.iter().any(|draft| draft.occurred.to_string() == "2026-11-18"), "the township's: {heard:?}");
        assert_eq!(anew, 1);
    }
    for desk in &mut desks {
        // The state that they are given anew, and what they read, is nobody's but their own.
        let pack = std::sync::Arc::new(Files::of_user().pack("lanxi").unwrap().unwrap());
        let state = State::from_snapshot(desk.state(), &pack).unwrap();
        assert!(state.org().unit_ix(VILLAGE).is_none() && state.org().person_ix("p1").is_some());
        let read = desk.all();
        let read = read.iter().map(|envelope| envelope.open(0).unwrap().draft);
        assert!(read.into_iter().all(|draft| draft.occurred.to_string() != "2026-11-18"));
        // What they go on to record is refused, and the sentence says what is missing and who has it.
        let (head, envelopes) = desk.seal(std::slice::from_ref(&own));
        let tell = desk.append(head, &envelopes);
        let Tell::Refused { why: Why::Denied, text, .. } = &tell else { panic!("{tell:?}") };
        assert!(text.contains("王一一") && text.contains("记录") && text.contains("赵三"), "{text}");
        desk.unseal(head);
    }
}

/// The words with which the server ends a connection.
fn end_of(desk: &mut Client) -> (Why, String) {
    loop {
        match desk.link.hearing.hear().unwrap() {
            Tell::Refused { of: 0, why, text } => return (why, text),
            Tell::Entries { .. } => {}
            tell => panic!("{tell:?}"),
        }
    }
}

#[test]
fn whose_device_is_stopped_or_whose_login_is_closed_is_sent_away_while_they_sit_there() {
    let house = house();
    let mut laptop = house.enter_as(LAPTOP, Kind::Laptop).unwrap();
    let [mut first, mut second] = [1, 2].map(|n| house.enter(n).unwrap());
    let revoked = Revoked { writer: key(1).writer(), from_ms: clock().now_ms() - 1, reason: "丢失".to_owned() };
    bring(&mut laptop, &[about("p1", TOWN, Body::Revoked(revoked))]);
    let (why, text) = end_of(&mut first);
    assert!(why == Why::Stranger && text.contains("停用"), "{why:?} {text}");
    // The other one stays, until the login is nobody's: that desk's key is somebody's who does not sit there any more.
    let _all = second.all();
    let login = wangge::sync::socket::login(rustix::process::getuid().as_raw());
    bring(&mut laptop, &[about("p1", TOWN, Body::Account(Account { login, closed: true }))]);
    assert_eq!(end_of(&mut second).0, Why::Stranger);
    assert!(house.enter(2).is_err());
}
