//! Who may write what where: the whole table, generated from the rules and kept beside this file.
//!
//! `UPDATE_RIGHTS=1 cargo test --test all rights` writes it anew; read it before it is committed.
use std::{fmt::Write as _, path::Path};

use wangge::grid::{
    decide::{Actor, Intent, Refusal, decide, rights},
    fact::{
        Account, Body, Done, Draft, Enrolled, Exempt, Fact, FactId, Handover, HandoverAnswer, HandoverStep, Held,
        HeldWhy, Lock, NodeRecord, PackSeal, PersonRecord, Placement, PostHolding, ProblemClosed, Receipt, Record,
        Revoked, Session, SessionKind, Settled, StoreOpened, Strayed, UnitRecord, Unlock, Visit, Withdrawn, WriterId,
    },
    org::{Form, Post},
};

use super::{
    admit::equipped,
    world::{OTHER_TOWN, TOWN, World, amended, code, day, session, visit, withdraw},
};

pub const GRID: &str = "工业第1网格";
pub const OTHER_GRID: &str = "工业第2网格";

/// Everybody who takes part: name, node, post, what they are.
pub const CAST: [(&str, &str, Post, &str); 10] = [
    ("县长", "小县", Post::Leader, "一级网格长"),
    ("县副", "小县", Post::Deputy, "一级副网格长"),
    ("局长", "建设局", Post::Member, "一级网格员（建设局）"),
    ("乡长", "东乡", Post::Leader, "二级网格长"),
    ("乡副", "东乡", Post::Deputy, "二级副网格长"),
    ("乡员", "东乡", Post::Member, "二级网格员"),
    ("格长", GRID, Post::Leader, "三级网格长"),
    ("格副", GRID, Post::Deputy, "三级副网格长"),
    ("格导", GRID, Post::Guide, "网格指导员"),
    ("人员1", GRID, Post::Member, "三级网格员（企业1的统计负责人）"),
];

/// A county in which everybody of [`CAST`] holds their post.
pub fn county() -> World {
    let mut world = World::open("2026-09-01");
    world.enroll(GRID, 1..=4);
    world.enroll(OTHER_GRID, 5..=7);
    for (name, node, post, _) in CAST {
        if name != "人员1" {
            world.appoint(node, post, name, "2026-09-01");
        }
    }
    world.appoint("西乡", Post::Deputy, "西乡副", "2026-09-01");
    world.on("2026-11-20");
    world
}

pub fn person(world: &World, name: &str) -> String {
    let found = world.state.org().people().find(|(_, person)| person.record.name == name);
    found.map(|(_, person)| person.id.clone()).unwrap()
}

fn actor(world: &World, name: &str) -> Actor {
    Actor::held(&person(world, name), world.today)
}

/// One fact of every kind at a node, about what is there; with the words that the table has for it.
pub fn kinds(world: &World, at: &str) -> Vec<(&'static str, Draft)> {
    let org = world.state.org();
    let node = org.node(world.grid(at));
    let unit = node.members.first().map(|member| org.unit(member.unit).id.clone());
    let holder = node.holdings.first().map(|held| org.person(held.person).id.clone());
    let of = FactId { writer: WriterId([1; 16]), seq: 1 };
    let device = world.state.devices().find(|(_, device)| Some(&device.person) == holder.as_ref());
    let writer = device.map_or(WriterId([7; 16]), |(writer, _)| writer);
    let (from, to) = (day("2026-11-20"), None);
    let grid = NodeRecord {
        name: "新网格".to_owned(),
        parent: Some(node.id.clone()),
        level: 3,
        form: Form::Vertical,
        sector: None,
        from,
        to,
        into: None,
    };
    let held = PostHolding { post: Post::Guide, from, to, change: false, stand_in: false };
    let text = || "x".to_owned();
    let exempt = Exempt { duty: text(), period: text(), reason: text(), approver: text() };
    let unlock = Unlock { from, through: from, until: from, reason: text(), approver: text() };
    let handover = Handover {
        post: Post::Leader,
        from: node.holdings.first().map(|held| org.person(held.person).id.clone()).unwrap_or_default(),
        on: from,
        note: text(),
        seal: PackSeal::default(),
    };
    let session = Session { kind: SessionKind::Training, ..plain_session() };
    let unit_record =
        UnitRecord { division: if at == "西乡" { OTHER_TOWN } else { TOWN }.to_owned(), ..UnitRecord::default() };
    let rows: Vec<(&'static str, Option<String>, Body)> = vec![
        ("走访", unit.clone(), Body::Visit(Visit::default())),
        ("培训、活动", None, Body::Session(session)),
        ("办结", None, Body::Done(Done::default())),
        ("表单记录", None, Body::Record(Record { form: "meeting".to_owned(), ..Record::default() })),
        ("考核自评", None, Body::Record(Record { form: "score".to_owned(), ..Record::default() })),
        ("考核复核", None, Body::Record(Record { form: "score-review".to_owned(), ..Record::default() })),
        ("考核答复", None, Body::Record(Record { form: "score-answer".to_owned(), ..Record::default() })),
        ("本单位的表单", Some(code(1)), Body::Record(Record { form: "ledger".to_owned(), ..Record::default() })),
        ("销号", unit.clone(), Body::ProblemClosed(ProblemClosed { of, note: text() })),
        ("撤销", None, Body::Withdrawn(Withdrawn { of, reason: text() })),
        ("免除", None, Body::Exempt(exempt)),
        ("封账", None, Body::Lock(Lock { through: from })),
        ("准予补录", None, Body::Unlock(unlock)),
        ("建网格", Some("新网格".to_owned()), Body::Node(grid)),
        ("单位", unit.clone(), Body::Unit(unit_record)),
        ("人员", holder.clone(), Body::Person(PersonRecord::default())),
        ("划入网格", unit, Body::Placement(Placement { from })),
        ("任职", holder.clone(), Body::Post(held)),
        ("账号", holder.clone(), Body::Account(Account { login: text(), closed: false })),
        ("设备登记", holder.clone(), Body::Enrolled(Enrolled { key: [7; 32], name: text(), window: None })),
        ("设备停用", holder.clone(), Body::Revoked(Revoked { writer, from_ms: 0, reason: text() })),
        ("移交", holder.clone(), Body::Handover(handover.clone())),
        (
            "接交",
            holder.clone(),
            Body::HandoverStep(HandoverStep { of, kind: HandoverAnswer::Confirmed, note: text(), seal: None }),
        ),
        (
            "收回移交",
            holder,
            Body::HandoverStep(HandoverStep { of, kind: HandoverAnswer::TakenBack, note: text(), seal: None }),
        ),
        ("裁定", None, Body::Settled(Settled { of, counts: true, note: text(), places: Vec::new() })),
        ("回执", None, Body::Receipt(Receipt::default())),
        (
            "存疑",
            None,
            Body::Held(Held { of, why: HeldWhy::Clock, text: text(), places: Vec::new(), english: String::new() }),
        ),
        ("分叉", None, Body::Strayed(Strayed::default())),
        ("开账", None, Body::StoreOpened(StoreOpened { pack: text(), from, sample: false, key: Vec::new() })),
        ("未知种类", None, Body::Unknown { kind: text(), cbor: Vec::new() }),
    ];
    let draft = |subject: Option<String>, body: Body| Draft {
        occurred: world.today,
        by: None,
        at: Some(node.id.clone()),
        subject,
        replaces: None,
        reason: None,
        effort: None,
        body,
    };
    rows.into_iter().map(|(word, subject, body)| (word, draft(subject, body))).collect()
}

fn plain_session() -> Session {
    Session {
        kind: SessionKind::Training,
        topic: String::new(),
        minutes: 60,
        attendance: Vec::new(),
        note: String::new(),
    }
}

/// The nodes that stand to a node as own, above, beside and below.
pub fn around(node: &str) -> [Option<&'static str>; 4] {
    match node {
        "小县" => [Some("小县"), None, None, Some("东乡")],
        "建设局" => [Some("建设局"), Some("小县"), Some("东乡"), Some("建筑业网格")],
        "东乡" => [Some("东乡"), Some("小县"), Some("西乡"), Some(GRID)],
        _ => [Some(GRID), Some("东乡"), Some(OTHER_GRID), None],
    }
}

#[test]
fn every_kind_of_fact_has_a_row_in_the_tables_here_and_over_ssh() {
    let rows = kinds(&county(), GRID);
    let missing = |kind: &&&str| !rows.iter().any(|(_, draft)| draft.body.kind() == **kind);
    let missing: Vec<&&str> = Body::KINDS.iter().filter(missing).collect();
    assert!(missing.is_empty(), "give them rows in `kinds`: {missing:?}");
    assert!(rows.iter().any(|(_, draft)| matches!(draft.body, Body::Unknown { .. })), "and what this build can't read");
}

#[test]
fn the_table_of_rights_is_as_it_is_kept_and_every_refusal_says_who_can_help() {
    let world = equipped();
    let mut table = String::from("权限：● 可以，. 不可以，空白 没有这样的网格\n");
    for (name, node, _, what) in CAST {
        let actor = actor(&world, name);
        let places = around(node);
        writeln!(table, "\n{what}\n  {:　<7}本级 上级 平级 下级", "").unwrap();
        for (row, (word, _)) in kinds(&world, node).iter().enumerate() {
            write!(table, "  {word:　<7}").unwrap();
            for at in places {
                let Some(at) = at else {
                    table.push_str("     ");
                    continue;
                };
                let draft = &kinds(&world, at)[row].1;
                match rights::may(&world.state, &actor, draft) {
                    Ok(()) => table.push_str(" ●   "),
                    Err(denied) => {
                        table.push_str(" .   ");
                        let said = denied.to_string();
                        assert!(said.contains(denied.right.name()) && said.contains(name), "{said}");
                        assert!(!denied.helper.is_empty() && !denied.helper.ends_with(&format!(" {name}")), "{said}");
                    }
                }
            }
            table.truncate(table.trim_end_matches(' ').len());
            table.push('\n');
        }
    }
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/rules/rights.txt");
    if std::env::var_os("UPDATE_RIGHTS").is_some() {
        std::fs::write(&file, &table).unwrap();
    }
    let kept = std::fs::read_to_string(&file).unwrap_or_default();
    assert_eq!(kept, table, "UPDATE_RIGHTS=1 writes it anew");
}

#[test]
fn nobody_without_a_post_writes_anything_and_an_owner_writes_all() {
    let world = county();
    let nobody = Actor { person: None, today: world.today, owner: false };
    let stranger = Actor::held("nobody#1", world.today);
    let owner = Actor::owner(None, world.today);
    for node in ["小县", "建设局", "东乡", GRID] {
        for (word, draft) in kinds(&world, node) {
            assert!(rights::may(&world.state, &nobody, &draft).is_err(), "{word}");
            assert!(rights::may(&world.state, &stranger, &draft).is_err(), "{word}");
            assert_eq!(rights::may(&world.state, &owner, &draft), Ok(()), "{word}");
        }
    }
}

#[test]
fn access_ends_with_the_day_and_history_stays() {
    let mut world = county();
    let before = person(&world, "格长");
    world.person = Some(before.clone());
    world.visit(1, "2026-11-20");
    world.person = None;
    // Somebody else takes over on the 25th; a stand-in comes for two days more.
    world.on("2026-11-25").appoint(GRID, Post::Leader, "新格长", "2026-11-25");
    let (node, name) = (world.grid(GRID), "代理".to_owned());
    let (from, until) = (day("2026-11-25"), Some(day("2026-11-27")));
    world.run(&Intent::Appoint { node, post: Post::Leader, name, phone: String::new(), from, until });
    let tick = |world: &World, who: &str, on: &str| {
        let actor = Actor::held(&person(world, who), day(on));
        decide(&world.state, &actor, &visit(&[world.unit(2)], on)).is_ok()
    };
    for (on, who) in [("2026-11-24", "格长"), ("2026-11-25", "新格长"), ("2026-11-25", "代理"), ("2026-11-26", "代理")]
    {
        assert!(tick(&world, who, on), "{who} {on}");
    }
    for (on, who) in [("2026-11-25", "格长"), ("2026-11-24", "新格长"), ("2026-11-24", "代理"), ("2026-11-27", "代理")]
    {
        assert!(!tick(&world, who, on), "{who} {on}");
    }
    // The stand-in did not end the new leader's post, and what the one who left recorded still counts.
    assert!(tick(&world, "新格长", "2026-11-26") && tick(&world, "新格长", "2026-12-01"));
    assert_eq!(world.state.visits(world.unit(1)).count(), 1);
}

#[test]
fn only_leaders_take_back_what_another_person_recorded() {
    let mut world = county();
    world.person = Some(person(&world, "格导"));
    let fact: Fact = world.visit(1, "2026-11-20");
    let back = |who: &str, intent: &Intent| decide(&world.state, &actor(&world, who), intent).map(drop);
    for who in ["格导", "格长", "格副", "乡长", "乡副", "县副"] {
        assert_eq!(back(who, &withdraw(&fact)), Ok(()), "{who}");
        assert_eq!(back(who, &amended(&fact, world.unit(1), "2026-11-20")), Ok(()), "{who}");
    }
    for who in ["乡员", "人员1", "西乡副", "局长"] {
        assert!(matches!(back(who, &withdraw(&fact)), Err(Refusal::Denied(_))), "{who}");
        assert!(matches!(back(who, &amended(&fact, world.unit(1), "2026-11-20")), Err(Refusal::Denied(_))), "{who}");
    }
}

#[test]
fn what_is_refused_says_the_right_and_who_has_it() {
    let world = county();
    let refused =
        |who: &str, intent: &Intent| decide(&world.state, &actor(&world, who), intent).unwrap_err().to_string();
    assert_eq!(
        refused("格长", &session(world.grid(OTHER_GRID), SessionKind::Training, "2026-11-20")),
        "格长没有在东乡 工业第2网格记录的权限；可以请东乡网格长 乡长来办，或者请上级调整任职"
    );
    let place = Intent::Place { units: vec![world.unit(5)], grid: world.grid(GRID), from: world.today };
    assert_eq!(
        refused("格长", &place),
        "格长没有在东乡 工业第1网格管理的权限；可以请东乡网格长 乡长来办，或者请上级调整任职"
    );
}

#[test]
fn a_township_does_not_open_the_county_s_door() {
    let world = county();
    let enroll =
        |whose: &str| Intent::Enroll { person: person(&world, whose), key: [9; 32], name: "笔记本".to_owned() };
    let may = |who: &str, whose: &str| decide(&world.state, &actor(&world, who), &enroll(whose)).is_ok();
    assert!(
        may("乡副", "格长") && may("乡副", "乡员") && may("乡员", "格长") && may("县副", "乡长") && may("县长", "县副")
    );
    assert!(!may("乡员", "乡副") && !may("乡员", "乡员"));
    assert!(!may("乡副", "县长") && !may("乡副", "西乡副") && !may("格长", "格副") && !may("局长", "局长"));
}

#[test]
fn logins_and_devices_are_one_person_s_and_the_last_word_counts() {
    let mut world = county();
    let (one, other) = (person(&world, "格长"), person(&world, "格副"));
    let account = |who: &str, closed| Intent::Account { person: who.to_owned(), login: "gezhang".to_owned(), closed };
    assert!(!world.state.is_shared());
    world.run(&account(&one, false));
    assert!(world.state.is_shared());
    assert_eq!(world.state.person_of_login("gezhang"), Some(one.as_str()));
    assert!(matches!(world.decide(&account(&other, false)), Err(Refusal::LoginTaken(..))));
    world.run(&account(&one, true));
    assert_eq!(world.state.person_of_login("gezhang"), None);
    world.run(&account(&other, false));
    assert_eq!(world.state.person_of_login("gezhang"), Some(other.as_str()));
    for login in ["", "Root", "a b", "../etc", "汉字"] {
        let bad = Intent::Account { person: one.clone(), login: login.to_owned(), closed: false };
        assert!(matches!(world.decide(&bad), Err(Refusal::BadLogin(_))), "{login}");
    }
    let key = [9; 32];
    world.run(&Intent::Enroll { person: one.clone(), key, name: "笔记本".to_owned() });
    let writer = WriterId::of_key(&key);
    assert_eq!(world.state.device(writer).map(|device| device.person.as_str()), Some(one.as_str()));
    let again = Intent::Enroll { person: other, key, name: "另一台".to_owned() };
    assert!(matches!(world.decide(&again), Err(Refusal::EnrolledAlready(..))));
    let revoke = |from_ms| Intent::Revoke { writer, from_ms, reason: "被盗".to_owned() };
    world.run(&revoke(5_000));
    assert!(matches!(world.decide(&revoke(6_000)), Err(Refusal::RevokedAlready(_))));
    world.run(&revoke(4_000));
    assert_eq!(world.state.revoked_from(writer), Some(4_000));
    // In whatever order they come, and from a snapshot.
    let mut other_way = wangge::grid::state::State::new(world.state.pack().clone());
    world.facts.iter().rev().for_each(|fact| drop(other_way.apply(fact)));
    for state in
        [other_way, wangge::grid::state::State::from_snapshot(world.state.to_snapshot(), world.state.pack()).unwrap()]
    {
        assert_eq!(state.logins().collect::<Vec<_>>(), world.state.logins().collect::<Vec<_>>());
        assert_eq!(state.devices().collect::<Vec<_>>(), world.state.devices().collect::<Vec<_>>());
        assert_eq!(state.revoked_from(writer), Some(4_000));
    }
}
