//! What counts of what devices send, and what is held: the whole table, and each reason by itself.
//!
//! `UPDATE_RIGHTS=1 cargo test --test all admit` writes the table anew; read it before it is committed.
use std::{fmt::Write as _, path::Path};

use wangge::grid::{
    decide::{
        Actor, Intent, Refusal,
        admit::{Sender, Verdict, admit, held, names},
        decide, rights,
    },
    fact::{
        Body, Chain, DeviceKey, Draft, Fact, FactId, Head, Held, HeldWhy, Receipt, Record, StoreOpened, Strayed, Visit,
        Withdrawn, WriterId,
    },
    org::Post,
};

use super::{
    rights::{CAST, GRID, OTHER_GRID, around, county, kinds, person},
    world::{World, day, instant, withdraw},
};

/// The key of somebody's laptop.
pub fn key_of(world: &World, name: &str) -> DeviceKey {
    let mut secret = [0; 32];
    secret.iter_mut().zip(person(world, name).bytes()).for_each(|(to, from)| *to = from);
    DeviceKey::from_secret(&secret)
}

/// The county with a laptop for everybody, and for one of the other township.
pub fn equipped() -> World {
    let mut world = county();
    for name in CAST.map(|(name, ..)| name).into_iter().chain(["西乡副"]) {
        let (person, key) = (person(&world, name), key_of(&world, name).public());
        world.run(&Intent::Enroll { person, key, name: format!("{name}的笔记本") });
    }
    world
}

/// A fact of somebody's laptop, written down and taken in at noon of a day.
pub fn sent(world: &World, name: &str, draft: &Draft, on: &str) -> Fact {
    let draft = Draft { by: Some(person(world, name)), ..draft.clone() };
    let at = instant(day(on), "12:00:00");
    Chain::new(key_of(world, name).writer(), Head::default()).seal(&draft, at).open(at).unwrap()
}

pub fn judged(world: &World, fact: &Fact, named: Option<&Fact>) -> Verdict {
    admit(&world.state, &Sender::of(&world.state, fact.id.writer, world.today), fact, named)
}

pub fn why(verdict: &Verdict) -> Option<HeldWhy> {
    match verdict {
        Verdict::Counts => None,
        Verdict::Held(why, _) => Some(*why),
    }
}

/// What the facts of the table name: another person's visit at the node, taken back or settled.
fn target(world: &World, draft: &Draft) -> Fact {
    let by = Some("somebody#else".to_owned());
    let draft = Draft { by, body: Body::Visit(Visit::default()), subject: None, ..draft.clone() };
    Chain::new(WriterId([1; 16]), Head::default()).seal(&draft, instant(world.today, "09:00:00")).open(0).unwrap()
}

#[test]
fn the_table_of_what_is_taken_in_is_as_it_is_kept() {
    let world = equipped();
    let mut table = String::from(
        "收到笔记本的记录：● 算数；存疑的写明原因：权 没有权限，界 网格已关或不再归他；空白 没有这样的网格\n",
    );
    for (name, node, _, what) in CAST {
        let actor = Actor::held(&person(&world, name), world.today);
        writeln!(table, "\n{what}\n  {:　<7}本级 上级 平级 下级", "").unwrap();
        for (row, (word, _)) in kinds(&world, node).iter().enumerate() {
            write!(table, "  {word:　<7}").unwrap();
            for at in around(node) {
                let Some(at) = at else {
                    table.push_str("     ");
                    continue;
                };
                let draft = &kinds(&world, at)[row].1;
                let fact = sent(&world, name, draft, "2026-11-20");
                let named = names(&fact).map(|_| target(&world, draft));
                let verdict = judged(&world, &fact, named.as_ref());
                table.push_str(match &verdict {
                    Verdict::Counts => " ●   ",
                    Verdict::Held(HeldWhy::NoRight, _) => " 权  ",
                    Verdict::Held(HeldWhy::Closed, _) => " 界  ",
                    Verdict::Held(..) => " ？  ",
                });
                // Whoever may not write it here can't bring it in from there.
                let may = rights::may(&world.state, &actor, &fact.draft);
                assert!(may.is_ok() || verdict != Verdict::Counts, "{word} {name} {at}");
                if let Verdict::Held(_, said) = &verdict {
                    assert!(!said.is_empty(), "{word} {name} {at}");
                }
            }
            table.truncate(table.trim_end_matches(' ').len());
            table.push('\n');
        }
    }
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/rules/admit.txt");
    if std::env::var_os("UPDATE_RIGHTS").is_some() {
        std::fs::write(&file, &table).unwrap();
    }
    let kept = std::fs::read_to_string(&file).unwrap_or_default();
    assert!(kept == table, "UPDATE_RIGHTS=1 writes tests/rules/admit.txt anew");
}

/// A visit at the grid by who leads it.
pub fn visit(world: &World) -> Draft {
    kinds(world, GRID).remove(0).1
}

#[test]
fn each_reason_has_its_sentence() {
    let world = equipped();
    let fine = sent(&world, "格长", &visit(&world), "2026-11-20");
    assert_eq!(judged(&world, &fine, None), Verdict::Counts);
    let mut stranger = fine.clone();
    stranger.id.writer = WriterId([99; 16]);
    let mut forged = fine.clone();
    forged.draft.by = Some(person(&world, "格副"));
    let mut unsigned = fine.clone();
    unsigned.draft.by = None;
    let ahead = |hours: i64| Fact { recorded_ms: fine.received_ms + hours * 3_600_000 + 1, ..fine.clone() };
    let elsewhere = sent(&world, "格长", &kinds(&world, OTHER_GRID).remove(0).1, "2026-11-20");
    let on = |occurred: &str| {
        let draft = Draft { occurred: day(occurred), ..visit(&world) };
        sent(&world, "格长", &draft, "2026-11-20")
    };
    for (fact, expected, said) in [
        (&stranger, HeldWhy::NotEnrolled, "wangge device enroll"),
        (&forged, HeldWhy::Forged, "设备「格长的笔记本」是格长的，记录却写明由格副记"),
        (&unsigned, HeldWhy::Forged, "记录却写明由未登记的人记"),
        (&ahead(24), HeldWhy::Clock, "设备的时钟比服务器快 24 小时"),
        (&on("2026-12-01"), HeldWhy::Clock, "记的是 2026-12-01 的事，那一天还没有到"),
        (&elsewhere, HeldWhy::NoRight, "格长没有在东乡 工业第2网格记录的权限；可以请"),
    ] {
        let verdict = judged(&world, fact, None);
        assert_eq!(why(&verdict), Some(expected));
        let Verdict::Held(_, text) = verdict else { continue };
        assert!(text.contains(said), "{text}");
    }
    assert_eq!(judged(&world, &ahead(23), None), Verdict::Counts);
    assert_eq!(judged(&world, &on("2026-11-21"), None), Verdict::Counts, "by a clock that is a little ahead");
}

#[test]
fn a_revoked_device_is_held_by_when_it_was_recorded_and_by_when_it_came() {
    let mut world = equipped();
    let writer = key_of(&world, "格长").writer();
    world.run(&Intent::Revoke { writer, from_ms: instant(day("2026-11-18"), "00:00:00"), reason: "被盗".to_owned() });
    let came = |recorded: &str, received: &str| {
        let draft = Draft { occurred: day(recorded), ..visit(&world) };
        let fact = sent(&world, "格长", &draft, recorded);
        let fact = Fact { received_ms: instant(day(received), "12:00:00"), ..fact };
        why(&judged(&world, &fact, None))
    };
    assert_eq!(came("2026-11-19", "2026-11-19"), Some(HeldWhy::Revoked));
    assert_eq!(came("2026-11-10", "2026-11-20"), Some(HeldWhy::Revoked), "backdated by the thief");
    assert_eq!(came("2026-11-10", "2026-11-10"), None);
}

#[test]
fn what_comes_for_a_grid_that_is_no_longer_the_sender_s_is_kept() {
    let mut world = equipped();
    let (before, theirs) = (visit(&world), sent(&world, "格长", &visit(&world), "2026-11-20"));
    // Somebody else leads the grid from the 22nd on; what the one before recorded comes on the 24th.
    world.on("2026-11-24").appoint(GRID, Post::Leader, "新格长", "2026-11-22");
    let late = Fact { received_ms: instant(world.today, "12:00:00"), ..theirs };
    let verdict = judged(&world, &late, None);
    assert_eq!(why(&verdict), Some(HeldWhy::Closed));
    assert!(matches!(verdict, Verdict::Held(_, text) if text.starts_with("记录的时候有权限")));
    // The unit belongs to the other grid by then.
    let mut world = equipped();
    let (unit, other) = (world.unit(1), world.grid(OTHER_GRID));
    world.run(&Intent::Place { units: vec![unit], grid: other, from: day("2026-11-19") });
    let moved = Draft { subject: Some(super::world::code(1)), ..before.clone() };
    let verdict = judged(&world, &sent(&world, "格长", &moved, "2026-11-20"), None);
    assert_eq!(why(&verdict), Some(HeldWhy::Closed));
    assert!(
        matches!(verdict, Verdict::Held(_, text) if text == "企业1 在 2026-11-20 属于东乡 工业第2网格，不属于东乡 工业第1网格")
    );
    // The days are locked by then.
    let mut world = equipped();
    let node = world.grid(GRID);
    world.run(&Intent::Lock { node, through: day("2026-11-19") });
    let locked = Draft { occurred: day("2026-11-18"), ..before };
    assert_eq!(why(&judged(&world, &sent(&world, "格长", &locked, "2026-11-20"), None)), Some(HeldWhy::Closed));
}

#[test]
fn what_names_another_fact_is_judged_by_that_fact() {
    let world = equipped();
    let theirs = sent(&world, "格导", &visit(&world), "2026-11-20");
    let back = Draft { body: Body::Withdrawn(Withdrawn { of: theirs.id, reason: "x".to_owned() }), ..visit(&world) };
    let by = |name: &str, named: Option<&Fact>| why(&judged(&world, &sent(&world, name, &back, "2026-11-20"), named));
    assert_eq!(by("格导", Some(&theirs)), None, "one's own");
    assert_eq!(by("格长", Some(&theirs)), None, "leaders");
    assert_eq!(by("乡员", Some(&theirs)), Some(HeldWhy::NoRight));
    assert_eq!(by("格长", None), Some(HeldWhy::NoRight), "what it names is not here");
    // A place in the draft that is one's own does not help: it is the named fact's that counts.
    let elsewhere = sent(&world, "格导", &kinds(&world, OTHER_GRID).remove(0).1, "2026-11-20");
    assert_eq!(by("格长", Some(&elsewhere)), Some(HeldWhy::NoRight));
    // Nor does it count where somebody with the right over both says so at another place: who has it would not hear.
    assert_eq!(by("乡长", Some(&theirs)), None);
    assert_eq!(by("乡长", Some(&elsewhere)), Some(HeldWhy::Closed));
}

#[test]
fn only_the_server_says_what_is_the_server_s() {
    let world = equipped();
    let of = FactId { writer: WriterId([5; 16]), seq: 1 };
    for body in [
        Body::Receipt(Receipt::default()),
        Body::Held(Held { of, why: HeldWhy::Clock, text: String::new(), places: Vec::new(), english: String::new() }),
        Body::StoreOpened(StoreOpened {
            pack: "tiny".to_owned(),
            from: day("2026-09-01"),
            sample: false,
            key: Vec::new(),
        }),
    ] {
        let draft = Draft { at: Some("330".to_owned()), subject: None, ..visit(&world) };
        let fact = sent(&world, "县长", &Draft { body, ..draft }, "2026-11-20");
        let verdict = judged(&world, &fact, None);
        assert_eq!(why(&verdict), Some(HeldWhy::NoRight));
        assert!(matches!(verdict, Verdict::Held(_, text) if text.contains("可以请服务器来办")));
        let server = Sender { writer: WriterId([1; 16]), person: None, owner: true, today: world.today };
        assert_eq!(admit(&world.state, &server, &fact, None), Verdict::Counts);
    }
    assert!(Sender::of(&world.state, WriterId([1; 16]), world.today).owner, "who founded the store");
    assert!(!Sender::of(&world.state, key_of(&world, "县长").writer(), world.today).owner);
}

#[test]
fn who_has_a_post_above_settles_and_nobody_settles_their_own() {
    let mut world = equipped();
    let theirs = sent(&world, "格长", &visit(&world), "2026-11-20");
    world.write(&held(&theirs, HeldWhy::Clock, ["时钟快".to_owned(), "ahead".to_owned()], world.today));
    world.receive(std::slice::from_ref(&theirs));
    let settle = |counts: bool, note: &str| Intent::Settle { of: theirs.id, counts, note: note.to_owned() };
    let by = |world: &World, name: &str, intent: &Intent| {
        decide(&world.state, &Actor::held(&person(world, name), world.today), intent).map(|decision| decision.drafts)
    };
    for name in ["乡长", "乡副", "县长", "县副"] {
        assert!(by(&world, name, &settle(true, "核对过")).is_ok(), "{name}");
    }
    for name in ["格副", "格导", "乡员", "西乡副", "局长"] {
        assert!(matches!(by(&world, name, &settle(true, "核对过")), Err(Refusal::Denied(_))), "{name}");
    }
    assert_eq!(by(&world, "格长", &settle(true, "我记的")), Err(Refusal::OwnHeld));
    assert_eq!(by(&world, "乡长", &settle(true, " ")), Err(Refusal::NoReason));
    let nothing = Intent::Settle { of: FactId::default(), counts: true, note: "x".to_owned() };
    assert!(matches!(by(&world, "乡长", &nothing), Err(Refusal::NotHeld(_))));
    // From a laptop as well: it is judged by what it settles.
    let draft = by(&world, "乡长", &settle(true, "核对过")).unwrap().remove(0);
    let named = world.state.held_fact(theirs.id).unwrap().content();
    for (name, expected) in [("乡长", None), ("格副", Some(HeldWhy::NoRight)), ("格长", Some(HeldWhy::NoRight))] {
        let fact = sent(&world, name, &draft, "2026-11-20");
        assert_eq!(why(&judged(&world, &fact, named.as_ref())), expected, "{name}");
    }
    world.write(&Draft { by: Some(person(&world, "乡长")), ..draft });
    assert_eq!(world.state.held().count(), 0);
    assert_eq!(world.state.visits(world.unit(1)).count(), 1);
    // It counts like any other now, and is taken back like any other.
    assert!(by(&world, "格长", &withdraw(&theirs)).is_ok());
}

#[test]
fn a_node_never_hangs_below_itself_and_a_stray_is_settled_by_what_is_inside() {
    let mut world = equipped();
    let grid = kinds(&world, "东乡").into_iter().find(|(word, _)| *word == "建网格").unwrap().1;
    let Body::Node(record) = grid.body.clone() else { unreachable!() };
    let below = world.state.org().node(world.grid(GRID)).id.clone();
    let town = world.state.org().node(world.grid("东乡")).id.clone();
    let record = wangge::grid::fact::NodeRecord { parent: Some(below), ..record };
    let turned = Draft { subject: Some(town), body: Body::Node(record), ..grid };
    let verdict = judged(&world, &sent(&world, "县长", &turned, "2026-11-20"), None);
    assert!(matches!(verdict, Verdict::Held(HeldWhy::Closed, text) if text.contains("本来就在")));
    // A visit of the grid's leader that lies in a stray: who has a post above it settles it, from a laptop as well.
    let inside = sent(&world, "格长", &visit(&world), "2026-11-20");
    let envelope = Chain::new(inside.id.writer, Head::default()).seal(&inside.draft, inside.recorded_ms);
    let strayed = Strayed { envelope: envelope.bytes().to_vec(), received_ms: inside.received_ms };
    let stray = world.write(&Draft { by: None, body: Body::Strayed(strayed), ..visit(&world) });
    let settle = Intent::Settle { of: stray.id, counts: true, note: "都对".to_owned() };
    let draft =
        decide(&world.state, &Actor::held(&person(&world, "乡长"), world.today), &settle).unwrap().drafts.remove(0);
    for (name, expected) in [("乡长", None), ("格长", Some(HeldWhy::NoRight)), ("乡员", Some(HeldWhy::NoRight))] {
        let fact = sent(&world, name, &draft, "2026-11-20");
        assert_eq!(why(&judged(&world, &fact, Some(&stray))), expected, "{name}");
    }
}

#[test]
fn a_form_that_answers_a_matter_stands_where_that_is_answered() {
    let world = equipped();
    let of = Some(FactId { writer: WriterId([1; 16]), seq: 1 });
    let record = Record { form: "progress".to_owned(), of, ..Record::default() };
    let answer = Draft { subject: Some(super::world::code(5)), body: Body::Record(record), ..visit(&world) };
    assert_eq!(judged(&world, &sent(&world, "格长", &answer, "2026-11-20"), None), Verdict::Counts);
}
