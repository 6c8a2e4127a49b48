//! What no desk of ours writes and a changed program could: each is held by the rules that the server asks again.
use wangge::grid::{
    decide::{Intent, admit::Verdict},
    fact::{
        Account, Body, Draft, Enrolled, Fact, HeldWhy, Placement, PostHolding, ProblemClosed, ProblemFound, Record,
        Revoked, Withdrawn, WriterId,
    },
    org::Post,
};

use super::{
    admit::{equipped, judged, key_of, sent, visit},
    rights::{GRID, OTHER_GRID, person},
    world::{self, World, code, day},
};

/// The words with which a fact of somebody's laptop is held; none where it counts.
fn held(world: &World, name: &str, draft: &Draft, named: Option<&Fact>) -> Option<(HeldWhy, String)> {
    let on = world.today.to_string();
    match judged(world, &sent(world, name, draft, &on), named) {
        Verdict::Counts => None,
        Verdict::Held(why, text) => Some((why, text)),
    }
}

/// A draft of something at a node about somebody or something.
fn draft(world: &World, at: &str, subject: &str, body: Body) -> Draft {
    let at = Some(world.state.org().node(world.grid(at)).id.clone());
    let (by, replaces, reason, effort) = (None, None, None, None);
    Draft { occurred: world.today, by, at, subject: Some(subject.to_owned()), replaces, reason, effort, body }
}

#[test]
fn a_login_is_not_taken_from_its_holder_under_the_name_of_somebody_of_one_s_own() {
    let mut world = equipped();
    for (name, login) in [("县长", "chief"), ("西乡副", "west"), ("格副", "deputy")] {
        let person = person(&world, name);
        world.run(&Intent::Account { person, login: login.to_owned(), closed: false });
    }
    let own = person(&world, "格长");
    for closed in [true, false] {
        let account =
            |login: &str| draft(&world, GRID, &own, Body::Account(Account { login: login.to_owned(), closed }));
        let by = |login: &str| held(&world, "乡长", &account(login), None).map(|(why, _)| why);
        assert_eq!(by("chief"), Some(HeldWhy::NoRight), "closed: {closed}");
        assert_eq!(by("west"), Some(HeldWhy::NoRight), "closed: {closed}");
        assert_eq!((by("deputy"), by("nobody")), (None, None), "of one's own people, and free ones");
    }
}

#[test]
fn a_device_is_not_taken_from_its_owner_nor_stopped_under_the_name_of_somebody_of_one_s_own() {
    let world = equipped();
    let own = person(&world, "格长");
    let enroll = |key| draft(&world, GRID, &own, Body::Enrolled(Enrolled { key, name: "x".to_owned(), window: None }));
    let revoke =
        |writer| draft(&world, GRID, &own, Body::Revoked(Revoked { writer, from_ms: 0, reason: "x".to_owned() }));
    let (chief, deputy) = (key_of(&world, "县长"), key_of(&world, "格副"));
    let why = |draft: &Draft| held(&world, "乡长", draft, None).map(|(why, _)| why);
    assert_eq!(why(&enroll(chief.public())), Some(HeldWhy::NoRight));
    assert_eq!(why(&revoke(chief.writer())), Some(HeldWhy::NoRight));
    assert_eq!((why(&enroll(deputy.public())), why(&revoke(deputy.writer()))), (None, None), "of one's own people");
    assert_eq!(why(&enroll([77; 32])), None, "a new one");
    // The server's own device is nobody's to stop, nor one that nobody has.
    let server = world.facts[0].id.writer;
    assert!(world.state.is_server(server));
    assert_eq!(why(&revoke(server)), Some(HeldWhy::NoRight));
    assert_eq!(why(&revoke(WriterId([99; 16]))), Some(HeldWhy::NoRight));
    for name in ["县长", "县副"] {
        assert_eq!(held(&world, name, &revoke(server), None).map(|(why, _)| why), Some(HeldWhy::NoRight), "{name}");
    }
}

#[test]
fn what_is_locked_is_neither_taken_back_nor_corrected() {
    let mut world = equipped();
    let old = world.visit(1, "2026-10-20");
    let node = world.grid(GRID);
    world.run(&Intent::Lock { node, through: day("2026-10-31") });
    let back = Body::Withdrawn(Withdrawn { of: old.id, reason: "x".to_owned() });
    let back = Draft { occurred: world.today, body: back, ..old.draft.clone() };
    let anew = Draft { occurred: world.today, replaces: Some(old.id), ..old.draft.clone() };
    for draft in [&back, &anew] {
        let (why, text) = held(&world, "格长", draft, Some(&old)).unwrap();
        assert_eq!(why, HeldWhy::Closed);
        assert!(text.contains("2026-10-31"), "{text}");
    }
    // With a named exception they are.
    let chief = person(&world, "乡长");
    world.run(&Intent::Unlock {
        node,
        from: day("2026-10-01"),
        through: day("2026-10-31"),
        until: world.today,
        reason: "核对".to_owned(),
        approver: chief,
    });
    for draft in [&back, &anew] {
        assert_eq!(held(&world, "格长", draft, Some(&old)), None);
    }
}

#[test]
fn only_records_and_what_is_taken_back_by_the_desk_are_taken_back() {
    let world = equipped();
    let appointed = world.facts.iter().find(|fact| matches!(fact.draft.body, Body::Post(_))).unwrap().clone();
    let enrolled = world.facts.iter().find(|fact| matches!(fact.draft.body, Body::Enrolled(_))).unwrap().clone();
    for named in [&appointed, &enrolled] {
        let back = Body::Withdrawn(Withdrawn { of: named.id, reason: "x".to_owned() });
        let back = Draft { occurred: world.today, body: back, ..named.draft.clone() };
        let (why, text) = held(&world, "县长", &back, Some(named)).unwrap();
        assert_eq!(why, HeldWhy::NoRight);
        assert!(text.contains("撤"), "{text}");
    }
}

#[test]
fn what_takes_back_or_corrects_stands_where_that_does() {
    let mut world = equipped();
    let old = world.visit(1, "2026-11-18");
    // With the right at both places: whoever has the old one alone would not hear of it.
    let there = Draft { occurred: world.today, ..world.visit(5, "2026-11-18").draft };
    let at_its_grid = Draft { subject: None, ..old.draft.clone() };
    for place in [&there, &at_its_grid] {
        let back = Draft { body: Body::Withdrawn(Withdrawn { of: old.id, reason: "x".to_owned() }), ..place.clone() };
        let anew = Draft { replaces: Some(old.id), ..place.clone() };
        for draft in [&back, &anew] {
            let (why, text) = held(&world, "乡长", draft, Some(&old)).unwrap();
            assert_eq!((why, text.contains("别处")), (HeldWhy::Closed, true), "{text}");
        }
    }
    let anew = Draft { replaces: Some(old.id), ..old.draft.clone() };
    assert_eq!(held(&world, "乡长", &anew, Some(&old)), None);
}

#[test]
fn a_visit_to_nobody_counts_nowhere() {
    let world = equipped();
    let visit = Draft { subject: Some("91330781000000000X".to_owned()), ..visit(&world) };
    let (why, text) = held(&world, "格长", &visit, None).unwrap();
    assert_eq!(why, HeldWhy::Closed);
    assert!(text.contains("91330781000000000X"), "{text}");
}

#[test]
fn a_move_that_is_dated_back_asks_whose_the_unit_was_on_that_day() {
    let mut world = equipped();
    // Since November the unit belongs to the east; before, it was the west's.
    let before = |from: &str, by: &str, world: &World| {
        let body = Body::Placement(Placement { from: day(from) });
        let move_ = draft(world, GRID, &code(5), body);
        held(world, by, &move_, None).map(|(why, _)| why)
    };
    for (at, from) in [("西乡", "2026-10-01"), (OTHER_GRID, "2026-11-01")] {
        let body = Body::Placement(Placement { from: day(from) });
        world.write(&draft(&world.clone(), at, &code(5), body));
    }
    assert_eq!(before("2026-11-10", "乡长", &world), None);
    assert_eq!(before("2026-10-10", "乡长", &world), Some(HeldWhy::NoRight), "the west's October");
    assert_eq!(before("2026-10-10", "县长", &world), None);
}

#[test]
fn a_post_elsewhere_is_not_given_to_somebody_of_one_s_own() {
    let world = equipped();
    let own = person(&world, "格副");
    let from = day("2026-09-01");
    let held_post = PostHolding { post: Post::Leader, from, to: None, change: false, stand_in: false };
    let post = draft(&world, "西乡", &own, Body::Post(held_post));
    assert_eq!(held(&world, "乡副", &post, None).map(|(why, _)| why), Some(HeldWhy::NoRight));
}

#[test]
fn a_problem_is_closed_where_it_is_answered_and_as_what_it_is() {
    let mut world = equipped();
    let Intent::Visit { units, on, topics, note, with, amends, .. } = world::visit(&[world.unit(1)], "2026-11-18")
    else {
        panic!("no visit")
    };
    let problem = Some(ProblemFound { text: "台账缺页".to_owned(), follow_up: None });
    let found = world.run(&Intent::Visit { units, on, topics, note, problem, with, amends }).remove(0);
    let closing = world.decide(&Intent::CloseProblem { visit: found.id, on, note: String::new() }).unwrap();
    let closing = closing.drafts.into_iter().next().unwrap();
    let why = |draft: &Draft| held(&world, "县长", draft, None);
    assert_eq!(why(&closing), None, "as the desk has it");
    let other = Some(world.state.org().node(world.grid(OTHER_GRID)).id.clone());
    for crafted in [
        Draft { at: other, subject: None, ..closing.clone() },
        Draft { subject: None, ..closing.clone() },
        Draft { at: None, ..closing.clone() },
    ] {
        let (why, text) = why(&crafted).expect("it is held");
        assert_eq!(why, HeldWhy::Closed, "{text}");
        assert!(text.contains("台账缺页") && text.contains(GRID), "{text}");
    }
    // A task is not closed as if it were a problem, nor a problem answered as if it were a task.
    let progress = Record { form: "progress".to_owned(), of: Some(found.id), ..Record::default() };
    let answer = Draft { body: Body::Record(progress), ..closing.clone() };
    assert_eq!(why(&answer).map(|(why, _)| why), Some(HeldWhy::NoRight));
    let task = Body::Record(Record { form: "task".to_owned(), ..Record::default() });
    let task = world.write(&Draft { at: closing.at.clone(), subject: None, body: task, ..closing.clone() });
    let body = Body::ProblemClosed(ProblemClosed { of: task.id, note: String::new() });
    let done = Draft { at: task.draft.at.clone(), subject: task.draft.subject.clone(), body, ..closing };
    assert_eq!(held(&world, "县长", &done, None).map(|(why, _)| why), Some(HeldWhy::NoRight));
}
