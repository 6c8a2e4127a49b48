//! Placements that are taken back: where the unit belongs then, who goes along, and when it is refused.
use wangge::grid::{
    decide::{Intent, Refusal, is_undone},
    fact::{Body, Fact},
    org::{NodeIx, Post},
};

use super::world::{World, day, line};

/// Two grids of three, and two enterprises that belong to none.
fn world() -> (World, NodeIx, NodeIx) {
    let mut world = World::open("2026-11-01");
    let one = world.on("2026-11-01").enroll("工业第1网格", 1..=3);
    let other = world.enroll("工业第2网格", 4..=6);
    world.import(&[line(7), line(8)]);
    world.on("2026-11-20");
    (world, one, other)
}

fn placements(facts: &[Fact]) -> Vec<&Fact> {
    facts.iter().filter(|fact| matches!(fact.draft.body, Body::Placement(_))).collect()
}

fn back(world: &World, fact: &Fact) -> Result<(), Refusal> {
    world.decide(&Intent::Withdraw { target: Box::new(fact.clone()), reason: String::new() }).map(drop)
}

#[test]
fn a_placement_that_is_taken_back_leaves_the_unit_where_it_was_and_its_people_with_it() {
    let (mut world, one, other) = world();
    let unit = world.unit(1);
    let members =
        |world: &World, at: NodeIx| world.state.org().node(at).holders_on(Post::Member, day("2026-11-20")).count();
    let before = (members(&world, one), members(&world, other));
    let facts = world.place(&[1], other, "2026-11-20");
    assert_eq!(world.state.org().grid_of(unit, day("2026-11-20")), Some(other));
    assert_eq!((members(&world, one), members(&world, other)), (before.0 - 1, before.1 + 1));
    let fact = placements(&facts)[0].clone();
    assert!(!is_undone(&world.state, &fact));
    world.run(&Intent::Withdraw { target: Box::new(fact.clone()), reason: String::new() });
    assert_eq!(world.state.org().grid_of(unit, day("2026-11-20")), Some(one));
    assert_eq!(world.state.org().grid_of(unit, day("2026-12-20")), Some(one));
    assert_eq!((members(&world, one), members(&world, other)), before);
    assert!(is_undone(&world.state, &fact));
    assert_eq!(back(&world, &fact), Err(Refusal::AlreadyWithdrawn));
}

#[test]
fn who_belonged_to_no_grid_belongs_to_none_again() {
    let (mut world, one, _) = world();
    let facts = world.place(&[7, 8], one, "2026-11-20");
    assert_eq!(world.state.org().unplaced_on(world.today).len(), 0);
    for fact in placements(&facts) {
        world.run(&Intent::Withdraw { target: Box::new(fact.clone()), reason: String::new() });
    }
    assert_eq!(world.state.org().unplaced_on(world.today).len(), 2);
    // It is as if it had not been: the same can be done again.
    world.place(&[7, 8], one, "2026-11-20");
    assert_eq!(world.state.org().unplaced_on(world.today).len(), 0);
}

#[test]
fn what_has_records_since_or_was_moved_again_stays() {
    let (mut world, one, other) = world();
    let first = world.place(&[1], other, "2026-11-20");
    let visit = world.visit(1, "2026-11-20");
    let fact = placements(&first)[0].clone();
    assert!(matches!(back(&world, &fact), Err(Refusal::UsedSince(..))));
    world.withdraw(&visit);
    assert_eq!(back(&world, &fact), Ok(()));
    world.on("2026-11-21").place(&[1], one, "2026-11-21");
    assert!(matches!(back(&world, &fact), Err(Refusal::MovedSince(_))));
}

#[test]
fn a_withdrawal_is_not_withdrawn() {
    let (mut world, ..) = world();
    let visit = world.visit(1, "2026-11-20");
    let gone = world.withdraw(&visit);
    assert_eq!(back(&world, &gone), Err(Refusal::WithdrawsAlready));
}
