//! Corrections into another place: two facts. And what takes back from elsewhere, which takes nothing back.
use std::collections::BTreeSet;

use proptest::prelude::*;
use wangge::grid::{
    decide::{Actor, Decision, Intent, Refusal, decide},
    fact::{Body, Draft, Fact, FactId, ProblemFound, SessionKind, Withdrawn},
    org::NodeIx,
    state::State,
};

use super::{
    history::{is_structure, pack, play, steps},
    rights::{GRID, OTHER_GRID, county, person},
    world::{World, amended, day, session, visit},
};

/// What a correction is decided to be, by whom.
fn decided(world: &World, name: &str, intent: &Intent) -> Result<Decision, Refusal> {
    decide(&world.state, &Actor::held(&person(world, name), world.today), intent)
}

/// A fact that takes back what bears the name, where `at` stands.
fn back(at: &Fact, of: FactId) -> Draft {
    let body = Body::Withdrawn(Withdrawn { of, reason: String::new() });
    Draft { replaces: None, body, ..at.draft.clone() }
}

/// Folds facts.
fn folded<'a>(facts: impl IntoIterator<Item = &'a Fact>) -> State {
    let mut state = State::new(pack());
    facts.into_iter().for_each(|fact| drop(state.apply(fact)));
    state
}

#[test]
fn a_visit_that_was_another_unit_s_is_taken_back_there_and_recorded_here() {
    let mut world = county();
    let old = world.visit(1, "2026-11-18");
    let facts = world.run(&amended(&old, world.unit(5), "2026-11-18"));
    let [new, gone] = &facts[..] else { panic!("{facts:?}") };
    assert_eq!((new.draft.replaces, new.draft.subject.as_deref()), (None, Some("E0005")));
    let Body::Withdrawn(withdrawn) = &gone.draft.body else { panic!("{gone:?}") };
    assert_eq!((withdrawn.of, withdrawn.reason.as_str()), (old.id, "更正到企业5"));
    assert!(gone.draft.is_beside(&old.draft));
    assert!(world.state.is_withdrawn(&old) && !world.state.is_withdrawn(new));
    assert_eq!((world.state.last_visit(world.unit(1)), world.state.visits(world.unit(5)).count()), (None, 1));
    // Where it stays, it is one fact that names the other; also where it is about another day.
    let facts = world.run(&amended(new, world.unit(5), "2026-11-17"));
    assert_eq!((facts.len(), facts[0].draft.replaces), (1, Some(new.id)));
}

#[test]
fn of_visits_to_several_units_the_one_that_stays_corrects_it() {
    let mut world = county();
    let old = world.visit(2, "2026-11-18");
    let mut intent = amended(&old, world.unit(2), "2026-11-18");
    let all = [world.unit(1), world.unit(2), world.unit(5)];
    if let Intent::Visit { units, .. } = &mut intent {
        *units = all.to_vec();
    }
    let facts = world.run(&intent);
    let replaces: Vec<_> = facts.iter().map(|fact| fact.draft.replaces).collect();
    assert_eq!(replaces, [None, Some(old.id), None]);
    assert!(all.iter().all(|unit| world.state.visits(*unit).count() == 1));
}

#[test]
fn a_session_that_was_another_grid_s_goes_there() {
    let mut world = county();
    let (here, there) = (world.grid(GRID), world.grid(OTHER_GRID));
    let old = world.session(here, SessionKind::Training, "2026-11-18");
    let mut intent = session(there, SessionKind::Training, "2026-11-18");
    if let Intent::Session { amends, .. } = &mut intent {
        *amends = Some(Box::new(old.clone()));
    }
    assert_eq!(world.run(&intent).len(), 2);
    let held = |at: NodeIx| world.state.sessions_at(at).count();
    assert_eq!((held(here), held(there)), (0, 1));
    assert_eq!(
        world.decide(&Intent::Withdraw { target: Box::new(old), reason: String::new() }),
        Err(Refusal::AlreadyWithdrawn)
    );
}

#[test]
fn who_moves_a_record_may_take_it_back_there_and_record_it_here() {
    let mut world = county();
    world.appoint(OTHER_GRID, wangge::grid::org::Post::Leader, "二格长", "2026-09-01");
    world.person = Some(person(&world, "二格长"));
    let theirs = world.visit(5, "2026-11-18");
    world.person = Some(person(&world, "乡长"));
    let chief_s = world.visit(6, "2026-11-18");
    let to = |old: &Fact| amended(old, world.unit(1), "2026-11-18");
    // From another's grid into one's own, from one's own into another's, and by whom both are below.
    assert!(matches!(decided(&world, "格长", &to(&theirs)), Err(Refusal::Denied(_))));
    assert!(matches!(decided(&world, "二格长", &to(&theirs)), Err(Refusal::Denied(_))));
    assert!(matches!(decided(&world, "乡员", &to(&theirs)), Err(Refusal::Denied(_))), "another person's");
    for old in [&theirs, &chief_s] {
        assert_eq!(decided(&world, "乡长", &to(old)).unwrap().drafts.len(), 2);
    }
}

#[test]
fn a_problem_that_was_recorded_for_another_unit_is_open_there_until_it_is_closed_there() {
    let mut world = county();
    let found = Some(ProblemFound { text: "台账不全".to_owned(), follow_up: None });
    let with = |mut intent: Intent| {
        if let Intent::Visit { problem, .. } = &mut intent {
            problem.clone_from(&found);
        }
        intent
    };
    let old = world.run(&with(visit(&[world.unit(1)], "2026-11-18"))).remove(0);
    world.close(old.id, "2026-11-19");
    let new = world.run(&with(amended(&old, world.unit(5), "2026-11-18"))).remove(0);
    let open = |world: &World| [1, 5].map(|n| world.state.open_problems(world.unit(n)).count());
    assert_eq!(open(&world), [0, 1], "what was closed was another unit's");
    world.close(new.id, "2026-11-20");
    assert_eq!(open(&world), [0, 0]);
}

#[test]
fn what_corrects_or_takes_back_from_elsewhere_takes_nothing_back_in_whatever_order_it_comes() {
    let mut world = county();
    let old = world.visit(1, "2026-11-18");
    let elsewhere = world.device(2).visit(5, "2026-11-18");
    let before: Vec<Fact> = world.facts.iter().filter(|fact| fact.id != old.id).cloned().collect();
    let mut other = world.device(3);
    let corrects = other.write(&Draft { replaces: Some(old.id), ..elsewhere.draft.clone() });
    let takes_back = other.write(&back(&elsewhere, old.id));
    let here = other.write(&back(&old, old.id));
    for order in [[&old, &corrects, &takes_back], [&corrects, &takes_back, &old], [&takes_back, &old, &corrects]] {
        let mut there = folded(before.iter().chain(order));
        let marks = |state: &State| [1, 5].map(|n| state.visits(world.unit(n)).count());
        assert!(!there.is_withdrawn(&old));
        assert_eq!(marks(&there), [1, 1]);
        there.apply(&here);
        assert!(there.is_withdrawn(&old));
        assert_eq!(marks(&there), [0, 1]);
        assert_eq!(there.tallies(), &there.recounted());
    }
}

/// What holds at a place: marks, matters with the steps that stand there, exemptions' effects aside.
fn at_place(state: &State, (at, subject): (&str, Option<&str>), there: &BTreeSet<FactId>) -> Vec<String> {
    let org = state.org();
    let (Some(node), unit) = (org.node_ix(at), subject.and_then(|id| org.unit_ix(id))) else { return Vec::new() };
    let marks =
        unit.map_or_else(|| if subject.is_none() { state.node_marks(node) } else { &[] }, |u| state.unit_marks(u));
    let marks = marks.iter().filter(|mark| mark.at == node).map(|mark| format!("{} {}", state.fact_of(mark), mark.day));
    let matters = state.matters().filter(|matter| there.contains(&matter.id)).map(|matter| {
        let steps = matter.steps.iter().filter(|step| there.contains(&step.by)).map(|step| step.by.to_string());
        format!("{} {}", matter.id, steps.collect::<Vec<_>>().join(" "))
    });
    let mut lines: Vec<String> = marks.chain(matters).collect();
    // Of one day, who came first has no meaning.
    lines.sort();
    lines
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 128, ..ProptestConfig::default() })]

    #[test]
    fn what_holds_at_a_place_is_known_from_what_was_recorded_there(steps in steps(50)) {
        let facts: Vec<Fact> = play(&steps).into_iter().map(|(_, fact)| fact).collect();
        let whole = folded(&facts);
        let place = |fact: &Fact| (fact.draft.at.clone(), fact.draft.subject.clone());
        let places: BTreeSet<_> = facts.iter().filter(|fact| !is_structure(fact)).map(place).collect();
        for (at, subject) in places {
            let stands = |fact: &&Fact| place(fact) == (at.clone(), subject.clone());
            let there: BTreeSet<FactId> = facts.iter().filter(stands).map(|fact| fact.id).collect();
            let part = folded(facts.iter().filter(|fact| is_structure(fact) || stands(fact)));
            let Some(at) = at.as_deref() else { continue };
            let shown = |state: &State| at_place(state, (at, subject.as_deref()), &there);
            prop_assert_eq!(shown(&part), shown(&whole), "{} {:?}", at, subject);
            for fact in facts.iter().filter(stands) {
                prop_assert_eq!(part.is_withdrawn(fact), whole.is_withdrawn(fact));
            }
        }
    }
}

#[test]
fn of_a_name_that_two_facts_bear_the_one_that_stands_there_is_taken_back() {
    // Two machines with one key write two facts of one name: who takes one of them back says at which place it stands.
    let mut world = county();
    let mut twin = world.clone();
    let (ours, theirs) = (world.visit(1, "2026-11-18"), twin.visit(5, "2026-11-18"));
    assert_eq!(ours.id, theirs.id);
    let gone = twin.device(2).write(&back(&theirs, theirs.id));
    world.receive(std::slice::from_ref(&gone));
    assert!(!world.state.is_withdrawn(&ours) && world.state.is_withdrawn(&theirs));
    assert_eq!(world.state.last_visit(world.unit(1)), Some(day("2026-11-18")));
}
