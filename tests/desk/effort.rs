//! What entries cost: keys and seconds, from when a form or marks begin until they are recorded.
use wangge::{
    app::{Command, Event},
    grid::fact::{Body, Effort, Fact},
};

use super::{Seat, at_a_suggestion, typist::Typist};
use crate::rules::world::World;

fn effort(keys: usize, seconds: usize) -> Option<Effort> {
    Some(Effort { keys: keys as u16, seconds: seconds as u16 })
}

fn efforts(facts: &[Fact]) -> Vec<Option<Effort>> {
    facts.iter().map(|fact| fact.draft.effort).collect()
}

/// The sum of what was measured.
fn sum(facts: &[Fact]) -> (u32, u32) {
    let all = facts.iter().filter_map(|fact| fact.draft.effort);
    all.fold((0, 0), |sum, one| (sum.0 + u32::from(one.keys), sum.1 + u32::from(one.seconds)))
}

#[test]
fn a_visit_form_has_cost_every_key_from_the_one_that_opened_it_to_the_one_that_saved_it() {
    let mut typist = Typist::at(at_a_suggestion());
    typist.press("down up");
    let before = typist.pressed;
    typist.press("e").shows("写走访").press("tab").text("核对产值台帐").press("backspace").paste("账，已改");
    // A calendar over the form belongs to it.
    typist.press("f4 esc f2");
    let facts = typist.saved();
    let n = typist.pressed - before;
    assert!(matches!(&facts[0].draft.body, Body::Visit(visit) if visit.note.contains("台账，已改")), "{facts:?}");
    // The first key is the moment at which it begins.
    assert_eq!(efforts(&facts), [effort(n, n - 1)]);
}

#[test]
fn a_form_from_the_menu_counts_the_menu_and_idle_time_is_cut() {
    let mut typist = Typist::at(Seat::new());
    typist.press("r").text("ywtw").press("enter").press("tab").text("产值怎么算");
    typist.now_ms += 3 * 3_600_000;
    typist.press("f2");
    let facts = typist.saved();
    let n = typist.pressed;
    assert_eq!(efforts(&facts), [effort(n, n - 2 + 60)]);
}

#[test]
fn nine_by_one_key_share_what_the_marks_and_the_key_cost() {
    let mut world = World::open("2026-11-01");
    world.on("2026-11-01").enroll("工业第1网格", 11..=30);
    let mut typist = Typist::at(Seat::over(world));
    typist.press("2 down");
    let before = typist.pressed;
    typist.press("s s s s s s s s s");
    typist.press("space");
    let facts = typist.saved();
    let n = typist.pressed - before;
    assert_eq!((facts.len(), n), (9, 10));
    assert_eq!(sum(&facts), (10, 9), "all of it, and nothing twice");
    assert!(efforts(&facts).iter().all(|one| one.is_some_and(|one| (1..=2).contains(&one.keys))), "{facts:?}");
    // One key takes all nine back, and another tick costs one again.
    typist.press("u");
    let back = typist.saved();
    assert_eq!((back.len(), sum(&back)), (9, (1, 0)));
    typist.press("space");
    assert_eq!(efforts(&typist.saved()), [effort(1, 0)]);
}

#[test]
fn marks_that_are_given_up_and_forms_that_are_left_cost_nothing_later() {
    let mut typist = Typist::at(at_a_suggestion());
    typist.press("s s s").press("esc");
    typist.press("e tab").text("白写").press("esc down enter").hides("写走访");
    typist.press("space");
    assert_eq!(efforts(&typist.saved()), [effort(1, 0)]);
}

#[test]
fn what_could_not_be_written_goes_on_counting_where_it_is_written_later() {
    let mut typist = Typist::at(Seat::new());
    typist.press("r").text("ywtw").press("enter").press("tab").text("产值").press("f2");
    typist.effects = typist.seat.app.saved(Err("磁盘满了".to_owned()));
    typist.press("f2");
    let facts = typist.saved();
    let n = typist.pressed;
    assert_eq!(efforts(&facts), [effort(n, n - 1)]);
}

#[test]
fn what_follows_from_an_entry_and_what_no_key_made_cost_nothing() {
    let mut typist = Typist::at(Seat::new());
    typist
        .press("r")
        .text("hy")
        .press("enter")
        .shows("> 会议种类")
        .press("right tab")
        .text("用电量")
        .press("tab tab tab");
    typist.shows("> 决议");
    let tasks = "核对台账 | 工业第1网格 | 12-01";
    let here = typist.sees(80, 40);
    typist.text(tasks).press("f2");
    let facts = typist.saved();
    let meetings = |fact: &&Fact| matches!(&fact.draft.body, Body::Record(record) if record.form == "meeting");
    assert!(facts.iter().filter(meetings).all(|fact| fact.draft.effort.is_some()), "{here}");
    let tasks: Vec<&Fact> = facts.iter().filter(|fact| !meetings(fact)).collect();
    assert!(!tasks.is_empty() && tasks.iter().all(|fact| fact.draft.effort.is_none()), "{here}");
    // Where nobody tells of keys, nothing is known.
    let mut seat = at_a_suggestion();
    let effects = seat.app.event(Event::Command(Command::VisitToday));
    assert_eq!(efforts(&seat.seal(&effects)), [None]);
}

#[test]
fn the_state_is_the_same_whatever_entries_cost() {
    let record = |told: bool| {
        let mut typist = Typist::at(at_a_suggestion());
        typist.press("space");
        let mut facts = typist.saved();
        for fact in facts.iter_mut().filter(|_| !told) {
            fact.draft.effort = None;
        }
        let mut state = Seat::new().world.state;
        facts.iter().for_each(|fact| drop(state.apply(fact)));
        state.digest()
    };
    assert_eq!(record(true), record(false));
}
