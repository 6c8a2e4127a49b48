//! Random sequences of regroupings, for days that are past and days that are to come: every unit in one open grid or in
//! none, nobody and nothing in a grid after its last day, and the order in which facts come makes no difference.
//! `WANGGE_RULES_CASES` sets how many sequences are played (60).
use std::collections::{BTreeMap, BTreeSet};

use chrono::{Days, NaiveDate};
use proptest::{prelude::*, test_runner::Config};
use wangge::grid::{
    decide::{Actor, Intent, Regroup, regroup::preview},
    fact::{Body, Fact},
    org::{Form, NodeIx, Sector, UnitIx},
    standing::{Overview, standings_at},
    state::State,
};

use super::*;
use crate::rules::{overview::check, world::visit};

const TODAY: &str = "2026-11-05";
const SECTORS: [Option<Sector>; 3] = [Some(Sector::Industry), Some(Sector::Service), None];

/// One step; numbers are taken modulo what there is to choose from.
#[derive(Clone, Debug)]
enum Step {
    Days(u8),
    Found { parent: u8, sector: u8, shift: i8 },
    Split { grid: u8, units: u8, shift: i8, leader: bool },
    Merge { grids: u8, into: u8, shift: i8 },
    Close { grid: u8, into: Option<u8>, shift: i8 },
    Rename { node: u8 },
    Rehang { node: u8, parent: u8, shift: i8 },
    Place { unit: u8, grid: u8, shift: i8 },
    Visit { unit: u8 },
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let shift = || -15_i8..25;
    let any8 = any::<u8>;
    let step = prop_oneof![
        2 => (1_u8..20).prop_map(Step::Days),
        1 => (any8(), any8(), shift()).prop_map(|(parent, sector, shift)| Step::Found { parent, sector, shift }),
        5 => (any8(), any8(), shift(), any::<bool>())
            .prop_map(|(grid, units, shift, leader)| Step::Split { grid, units, shift, leader }),
        3 => (any8(), any8(), shift()).prop_map(|(grids, into, shift)| Step::Merge { grids, into, shift }),
        2 => (any8(), any::<Option<u8>>(), shift()).prop_map(|(grid, into, shift)| Step::Close { grid, into, shift }),
        1 => any8().prop_map(|node| Step::Rename { node }),
        1 => (any8(), any8(), shift()).prop_map(|(node, parent, shift)| Step::Rehang { node, parent, shift }),
        3 => (any8(), any8(), shift()).prop_map(|(unit, grid, shift)| Step::Place { unit, grid, shift }),
        3 => any8().prop_map(|unit| Step::Visit { unit }),
    ];
    prop::collection::vec(step, 1..30)
}

fn start() -> World {
    let mut world = World::open("2026-10-01");
    world.enroll(FIRST, 1..=5);
    world.enroll(SECOND, 6..=9);
    world.on(TODAY);
    world
}

/// The intent of a step as things stand.
fn intent(world: &World, step: &Step, n: usize) -> Option<Intent> {
    let org = world.state.org();
    let nodes: Vec<NodeIx> = org.nodes().map(|(ix, _)| ix).collect();
    let grids: Vec<NodeIx> = nodes.iter().copied().filter(|ix| org.node(*ix).is_grid()).collect();
    let from = |shift: i8| world.today.checked_add_signed(chrono::TimeDelta::days(shift.into())).unwrap();
    let one = |list: &[NodeIx], n: u8| list[usize::from(n) % list.len()];
    let unit = |n: u8| UnitIx(u32::from(n) % org.units().len() as u32);
    Some(match *step {
        Step::Days(_) => return None,
        Step::Found { parent, sector, shift } => Intent::Regroup(Regroup::Found {
            parent: one(&nodes, parent),
            name: format!("新{n}"),
            sector: SECTORS[usize::from(sector) % SECTORS.len()],
            form: Form::Vertical,
            from: from(shift),
        }),
        Step::Split { grid, units, shift, leader } => {
            let grid = one(&grids, grid);
            let picked = org.members_on(grid, from(shift)).enumerate().filter(|(i, _)| units >> (i % 8) & 1 == 1);
            let units = picked.map(|(_, unit)| unit).collect();
            let leader = leader.then(|| format!("新人{}", n % 3));
            Intent::Regroup(Regroup::Split { grid, name: format!("拆{n}"), units, from: from(shift), leader })
        }
        Step::Merge { grids: picked, into, shift } => {
            let gone = [one(&grids, picked), one(&grids, picked.wrapping_mul(7))];
            Intent::Regroup(Regroup::Merge { grids: gone.to_vec(), into: one(&grids, into), from: from(shift) })
        }
        Step::Close { grid, into, shift } => Intent::Regroup(Regroup::Close {
            grid: one(&grids, grid),
            into: into.map(|into| one(&grids, into)),
            unplaced: true,
            from: from(shift),
        }),
        Step::Rename { node } => Intent::Regroup(Regroup::Rename { node: one(&nodes, node), name: format!("名{n}") }),
        Step::Rehang { node, parent, shift } => Intent::Regroup(Regroup::Rehang {
            node: one(&nodes, node),
            parent: one(&nodes, parent),
            from: from(shift.min(0)),
        }),
        Step::Place { unit: which, grid, shift } => {
            Intent::Place { units: vec![unit(which)], grid: one(&grids, grid), from: from(shift) }
        }
        Step::Visit { unit: which } => visit(&[unit(which)], &world.today.to_string()),
    })
}

/// Plays the steps; what is refused is passed over. Returns the world and how many regroupings were done.
fn play(steps: &[Step]) -> (World, usize) {
    let mut world = start();
    let mut done = 0;
    for (n, step) in steps.iter().enumerate() {
        if let Step::Days(days) = step {
            world.today = world.today.checked_add_days(Days::new((*days).into())).unwrap();
        }
        let Some(intent) = intent(&world, step, n) else { continue };
        let Ok(decision) = world.decide(&intent) else { continue };
        if let Intent::Regroup(regroup) = &intent {
            let told = preview(&world.state, &Actor::owner(None, world.today), regroup).unwrap();
            assert_eq!(told.drafts, decision.drafts);
            done += 1;
        }
        decision.drafts.iter().for_each(|draft| drop(world.write(draft)));
    }
    (world, done)
}

/// The days on which something could be amiss: from the store's first to two months after today.
fn days(world: &World) -> impl Iterator<Item = NaiveDate> {
    let last = world.today.checked_add_days(Days::new(60)).unwrap();
    day("2026-09-30").iter_days().take_while(move |day| *day <= last)
}

fn check_org(world: &World) {
    let org = world.state.org();
    for day in days(world) {
        let mut seen: BTreeSet<UnitIx> = BTreeSet::new();
        for (ix, node) in org.nodes() {
            for unit in org.members_on(ix, day) {
                assert!(seen.insert(unit), "{} twice on {day}", org.unit(unit).id);
                assert_eq!(org.grid_of(unit, day), Some(ix));
                assert!(node.is_grid() && node.exists_on(day), "{} in {} on {day}", org.unit(unit).id, node.name);
            }
            let held = node.holdings.iter().any(|held| held.holds_on(day));
            assert!(!held || node.to.is_none_or(|to| day < to), "a post at {} on {day}", node.name);
        }
        let loose: BTreeSet<UnitIx> = org.unplaced_on(day).into_iter().collect();
        assert_eq!(loose.len() + seen.len(), org.units().len(), "on {day}");
        assert!(loose.is_disjoint(&seen));
    }
    for town in ["东乡", "西乡"] {
        // Renamed townships keep their ids.
        let id = if town == "东乡" { "330000001" } else { "330000002" };
        let children = &org.node(org.node_ix(id).unwrap()).children;
        let farm = |ix: &&NodeIx| {
            let node = org.node(**ix);
            node.is_grid() && node.sector == Some(Sector::Agriculture) && node.to.is_none()
        };
        assert_eq!(children.iter().filter(farm).count(), 1, "{town}");
    }
    for (ix, node) in org.nodes() {
        let heir = org.node(org.successor(ix));
        assert!(node.to.is_none() || heir.to.is_none(), "{} is left to {}, which is closed", node.name, heir.name);
    }
}

/// Everything that can be asked, by ids.
fn answers(state: &State, today: NaiveDate) -> BTreeMap<String, String> {
    let org = state.org();
    let id = |ix: NodeIx| org.node(ix).id.clone();
    let mut out = BTreeMap::new();
    for (_, unit) in org.units() {
        let stays: Vec<_> = unit.stays.iter().map(|stay| (stay.node.map(id), stay.from)).collect();
        out.insert(format!("unit {}", unit.id), format!("{stays:?}"));
    }
    for (ix, node) in org.nodes() {
        let posts: BTreeSet<_> = node
            .holdings
            .iter()
            .map(|h| format!("{:?} {} {} {:?}", h.post, org.person(h.person).id, h.from, h.to))
            .collect();
        let owed: Vec<_> =
            standings_at(state, ix, today).into_iter().map(|s| (s.duty, s.period, s.state, s.have, s.need)).collect();
        let told = (&node.name, node.parent.map(id), node.from, node.to, id(org.successor(ix)));
        out.insert(format!("node {}", node.id), format!("{told:?} {posts:?} {owed:?}"));
    }
    out
}

/// Facts with the same subject of the same kind say what is so now, in their order; all others are independent.
fn shuffled(facts: &[Fact], seed: u64) -> Vec<Fact> {
    let mut queues: BTreeMap<(String, String, String), Vec<Fact>> = BTreeMap::new();
    for fact in facts {
        let text = |part: &Option<String>| part.clone().unwrap_or_default();
        let at = if matches!(fact.draft.body, Body::Post(_)) { text(&fact.draft.at) } else { String::new() };
        let key = (fact.draft.body.kind().to_owned(), text(&fact.draft.subject), at);
        queues.entry(key).or_default().push(fact.clone());
    }
    let mut queues: Vec<Vec<Fact>> = queues.into_values().collect();
    queues.iter_mut().for_each(|queue| queue.reverse());
    let mut out = Vec::new();
    let mut random = seed;
    while !queues.is_empty() {
        random = random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let at = (random >> 33) as usize % queues.len();
        out.extend(queues[at].pop());
        if queues[at].is_empty() {
            queues.swap_remove(at);
        }
    }
    out
}

fn cases(default: u32) -> Config {
    let cases = std::env::var("WANGGE_RULES_CASES").ok().and_then(|text| text.parse().ok()).unwrap_or(default);
    Config { cases, failure_persistence: None, ..Config::default() }
}

proptest! {
    #![proptest_config(cases(60))]

    #[test]
    fn units_and_posts_are_where_grids_are_and_order_does_not_matter(steps in steps(), seed in any::<u64>()) {
        let (world, _) = play(&steps);
        check_org(&world);
        let mut other = State::new(world.state.pack().clone());
        for fact in shuffled(&world.facts, seed) {
            other.apply(&fact);
        }
        prop_assert_eq!(answers(&world.state, world.today), answers(&other, world.today));
        let read = State::from_snapshot(world.state.to_snapshot(), world.state.pack()).unwrap();
        prop_assert_eq!(answers(&world.state, world.today), answers(&read, world.today));
    }

    #[test]
    fn the_overview_follows_fact_by_fact(steps in steps()) {
        let (world, _) = play(&steps);
        let mut state = State::new(world.state.pack().clone());
        let mut overview = Overview::new(&state, world.today);
        for fact in &world.facts {
            let touched = state.apply(fact);
            overview.follow(&state, &touched);
        }
        check(&overview, &state);
    }
}

#[test]
fn the_sequences_do_regroup() {
    use proptest::{strategy::ValueTree, test_runner::TestRunner};
    let mut runner = TestRunner::deterministic();
    let done: usize = (0..20).map(|_| play(&steps().new_tree(&mut runner).unwrap().current()).1).sum();
    assert!(done >= 40, "{done} regroupings in 20 sequences");
}
