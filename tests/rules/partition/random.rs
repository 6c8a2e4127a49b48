//! Random rosters: the rules hold where they can, no order matters, and what was applied is what was proposed.
use std::collections::BTreeSet;

use proptest::prelude::*;
use wangge::grid::{
    decide::{Intent, RosterLine},
    fact::Body,
    org::{NodeIx, Post, Sector, UnitIx},
    plan::partition::{GridRules, PlannedGrid, Proposal},
};

use super::{TODAY, firm, plan, plan_by, world};
use crate::rules::world::{TOWN, World, day};

/// Id, name, sector, units, reasons.
type ToldGrid = (String, String, Sector, Vec<String>, Vec<String>);

/// A proposal without indices, so that those of two stores can be compared.
#[derive(Debug, PartialEq)]
struct Told {
    grids: Vec<ToldGrid>,
    moves: BTreeSet<(String, Option<String>, usize)>,
    dissolved: BTreeSet<String>,
    objections: Vec<String>,
}

fn told(world: &World, proposal: &Proposal) -> Told {
    let org = world.state.org();
    let unit = |ix: &UnitIx| org.unit(*ix).id.clone();
    let node = |ix: &NodeIx| org.node(*ix).id.clone();
    let grid = |grid: &PlannedGrid| {
        let units = grid.units.iter().map(unit).collect();
        (grid.id.clone(), grid.name.clone(), grid.sector, units, grid.why.clone())
    };
    Told {
        grids: proposal.grids.iter().map(grid).collect(),
        moves: proposal.moves.iter().map(|one| (unit(&one.unit), one.from.as_ref().map(node), one.to)).collect(),
        dissolved: proposal.dissolved.iter().map(node).collect(),
        objections: proposal.objections.iter().map(ToString::to_string).collect(),
    }
}

/// Whether `n` units can be divided into grids of these sizes.
fn divides(n: usize, rules: &GridRules) -> bool {
    n == 0 || (1..=n).any(|grids| rules.least * grids <= n && n <= rules.most * grids)
}

/// Up to 90 enterprises of both sectors, some villages, and grids of today that follow no rule.
fn rosters() -> impl Strategy<Value = Vec<RosterLine>> {
    let industry = prop::sample::select(vec!["1311", "1711", "1713", "1810", "3311", "5111", "5212", "6210", "7020"]);
    let division = prop::sample::select(vec![TOWN, "330000001001", "330000001002"]);
    let grid = prop::option::weighted(0.7, 0..5usize);
    let one = (industry, division, grid, 0..10u8);
    prop::collection::vec(one, 1..=90).prop_map(|firms| {
        let line = |(n, (industry, division, grid, odd)): (usize, (&str, &str, Option<usize>, u8))| {
            // Now and then a builder, who is surveyed in a flat grid.
            let industry = if odd == 0 { "4710" } else { industry };
            let grid = grid.filter(|_| odd != 0).map(|grid| format!("第{grid}网格"));
            firm(n as u32 + 1, industry, division, grid.as_deref())
        };
        firms.into_iter().enumerate().map(line).collect()
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn every_unit_is_in_one_grid_and_the_rules_hold_where_they_can(lines in rosters(), least in 3..=20usize) {
        let world = world(&lines);
        let rules = GridRules { least, most: least + least / 2, ..GridRules::default() };
        let proposal = plan_by(&world, &rules).unwrap();
        let org = world.state.org();
        let mut units: Vec<&str> =
            proposal.grids.iter().flat_map(|grid| &grid.units).map(|ix| org.unit(*ix).id.as_str()).collect();
        units.sort_unstable();
        let mut expected: Vec<String> = vec!["330000001001".to_owned(), "330000001002".to_owned()];
        expected.extend(lines.iter().filter(|line| line.industry != "4710").map(|line| line.code.clone()));
        expected.sort_unstable();
        prop_assert_eq!(&units, &expected);
        prop_assert_eq!(proposal.flat, lines.iter().filter(|line| line.industry == "4710").count());

        let count = |sector| lines.iter().filter(|line| line.sector == Some(sector)).count();
        let (industry, service) = (count(Sector::Industry), count(Sector::Service));
        let few = |n: usize| n > 0 && n < least;
        let fits = match few(industry) || few(service) {
            true => divides(industry + service, &rules),
            false => divides(industry, &rules) && divides(service, &rules),
        };
        let outside = |size: usize| size < rules.least || size > rules.most;
        let mut farms = 0;
        for grid in &proposal.grids {
            farms += usize::from(grid.sector == Sector::Agriculture);
            let wrong = grid.sector != Sector::Agriculture && outside(grid.units.len());
            prop_assert!(!wrong || !fits, "{grid:?}");
            prop_assert_eq!(wrong, proposal.objections.iter().any(|said| said.to_string().starts_with(&grid.name)));
            let sectors: BTreeSet<Sector> = grid.units.iter().filter_map(|ix| org.unit(*ix).record.sector).collect();
            let is_own = sectors.len() == 1 && sectors.contains(&grid.sector);
            prop_assert_eq!(is_own, grid.sector != Sector::Mixed);
            prop_assert!(is_own || few(industry) || few(service));
            prop_assert!(grid.why.iter().all(|said| said.ends_with('。')), "{:?}", grid.why);
        }
        prop_assert_eq!(farms, 1);
        prop_assert!(fits || !proposal.objections.is_empty());
        let ids: BTreeSet<&str> = proposal.grids.iter().map(|grid| grid.id.as_str()).collect();
        prop_assert_eq!(ids.len(), proposal.grids.len());
    }

    #[test]
    fn the_order_in_which_the_roster_came_does_not_matter(lines in rosters(), seed: u64) {
        let mut shuffled = lines.clone();
        shuffled.sort_by_key(|line| {
            line.code.bytes().fold(seed, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x100_0000_01b3))
        });
        let (a, b) = (world(&lines), world(&shuffled));
        prop_assert_eq!(told(&a, &plan(&a)), told(&b, &plan(&b)));
    }

    #[test]
    fn applied_it_is_what_was_proposed(lines in rosters()) {
        let mut world = world(&lines);
        let proposal = plan(&world);
        if proposal.changes_nothing() {
            return Ok(());
        }
        let facts = world.run(&Intent::Partition(Box::new(proposal.clone())));
        let placed = facts.iter().filter(|fact| matches!(fact.draft.body, Body::Placement(_))).count();
        prop_assert_eq!(placed, proposal.moves.len());
        let org = world.state.org();
        for grid in &proposal.grids {
            let ix = org.node_ix(&grid.id).unwrap();
            let node = org.node(ix);
            prop_assert_eq!((&node.name, node.sector), (&grid.name, Some(grid.sector)));
            let mut members: Vec<_> = org.members_on(ix, day(TODAY)).collect();
            let mut wanted = grid.units.clone();
            members.sort();
            wanted.sort();
            prop_assert_eq!(members, wanted);
            for unit in grid.units.iter().filter(|ix| !org.unit(**ix).record.contact.is_empty()) {
                let person = org.person_ix(&format!("{}#{}", org.unit(*unit).id, org.unit(*unit).record.contact));
                prop_assert!(node.holders_on(Post::Member, day(TODAY)).any(|holder| Some(holder) == person));
            }
        }
        for ix in &proposal.dissolved {
            prop_assert!(!org.node(*ix).exists_on(day(TODAY)) && org.node(*ix).exists_on(day("2026-11-19")));
            prop_assert_eq!(org.node(*ix).holdings.iter().filter(|held| held.holds_on(day(TODAY))).count(), 0);
        }
        // Nobody is a 网格员 in two places.
        let posts = org.posts_on(day(TODAY));
        prop_assert!(posts.values().all(|posts| posts.len() == 1), "{posts:?}");
    }
}
