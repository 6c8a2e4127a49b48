//! Grids that split, merge, close, move and are renamed (B-6): what counts where, who holds what, what is refused.
mod cases;
mod preview;
mod random;
mod refusals;

use wangge::grid::{
    decide::{
        Actor, Intent, Regroup,
        regroup::{Preview, preview},
    },
    fact::Fact,
    org::{NodeIx, Post, UnitIx},
};

use super::world::{World, day};

pub(super) const FIRST: &str = "工业第1网格";
pub(super) const SECOND: &str = "工业第2网格";

/// A county whose first grid has these many enterprises since 1 October.
pub(super) fn world(members: u32) -> World {
    let mut world = World::open("2026-10-01");
    world.on("2026-10-01").enroll(FIRST, 1..=members);
    world
}

pub(super) fn run(world: &mut World, regroup: Regroup) -> Vec<Fact> {
    world.run(&Intent::Regroup(regroup))
}

pub(super) fn words(world: &World, regroup: Regroup) -> String {
    world.decide(&Intent::Regroup(regroup)).unwrap_err().to_string()
}

pub(super) fn seen(world: &World, regroup: &Regroup) -> Preview {
    preview(&world.state, &Actor::owner(None, world.today), regroup).unwrap()
}

pub(super) fn split(world: &World, name: &str, numbers: &[u32], from: &str) -> Regroup {
    let units = numbers.iter().map(|n| world.unit(*n)).collect();
    Regroup::Split { grid: world.grid(FIRST), name: name.to_owned(), units, from: day(from), leader: None }
}

pub(super) fn merge(world: &World, from: &str) -> Regroup {
    Regroup::Merge { grids: vec![world.grid(SECOND)], into: world.grid(FIRST), from: day(from) }
}

pub(super) fn close(world: &World, from: &str, unplaced: bool) -> Regroup {
    Regroup::Close { grid: world.grid(FIRST), into: None, unplaced, from: day(from) }
}

/// The numbers of the enterprises in the grid on that day.
pub(super) fn members(world: &World, grid: NodeIx, on: &str) -> Vec<u32> {
    let number = |unit: UnitIx| world.state.org().unit(unit).id[1..].parse().unwrap();
    let mut numbers: Vec<u32> = world.state.org().members_on(grid, day(on)).map(number).collect();
    numbers.sort_unstable();
    numbers
}

/// Who holds the post on that day, by name.
pub(super) fn holders(world: &World, grid: NodeIx, post: Post, on: &str) -> Vec<String> {
    let org = world.state.org();
    let mut names: Vec<_> =
        org.node(grid).holders_on(post, day(on)).map(|who| org.person(who).record.name.clone()).collect();
    names.sort();
    names
}

pub(super) fn appoint(world: &mut World, grid: &str, post: Post, name: &str) {
    let node = world.grid(grid);
    let (name, from) = (name.to_owned(), day("2026-10-01"));
    world.run(&Intent::Appoint { node, post, name, phone: String::new(), from, until: None });
}
