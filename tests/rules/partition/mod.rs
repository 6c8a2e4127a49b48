//! The grid designer over whole stores: rosters in, proposals out, applied as facts (B-4, B-6).
mod cases;
mod random;

use wangge::grid::{
    code::industry,
    decide::RosterLine,
    plan::partition::{GridRules, PlanError, Proposal, partition},
};

use super::world::{World, day, line};

const TODAY: &str = "2026-11-20";

/// A roster line of this industry in this village, in a grid where one is named.
fn firm(n: u32, industry: &str, division: &str, grid: Option<&str>) -> RosterLine {
    let sector = industry::sector(industry);
    let grid = grid.map(str::to_owned);
    RosterLine { industry: industry.to_owned(), division: division.to_owned(), sector, grid, ..line(n) }
}

/// A store with this roster since the beginning of November.
fn world(lines: &[RosterLine]) -> World {
    let mut world = World::open("2026-11-01");
    world.import(lines);
    world.on(TODAY);
    world
}

fn plan_by(world: &World, rules: &GridRules) -> Result<Proposal, PlanError> {
    partition(&world.state, world.grid("东乡"), day(TODAY), rules)
}

fn plan(world: &World) -> Proposal {
    plan_by(world, &GridRules::default()).unwrap()
}
