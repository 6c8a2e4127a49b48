//! Hand-worked proposals: what stays, what is divided, joined, refused, and in which words.
use wangge::grid::{
    decide::{Intent, Refusal, RosterLine},
    fact::{Body, Draft, NodeRecord},
    org::{Form, Post, Sector},
    plan::partition::{GridRules, Proposal, partition},
};

use super::{TODAY, firm, plan, world};
use crate::rules::world::{OTHER_TOWN, TOWN, World, day, tiny_pack};

fn factories(numbers: std::ops::RangeInclusive<u32>, grid: &str) -> Vec<RosterLine> {
    numbers.map(|n| firm(n, "1711", TOWN, Some(grid))).collect()
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
        world.run(&Intent::Appoint { node, post, name: name.to_owned(), phone: String::new(), from, until: None });
    }
    let proposal = plan(&world);
    assert_eq!(sizes(&proposal), [(Sector::Agriculture, 2), (Sector::Mixed, 20)]);
    assert_eq!(
        proposal.grids[1].why,
        [
            "跨行业：工业只有 12 家，服务业只有 8 家，不足 20 家的不单独成网格，合在一起：「纺织业」12 家，「批发业」8 家。",
            "20 家，在 20 至 30 家之内。",
            "沿用工业第1网格：留下 12 家，移入 8 家，行业由工业改为跨行业。"
        ]
    );
    assert_eq!(proposal.summary(), "撤销网格 1 个，移动 8 家");
    world.run(&Intent::Partition(Box::new(proposal)));
    let org = world.state.org();
    assert!(!org.node(closed).exists_on(day(TODAY)));
    assert_eq!(org.node(closed).into, Some(world.grid("工业第1网格")));
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
    let pack = tiny_pack("");
    let mut world = World::with(pack, "2026-11-01");
    // A zone: a 2nd-level node that the pack's divisions do not know.
    let zone = NodeRecord {
        name: "开发区".to_owned(),
        parent: Some("330".to_owned()),
        level: 2,
        form: Form::Vertical,
        sector: None,
        from: day("2026-11-01"),
        to: None,
        into: None,
    };
    world.write(&Draft {
        occurred: day("2026-11-01"),
        by: None,
        at: Some("330000400".to_owned()),
        subject: Some("330000400".to_owned()),
        replaces: None,
        reason: None,
        effort: None,
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
