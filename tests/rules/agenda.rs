//! What calendars and sparklines ask, held against the standing of every single period.
use chrono::NaiveDate;
use wangge::grid::{
    calendar::{Cadence, Period},
    fact::FactId,
    standing::{DutyState, course, due_between, standing, standings_at},
};

use super::world::{World, day, visit};

fn world() -> World {
    let mut world = World::open("2026-06-01");
    world.on("2026-06-01").enroll("工业第1网格", 1..=10);
    for (number, on) in [(1, "2026-06-03"), (2, "2026-06-10"), (3, "2026-06-20"), (4, "2026-08-02"), (5, "2026-08-03")]
    {
        world.on(on).visit(number, on);
    }
    // Entered late.
    world.on("2026-09-15");
    for number in 6..=8 {
        let intent = visit(&[world.unit(number)], "2026-07-10");
        world.run(&intent);
    }
    world.on("2026-11-20");
    world
}

/// What is due in the span by the standing of every period of every duty, without what runs by itself.
fn one_by_one(world: &World, node: wangge::grid::org::NodeIx, span: (NaiveDate, NaiveDate)) -> Vec<(usize, Period)> {
    let mut out = Vec::new();
    for (own, duty) in world.state.pack().duties.iter().enumerate() {
        if !duty.applies_to(world.state.org().node(node)) || matches!(duty.kind.name(), "response" | "monitor") {
            continue;
        }
        let mut known = std::collections::BTreeSet::new();
        for month in (0..60).map(|n| Period::containing(Cadence::Month, day("2024-01-01")).shifted(n)) {
            let period = duty.period_of(month.first());
            if !known.insert(period) {
                continue;
            }
            let row = standing(&world.state, own, node, period, world.today);
            let row = row.filter(|row| span.0 <= row.due_on && row.due_on <= span.1);
            out.extend(row.filter(|row| row.state != DutyState::NotApplicable).map(|row| (row.duty, row.period)));
        }
    }
    out.sort();
    out
}

#[test]
fn every_month_lists_what_is_due_in_it_and_nothing_else() {
    let world = world();
    let mut listed = 0;
    for node in world.state.org().nodes().map(|(ix, _)| ix).collect::<Vec<_>>() {
        for month in (0..30).map(|n| Period::containing(Cadence::Month, day("2025-10-01")).shifted(n)) {
            let span = (month.first(), month.last());
            let rows = due_between(&world.state, node, span, world.today);
            assert!(rows.is_sorted_by_key(|row| row.due_on), "{month}");
            let own = |about: Option<FactId>, duty: usize| {
                about.is_none() && world.state.pack().duties[duty].kind.name() != "monitor"
            };
            let mut found: Vec<_> =
                rows.iter().filter(|row| own(row.about, row.duty)).map(|row| (row.duty, row.period)).collect();
            found.sort();
            assert_eq!(found, one_by_one(&world, node, span), "{month}");
            listed += found.len();
        }
    }
    assert!(listed > 40, "{listed}");
}

#[test]
fn all_that_stands_open_today_is_in_the_month_of_its_day() {
    let world = world();
    for node in world.state.org().nodes().map(|(ix, _)| ix).collect::<Vec<_>>() {
        for row in standings_at(&world.state, node, world.today).iter().filter(|row| !row.state.is_settled()) {
            let month = Period::containing(Cadence::Month, row.due_on);
            let rows = due_between(&world.state, node, (month.first(), month.last()), world.today);
            assert!(rows.contains(row), "{row:?}");
        }
    }
}

#[test]
fn a_course_tells_each_month_as_it_stands_today() {
    let world = world();
    let (grid, duty) = (world.grid("工业第1网格"), world.duty("visit"));
    let months = (4..=12).map(|n| Period::parse(&format!("2026-{n:02}")).unwrap());
    let rows = course(&world.state, duty, grid, months, world.today);
    let said: Vec<_> = rows
        .iter()
        .map(|row| row.map_or("-".to_owned(), |r| format!("{} {}/{}", r.state.key(), r.have, r.need)))
        .collect();
    assert_eq!(
        said,
        ["-", "-", "met 3/3", "met_late 3/3", "overdue 2/3", "overdue 0/3", "overdue 0/3", "not_started 0/3", "-"]
    );
}
