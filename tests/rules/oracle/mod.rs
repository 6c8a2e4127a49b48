//! An oracle that counts over the list of facts, straight from the definitions, and properties over random histories
//! that hold the kept state against it. `WANGGE_RULES_CASES` sets how many histories are played (500).
mod clocks;
mod definitions;
mod monitors;
mod row;

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Days, NaiveDate};
use proptest::{prelude::*, test_runner::Config};
use wangge::grid::{
    fact::FactId,
    org::NodeIx,
    pack::Pack,
    standing::{DutyState, Overview, Standing, standings_at},
    state::State,
};

use self::definitions::{Cell, Oracle, Stand};
use super::{
    history::{Written, is_structure, pack, play, steps},
    overview::check,
};

fn id(state: &State, node: NodeIx) -> String {
    state.org().node(node).id.clone()
}

fn rows(state: &State) -> BTreeSet<Cell> {
    let row = |(duty, node, place, tally): (usize, NodeIx, i32, wangge::grid::duty::Tally)| {
        (duty, id(state, node), place, tally.have, tally.on_time)
    };
    state.tallies().rows().map(row).collect()
}

fn standings(state: &State, node: NodeIx, today: NaiveDate) -> BTreeSet<Stand> {
    let stand = |s: &Standing| {
        assert_eq!((s.node, s.days_left), (node, (s.due_on - today).num_days()));
        (s.duty, s.period.ordinal(), s.about, s.state, s.have, s.need, s.due_on)
    };
    let list = standings_at(state, node, today);
    let order: Vec<_> = list.iter().map(|s| (s.state != DutyState::Overdue, s.due_on)).collect();
    assert!(order.is_sorted(), "overdue first, then by the due day");
    let set: BTreeSet<Stand> = list.iter().map(stand).collect();
    assert_eq!(set.len(), list.len(), "an instance stands once");
    set
}

/// Holds everything that the state answers against the oracle.
fn compare(state: &State, facts: &[Written], today: NaiveDate) {
    let oracle = Oracle::new(facts);
    assert_eq!(rows(state), oracle.cells());
    let overview = Overview::new(state, today);
    let owed: BTreeMap<&str, _> = oracle.nodes.keys().map(|node| (*node, oracle.owes(node, today))).collect();
    for (ix, node) in state.org().nodes().filter(|(_, node)| oracle.nodes.contains_key(node.id.as_str())) {
        assert_eq!(standings(state, ix, today), owed[node.id.as_str()], "{} on {today}", node.id);
        assert_eq!(overview.sum(ix), oracle.counts(&node.id, &owed, today), "{} on {today}", node.id);
    }
    for (ix, unit) in state.org().units() {
        assert_eq!(state.last_visit(ix), oracle.last_visit(&unit.id), "{}", unit.id);
        let grid = state.org().grid_of(ix, today).map(|grid| id(state, grid));
        assert_eq!(grid.as_deref(), oracle.grid_on(&unit.id, today), "{}", unit.id);
    }
    let open: BTreeSet<FactId> =
        state.problems().filter(|problem| problem.is_open()).map(|problem| problem.id).collect();
    let asked = oracle.clocks().filter(|clock| clock.trigger == "problem" && clock.is_open());
    assert_eq!(open, asked.map(|clock| clock.id).collect());
}

fn folded(pack: &std::sync::Arc<Pack>, facts: &[Written]) -> State {
    let mut state = State::new(pack.clone());
    facts.iter().for_each(|(_, fact)| drop(state.apply(fact)));
    state
}

/// What a state answers, with names in place of indices, so that states that met things in another order compare.
fn answers(state: &State, today: NaiveDate) -> Vec<String> {
    let overview = Overview::new(state, today);
    let mut out: Vec<String> = rows(state).iter().map(|row| format!("{row:?}")).collect();
    out.extend(
        state
            .org()
            .nodes()
            .map(|(ix, node)| format!("{} {:?} {:?}", node.id, overview.sum(ix), standings(state, ix, today))),
    );
    out.extend(state.org().units().map(|(ix, unit)| {
        let open: BTreeSet<_> = state.open_problems(ix).map(|problem| problem.id).collect();
        let days: Vec<_> = state.visits(ix).map(|mark| (mark.date(), mark.recorded_on())).collect();
        format!("{} {:?} {:?} {open:?} {}", unit.id, unit.record, state.last_visit(ix), days.len())
    }));
    let session = |s: &wangge::grid::state::SessionLine| format!("{} {} {}", s.id, id(state, s.at), s.day);
    out.extend(state.org().nodes().flat_map(|(ix, _)| state.sessions_at(ix)).map(session));
    out.sort();
    out
}

fn config() -> Config {
    let cases = std::env::var("WANGGE_RULES_CASES").ok().and_then(|n| n.parse().ok()).unwrap_or(500);
    Config { cases, failure_persistence: None, ..Config::default() }
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn kept_tallies_standings_and_sums_are_what_the_definitions_say(steps in steps(80)) {
        let pack = pack();
        let facts = play(&steps);
        let mut state = State::new(pack.clone());
        let mut overview = Overview::new(&state, facts[0].0);
        for (n, (today, fact)) in facts.iter().enumerate() {
            let touched = state.apply(fact);
            if overview.today() == *today {
                overview.follow(&state, &touched);
            } else {
                overview = Overview::new(&state, *today);
            }
            if n % 8 == 0 {
                check(&overview, &state);
                prop_assert_eq!(state.tallies(), &state.recounted());
            }
            if n % 32 == 0 || n + 1 == facts.len() {
                compare(&state, &facts[..=n], *today);
            }
        }
        // And long after.
        compare(&state, &facts, facts[facts.len() - 1].0.checked_add_days(Days::new(200)).unwrap());
    }

    #[test]
    fn the_order_in_which_facts_come_makes_no_difference(
        steps in steps(80),
        places in prop::collection::vec(any::<u32>(), 400),
    ) {
        let pack = pack();
        let facts = play(&steps);
        let today = facts[facts.len() - 1].0;
        // Who and what there is keeps its own order; everything else comes at any place, also before all of it.
        let mut of_structure: Vec<u32> =
            facts.iter().zip(&places).filter(|((_, fact), _)| is_structure(fact)).map(|(_, place)| *place).collect();
        of_structure.sort_unstable_by(|a, b| b.cmp(a));
        let mut keyed: Vec<(u32, Written)> = facts.iter().zip(&places).map(|(written, place)| {
            let place = if is_structure(&written.1) { of_structure.pop().unwrap() } else { *place };
            (place, written.clone())
        }).collect();
        keyed.sort_by_key(|(place, _)| *place);
        let shuffled: Vec<Written> = keyed.into_iter().map(|(_, written)| written).collect();
        let other = folded(&pack, &shuffled);
        prop_assert_eq!(other.tallies(), &other.recounted());
        compare(&other, &shuffled, today);
        let first = folded(&pack, &facts);
        // A unit or node that only a withdrawn record named is there in the one order and not in the other.
        let named = |state: &State| -> BTreeSet<String> {
            let units = state.org().units().map(|(_, unit)| unit.id.clone());
            units.chain(state.org().nodes().map(|(_, node)| node.id.clone())).collect()
        };
        if named(&first) == named(&other) {
            prop_assert_eq!(answers(&first, today), answers(&other, today));
        }
    }

    #[test]
    fn a_snapshot_is_the_state_and_goes_on_like_it(steps in steps(80), at in 0_usize..120) {
        let pack = pack();
        let facts = play(&steps);
        let at = at.min(facts.len());
        let mut state = folded(&pack, &facts[..at]);
        let bytes = state.to_snapshot();
        let mut again = State::from_snapshot(bytes.clone(), &pack).unwrap();
        prop_assert_eq!(&again.to_snapshot(), &bytes);
        for (today, fact) in &facts[at..] {
            prop_assert_eq!(state.apply(fact), again.apply(fact));
            prop_assert_eq!(Overview::new(&state, *today).sum(NodeIx(0)), Overview::new(&again, *today).sum(NodeIx(0)));
        }
        prop_assert_eq!(again.tallies(), &again.recounted());
        prop_assert_eq!(again.to_snapshot(), state.to_snapshot());
    }
}
