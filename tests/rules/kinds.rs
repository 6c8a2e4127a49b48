//! Every kind of duty by hand, with the arithmetic; the first three are in `cases.rs`.
use wangge::grid::{
    calendar::Period,
    decide::{Intent, Refusal},
    fact::{Attendance, AttendanceMark, Fact, ProblemFound, SessionKind},
    org::{NodeIx, Post},
    standing::{DutyState, Standing, standings_at},
};

use super::{
    history::pack,
    world::{World, day, visit},
};

fn world(from: &str) -> World {
    World::with(pack(), from)
}

/// Every instance of a duty at a node today: period, state, have/need, due.
fn rows(world: &World, duty: &str, node: NodeIx) -> Vec<String> {
    let own = world.duty(duty);
    let row = |s: &Standing| format!("{} {} {}/{} {}", s.period, s.state.key(), s.have, s.need, s.due_on);
    standings_at(&world.state, node, world.today).iter().filter(|s| s.duty == own).map(row).collect()
}

/// A visit that finds a problem.
fn trouble(world: &mut World, number: u32, on: &str, follow_up: Option<&str>) -> Fact {
    let mut intent = visit(&[world.unit(number)], on);
    if let Intent::Visit { problem, .. } = &mut intent {
        let follow_up = follow_up.map(day);
        *problem = Some(ProblemFound { text: "台账缺页".to_owned(), follow_up });
    }
    world.run(&intent).remove(0)
}

#[test]
fn each_asks_for_every_grid_below_and_for_who_did_it() {
    let mut world = world("2026-07-01");
    let first = world.enroll("工业第1网格", 1..=3);
    world.enroll("工业第2网格", 4..=5);
    let town = world.grid("东乡");
    let deputy = world.appoint("东乡", Post::Deputy, "王副乡长", "2026-07-01");
    let leader = world.appoint("工业第1网格", Post::Leader, "李主任", "2026-07-01");
    world.on("2026-08-10");
    // Three grids had units when the quarter began: two of industry and the villages'. None was called at yet.
    assert_eq!(rows(&world, "call-each", town), ["2026-Q3 not_started 0/3 2026-09-30"]);
    // The grid's own leader does not make it a call of the township's deputy.
    world.person = Some(leader.clone());
    world.visit(1, "2026-08-10");
    assert_eq!(rows(&world, "call-each", town), ["2026-Q3 not_started 0/3 2026-09-30"]);
    // The deputy does: one grid of three. A second call at the same grid adds nothing.
    world.person = Some(deputy.clone());
    world.visit(2, "2026-08-10");
    world.visit(3, "2026-08-10");
    assert_eq!(rows(&world, "call-each", town), ["2026-Q3 in_progress 1/3 2026-09-30"]);
    // Coming along is calling, too: the leader writes it down, the deputy was there.
    world.person = Some(leader);
    let mut together = visit(&[world.unit(4)], "2026-08-10");
    if let Intent::Visit { with, .. } = &mut together {
        with.push(deputy);
    }
    world.run(&together);
    assert_eq!(rows(&world, "call-each", town), ["2026-Q3 in_progress 2/3 2026-09-30"]);
    // A training session at the third closes it, whoever held it; ten days before the end it is due soon (lead 9).
    let farm = world.state.org().node_ix("330000001-N1").unwrap();
    world.session(farm, SessionKind::Training, "2026-08-10");
    assert_eq!(rows(&world, "call-each", town), ["2026-Q3 met 3/3 2026-09-30"]);
    // The next quarter asks anew, and a grid that was closed in the last one is not asked for.
    world.on("2026-10-12");
    assert_eq!(rows(&world, "call-each", town), ["2026-Q4 not_started 0/3 2026-12-31"]);
    assert_eq!(world.standing("visit", first, "2026-08").have, 3);
}

#[test]
fn a_count_below_adds_up_what_the_grids_did() {
    let mut world = world("2026-07-01");
    let grid = world.enroll("工业第1网格", 1..=3);
    let (town, root) = (world.grid("东乡"), world.grid("小县"));
    world.on("2026-08-10");
    world.session(grid, SessionKind::Activity, "2026-08-03");
    assert_eq!(rows(&world, "town-activity", town), ["2026-Q3 in_progress 1/2 2026-09-30"]);
    assert_eq!(rows(&world, "town-activity", root), ["2026-Q3 in_progress 1/2 2026-09-30"]);
    let west = world.state.org().node_ix("330000002-N1").unwrap();
    world.session(west, SessionKind::Activity, "2026-08-04");
    // Two in the county, one of them in each township.
    assert_eq!(rows(&world, "town-activity", town), ["2026-Q3 in_progress 1/2 2026-09-30"]);
    assert_eq!(rows(&world, "town-activity", root), ["2026-Q3 met 2/2 2026-09-30"]);
}

#[test]
fn a_milestone_once_is_overdue_until_it_is_done_late() {
    let mut world = world("2025-11-05");
    let town = world.grid("东乡");
    assert_eq!(rows(&world, "framework", town), ["2025 not_started 0/1 2025-12-20"]);
    // Twelve days of lead: the 8th is the first of them.
    world.on("2025-12-07");
    assert_eq!(rows(&world, "framework", town), ["2025 not_started 0/1 2025-12-20"]);
    world.on("2025-12-08");
    assert_eq!(rows(&world, "framework", town), ["2025 due_soon 0/1 2025-12-20"]);
    // The year turns, and it stays.
    world.on("2026-03-02");
    assert_eq!(rows(&world, "framework", town), ["2025 overdue 0/1 2025-12-20"]);
    world.done("framework", town, &[], "2026-03-02");
    // Done late in another year is done; it is settled and the year is over, so that it is not listed any more.
    assert_eq!(rows(&world, "framework", town), Vec::<String>::new());
    let standing = world.standing("framework", town, "2025");
    assert_eq!((standing.state, standing.have), (DutyState::MetLate, 1));
}

#[test]
fn a_store_that_opens_after_a_milestone_does_not_owe_it() {
    let world = world("2025-12-21");
    assert_eq!(rows(&world, "framework", world.grid("东乡")), Vec::<String>::new());
}

#[test]
fn a_milestone_of_every_year_comes_back() {
    let mut world = world("2025-03-05");
    let town = world.grid("东乡");
    // Thirty days of lead: the first of March is the first of them.
    assert_eq!(rows(&world, "plan", town), ["2025 due_soon 0/1 2025-03-31"]);
    world.on("2026-02-27");
    world.done("plan", town, &[], "2026-02-27");
    assert_eq!(rows(&world, "plan", town), ["2025 overdue 0/1 2025-03-31", "2026 met 1/1 2026-03-31"]);
    // For a year that is past, when it is said so.
    let late = Intent::Done {
        duty: "plan".to_owned(),
        grid: town,
        units: Vec::new(),
        on: world.today,
        period: Period::parse("2025"),
        note: String::new(),
    };
    world.run(&late);
    assert_eq!(rows(&world, "plan", town), ["2026 met 1/1 2026-03-31"]);
    assert_eq!(world.standing("plan", town, "2025").state, DutyState::MetLate);
    // Opened after the date, a store does not owe that year's.
    let world = super::kinds::world("2025-11-05");
    assert_eq!(rows(&world, "plan", town), Vec::<String>::new());
}

#[test]
fn a_response_runs_in_working_days_from_what_started_it() {
    let mut world = world("2026-09-01");
    let grid = world.enroll("工业第1网格", 1..=3);
    // Wednesday 30 September. 1-7 October are holidays; the 8th, 9th, 10th (a Saturday made a workday), 12th and 13th
    // are the five working days.
    world.on("2026-09-30");
    let found = trouble(&mut world, 1, "2026-09-30", None);
    assert_eq!(rows(&world, "solve", grid), ["2026-09 not_started 0/1 2026-10-13"]);
    world.on("2026-10-11");
    assert_eq!(rows(&world, "solve", grid), ["2026-09 due_soon 0/1 2026-10-13"]);
    world.on("2026-10-14");
    assert_eq!(rows(&world, "solve", grid), ["2026-09 overdue 0/1 2026-10-13"]);
    // Its own deadline goes before the duty's.
    trouble(&mut world, 2, "2026-10-14", Some("2026-10-15"));
    let second = "2026-10 due_soon 0/1 2026-10-15".to_owned();
    assert_eq!(rows(&world, "solve", grid), ["2026-09 overdue 0/1 2026-10-13".to_owned(), second.clone()]);
    // Solved on the 12th, written down on the 14th: late, and September is over, so that it leaves the list.
    world.close(found.id, "2026-10-12");
    assert_eq!(rows(&world, "solve", grid), [second]);
}

#[test]
fn open_work_follows_the_unit_and_a_change_of_staff_starts_a_clock_by_itself() {
    let mut world = world("2026-09-01");
    let grid = world.enroll("工业第1网格", 1..=3);
    let other = world.enroll("工业第2网格", 4..=5);
    world.on("2026-09-07");
    trouble(&mut world, 1, "2026-09-07", None);
    world.place(&[1], other, "2026-09-07");
    assert_eq!(rows(&world, "solve", grid), Vec::<String>::new());
    assert_eq!(rows(&world, "solve", other), ["2026-09 not_started 0/1 2026-09-14"]);
    // The first leader is no change; the second is one, and telling of it in time closes what the member owes.
    world.appoint("工业第1网格", Post::Leader, "甲", "2026-09-01");
    assert_eq!(rows(&world, "tell", grid), Vec::<String>::new());
    world.appoint("工业第1网格", Post::Leader, "乙", "2026-09-04");
    // Friday the 4th + 3 working days = Wednesday the 9th; written down on Monday the 7th.
    assert_eq!(rows(&world, "tell", grid), ["2026-09 met 1/1 2026-09-09"]);
    // Written down on the 15th, it is told late.
    world.on("2026-09-15").appoint("工业第1网格", Post::Leader, "丙", "2026-09-10");
    assert_eq!(
        rows(&world, "tell", grid),
        ["2026-09 met 1/1 2026-09-09", "2026-09 met_late 1/1 2026-09-15"]
            .map(|row| row.replace("met_late 1/1 2026-09-15", "met 1/1 2026-09-15"))
    );
    // Thursday the 10th + 3 = Tuesday the 15th, so that was just in time; a day later it is not.
    world.on("2026-09-16").appoint("工业第1网格", Post::Leader, "丁", "2026-09-10");
    assert!(rows(&world, "tell", grid).contains(&"2026-09 met_late 1/1 2026-09-15".to_owned()));
}

#[test]
fn a_monitor_clears_when_the_facts_change() {
    let mut world = world("2026-09-01");
    let grid = world.enroll("工业第1网格", 1..=3);
    let town = world.grid("东乡");
    let state = |world: &World| rows(world, "watch", town);
    // On the first day: both grids (the villages' too) have twenty days, all five units are placed, and no training
    // is overdue at either grid: 2 + 5 + 2.
    assert_eq!(state(&world), ["2026-09 met 9/9 2026-09-05"]);
    // On 22 September both have been silent for more than twenty days since the 1st: 7 of 9; four days of grace from
    // the 21st, the last day of the twenty, and three of lead.
    world.on("2026-09-22");
    assert_eq!(state(&world), ["2026-09 due_soon 7/9 2026-09-25"]);
    world.visit(1, "2026-09-22");
    assert_eq!(state(&world), ["2026-09 due_soon 8/9 2026-09-25"]);
    world.on("2026-09-26");
    assert_eq!(state(&world), ["2026-09 overdue 8/9 2026-09-25"]);
    let farm = world.state.org().node_ix("330000001-N1").unwrap();
    world.session(farm, SessionKind::Activity, "2026-09-26");
    assert_eq!(state(&world), ["2026-09 met 9/9 2026-09-05"]);
    // A roll of five, one excused: eighty percent of four, rounded up, is 4; three were there themselves.
    let marks = [AttendanceMark::Present, AttendanceMark::Present, AttendanceMark::Present];
    let marks = marks.into_iter().chain([AttendanceMark::Late, AttendanceMark::Excused]);
    let people: Vec<String> = world.state.org().people().map(|(_, person)| person.id.clone()).collect();
    let mut held = super::world::session(grid, SessionKind::Training, "2026-09-26");
    if let Intent::Session { attendance, .. } = &mut held {
        *attendance =
            marks.enumerate().map(|(i, mark)| Attendance { person: people[i % people.len()].clone(), mark }).collect();
    }
    world.run(&held);
    assert_eq!(rows(&world, "rolls", grid), ["2026-09 due_soon 3/4 2026-09-27"]);
}

#[test]
fn an_exemption_needs_a_reason_and_somebody_above_and_can_be_taken_back() {
    let mut world = world("2026-09-01");
    let grid = world.enroll("工业第1网格", 1..=10);
    let own = world.appoint("工业第1网格", Post::Leader, "李主任", "2026-09-01");
    let above = world.appoint("东乡", Post::Deputy, "王副乡长", "2026-09-01");
    world.on("2026-10-05");
    let exempt = |reason: &str, approver: &str, period: &str| Intent::Exempt {
        duty: "visit".to_owned(),
        node: grid,
        period: Period::parse(period).unwrap(),
        reason: reason.to_owned(),
        approver: approver.to_owned(),
    };
    assert_eq!(world.decide(&exempt(" ", &above, "2026-09")), Err(Refusal::NoReason));
    let not_own = world.decide(&exempt("防汛", &own, "2026-09")).unwrap_err();
    assert!(matches!(not_own, Refusal::MayNotApprove(..)), "{not_own}");
    let wrong = world.decide(&exempt("防汛", &above, "2026-Q3")).unwrap_err();
    assert!(matches!(wrong, Refusal::NoSuchPeriod(..)), "{wrong}");
    assert_eq!(world.says("visit", grid, "2026-09"), "overdue 0/3 -5");
    let given = world.run(&exempt("防汛", &above, "2026-09")).remove(0);
    assert_eq!(world.says("visit", grid, "2026-09"), "exempt 0/3 -5");
    assert!(!world.owes(grid).iter().any(|row| row.starts_with("visit 2026-09")), "it is settled");
    assert!(matches!(world.decide(&exempt("再免", &above, "2026-09")), Err(Refusal::ExemptAlready(..))));
    // What was done all the same counts more than the exemption.
    (1..=3).for_each(|n| drop(world.visit(n, "2026-09-20")));
    assert_eq!(world.says("visit", grid, "2026-09"), "met_late 3/3 -5");
    world.withdraw(&given);
    assert_eq!(world.says("visit", grid, "2026-09"), "met_late 3/3 -5");
}

#[test]
fn a_locked_period_takes_named_exceptions_only() {
    let mut world = world("2026-09-01");
    world.enroll("工业第1网格", 1..=3);
    world.enroll("工业第2网格", 4..=5);
    let above = world.appoint("东乡", Post::Leader, "王乡长", "2026-09-01");
    let (root, first) = (world.grid("小县"), world.grid("工业第1网格"));
    world.on("2026-10-08");
    let today = Intent::Lock { node: root, through: day("2026-10-08") };
    assert_eq!(world.decide(&today), Err(Refusal::LocksToday(day("2026-10-08"))));
    world.run(&Intent::Lock { node: root, through: day("2026-09-30") });
    let again = Intent::Lock { node: first, through: day("2026-09-15") };
    assert!(matches!(world.decide(&again), Err(Refusal::LockedAlready(..))));
    assert_eq!(world.state.locked_through(first), Some(day("2026-09-30")));
    let unlock = |node, until: &str| Intent::Unlock {
        node,
        from: day("2026-09-20"),
        through: day("2026-09-30"),
        until: day(until),
        reason: "系统故障".to_owned(),
        approver: above.clone(),
    };
    assert!(matches!(world.decide(&unlock(first, "2026-10-01")), Err(Refusal::EmptyException(..))));
    let exception = world.run(&unlock(first, "2026-10-09")).remove(0);
    let open = |world: &World, node, on: &str| world.state.is_unlocked(node, day(on), world.today);
    assert!(open(&world, first, "2026-09-20") && !open(&world, first, "2026-09-19"));
    assert!(!open(&world, world.grid("工业第2网格"), "2026-09-20"), "another grid");
    world.on("2026-10-10");
    assert!(!open(&world, first, "2026-09-20"), "the day is over");
    world.on("2026-10-09").withdraw(&exception);
    assert!(!open(&world, first, "2026-09-20"), "taken back");
}
