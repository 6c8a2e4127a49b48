//! Corrections: withdrawing, amending, problems, and what comes late or in another order from another device.
use super::world::{World, amended, day, visit};
use wangge::grid::{
    decide::{Intent, Refusal},
    fact::{Body, Draft, Fact, ProblemFound, SessionKind, Topic, Visit},
};

const GRID: &str = "工业第1网格";

fn world() -> World {
    let mut world = World::open("2026-10-01");
    world.enroll(GRID, 1..=10); // 30 % of 10 = 3
    world
}

/// Records a visit that found a problem.
fn found(world: &mut World, number: u32, on: &str) -> Fact {
    let mut intent = visit(&[world.unit(number)], on);
    if let Intent::Visit { problem, .. } = &mut intent {
        *problem =
            Some(ProblemFound { text: "台账与报表不一致".to_owned(), follow_up: Some(day("2026-12-01")) });
    }
    world.run(&intent).remove(0)
}

fn open(world: &World, number: u32) -> usize {
    world.state.open_problems(world.unit(number)).count()
}

#[test]
fn withdrawing_brings_it_back_to_missing() {
    let mut world = world();
    let grid = world.grid(GRID);
    world.on("2026-11-20");
    let visits: Vec<_> = (1..=3).map(|n| world.visit(n, "2026-11-20")).collect();
    assert_eq!(world.says("visit", grid, "2026-11"), "met 3/3 +10");
    world.withdraw(&visits[1]);
    assert_eq!(world.says("visit", grid, "2026-11"), "in_progress 2/3 +10");
    assert_eq!(world.state.last_visit(world.unit(2)), None);
    world.visit(2, "2026-11-20");
    assert_eq!(world.says("visit", grid, "2026-11"), "met 3/3 +10");
}

#[test]
fn amending_moves_a_visit_to_another_day_and_month() {
    let mut world = world();
    let grid = world.grid(GRID);
    world.on("2026-11-03");
    let entered = world.visit(1, "2026-11-01");
    let tallies = |world: &World| {
        let have = |period| world.standing("visit", grid, period).have;
        (have("2026-10"), have("2026-11"))
    };
    assert_eq!(tallies(&world), (0, 1));
    let moved = world.run(&amended(&entered, world.unit(1), "2026-10-31")).remove(0);
    assert_eq!(tallies(&world), (1, 0));
    assert_eq!(world.state.last_visit(world.unit(1)), Some(day("2026-10-31")));
    let same_day = world.run(&amended(&moved, world.unit(1), "2026-10-31")).remove(0);
    assert_eq!(tallies(&world), (1, 0), "amended in place: still one");
    let to_another = world.run(&amended(&same_day, world.unit(2), "2026-11-02")).remove(0);
    assert_eq!(tallies(&world), (0, 1), "it was another enterprise");
    assert_eq!((world.state.visits(world.unit(1)).count(), world.state.visits(world.unit(2)).count()), (0, 1));
    world.withdraw(&to_another);
    assert_eq!(tallies(&world), (0, 0));
    assert_eq!(world.state.tallies(), &world.state.recounted());
}

#[test]
fn amending_a_session_moves_it() {
    let mut world = world();
    let grid = world.grid(GRID);
    let held = world.on("2026-11-03").session(grid, SessionKind::Training, "2026-11-02");
    let mut again = super::world::session(grid, SessionKind::Training, "2026-11-01");
    if let Intent::Session { amends, topic, .. } = &mut again {
        *amends = Some(Box::new(held.clone()));
        *topic = " 年报 ".to_owned();
    }
    world.run(&again);
    let lines: Vec<_> = world.state.sessions_at(grid).map(|s| (s.day, s.topic.as_str())).collect();
    assert_eq!(lines, [(day("2026-11-01"), "年报")]);
    assert_eq!(world.standing("training", grid, "2026-Q4").have, 1);
    let intent = Intent::Withdraw { target: Box::new(held), reason: String::new() };
    assert_eq!(world.decide(&intent), Err(Refusal::AlreadyWithdrawn));
}

#[test]
fn a_visit_entered_late_moves_the_last_visit_only_forward() {
    let mut world = world();
    world.on("2026-11-20").visit(1, "2026-11-10");
    world.visit(1, "2026-10-05");
    assert_eq!(world.state.last_visit(world.unit(1)), Some(day("2026-11-10")));
    let last = world.visit(1, "2026-11-19");
    assert_eq!(world.state.last_visit(world.unit(1)), Some(day("2026-11-19")));
    world.withdraw(&last);
    assert_eq!(world.state.last_visit(world.unit(1)), Some(day("2026-11-10")));
}

#[test]
fn what_was_withdrawn_before_it_came_leaves_no_trace() {
    let mut world = world();
    let grid = world.grid(GRID);
    let mut other = world.device(2);
    other.on("2026-11-20");
    let visited = found(&mut other, 1, "2026-11-20");
    let held = other.session(grid, SessionKind::Training, "2026-11-19");
    let withdrawals = [other.withdraw(&visited), other.withdraw(&held)];
    world.on("2026-11-21").receive(&withdrawals).receive(&[visited.clone(), held]);
    assert_eq!(world.says("visit", grid, "2026-11"), "not_started 0/3 +9");
    assert_eq!(world.standing("training", grid, "2026-Q4").have, 0);
    assert_eq!((open(&world, 1), world.state.sessions_at(grid).count()), (0, 0));
    assert_eq!(world.state.last_visit(world.unit(1)), None);
    assert!(world.state.is_withdrawn(&visited));
    assert_eq!(world.state.count(), other.state.count());
}

#[test]
fn a_correction_that_comes_before_what_it_corrects() {
    let mut world = world();
    let grid = world.grid(GRID);
    let mut other = world.device(2);
    let first = other.on("2026-11-20").visit(1, "2026-11-20");
    let second = other.run(&amended(&first, other.unit(1), "2026-11-18")).remove(0);
    world.on("2026-11-21").receive(&[second, first]);
    assert_eq!(world.says("visit", grid, "2026-11"), "in_progress 1/3 +9");
    assert_eq!(world.state.last_visit(world.unit(1)), Some(day("2026-11-18")));
}

#[test]
fn a_problem_is_open_until_closed_and_again_when_that_is_withdrawn() {
    let mut world = world();
    world.on("2026-11-20");
    let visited = found(&mut world, 1, "2026-11-20");
    assert_eq!(open(&world, 1), 1);
    let closed = world.close(visited.id, "2026-11-20");
    assert_eq!(open(&world, 1), 0);
    assert_eq!(world.state.problems().next().unwrap().closed().map(|step| step.by), Some(closed.id));
    let again = Intent::CloseProblem { visit: visited.id, on: day("2026-11-20"), note: String::new() };
    assert_eq!(world.decide(&again), Err(Refusal::NoSuchProblem));
    world.withdraw(&closed);
    assert_eq!(open(&world, 1), 1);
    world.run(&again);
    assert_eq!(open(&world, 1), 0);
    world.withdraw(&visited);
    assert_eq!((open(&world, 1), world.state.problems().count()), (0, 0), "no visit, no problem");
}

#[test]
fn closing_a_problem_holds_in_whatever_order_it_comes() {
    let mut world = world();
    world.on("2026-11-20");
    let mut other = world.device(2);
    let visited = found(&mut other, 1, "2026-11-20");
    let closed = other.close(visited.id, "2026-11-20");
    world.receive(&[closed, visited]);
    assert_eq!(open(&world, 1), 0);
}

#[test]
fn a_problem_closed_twice_stays_closed_when_one_closing_is_withdrawn() {
    for first in [true, false] {
        let mut world = world();
        world.on("2026-11-20");
        let visited = found(&mut world, 1, "2026-11-20");
        let mut other = world.device(2);
        let ours = world.close(visited.id, "2026-11-20");
        let theirs = other.close(visited.id, "2026-11-20");
        world.receive(std::slice::from_ref(&theirs));
        world.withdraw(if first { &ours } else { &theirs });
        assert_eq!(open(&world, 1), 0);
        world.withdraw(if first { &theirs } else { &ours });
        assert_eq!(open(&world, 1), 1);
    }
}

#[test]
fn amending_a_visit_keeps_its_problem_closed() {
    let amend = |world: &mut World, old: &Fact| {
        let mut intent = amended(old, world.unit(1), "2026-11-19");
        if let (Intent::Visit { problem, .. }, Body::Visit(Visit { problem: was, .. })) = (&mut intent, &old.draft.body)
        {
            *problem = was.clone();
        }
        world.run(&intent).remove(0)
    };
    let mut world = world();
    world.on("2026-11-20");
    let before = world.clone();
    let visited = found(&mut world, 1, "2026-11-20");
    let closed = world.close(visited.id, "2026-11-20");
    let second = amend(&mut world, &visited);
    assert_eq!(open(&world, 1), 0, "the note was corrected, the problem is as solved as before");
    let third = amend(&mut world, &second);
    assert_eq!(open(&world, 1), 0);
    // The same in other orders.
    for order in [
        [&closed, &third, &second, &visited],
        [&third, &second, &closed, &visited],
        [&second, &visited, &third, &closed],
    ] {
        let mut there = before.clone();
        order.iter().for_each(|fact| there.take_in((*fact).clone()));
        assert_eq!((open(&there, 1), there.state.problems().count()), (0, 1));
        assert_eq!(there.state.problems().next().unwrap().id, third.id);
    }
    world.withdraw(&closed);
    assert_eq!(open(&world, 1), 1);
}

#[test]
fn two_corrections_of_one_visit_are_closed_together() {
    let mut world = world();
    world.on("2026-11-20");
    let visited = found(&mut world, 1, "2026-11-20");
    let mut other = world.device(2);
    let mut third = world.device(3);
    let versions = [&mut other, &mut third].map(|device| {
        let mut intent = amended(&visited, device.unit(1), "2026-11-19");
        if let Intent::Visit { problem, .. } = &mut intent {
            *problem = Some(ProblemFound { text: "仍未解决".to_owned(), follow_up: None });
        }
        device.run(&intent).remove(0)
    });
    let closed = world.device(4).close(visited.id, "2026-11-20");
    for order in [[0, 1, 2], [2, 1, 0], [1, 2, 0]] {
        let mut there = world.clone();
        let facts = [&versions[0], &versions[1], &closed];
        order.iter().for_each(|i: &usize| there.take_in(facts[*i].clone()));
        assert_eq!((there.state.problems().count(), open(&there, 1)), (2, 0), "{order:?}");
        there.withdraw(&closed);
        assert_eq!(open(&there, 1), 2);
    }
}

#[test]
fn a_visit_that_names_nobody_counts_for_nobody() {
    let mut world = world();
    let grid = world.grid(GRID);
    world.on("2026-11-20");
    let at = Some(world.state.org().node(grid).id.clone());
    let body = Body::Visit(Visit { topics: vec![Topic::Ledger], ..Visit::default() });
    world.write(&Draft {
        occurred: world.today,
        by: None,
        at,
        subject: None,
        replaces: None,
        reason: None,
        effort: None,
        body,
    });
    assert_eq!(world.says("visit", grid, "2026-11"), "not_started 0/3 +10");
    assert_eq!(world.standing("ledger-guide", grid, "2026-Q4").have, 0);
}
