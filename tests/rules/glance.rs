//! The overview (M-14): its numbers against a fold of what had been entered by then, its roll-ups against sums over the
//! instances, following against reckoning anew; and by hand.
use std::collections::BTreeSet;

use chrono::{Days, NaiveDate};
use proptest::{prelude::*, test_runner::Config};
use wangge::grid::{
    fact::{Body, Draft, Fact, FactId, Withdrawn},
    glance::{Breach, Glance, MONTHS, Measure, Whose, behind, records, silent, units, warnings, without, worst},
    org::NodeIx,
    standing::{DutyState, Overview, standings_at},
    state::State,
};

use super::{
    history::{Written, pack, play, steps},
    world::{World, day},
};

const NOW: usize = MONTHS - 1;

/// An instance by names: node, duty, period, matter.
type Instance = (u32, usize, i32, Option<FactId>);

/// The state at the end of a day by what had been entered by then: corrections and who and what there is as known today.
fn known_by(facts: &[Written], day: NaiveDate) -> State {
    let mut state = State::new(pack());
    for (entered, fact) in facts {
        let is_work = matches!(
            fact.draft.body,
            Body::Visit(_)
                | Body::Session(_)
                | Body::Done(_)
                | Body::ProblemClosed(_)
                | Body::Record(_)
                | Body::Post(_)
        );
        match fact.draft.replaces {
            _ if !is_work || *entered <= day => drop(state.apply(fact)),
            // What was corrected later does not count; the correction was not there yet.
            Some(of) => {
                let body = Body::Withdrawn(Withdrawn { of, reason: String::new() });
                let draft = Draft { replaces: None, body, ..fact.draft.clone() };
                drop(state.apply(&Fact { draft, ..fact.clone() }));
            }
            None => {}
        }
    }
    state
}

fn is_rule(state: &State, duty: usize) -> bool {
    state.pack().duties[duty].kind.name() == "monitor"
}

/// What was overdue at the end of `day`, told by a state that knew no more than then; without rules.
fn overdue_then(facts: &[Written], now: &State, day: NaiveDate, today: NaiveDate) -> BTreeSet<Instance> {
    let state = known_by(facts, day);
    let mut out = BTreeSet::new();
    for (ix, node) in state.org().nodes() {
        for row in standings_at(&state, ix, day) {
            if row.state == DutyState::Overdue && !is_rule(&state, row.duty) && !moved(now, row.about, day, today) {
                let node = now.org().node_ix(&node.id).unwrap();
                out.insert((node.0, row.duty, row.period.ordinal(), row.about));
            }
        }
    }
    out
}

/// Whether somebody else answers a matter by now: it is told where it is now.
fn moved(state: &State, about: Option<FactId>, then: NaiveDate, today: NaiveDate) -> bool {
    let matter = about.and_then(|id| state.matter_of(id));
    matter.is_some_and(|matter| state.answered_at(matter, then) != state.answered_at(matter, today))
}

/// Holds all numbers against their definitions.
fn compare(state: &State, facts: &[Written], today: NaiveDate) {
    let (glance, overview) = (Glance::new(state, today), Overview::new(state, today));
    let months = glance.months();
    for (ix, node) in state.org().nodes() {
        let (own, sum) = (glance.own(ix), glance.sum(ix));
        let mut up = own;
        for child in &node.children {
            up.iter_mut().zip(glance.sum(*child)).for_each(|(tile, more)| *tile += more);
        }
        assert_eq!(sum, up, "{} is its own and its children's", node.name);
        assert_eq!(sum[NOW].overdue, overview.sum(ix).overdue, "{} today", node.name);
        let counts = overview.sum(ix);
        assert_eq!((sum[NOW].reached, sum[NOW].quota), (counts.reached, counts.quota), "{} today", node.name);
        for (month, tile) in sum.iter().enumerate() {
            let of = |measure| behind(state, months, Whose::Tree(ix), measure, month);
            assert_eq!(of(Measure::Overdue).len(), tile.overdue as usize, "{} {month}", node.name);
            let due = of(Measure::OnTime);
            let on_time = due.iter().filter(|row| row.state == DutyState::Met).count();
            assert_eq!((due.len(), on_time), (tile.due as usize, tile.on_time as usize), "{} {month}", node.name);
            let rows = of(Measure::Coverage);
            let reached: u32 = rows.iter().map(|row| row.have.min(row.need)).sum();
            let quota: u32 = rows.iter().map(|row| row.need).sum();
            assert_eq!((reached, quota), (tile.reached, tile.quota), "{} {month}", node.name);
        }
    }
    for month in 0..NOW {
        let last = months.all()[month].last();
        let roots = state.org().roots().iter();
        let rows = roots.flat_map(|root| behind(state, months, Whose::Tree(*root), Measure::Overdue, month));
        let told: BTreeSet<Instance> = rows
            .filter(|row| !is_rule(state, row.duty) && !moved(state, row.about, last, today))
            .map(|row| (row.node.0, row.duty, row.period.ordinal(), row.about))
            .collect();
        let then = overdue_then(facts, state, last, today);
        let of = |one: &Instance| {
            let duty = &state.pack().duties[one.1].id;
            format!("{} {duty} {one:?}, told: {}", state.org().node(NodeIx(one.0)).id, told.contains(one))
        };
        let wrong: Vec<String> = told.symmetric_difference(&then).map(of).collect();
        assert!(wrong.is_empty(), "at the end of {last}, seen on {today}: {wrong:?}");
    }
}

fn config() -> Config {
    let cases = std::env::var("WANGGE_RULES_CASES").ok().and_then(|n| n.parse().ok()).unwrap_or(60);
    Config { cases, failure_persistence: None, ..Config::default() }
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn every_number_is_what_had_been_entered_by_then_and_sums_up(steps in steps(80)) {
        let facts = play(&steps);
        let mut state = State::new(pack());
        let mut overview = Overview::new(&state, facts[0].0);
        let mut glance = Glance::new(&state, facts[0].0);
        for (n, (today, fact)) in facts.iter().enumerate() {
            let touched = state.apply(fact);
            if overview.today() == *today {
                let changed = overview.follow(&state, &touched);
                glance.follow(&state, changed.as_deref());
            } else {
                overview = Overview::new(&state, *today);
                glance = Glance::new(&state, *today);
            }
            if n % 16 == 0 {
                let anew = Glance::new(&state, *today);
                for (ix, node) in state.org().nodes() {
                    prop_assert_eq!(glance.sum(ix), anew.sum(ix), "{} followed", &node.name);
                }
            }
        }
        let today = facts[facts.len() - 1].0;
        compare(&state, &facts, today);
        compare(&state, &facts, today.checked_add_days(Days::new(120)).unwrap());
    }
}

/// Two grids from October on, on 25 November: of ten units three must be visited a month, of four two.
fn two_grids() -> (World, NodeIx, NodeIx) {
    let mut world = World::open("2026-10-01");
    let first = world.enroll("工业第1网格", 1..=10);
    let second = world.enroll("工业第2网格", 11..=14);
    (1..=3).for_each(|n| drop(world.on("2026-10-20").visit(n, "2026-10-20")));
    world.on("2026-11-25");
    (world, first, second)
}

#[test]
fn a_late_entry_makes_today_better_and_not_the_month_before() {
    let (mut world, first, second) = two_grids();
    let before = Glance::new(&world.state, world.today);
    // October: the ledgers of both grids, and the second one's visits.
    assert_eq!(before.own(first).map(|tile| tile.overdue)[NOW - 1..], [0, 1]);
    assert_eq!(
        before.own(second).map(|tile| tile.overdue)[NOW - 1..],
        [0, 2],
        "due on 31 October: overdue from November on"
    );
    assert_eq!(before.value(second, Measure::Coverage, NOW - 1), Some(0));
    assert_eq!(before.value(first, Measure::Coverage, NOW - 1), Some(100));
    assert_eq!(before.value(first, Measure::OnTime, NOW - 1), Some(50), "visits on time, ledgers not");
    assert_eq!(before.value(first, Measure::Overdue, NOW - 2), None, "the store was not there");
    world.on("2026-12-05");
    let open = Glance::new(&world.state, world.today);
    assert_eq!(open.own(second)[NOW - 1].overdue, 2, "at the end of November");
    assert_eq!(open.own(second)[NOW].overdue, 4, "and November's");
    // October's visits are entered in December.
    [11, 12].into_iter().for_each(|n| drop(world.visit(n, "2026-10-30")));
    let after = Glance::new(&world.state, world.today);
    assert_eq!(after.own(second)[NOW - 1].overdue, 2, "at the end of November nobody had entered them");
    assert_eq!(after.own(second)[NOW].overdue, 3);
    assert_eq!(after.moved_itself(second, Measure::Overdue), Some(1));
    assert_eq!(after.value(second, Measure::Coverage, NOW - 2), Some(100), "they count for October all the same");
    assert_eq!(after.value(second, Measure::OnTime, NOW - 2), Some(0), "and not as on time");
}

#[test]
fn why_it_burns_who_is_silent_and_what_is_breached() {
    let (world, first, second) = two_grids();
    let overview = Overview::new(&world.state, world.today);
    let root = world.grid("小县");
    let worst = worst(&world.state, &overview, root, 2);
    // Two grids have nothing done at all; the villages' grids stand as the second one does.
    assert_eq!(worst.iter().map(|why| why.overdue).collect::<Vec<_>>(), [2, 2]);
    let why = &worst[0];
    assert_eq!(why.reasons.iter().map(|reason| (reason.times, reason.days)).collect::<Vec<_>>(), [(1, 25), (1, 25)]);
    let silent = silent(&world.state, root, 30, world.today);
    assert!(silent.iter().any(|one| (one.node, one.since, one.days) == (first, Some(day("2026-10-20")), 36)));
    assert!(silent.iter().any(|one| (one.node, one.since, one.days) == (second, None, 55)));
    let glance = Glance::new(&world.state, world.today);
    let warned = warnings(&world.state, &glance, root);
    let of = |node, breach| warned.iter().find(|one| (one.node, one.breach) == (node, breach)).map(|one| one.value);
    assert_eq!(of(second, Breach::Coverage), Some(0), "below 80 % of what October asked for");
    assert_eq!(of(first, Breach::Coverage), None);
    assert_eq!(of(first, Breach::Silence), Some(36));
    assert_eq!(of(second, Breach::Overdue), None, "2 of at least 5");
    assert!(warned.is_sorted_by_key(|one| one.breach), "the gravest first");
}

#[test]
fn an_enterprise_by_months_and_the_records_behind_an_instance() {
    let (mut world, first, _) = two_grids();
    world.visit(1, "2026-11-20");
    world.visit(1, "2026-11-24");
    let glance = Glance::new(&world.state, world.today);
    let rows = units(&world.state, glance.months(), first);
    assert_eq!(rows.len(), 10);
    let (unit, tiles) = &rows[0];
    assert_eq!(*unit, world.unit(1));
    assert_eq!((tiles[NOW].visits, tiles[NOW - 1].visits), (2, 1));
    assert_eq!((tiles[NOW].missing, tiles[NOW - 1].missing), (1, 0), "October's ledger, from November on");
    assert_eq!(tiles[NOW - 1].of(Measure::OnTime), Some(0));
    assert!(!tiles[NOW - 2].belongs);
    let covered = behind(&world.state, glance.months(), Whose::Itself(first), Measure::Coverage, NOW - 1);
    assert_eq!(covered.len(), 1);
    let found = records(&world.state, &covered[0]);
    assert_eq!(found.iter().map(|(unit, _)| *unit).collect::<Vec<_>>(), [1, 2, 3].map(|n| Some(world.unit(n))));
    assert_eq!(without(&world.state, &covered[0]), (4..=10).map(|n| world.unit(n)).collect::<Vec<_>>());
}
