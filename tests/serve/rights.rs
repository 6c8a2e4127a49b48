//! Who is who on a served store, what they may write, and what they see.
use std::fs;

use wangge::{
    grid::{
        fact::{Account, Body, Draft, Envelope, Fact, PersonRecord, PostHolding},
        org::Post,
        state::State,
    },
    log::conformance::visit,
    run::Files,
    sync::{
        message::{Tell, Why},
        serve::Limits,
        socket,
    },
};

use super::house::{House, clock, key};

/// A township, a village of it, and a village of another one.
pub const TOWN: &str = "330781001";
pub const VILLAGE: &str = "330781001001";
const ELSEWHERE: &str = "330781002";

pub fn about(person: &str, at: &str, body: Body) -> Draft {
    Draft { by: None, at: Some(at.to_owned()), subject: Some(person.to_owned()), body, ..visit(300, "", "") }
}

/// The user of these tests leads a township.
pub fn told() -> Vec<Draft> {
    let named = |name: &str| Body::Person(PersonRecord { name: name.to_owned(), ..PersonRecord::default() });
    let leads = PostHolding {
        post: Post::Leader,
        from: "2026-10-01".parse().unwrap(),
        to: None,
        change: false,
        stand_in: false,
    };
    let login = socket::login(rustix::process::getuid().as_raw());
    vec![
        about("p1", TOWN, named("王一")),
        about("p1", TOWN, Body::Post(leads.clone())),
        about("p1", TOWN, Body::Account(Account { login, closed: false })),
        about("p2", ELSEWHERE, named("李二")),
        about("p2", ELSEWHERE, Body::Post(leads)),
        Draft { by: Some("p2".to_owned()), ..visit(320, ELSEWHERE, "330781002001") },
    ]
}

fn facts(envelopes: &[Envelope]) -> Vec<Fact> {
    envelopes.iter().map(|envelope| envelope.open(0).unwrap()).collect()
}

#[test]
fn a_login_is_a_person_whose_posts_say_what_is_taken_in_and_seen() {
    let mut house = House::with(Limits::default(), &told());
    let mut client = house.enter(1).unwrap();
    assert_eq!((client.link.welcome.person.as_deref(), client.link.welcome.owner), (Some("p1"), false));
    assert_ne!(client.link.welcome.scope, [0; 16]);
    // The state is that of the own subtree, with the names above.
    let (bytes, _) = client.link.state().unwrap();
    let pack = std::sync::Arc::new(Files::of_user().pack("lanxi").unwrap().unwrap());
    let state = State::from_snapshot(bytes, &pack).unwrap();
    let org = state.org();
    assert!(org.node_ix(TOWN).is_some() && org.node_ix("330781").is_some() && org.unit_ix(VILLAGE).is_some());
    assert!(org.node_ix(ELSEWHERE).is_none() && org.unit_ix("330781002001").is_none() && org.person_ix("p2").is_none());
    // So is what is read.
    let read = facts(&client.all());
    assert!(read.iter().any(|fact| fact.draft.subject.as_deref() == Some(VILLAGE)));
    assert!(read.iter().all(|fact| fact.draft.at.as_deref() != Some(ELSEWHERE)), "another township's records");
    // At the own place as oneself it is taken in; elsewhere, or as somebody else, it is not, and nothing of it.
    let grid = org.grid_of(org.unit_ix(VILLAGE).unwrap(), "2026-11-17".parse().unwrap()).unwrap();
    let own = Draft { by: Some("p1".to_owned()), ..visit(320, &org.node(grid).id, VILLAGE) };
    let (head, envelopes) = client.seal(std::slice::from_ref(&own));
    let tell = client.append(head, &envelopes);
    assert!(matches!(tell, Tell::Appended { .. }), "{tell:?}");
    let foreign = Draft { at: Some(ELSEWHERE.to_owned()), ..own.clone() };
    let forged = Draft { by: Some("p2".to_owned()), ..own.clone() };
    for wrong in [foreign, forged] {
        let (head, envelopes) = client.seal(&[own.clone(), wrong]);
        let tell = client.append(head, &envelopes);
        let Tell::Refused { why: Why::Denied, text, .. } = &tell else { panic!("{tell:?}") };
        assert!(text.contains("属于") || text.contains("李二"), "{text}");
        client.unseal(head);
    }
    house.stop();
    let book = wangge::run::Book::open(&house.store, &Files::of_user(), clock()).unwrap();
    let all = book.store.read(wangge::log::Subtree::All, wangge::log::Position(0), usize::MAX).unwrap();
    let all: Vec<Fact> = all.iter().map(|entry| entry.envelope.open(entry.received_ms).unwrap()).collect();
    let writer = key(1).writer();
    assert_eq!(all.iter().filter(|fact| fact.id.writer == writer).count(), 1);
    // The desk's key was enrolled by the server, and what it sent has a receipt.
    assert_eq!(book.state.device(writer).map(|device| device.person.as_str()), Some("p1"));
    let has_receipt = |fact: &Fact| match &fact.draft.body {
        Body::Receipt(receipt) => receipt.of.iter().any(|of| (of.writer, of.from, of.to) == (writer, 1, 1)),
        _ => false,
    };
    assert!(all.iter().any(has_receipt));
    let signins = fs::read_to_string(house.store.join("signins.csv")).unwrap();
    assert!(signins.lines().count() == 2 && signins.contains(",p1,"), "{signins}");
}

#[test]
fn a_device_that_is_revoked_does_not_come_in_and_a_login_that_is_nobody_s_neither() {
    use wangge::grid::fact::{Enrolled, Revoked};
    let mut told = told();
    told.push(about(
        "p1",
        TOWN,
        Body::Enrolled(Enrolled { key: key(1).public(), name: "旧电脑".to_owned(), window: None }),
    ));
    let revoked = Revoked { writer: key(1).writer(), from_ms: clock().now_ms() - 1, reason: "丢失".to_owned() };
    told.push(about("p1", TOWN, Body::Revoked(revoked)));
    told.push(about(
        "p2",
        ELSEWHERE,
        Body::Enrolled(Enrolled { key: key(2).public(), name: "李二的".to_owned(), window: None }),
    ));
    let house = House::with(Limits::default(), &told);
    for (device, said) in [(1, "停用"), (2, "别人名下")] {
        let Err(error) = house.enter(device) else { panic!("{device} came in") };
        assert!(error.to_string().contains(said), "{error}");
    }
    assert!(house.enter(3).is_ok());
}
