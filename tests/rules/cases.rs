//! Hand-worked cases of standing, each with its arithmetic.
use super::world::{World, amended, day, visit};
use wangge::grid::{
    calendar::Calendar,
    decide::Refusal,
    fact::{Body, Draft, SessionKind, Topic, Visit},
    plan::{Why, visit_plan},
};

const GRID: &str = "工业第1网格";

/// A grid of `n` enterprises from the first of a month on.
fn grid_of(n: u32, month: &str) -> World {
    let mut world = World::open(&format!("{month}-01"));
    if n > 0 {
        world.enroll(GRID, 1..=n);
    }
    world
}

#[test]
fn thirty_percent_rounds_up_and_never_by_a_float() {
    // ceil(30 x N / 100) in whole numbers.
    for (n, need) in [
        (1, 1),    // 0.3
        (3, 1),    // 0.9
        (4, 2),    // 1.2
        (10, 3),   // 3.0 exactly; in floats 10 * (0.1 * 3) is 3.0000000000000004 and its ceiling 4
        (20, 6),   // 6.0
        (21, 7),   // 6.3
        (24, 8),   // 7.2
        (30, 9),   // 9.0
        (110, 33), // 33.0
    ] {
        let world = grid_of(n, "2026-11");
        assert_eq!(world.standing("visit", world.grid(GRID), "2026-11").need, need, "N = {n}");
    }
}

#[test]
fn the_last_day_of_a_month_of_31_days() {
    let mut world = grid_of(3, "2026-10"); // need ceil(0.9) = 1, due 31 October, lead 7
    let grid = world.grid(GRID);
    assert_eq!(world.on("2026-10-23").says("visit", grid, "2026-10"), "not_started 0/1 +8"); // 31 - 23 = 8 > 7
    assert_eq!(world.on("2026-10-24").says("visit", grid, "2026-10"), "due_soon 0/1 +7");
    assert_eq!(world.on("2026-10-31").says("visit", grid, "2026-10"), "due_soon 0/1 +0");
    assert_eq!(world.on("2026-11-01").says("visit", grid, "2026-10"), "overdue 0/1 -1");
}

#[test]
fn the_last_day_of_february() {
    for (month, last, after) in [("2026-02", "2026-02-28", "2026-03-01"), ("2024-02", "2024-02-29", "2024-03-01")] {
        let mut world = grid_of(3, month);
        let grid = world.grid(GRID);
        assert_eq!(world.on(last).says("visit", grid, month), "due_soon 0/1 +0");
        assert_eq!(world.on(after).says("visit", grid, month), "overdue 0/1 -1");
        world.on(last).visit(1, last);
        assert_eq!(world.on(after).says("visit", grid, month), "met 1/1 -1");
    }
}

#[test]
fn the_day_is_the_countys_not_utc() {
    // 30 November 23:59 at +08:00 is 15:59 UTC; a minute later it is December there and still November in UTC.
    for (today, clock, says) in
        [("2026-11-30", "23:59:59", "met 1/1 -1"), ("2026-12-01", "00:00:00", "met_late 1/1 -1")]
    {
        let mut world = grid_of(1, "2026-11");
        let grid = world.grid(GRID);
        world.clock = clock;
        world.on(today).visit(1, "2026-11-30");
        assert_eq!(world.on("2026-12-01").says("visit", grid, "2026-11"), says);
    }
}

#[test]
fn workdays_left_over_national_day_and_spring_festival() {
    let china = Calendar::parse(include_str!("../../data/holidays/cn.csv")).unwrap();
    let left = |from: &str, to: &str| china.workdays_after(day(from), day(to));
    // 2026: off 1-7; 8, 9 = 2; Sat 10 works = 1; 12-16, 19-23, 26-30 = 15; Sat 31 off. 2 + 1 + 15 = 18
    assert_eq!(left("2026-09-30", "2026-10-31"), 18);
    assert_eq!(left("2026-10-08", "2026-10-31"), 17); // today itself is not counted
    assert_eq!(left("2026-10-30", "2026-10-31"), 0); // a Saturday
    // September 2026: Sun 20 works = 1; 21-24 = 4; 25-27 off; 28-30 = 3. 1 + 4 + 3 = 8
    assert_eq!(left("2026-09-18", "2026-09-30"), 8);
    // 2025: off 1-8; 9, 10 = 2; Sat 11 works = 1; 13-17, 20-24, 27-31 = 15. 18
    assert_eq!(left("2025-09-30", "2025-10-31"), 18);
    // 2024: off 1-7; 8-11 = 4; Sat 12 works = 1; 14-18, 21-25 = 10; 28-31 = 4. 19
    assert_eq!(left("2024-09-30", "2024-10-31"), 19);
    // February 2026: Sat 14 works = 1; 15-23 off; 24-27 = 4; Sat 28 works = 1. 6
    assert_eq!(left("2026-02-13", "2026-02-28"), 6);
    // 31 October 2026 (Sat) to 23 November (Mon): 2-6, 9-13, 16-20 = 15, 23 = 1. Overdue by 16 workdays
    assert_eq!(left("2026-10-31", "2026-11-23"), 16);
    assert_eq!(left("2026-11-23", "2026-10-31"), 0); // backwards
}

#[test]
fn units_gained_in_the_month_do_not_raise_the_quota_but_their_visits_count() {
    let mut world = grid_of(10, "2026-11"); // 30 % of 10 = 3
    let grid = world.grid(GRID);
    world.on("2026-11-10").enroll(GRID, 11..=20);
    assert_eq!(world.says("visit", grid, "2026-11"), "not_started 0/3 +20");
    world.on("2026-11-12").visit(11, "2026-11-12");
    assert_eq!(world.says("visit", grid, "2026-11"), "in_progress 1/3 +18");
    // 1 December: 20 belong, 30 % of 20 = 6
    assert_eq!(world.on("2026-12-01").says("visit", grid, "2026-12"), "not_started 0/6 +30");
}

#[test]
fn units_lost_in_the_month_keep_the_quota_and_the_visits_they_had() {
    let mut world = grid_of(10, "2026-11"); // 3
    let other = world.enroll("工业第2网格", 11..=11); // ceil(0.3) = 1
    let grid = world.grid(GRID);
    world.on("2026-11-05").visit(1, "2026-11-05");
    world.on("2026-11-10").place(&[1, 2, 3, 4, 5], other, "2026-11-10");
    world.on("2026-11-12").visit(1, "2026-11-12");
    world.visit(2, "2026-11-09"); // entered on the 12th for a day on which it still belonged to the first grid
    assert_eq!(world.says("visit", grid, "2026-11"), "in_progress 2/3 +18"); // 1 and 2
    assert_eq!(world.says("visit", other, "2026-11"), "met 1/1 +18"); // 1, visited there as well
    // 1 December: 10 - 5 = 5, ceil(1.5) = 2; 1 + 5 = 6, ceil(1.8) = 2
    assert_eq!(world.on("2026-12-01").says("visit", grid, "2026-12"), "not_started 0/2 +30");
    assert_eq!(world.says("visit", other, "2026-12"), "not_started 0/2 +30");
}

#[test]
fn an_empty_grid_owes_nothing_and_is_never_overdue() {
    let mut world = World::open("2026-10-01");
    let flat = world.grid("建筑业网格");
    world.on("2027-02-01");
    for (duty, period) in
        [("visit", "2026-10"), ("training", "2026-Q4"), ("ledger-check", "2026-10"), ("pledge", "2026")]
    {
        let standing = world.standing(duty, flat, period);
        assert_eq!((standing.state.key(), standing.need), ("not_applicable", 0), "{duty}");
    }
    assert!(world.owes(flat).iter().all(|row| row.ends_with("not_applicable")), "{:?}", world.owes(flat));
}

#[test]
fn a_grid_that_was_empty_at_the_start_of_the_month() {
    let mut world = grid_of(4, "2026-11");
    let flat = world.grid("建筑业网格");
    world.on("2026-11-10").place(&[1, 2], flat, "2026-11-10");
    // ceil(30 % of 0) = 0 in November; its quarter duties apply, since it has somebody to train.
    assert_eq!(world.says("visit", flat, "2026-11"), "not_applicable 0/0 +20");
    assert_eq!(world.says("training", flat, "2026-Q4"), "not_started 0/1 +51"); // 20 + 31 days to 31 December
    assert_eq!(world.on("2026-12-01").says("visit", flat, "2026-12"), "not_started 0/1 +30"); // ceil(0.6) = 1
}

#[test]
fn a_store_opened_in_the_month_counts_from_that_day() {
    let mut world = World::open("2026-11-23");
    let grid = world.enroll(GRID, 1..=4); // on the 23rd; ceil(1.2) = 2
    assert_eq!(world.says("visit", grid, "2026-11"), "due_soon 0/2 +7");
    assert!(!world.owes(grid).iter().any(|row| row.contains("2026-10")), "nothing before the store");
    // The year's duties are reckoned on the members of 23 November, since there were none to know on 1 January.
    assert_eq!(world.standing("pledge", grid, "2026").need, 4);
}

#[test]
fn late_entry_is_met_late_and_keeps_all_three_times() {
    let mut world = grid_of(10, "2026-10"); // 3
    let grid = world.grid(GRID);
    world.on("2026-10-20").visit(1, "2026-10-20");
    world.on("2026-10-31").visit(2, "2026-10-30");
    world.on("2026-11-02");
    assert_eq!(world.says("visit", grid, "2026-10"), "overdue 2/3 -2");
    let late = world.visit(3, "2026-10-29");
    assert_eq!(world.says("visit", grid, "2026-10"), "met_late 3/3 -2"); // 2 on time, 1 late
    let mark = world.state.visits(world.unit(3)).next().unwrap();
    assert_eq!((mark.date(), mark.recorded_on()), (day("2026-10-29"), day("2026-11-02")));
    assert_eq!(late.draft.occurred, day("2026-10-29"));
    // 10:00 at +08:00 is 02:00 UTC.
    assert_eq!(late.recorded_ms, day("2026-11-02").and_hms_opt(2, 0, 0).unwrap().and_utc().timestamp_millis());
    assert_eq!(late.received_ms, late.recorded_ms);
    // Enough on time: a fourth entered late changes nothing. 2 + 1 on time would be 3.
    let mut on_time = grid_of(10, "2026-10");
    (1..=3).for_each(|n| drop(on_time.on("2026-10-31").visit(n, "2026-10-31")));
    on_time.on("2026-11-02").visit(4, "2026-10-31");
    let grid = on_time.grid(GRID);
    assert_eq!(on_time.says("visit", grid, "2026-10"), "met 4/3 -2");
}

#[test]
fn one_visit_per_enterprise_and_day_and_one_per_month_in_coverage() {
    let mut world = grid_of(10, "2026-11"); // 3
    let grid = world.grid(GRID);
    let ledger = [Topic::Ledger];
    world.on("2026-11-20").visit_about(1, "2026-11-05", &ledger);
    assert_eq!(
        world.decide(&visit(&[world.unit(1)], "2026-11-05")),
        Err(Refusal::AlreadyVisited("企业1".to_owned(), day("2026-11-05")))
    );
    world.visit_about(1, "2026-11-06", &ledger);
    world.visit_about(1, "2026-11-20", &ledger);
    assert_eq!(world.says("visit", grid, "2026-11"), "in_progress 1/3 +10"); // one enterprise
    assert_eq!(world.standing("ledger-guide", grid, "2026-Q4").have, 3); // three visits
    assert_eq!(world.standing("ledger-check", grid, "2026-11").have, 1); // one enterprise's ledger
}

#[test]
fn the_same_visit_from_two_devices_counts_once() {
    let mut world = grid_of(10, "2026-11");
    let mut other = world.device(2);
    let grid = world.grid(GRID);
    world.on("2026-11-20").visit_about(1, "2026-11-05", &[Topic::Ledger]);
    let theirs = other.on("2026-11-21").visit_about(1, "2026-11-05", &[Topic::Ledger]);
    world.receive(&[theirs]);
    assert_eq!(world.state.visits(world.unit(1)).count(), 2, "both are kept");
    assert_eq!(world.says("visit", grid, "2026-11"), "in_progress 1/3 +10");
    assert_eq!(world.standing("ledger-guide", grid, "2026-Q4").have, 1); // one unit-day
}

#[test]
fn several_in_one_go_pass_over_those_that_have_it() {
    let mut world = grid_of(10, "2026-11");
    world.on("2026-11-20").visit(2, "2026-11-20");
    let units = [1, 2, 3].map(|n| world.unit(n));
    let decision = world.decide(&visit(&units, "2026-11-20")).unwrap();
    assert_eq!(decision.drafts.len(), 2);
    assert_eq!(decision.already, [units[1]]);
    let names: Vec<_> = decision.counts_for.iter().map(|i| world.state.pack().duties[*i].id.as_str()).collect();
    assert_eq!(names, ["visit"]);
}

#[test]
fn an_enterprise_named_twice_in_one_go_is_visited_once() {
    let mut world = grid_of(10, "2026-11");
    let twice = [world.unit(1), world.unit(1)];
    assert_eq!(world.decide(&visit(&twice, "2026-11-01")).unwrap().drafts.len(), 1);
    let grid = world.grid("建筑业网格");
    let placing = wangge::grid::decide::Intent::Place { units: twice.to_vec(), grid, from: day("2026-11-01") };
    let placed = world.decide(&placing).unwrap().drafts;
    let placements = placed.iter().filter(|d| matches!(d.body, wangge::grid::fact::Body::Placement(_)));
    assert_eq!(placements.count(), 1);
    let own = world.grid(GRID);
    world.on("2026-11-02");
    assert_eq!(world.done("pledge", own, &[1, 1], "2026-11-02").len(), 1);
}

#[test]
fn overdue_stays_for_months_until_it_is_met_late() {
    let mut world = grid_of(3, "2026-08"); // need 1 each month
    let grid = world.grid(GRID);
    world.on("2026-11-23");
    let overdue = |world: &World| -> Vec<String> {
        let rows = world.owes(grid).into_iter();
        rows.filter_map(|row| Some(row.strip_prefix("visit ")?.strip_suffix(" overdue")?.to_owned())).collect()
    };
    assert_eq!(overdue(&world), ["2026-08", "2026-09", "2026-10"]); // three month ends are past
    let late = world.visit(1, "2026-09-15");
    assert_eq!(overdue(&world), ["2026-08", "2026-10"]);
    assert_eq!(world.says("visit", grid, "2026-09"), "met_late 1/1 -54"); // 30 Sep to 23 Nov: 31 + 23 = 54
    world.on("2027-03-01");
    // November to February have ended as well: 2 + 4 = 6
    assert_eq!(overdue(&world), ["2026-08", "2026-10", "2026-11", "2026-12", "2027-01", "2027-02"]);
    world.withdraw(&late);
    assert!(overdue(&world).contains(&"2026-09".to_owned()), "taken back, it is overdue again");
}

#[test]
fn a_quarter_of_training_and_activities() {
    let mut world = grid_of(3, "2026-10");
    let grid = world.grid(GRID);
    // Due 31 December, lead 14: on the 16th 15 days are left, on the 17th 14.
    assert_eq!(world.on("2026-12-16").says("training", grid, "2026-Q4"), "not_started 0/1 +15");
    assert_eq!(world.on("2026-12-17").says("training", grid, "2026-Q4"), "due_soon 0/1 +14");
    assert_eq!(world.on("2027-01-01").says("training", grid, "2026-Q4"), "overdue 0/1 -1");
    world.session(grid, SessionKind::Training, "2026-12-31");
    assert_eq!(world.says("training", grid, "2026-Q4"), "met_late 1/1 -1");
    assert_eq!(world.says("training", grid, "2027-Q1"), "not_started 0/1 +89"); // 30 + 28 + 31
    // One activity serves the leader's duty and the deputy's (M-7).
    world.session(grid, SessionKind::Activity, "2027-01-01");
    assert_eq!(world.says("grid-activity", grid, "2027-Q1"), "met 1/1 +89");
    assert_eq!(world.says("home", grid, "2027-Q1"), "met 1/1 +89");
    assert_eq!(world.says("analysis", grid, "2027-Q1"), "not_started 0/1 +89");
    world.done("analysis", grid, &[], "2027-01-01");
    assert_eq!(world.says("analysis", grid, "2027-Q1"), "met 1/1 +89");
}

#[test]
fn a_year_asks_for_every_enterprise() {
    let mut world = grid_of(3, "2026-01");
    let grid = world.grid(GRID);
    world.on("2026-06-01").done("pledge", grid, &[1, 3], "2026-05-20");
    assert_eq!(world.says("pledge", grid, "2026"), "in_progress 2/3 +213"); // 1 June is day 152: 365 - 152 = 213
    assert_eq!(world.on("2026-12-01").says("pledge", grid, "2026"), "due_soon 2/3 +30");
    assert_eq!(world.on("2027-01-01").says("pledge", grid, "2026"), "overdue 2/3 -1");
    world.done("pledge", grid, &[2], "2026-12-31");
    assert_eq!(world.says("pledge", grid, "2026"), "met_late 3/3 -1");
}

#[test]
fn a_closed_grid_owes_what_it_left_and_nothing_after() {
    let mut world = grid_of(3, "2026-10");
    let grid = world.grid(GRID);
    let mut record = world.facts.iter().rev().find_map(|fact| match &fact.draft.body {
        wangge::grid::fact::Body::Node(node) if node.name == GRID => Some((fact.draft.clone(), node.clone())),
        _ => None,
    });
    let (mut draft, mut node) = record.take().unwrap();
    node.to = Some(day("2026-12-01"));
    draft.body = wangge::grid::fact::Body::Node(node);
    world.on("2026-12-05").write(&draft);
    let months: Vec<_> = world.owes(grid).into_iter().filter(|row| row.starts_with("visit ")).collect();
    assert_eq!(months, ["visit 2026-10 overdue", "visit 2026-11 overdue"]); // it ended with 30 November
}

#[test]
fn whom_to_visit_next() {
    let mut world = grid_of(6, "2026-09");
    let grid = world.grid(GRID);
    world.on("2026-09-30").visit(2, "2026-09-20");
    world.visit(3, "2026-09-10");
    world.visit(4, "2026-09-20");
    world.on("2026-10-10").visit(5, "2026-10-09");
    let mut intent = visit(&[world.unit(6)], "2026-10-09");
    if let wangge::grid::decide::Intent::Visit { problem, .. } = &mut intent {
        *problem = Some(wangge::grid::fact::ProblemFound { text: "台账缺页".to_owned(), follow_up: None });
    }
    let found = world.run(&intent).remove(0);
    let plan = visit_plan(&world.state, grid, world.today);
    let order: Vec<_> = plan.next.iter().map(|s| (world.state.org().unit(s.unit).id.as_str(), s.why)).collect();
    assert_eq!(
        order,
        [
            ("E0001", Why::Never),
            ("E0003", Why::Longest(day("2026-09-10"))),
            ("E0002", Why::Longest(day("2026-09-20"))), // a tie: by code
            ("E0004", Why::Longest(day("2026-09-20"))),
            ("E0006", Why::OpenProblem), // visited this month, with a problem; 5 is done with
        ]
    );
    let quota = plan.quota.unwrap();
    assert_eq!((quota.have, quota.need, quota.missing()), (2, 2, 0)); // ceil(1.8) = 2
    // An open problem goes first among equals: 4 was last visited on the same day as 2.
    let old =
        world.facts.iter().find(|f| f.draft.subject.as_deref() == Some("E0004") && f.draft.body.kind() == "visit");
    let mut again = amended(&old.unwrap().clone(), world.unit(4), "2026-09-20");
    if let wangge::grid::decide::Intent::Visit { problem, .. } = &mut again {
        *problem = Some(wangge::grid::fact::ProblemFound { text: "迟报".to_owned(), follow_up: None });
    }
    world.run(&again);
    world.close(found.id, "2026-10-10");
    let plan = visit_plan(&world.state, grid, world.today);
    let order: Vec<_> = plan.next.iter().map(|s| world.state.org().unit(s.unit).id.as_str()).collect();
    assert_eq!(order, ["E0001", "E0003", "E0004", "E0002"]);
}

#[test]
fn very_many_records_of_one_unit_count_as_few_do() {
    let mut world = grid_of(3, "2026-10");
    let grid = world.grid(GRID);
    let topics = [&[][..], &[Topic::Policy], &[Topic::Ledger]];
    let first = world.on("2026-10-31").visit(1, "2026-10-09");
    let mut facts = vec![first.clone()];
    // Far more than are looked through one by one; the later ones are late for October.
    for n in 0..149_usize {
        let on = format!("2026-10-{:02}", n % 7 + 1);
        world.on(if n < 75 { "2026-10-31" } else { "2026-11-03" });
        let visit = Visit { topics: topics[n % 3].to_vec(), ..Visit::default() };
        facts.push(world.write(&Draft { occurred: day(&on), body: Body::Visit(visit), ..first.draft.clone() }));
        assert_eq!(world.state.tallies(), &world.state.recounted(), "after visit {n}");
    }
    assert_eq!(world.says("visit", grid, "2026-10"), "met 1/1 -3");
    // In a scattered order.
    for (n, fact) in (0..150).map(|n| (n, &facts[n * 37 % 150])) {
        world.withdraw(fact);
        assert_eq!(world.state.tallies(), &world.state.recounted(), "after {n} were taken back");
    }
    assert_eq!(world.says("visit", grid, "2026-10"), "overdue 0/1 -3");
}
