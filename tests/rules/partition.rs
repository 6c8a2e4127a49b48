//! The grid designer over whole stores: rosters in, proposals out, applied as facts (B-4, B-6).
use std::collections::BTreeSet;

use proptest::prelude::*;
use wangge::grid::{
    decide::{Intent, Refusal, RosterLine},
    fact::Body,
    org::{Post, Sector},
    plan::partition::{GridRules, PlanError, Proposal, partition},
};

use super::world::{OTHER_TOWN, TOWN, World, day, line};

const TODAY: &str = "2026-11-20";

/// A roster line of this industry in this village, in a grid where one is named.
fn firm(n: u32, industry: &str, division: &str, grid: Option<&str>) -> RosterLine {
    let sector = wangge::grid::code::industry::sector(industry);
    let grid = grid.map(str::to_owned);
    RosterLine { industry: industry.to_owned(), division: division.to_owned(), sector, grid, ..line(n) }
}

fn factories(numbers: std::ops::RangeInclusive<u32>, grid: &str) -> Vec<RosterLine> {
    numbers.map(|n| firm(n, "1711", TOWN, Some(grid))).collect()
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

/// A proposal without indices, so that those of two stores can be compared.
#[derive(Debug, PartialEq)]
struct Told {
    grids: Vec<(String, String, Sector, Vec<String>, Vec<String>)>,
    moves: BTreeSet<(String, Option<String>, usize)>,
    dissolved: BTreeSet<String>,
    objections: Vec<String>,
}

fn told(world: &World, proposal: &Proposal) -> Told {
    let org = world.state.org();
    let unit = |ix: &wangge::grid::org::UnitIx| org.unit(*ix).id.clone();
    let node = |ix: &wangge::grid::org::NodeIx| org.node(*ix).id.clone();
    let grid = |grid: &wangge::grid::plan::partition::PlannedGrid| {
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
    fn applied_it_is_what_was_proposed_and_then_nothing_is_left_to_do(lines in rosters()) {
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
            (members.sort(), wanted.sort()).0;
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
        let again = plan(&world);
        prop_assert!(again.changes_nothing(), "{} {} {:?}", proposal.summary(), again.summary(), again);
    }
}

fn sizes(proposal: &Proposal) -> Vec<(Sector, usize)> {
    proposal.grids.iter().map(|grid| (grid.sector, grid.units.len())).collect()
}

#[test]
fn lawful_grids_stay_and_newcomers_join_the_one_of_their_industry() {
    let mut lines = factories(1..=22, "工业第1网格");
    lines.extend((23..=46).map(|n| firm(n, "3311", TOWN, Some("工业第2网格"))));
    // Nobody of services is there, so a newcomer of industry fits none of two and stays without a grid.
    lines.extend([firm(47, "1713", TOWN, None), firm(48, "3321", TOWN, None)]);
    let world = world(&lines);
    let proposal = plan(&world);
    assert_eq!(sizes(&proposal), [(Sector::Agriculture, 2), (Sector::Industry, 23), (Sector::Industry, 25)]);
    assert_eq!((proposal.moved(), proposal.placed(), proposal.created()), (0, 2, 0));
    assert_eq!(proposal.summary(), "新划入 2 家");
    let placed = |n: u32| {
        let to = proposal.move_of(world.unit(n)).unwrap().to;
        proposal.grids[to].name.as_str()
    };
    assert_eq!([placed(47), placed(48)], ["工业第1网格", "工业第2网格"]);
    assert_eq!(
        proposal.grids[1].why,
        ["都是工业：「纺织业」23 家。", "23 家，在 20 至 30 家之内。", "沿用工业第1网格：留下 22 家，移入 1 家。"]
    );
}

#[test]
fn a_grid_that_is_too_large_is_divided_and_the_new_one_is_named_by_the_conventions() {
    let mut lines = factories(1..=26, "工业第1网格");
    lines.extend((27..=50).map(|n| firm(n, "3311", TOWN, Some("工业第1网格"))));
    let mut world = world(&lines);
    let proposal = plan(&world);
    assert_eq!(proposal.summary(), "新建网格 1 个，移动 24 家");
    let new = proposal.grids.iter().find(|grid| grid.keeps.is_none()).unwrap();
    assert_eq!((new.id.as_str(), new.name.as_str(), new.units.len()), ("330000001-G02", "工业第2网格", 24));
    let before = world.facts.len();
    world.run(&Intent::Partition(Box::new(proposal)));
    // One grid, 24 moves, and for each the end of a post and the beginning of another.
    assert_eq!(world.facts.len() - before, 1 + 24 * 3);
    let org = world.state.org();
    let [first, second] = ["工业第1网格", "工业第2网格"].map(|name| world.grid(name));
    let count = |grid, on| org.members_on(grid, day(on)).count();
    assert_eq!((count(first, "2026-11-19"), count(first, TODAY), count(second, TODAY)), (50, 26, 24));
    assert_eq!(org.node(second).parent, Some(world.grid("东乡")));
}

#[test]
fn grids_of_few_are_joined_closed_and_their_posts_ended() {
    let mut lines = factories(1..=12, "工业第1网格");
    lines.extend((13..=20).map(|n| firm(n, "5111", TOWN, Some("服务业第1网格"))));
    let mut world = world(&lines);
    let closed = world.grid("服务业第1网格");
    for (node, name) in [(closed, "张三"), (world.grid("工业第1网格"), "李四")] {
        let (post, from) = (Post::Leader, day("2026-11-01"));
        world.run(&Intent::Appoint { node, post, name: name.to_owned(), phone: String::new(), from });
    }
    let proposal = plan(&world);
    assert_eq!(sizes(&proposal), [(Sector::Agriculture, 2), (Sector::Mixed, 20)]);
    assert_eq!(
        proposal.grids[1].why,
        [
            "跨行业：工业只有 12 家，服务业只有 8 家，不足 20 家，不单独成网格，合在一起：「纺织业」12 家，「批发业」8 家。",
            "20 家，在 20 至 30 家之内。",
            "沿用工业第1网格：留下 12 家，移入 8 家，行业由工业改为跨行业。"
        ]
    );
    assert_eq!(proposal.summary(), "撤销网格 1 个，移动 8 家");
    world.run(&Intent::Partition(Box::new(proposal)));
    let org = world.state.org();
    assert!(!org.node(closed).exists_on(day(TODAY)));
    let leaders = |grid: &str, on| org.node(world.grid(grid)).holders_on(Post::Leader, day(on)).count();
    assert_eq!((leaders("服务业第1网格", "2026-11-19"), leaders("服务业第1网格", TODAY)), (1, 0));
    assert_eq!(leaders("工业第1网格", TODAY), 1);
    assert_eq!(org.node(world.grid("工业第1网格")).sector, Some(Sector::Mixed));
}

#[test]
fn what_can_not_be_divided_is_said_in_words() {
    let said = |lines: &[RosterLine]| -> Vec<String> {
        plan(&world(lines)).objections.iter().map(ToString::to_string).collect()
    };
    assert_eq!(
        said(&factories(1..=7, "工业第1网格")),
        ["工业第1网格 只有 7 家，少于 20 家：工业一共只有 7 家，没有别的企业可以并入"]
    );
    assert_eq!(
        said(&factories(1..=33, "工业第1网格")),
        ["工业第1网格 有 33 家，多于 30 家：工业一共 33 家，分不成每个 20 至 30 家，这样分偏差最小"]
    );
    assert_eq!(
        said(&factories(1..=39, "工业第1网格")),
        ["工业第2网格 只有 19 家，少于 20 家：工业一共 39 家，分不成每个 20 至 30 家，这样分偏差最小"]
    );
}

#[test]
fn villages_and_farms_are_in_the_one_farm_grid() {
    let mut lines = factories(1..=21, "工业第1网格");
    lines.push(firm(22, "0111", TOWN, Some("工业第1网格")));
    let mut world = world(&lines);
    let proposal = plan(&world);
    assert_eq!((proposal.grids[0].id.as_str(), proposal.grids[0].units.len()), ("330000001-N1", 3));
    assert_eq!(
        proposal.grids[0].why[0],
        "东乡设 1 个农业网格，村（社区）和农业单位都在这里：「村（社区）」2 家，「农业」1 家。"
    );
    assert_eq!(proposal.summary(), "移动 1 家");
    world.run(&Intent::Partition(Box::new(proposal)));
    assert!(plan(&world).changes_nothing());
}

#[test]
fn units_of_flat_grids_and_of_another_node_stay_where_they_are() {
    let mut lines = factories(1..=22, "工业第1网格");
    // Builders: one in its flat grid, one left in a grid of the township that nobody else is in.
    lines.push(firm(23, "4710", TOWN, None));
    let mut world = world(&lines);
    world.import(&[firm(24, "4710", TOWN, Some("旧网格"))]);
    // The division code says 东乡, the grid is one of 西乡.
    world.import(&[RosterLine { division: OTHER_TOWN.to_owned(), ..firm(25, "1711", OTHER_TOWN, Some("西网格")) }]);
    world.import(&[firm(26, "1711", TOWN, Some("工业第1网格"))]);
    let west = world.grid("西网格");
    world.place(&[26], west, TODAY);
    let proposal = plan(&world);
    assert_eq!((proposal.flat, proposal.elsewhere), (2, 1));
    assert!(proposal.grids.iter().flat_map(|grid| &grid.units).all(|unit| *unit != world.unit(26)));
    let said: Vec<String> = proposal.objections.iter().map(ToString::to_string).collect();
    assert_eq!(said, ["旧网格 里还有 1 家建筑业、房地产或投资单位，不能撤销；请先把它们划到扁平网格"]);
    assert!(proposal.changes_nothing(), "{proposal:?}");
}

#[test]
fn there_is_no_proposal_without_what_it_needs() {
    let rules = GridRules::default();
    let mut world = world(&factories(1..=22, "工业第1网格"));
    let words = |world: &World, town: &str, on: &str, rules: &GridRules| {
        partition(&world.state, world.grid(town), day(on), rules).unwrap_err().to_string()
    };
    assert_eq!(words(&world, "小县", TODAY, &rules), "小县 不是乡镇（街道）或开发区，请选一个二级网格再做方案");
    assert_eq!(words(&world, "东乡", "2026-10-31", &rules), "东乡 在 2026-10-31 还没有建立或已经撤销，请换一个日期");
    let bad = GridRules { least: 31, ..rules };
    assert_eq!(
        words(&world, "东乡", TODAY, &bad),
        "网格家数的下限 31 和上限 30 不对，下限应不小于 1、不大于上限；请改正职责包"
    );
    let zone = GridRules { farm: false, ..rules };
    assert_eq!(
        words(&world, "东乡", TODAY, &zone),
        "东乡 不设农业网格，名册里却有 2 个村（社区），例如「一村」；请先把它们划到所在的乡镇（街道）"
    );
    let mut unknown = world.clone();
    unknown.import(&[RosterLine { industry: String::new(), ..firm(30, "1711", TOWN, None) }]);
    assert_eq!(
        words(&unknown, "东乡", TODAY, &rules),
        "东乡 有 1 家企业没有行业代码（企业30），没法按行业划分；请在名册里补上再导入"
    );
    world.import(&[firm(30, "1711", TOWN, None)]);
    let grid = world.grid("农业网格");
    world.place(&[30], grid, "2026-12-01");
    assert_eq!(
        words(&world, "东乡", TODAY, &rules),
        "「企业30」从 2026-12-01 起的划入已经记过，再早的方案不起作用；请用 2026-12-01 或以后的日期"
    );
    assert!(partition(&world.state, world.grid("东乡"), day("2026-12-01"), &rules).is_ok());
}

#[test]
fn a_township_of_nobody_and_one_without_villages_are_told_apart() {
    let pack = super::world::tiny_pack("");
    let mut world = World::with(pack, "2026-11-01");
    // A zone: a 2nd-level node that the pack's divisions do not know.
    let zone = wangge::grid::fact::NodeRecord {
        name: "开发区".to_owned(),
        parent: Some("330".to_owned()),
        level: 2,
        form: wangge::grid::org::Form::Vertical,
        sector: None,
        from: day("2026-11-01"),
        to: None,
    };
    world.write(&wangge::grid::fact::Draft {
        occurred: day("2026-11-01"),
        by: None,
        at: Some("330000400".to_owned()),
        subject: Some("330000400".to_owned()),
        replaces: None,
        body: Body::Node(zone),
    });
    let town = world.grid("开发区");
    let of = |world: &World| {
        let rules = GridRules::of(world.state.pack(), world.state.org().node(town));
        partition(&world.state, town, day(TODAY), &rules)
    };
    assert_eq!(
        of(&world).unwrap_err().to_string(),
        "开发区 在 2026-11-20 的名册里没有企业，也没有村（社区）；请先导入名册"
    );
    let lines: Vec<RosterLine> = (1..=25).map(|n| firm(n, "1711", "330000400", None)).collect();
    world.on(TODAY).import(&lines);
    let proposal = of(&world).unwrap();
    assert_eq!(sizes(&proposal), [(Sector::Industry, 25)]);
    assert_eq!((proposal.grids[0].id.as_str(), proposal.grids[0].name.as_str()), ("330000400-G01", "工业第1网格"));
    let farmed = partition(&world.state, town, day(TODAY), &GridRules::default()).unwrap_err();
    assert_eq!(farmed.to_string(), "开发区 应有 1 个农业网格，名册里却没有村（社区）；请先登记村（社区）");
}

#[test]
fn a_proposal_is_refused_once_something_changed_and_when_there_is_nothing_to_do() {
    let mut world = world(&factories(1..=45, "工业第1网格"));
    let proposal = Box::new(plan(&world));
    world.import(&[firm(46, "1711", TOWN, Some("工业第1网格"))]);
    let refusal = world.decide(&Intent::Partition(proposal)).unwrap_err();
    assert_eq!(refusal, Refusal::PlanOutdated("东乡".to_owned()));
    assert_eq!(refusal.to_string(), "东乡 的名册或网格在方案做好以后有了变动，请重做方案再采用");
    let mut forged = plan(&world);
    forged.grids[1].units.pop();
    assert_eq!(world.decide(&Intent::Partition(Box::new(forged))).unwrap_err(), refusal);
    let proposal = Box::new(plan(&world));
    world.run(&Intent::Partition(proposal));
    let again = world.decide(&Intent::Partition(Box::new(plan(&world)))).unwrap_err();
    assert_eq!(again.to_string(), "东乡 现在的网格和方案一样，不用调整");
}
