//! Grids that split, merge, close, move and are renamed (B-6): what counts where, who holds what, what is refused.
use wangge::grid::{
    decide::{
        Actor, Intent, Refusal, Regroup, RosterLine,
        regroup::{Amount, Line, Preview, preview},
    },
    fact::{Fact, ProblemFound, SessionKind},
    org::{Form, NodeIx, Post, Sector, UnitIx},
};

use super::world::{OTHER_TOWN, World, day, line, visit};

const FIRST: &str = "工业第1网格";
const SECOND: &str = "工业第2网格";

/// A county whose first grid has these many enterprises since 1 October.
fn world(members: u32) -> World {
    let mut world = World::open("2026-10-01");
    world.on("2026-10-01").enroll(FIRST, 1..=members);
    world
}

fn run(world: &mut World, regroup: Regroup) -> Vec<Fact> {
    world.run(&Intent::Regroup(regroup))
}

fn words(world: &World, regroup: Regroup) -> String {
    world.decide(&Intent::Regroup(regroup)).unwrap_err().to_string()
}

fn seen(world: &World, regroup: &Regroup) -> Preview {
    preview(&world.state, &Actor { person: None, today: world.today }, regroup).unwrap()
}

fn split(world: &World, name: &str, numbers: &[u32], from: &str) -> Regroup {
    let units = numbers.iter().map(|n| world.unit(*n)).collect();
    Regroup::Split { grid: world.grid(FIRST), name: name.to_owned(), units, from: day(from), leader: None }
}

fn merge(world: &World, from: &str) -> Regroup {
    Regroup::Merge { grids: vec![world.grid(SECOND)], into: world.grid(FIRST), from: day(from) }
}

fn close(world: &World, from: &str, unplaced: bool) -> Regroup {
    Regroup::Close { grid: world.grid(FIRST), into: None, unplaced, from: day(from) }
}

/// The numbers of the enterprises in the grid on that day.
fn members(world: &World, grid: NodeIx, on: &str) -> Vec<u32> {
    let number = |unit: UnitIx| world.state.org().unit(unit).id[1..].parse().unwrap();
    let mut numbers: Vec<u32> = world.state.org().members_on(grid, day(on)).map(number).collect();
    numbers.sort_unstable();
    numbers
}

/// Who holds the post on that day, by name.
fn holders(world: &World, grid: NodeIx, post: Post, on: &str) -> Vec<String> {
    let org = world.state.org();
    let mut names: Vec<_> =
        org.node(grid).holders_on(post, day(on)).map(|who| org.person(who).record.name.clone()).collect();
    names.sort();
    names
}

fn appoint(world: &mut World, grid: &str, post: Post, name: &str) {
    let node = world.grid(grid);
    let (name, from) = (name.to_owned(), day("2026-10-01"));
    world.run(&Intent::Appoint { node, post, name, phone: String::new(), from });
}

#[test]
fn a_grid_of_ten_split_on_the_fifteenth() {
    let mut world = world(10); // 30 % of 10 are 3
    world.on("2026-11-14").visit(1, "2026-11-05");
    world.visit(2, "2026-11-06");
    world.visit(7, "2026-11-07");
    world.on("2026-11-15");
    let plan = split(&world, SECOND, &[7, 8, 9, 10], "2026-11-15");
    run(&mut world, plan);
    let (first, second) = (world.grid(FIRST), world.grid(SECOND));
    assert_eq!(members(&world, first, "2026-11-14"), [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
    assert_eq!(members(&world, first, "2026-11-15"), [1, 2, 3, 4, 5, 6]);
    assert_eq!(members(&world, second, "2026-11-15"), [7, 8, 9, 10]);
    assert!(members(&world, second, "2026-11-14").is_empty());
    // History counts where it happened: the visit of 7 stays with the first grid. The denominator of November stays
    // the ten of 1 November.
    assert_eq!(world.says("visit", first, "2026-11"), "met 3/3 +15");
    // A visit of 7 after the split counts for the second grid and changes nothing at the first.
    world.on("2026-11-20").visit(7, "2026-11-20");
    assert_eq!(world.says("visit", first, "2026-11"), "met 3/3 +10");
    assert_eq!(world.standing("visit", second, "2026-11").have, 1);
    // An earlier day is entered late: on the 10th number 8 was still in the first grid.
    world.visit(8, "2026-11-10");
    assert_eq!(world.standing("visit", first, "2026-11").have, 4);
    // December is reckoned on 1 December: ceil(0.3 x 6 = 1.8) = 2 and ceil(0.3 x 4 = 1.2) = 2.
    world.on("2026-12-01");
    assert_eq!(world.says("visit", first, "2026-12"), "not_started 0/2 +30");
    assert_eq!(world.says("visit", second, "2026-12"), "not_started 0/2 +30");
    // October was before the split: the first grid owes 3 of 10, the second nothing.
    assert_eq!(world.says("visit", first, "2026-10"), "overdue 0/3 -31");
    assert!(!world.owes(second).iter().any(|row| row.contains("2026-10")));
}

#[test]
fn the_people_of_a_unit_go_along_and_the_new_grid_gets_its_leader() {
    let mut world = world(4);
    appoint(&mut world, FIRST, Post::Leader, "张三");
    world.on("2026-11-15");
    let mut plan = split(&world, SECOND, &[3, 4], "2026-11-15");
    if let Regroup::Split { leader, .. } = &mut plan {
        *leader = Some("李四".to_owned());
    }
    run(&mut world, plan);
    let (first, second) = (world.grid(FIRST), world.grid(SECOND));
    assert_eq!(holders(&world, first, Post::Member, "2026-11-14"), ["人员1", "人员2", "人员3", "人员4"]);
    assert_eq!(holders(&world, first, Post::Member, "2026-11-15"), ["人员1", "人员2"]);
    assert_eq!(holders(&world, second, Post::Member, "2026-11-15"), ["人员3", "人员4"]);
    assert_eq!(holders(&world, first, Post::Leader, "2026-11-15"), ["张三"]);
    assert_eq!(holders(&world, second, Post::Leader, "2026-11-15"), ["李四"]);
    assert!(holders(&world, second, Post::Leader, "2026-11-14").is_empty());
}

#[test]
fn merged_grids_end_with_the_day_and_hand_everything_on() {
    let mut world = world(4);
    world.enroll(SECOND, 5..=7);
    for post in [Post::Leader, Post::Deputy, Post::Guide] {
        appoint(&mut world, SECOND, post, post.label());
    }
    // A 网格员 who is nobody's 统计负责人 goes nowhere by itself.
    appoint(&mut world, SECOND, Post::Member, "王五");
    world.on("2026-11-20");
    let plan = merge(&world, "2026-11-20");
    run(&mut world, plan);
    let org = world.state.org();
    let (first, second) = (world.grid(FIRST), world.grid(SECOND));
    assert_eq!(org.node(second).to, Some(day("2026-11-20")));
    assert_eq!((org.successor(second), org.successor(first)), (first, first));
    assert_eq!(org.successor_on(second, day("2026-11-19")), second, "not yet");
    assert_eq!(members(&world, second, "2026-11-19"), [5, 6, 7]);
    assert!(members(&world, second, "2026-11-20").is_empty());
    assert_eq!(members(&world, first, "2026-11-20"), [1, 2, 3, 4, 5, 6, 7]);
    for post in [Post::Leader, Post::Deputy, Post::Guide] {
        assert_eq!(holders(&world, second, post, "2026-11-19"), [post.label()]);
        assert!(holders(&world, second, post, "2026-11-20").is_empty(), "{post:?}");
        assert!(holders(&world, first, post, "2026-11-20").is_empty(), "{post:?}");
    }
    assert!(holders(&world, second, Post::Member, "2026-11-20").is_empty());
    let wanted: Vec<String> = (1..=7).map(|n| format!("人员{n}")).collect();
    assert_eq!(holders(&world, first, Post::Member, "2026-11-20"), wanted);
    // What it left overdue stays at the closed grid until it is met late; its last period ended with the day.
    world.on("2026-12-05");
    let months = |world: &World| -> Vec<String> {
        world.owes(second).into_iter().filter(|row| row.starts_with("visit ")).collect()
    };
    assert_eq!(months(&world), ["visit 2026-10 overdue", "visit 2026-11 overdue"]);
    world.visit(5, "2026-10-20"); // need: ceil(0.9) = 1
    assert_eq!(months(&world), ["visit 2026-11 overdue"]);
}

#[test]
fn a_closed_grid_leaves_its_units_unplaced_only_where_that_is_said() {
    let mut world = world(3);
    world.on("2026-11-20");
    assert_eq!(
        words(&world, close(&world, "2026-11-20", false)),
        "工业第1网格 还有 3 家，撤销后就没有网格；请写明并入哪个网格，或者确认让它们未划入网格"
    );
    let plan = close(&world, "2026-11-20", true);
    let told = seen(&world, &plan);
    assert!(told.notes.contains(&"3 家不再属于任何网格，在 东乡 标为「未划入」，直到划入网格（B-7）。".to_owned()));
    run(&mut world, plan);
    let org = world.state.org();
    assert_eq!(org.unplaced_on(day("2026-11-20")), [1, 2, 3].map(|n| world.unit(n)));
    assert!(org.unplaced_on(day("2026-11-19")).is_empty());
    // The township takes over what was not done.
    assert_eq!(org.successor(world.grid(FIRST)), world.grid("东乡"));
    assert!(holders(&world, world.grid(FIRST), Post::Member, "2026-11-20").is_empty());
    // They can be placed again, and their people with them.
    let second = world.enroll(SECOND, 4..=4);
    world.place(&[1], second, "2026-11-20");
    assert_eq!(members(&world, second, "2026-11-20"), [1, 4]);
    assert_eq!(holders(&world, second, Post::Member, "2026-11-20"), ["人员1", "人员4"]);
}

#[test]
fn what_lies_ahead_is_followed_by_what_is_decided_later() {
    let mut world = world(6);
    let second = world.enroll(SECOND, 7..=9);
    world.on("2026-11-20");
    // From December on 1 and 2 are to be a grid of their own, and 7 is to come to the first grid.
    let plan = split(&world, "工业第3网格", &[1, 2], "2026-12-01");
    run(&mut world, plan);
    let third = world.grid("工业第3网格");
    world.place(&[7], world.grid(FIRST), "2026-12-01");
    // Then the first grid is merged into the second from the 25th on.
    let first = world.grid(FIRST);
    run(&mut world, Regroup::Merge { grids: vec![first], into: second, from: day("2026-11-25") });
    assert_eq!(members(&world, first, "2026-11-24"), [1, 2, 3, 4, 5, 6]);
    assert!(members(&world, first, "2026-11-25").is_empty() && members(&world, first, "2026-12-01").is_empty());
    assert_eq!(members(&world, second, "2026-11-25"), [1, 2, 3, 4, 5, 6, 7, 8, 9]);
    assert_eq!(members(&world, second, "2026-12-01"), [3, 4, 5, 6, 7, 8, 9], "7 would have come to the first");
    assert_eq!(members(&world, third, "2026-12-01"), [1, 2]);
    assert_eq!(holders(&world, second, Post::Member, "2026-11-25").len(), 9);
    assert_eq!(holders(&world, second, Post::Member, "2026-12-01").len(), 7);
    assert_eq!(holders(&world, third, Post::Member, "2026-12-01"), ["人员1", "人员2"]);
    // A grid that is to end takes nobody in, and a post there ends with it.
    let plan = Regroup::Close { grid: third, into: Some(second), unplaced: false, from: day("2026-12-10") };
    run(&mut world, plan);
    let into_ending = Intent::Place { units: vec![world.unit(3)], grid: third, from: day("2026-12-05") };
    assert_eq!(
        world.decide(&into_ending).unwrap_err().to_string(),
        "工业第3网格 从 2026-12-10 起撤销，不能再调整；请选一个还在的网格"
    );
    let name = "张三".to_owned();
    let leader =
        Intent::Appoint { node: third, post: Post::Leader, name, phone: String::new(), from: day("2026-12-02") };
    world.run(&leader);
    assert_eq!(holders(&world, third, Post::Leader, "2026-12-09"), ["张三"]);
    assert!(holders(&world, third, Post::Leader, "2026-12-10").is_empty());
}

#[test]
fn founding_renaming_and_hanging_elsewhere() {
    let mut world = world(2);
    world.on("2026-11-20");
    let found = |world: &World, parent: &str, name: &str, sector, from: &str| Regroup::Found {
        parent: world.grid(parent),
        name: name.to_owned(),
        sector,
        form: Form::Vertical,
        from: day(from),
    };
    let plan = found(&world, "东乡", " 服务业第1网格 ", Some(Sector::Service), "2026-12-01");
    run(&mut world, plan);
    let service = world.grid("服务业第1网格");
    let node = world.state.org().node(service);
    assert_eq!((node.from, node.level, node.parent), (day("2026-12-01"), 3, Some(world.grid("东乡"))));
    // It can be renamed before it exists; two grids of one township can't share a name.
    run(&mut world, Regroup::Rename { node: service, name: "商贸网格".to_owned() });
    assert_eq!(world.grid("商贸网格"), service);
    assert_eq!(
        words(&world, Regroup::Rename { node: service, name: FIRST.to_owned() }),
        "东乡 下面已有「工业第1网格」，请换一个名称"
    );
    // The other township takes the first grid over; history stays with the grid.
    world.visit(1, "2026-11-20");
    let (first, west) = (world.grid(FIRST), world.grid("西乡"));
    run(&mut world, Regroup::Rehang { node: first, parent: west, from: day("2026-11-20") });
    let org = world.state.org();
    assert_eq!(org.node(first).parent, Some(west));
    assert!(org.node(west).children.contains(&first) && !org.node(world.grid("东乡")).children.contains(&first));
    assert_eq!(world.standing("visit", first, "2026-11").have, 1);
    assert_eq!(members(&world, first, "2026-11-20"), [1, 2]);
}

#[test]
fn what_is_no_grid_or_closed_or_too_early_is_refused() {
    let mut world = world(4);
    world.enroll(SECOND, 5..=6);
    world.on("2026-11-20");
    let (first, second, east) = (world.grid(FIRST), world.grid(SECOND), world.grid("东乡"));
    let shut = |grid, into, from: &str| Regroup::Close { grid, into, unplaced: true, from: day(from) };
    let merge_into =
        |grids: &[NodeIx], into, from: &str| Regroup::Merge { grids: grids.to_vec(), into, from: day(from) };
    let said = |world: &World, plan| words(world, plan);
    assert_eq!(said(&world, shut(east, None, "2026-11-20")), "东乡 不是三级网格，不能拆分、合并或撤销；请选一个网格");
    assert_eq!(
        said(&world, shut(first, None, "2026-09-30")),
        "工业第1网格 从 2026-10-01 起才有；请写 2026-10-01 或以后的日期"
    );
    assert_eq!(said(&world, merge_into(&[], second, "2026-11-20")), "没有选要并走的网格，请至少选一个");
    assert_eq!(
        said(&world, merge_into(&[first, second], second, "2026-11-20")),
        "工业第2网格 不能并入它自己，请另选一个网格"
    );
    run(&mut world, merge_into(&[first], second, "2026-11-25"));
    for plan in [
        shut(first, None, "2026-11-30"),
        merge_into(&[second], first, "2026-11-30"),
        merge_into(&[first], second, "2026-11-21"),
        Regroup::Rename { node: first, name: "别名".to_owned() },
        split(&world, "工业第3网格", &[1], "2026-11-21"),
    ] {
        let sentence = "工业第1网格 从 2026-11-25 起撤销，不能再调整；请选一个还在的网格";
        assert_eq!(said(&world, plan.clone()), sentence, "{plan:?}");
    }
}

#[test]
fn splits_that_make_no_sense_are_refused() {
    let mut world = world(4);
    world.enroll(SECOND, 5..=6);
    world.on("2026-11-20");
    let third = "工业第3网格";
    let said = |name: &str, numbers: &[u32]| words(&world, split(&world, name, numbers, "2026-11-20"));
    assert_eq!(said(third, &[]), "没有选要拆出的单位，请先选中几家");
    assert_eq!(said(third, &[1, 5]), "企业5 在 2026-11-20 不属于工业第1网格，不能从那里拆出；请去掉这一家");
    assert_eq!(said(third, &[1, 2, 3, 4]), "工业第1网格 的单位全都拆出就空了；只想换名称请改名，或者少选几家");
    assert_eq!(said(" ", &[1]), "请写明网格的名称，例如「工业第3网格」");
    assert_eq!(said(SECOND, &[1]), "东乡 下面已有「工业第2网格」，请换一个名称");
    let nobody = Regroup::Split {
        grid: world.grid(FIRST),
        name: third.to_owned(),
        units: vec![world.unit(1)],
        from: day("2026-11-20"),
        leader: Some(" ".to_owned()),
    };
    assert_eq!(world.decide(&Intent::Regroup(nobody)), Err(Refusal::NoName));
    // Chosen twice is chosen once.
    let twice = world.decide(&Intent::Regroup(split(&world, third, &[1, 1], "2026-11-20"))).unwrap();
    assert_eq!(twice.drafts.iter().filter(|draft| draft.body.kind() == "placement").count(), 1);
}

#[test]
fn every_township_keeps_its_one_farm_grid() {
    let mut world = world(4);
    world.on("2026-11-20");
    let org = world.state.org();
    let farm = org.node_ix("330000001-N1").unwrap();
    let (first, east, west) = (world.grid(FIRST), world.grid("东乡"), world.grid("西乡"));
    let from = day("2026-11-20");
    let last = "东乡 只有这一个农业网格，每个乡镇（街道）都要有一个，不能撤销、并走或移走（B-4）";
    assert_eq!(words(&world, Regroup::Close { grid: farm, into: None, unplaced: true, from }), last);
    assert_eq!(words(&world, Regroup::Merge { grids: vec![farm], into: first, from }), last);
    assert_eq!(words(&world, Regroup::Rehang { node: farm, parent: west, from }), last);
    let second = "东乡 已有农业网格，每个乡镇（街道）只设一个（B-4）；请选别的行业或别的网格";
    let villages: Vec<UnitIx> = org.members_on(farm, from).take(1).collect();
    let cut = Regroup::Split { grid: farm, name: "二".to_owned(), units: villages, from, leader: None };
    assert_eq!(words(&world, cut), second);
    let found = |parent| Regroup::Found {
        parent,
        name: "农业第2网格".to_owned(),
        sector: Some(Sector::Agriculture),
        form: Form::Vertical,
        from,
    };
    assert_eq!(words(&world, found(east)), second);
    // The pack gives the county itself none, as with Lanxi's 经济开发区.
    assert_eq!(words(&world, found(world.grid("小县"))), "小县 不设农业网格（B-4）；请选别的行业");
}

#[test]
fn the_tree_stays_a_tree() {
    let mut world = world(2);
    world.on("2026-11-20");
    let (first, east, root) = (world.grid(FIRST), world.grid("东乡"), world.grid("小县"));
    let hang = |node, parent, from: &str| Regroup::Rehang { node, parent, from: day(from) };
    let today = "2026-11-20";
    assert_eq!(words(&world, hang(root, east, today)), "小县 是最上一级，没有上级可换");
    assert_eq!(words(&world, hang(first, east, today)), "工业第1网格 已经在东乡下面，不用再移");
    assert_eq!(words(&world, hang(east, first, today)), "工业第1网格 是网格，下面不能再挂；请选乡镇（街道）或部门");
    assert_eq!(words(&world, hang(first, root, "2026-11-21")), "2026-11-21 还没到，只能记今天或以前的日期");
    let office = world.grid("建设局");
    run(&mut world, hang(office, east, today));
    assert_eq!(words(&world, hang(east, office, today)), "建设局 在 东乡 下面，东乡 不能反过来挂到它下面；请另选上级");
    assert_eq!(words(&world, Regroup::Rename { node: east, name: "东乡".to_owned() }), "东乡 已经叫这个名称，不用再改");
}

#[test]
fn the_preview_says_what_a_split_moves_and_the_rules_agree_afterwards() {
    let mut world = world(10);
    world.on("2026-11-10");
    let mut found = visit(&[world.unit(9)], "2026-11-10");
    if let Intent::Visit { problem, .. } = &mut found {
        *problem = Some(ProblemFound { text: "台账缺页".to_owned(), follow_up: Some(day("2026-11-30")) });
    }
    world.run(&found);
    world.on("2026-11-17");
    let plan = split(&world, SECOND, &[9, 10], "2026-11-15");
    let before = world.facts.len();
    let told = seen(&world, &plan);
    assert_eq!(world.facts.len(), before);
    assert_eq!(told.title, "拆分 东乡 工业第1网格：2 家划入新建的 工业第2网格，从 2026-11-15 起");
    let rows = |told: &Preview, head: &str| -> Vec<String> {
        let lines = told.lines();
        let after = lines.iter().skip_while(|line| !matches!(line, Line::Head(text) if text.starts_with(head)));
        let of = |line: &Line| match line {
            Line::Row(cells) => Some(cells.join(" | ")),
            Line::Note(text) => Some(text.clone()),
            Line::Head(_) => None,
        };
        after.skip(1).map_while(of).collect()
    };
    assert_eq!(rows(&told, "网格"), ["东乡 工业第1网格 | 10 家，调整后 8 家", "东乡 工业第2网格 | 新建，2 家"]);
    assert_eq!(
        rows(&told, "划转 2 家"),
        ["企业9 | 东乡 工业第1网格 | 东乡 工业第2网格", "企业10 | 东乡 工业第1网格 | 东乡 工业第2网格"]
    );
    assert_eq!(
        rows(&told, "岗位"),
        [
            "人员9 | 东乡 工业第1网格 | 网格员 | 2026-11-15 起不再担任",
            "人员9 | 东乡 工业第2网格 | 网格员 | 2026-11-15 起担任",
            "人员10 | 东乡 工业第1网格 | 网格员 | 2026-11-15 起不再担任",
            "人员10 | 东乡 工业第2网格 | 网格员 | 2026-11-15 起担任",
        ]
    );
    assert_eq!(rows(&told, "没销号的问题"), ["企业9 | 台账缺页 | 复查 2026-11-30 | 随企业到 东乡 工业第2网格"]);
    // Ten on 1 November: 3; eight on 1 December: ceil(2.4) = 3; two: ceil(0.6) = 1.
    let coverage: Vec<_> = told.duties.iter().filter(|change| change.duty == "visit").collect();
    assert_eq!(coverage.len(), 2);
    assert_eq!((coverage[0].before, coverage[0].after), (Some(Amount { have: 1, need: 3 }), coverage[0].before));
    assert_eq!((coverage[0].next_need, coverage[1].next_need), (Some(3), Some(1)));
    assert_eq!(coverage[1].before, None);
    assert!(told.overdue.is_empty(), "nothing is closed");
    // The day is two days ago: a visit since then stays where it was recorded.
    world.visit(9, "2026-11-16");
    let again = seen(&world, &plan);
    assert_eq!(rows(&again, "请注意"), ["2026-11-15 起已有 1 条记录记在 东乡 工业第1网格，仍算在那里。"]);
    // What was said is what is.
    run(&mut world, plan);
    for change in &again.duties {
        let node = world.state.org().node_ix(&change.node.id).unwrap();
        let now = world.standing(&change.duty, node, &change.period);
        let wanted = change.after.unwrap_or(Amount { have: now.have, need: 0 });
        assert_eq!((now.have, now.need), (wanted.have, wanted.need), "{change:?}");
    }
    let first = world.grid(FIRST);
    let coverage = again.duties.iter().find(|change| change.duty == "visit").unwrap();
    assert_eq!(coverage.after, Some(Amount { have: 1, need: 3 }));
    assert_eq!(world.standing("visit", first, "2026-11").have, 1);
}

#[test]
fn the_preview_of_a_merger_says_who_takes_over_what_is_overdue() {
    let mut world = world(10);
    let second = world.enroll(SECOND, 11..=14);
    appoint(&mut world, SECOND, Post::Leader, "张三");
    world.on("2026-11-20").session(second, SessionKind::Training, "2026-11-20");
    let told = seen(&world, &merge(&world, "2026-12-01"));
    assert_eq!(told.title, "合并：东乡 工业第2网格 并入 东乡 工业第1网格，从 2026-12-01 起");
    assert_eq!(told.notes[0], "2026-12-01 才生效，在那以前一切照旧。");
    assert_eq!(told.notes[1], "东乡 工业第2网格 没办完的事由 东乡 工业第1网格 接办；以前的记录仍算在原网格。");
    // Overdue today at the second grid: October's visits (ceil(1.2) = 2) and its ledgers (4).
    let late: Vec<_> =
        told.overdue.iter().map(|left| (left.duty.as_str(), left.period.as_str(), left.amount)).collect();
    let none_of = |need| Amount { have: 0, need };
    assert_eq!(late, [("visit", "2026-10", none_of(2)), ("ledger-check", "2026-10", none_of(4))]);
    assert!(told.overdue.iter().all(|left| left.owed_by.name == "东乡 工业第1网格"));
    // November is owed to its end by the second grid and handed on; December is the first grid's alone: 14 x 0.3 = 4.2.
    let visits: Vec<_> = told.duties.iter().filter(|change| change.duty == "visit").collect();
    let of = |period: &str, node: &str| {
        let change = visits.iter().find(|c| c.period == period && c.node.name.ends_with(node)).unwrap();
        (change.before.map(|a| a.need), change.after.map(|a| a.need), change.owed_by.name.as_str())
    };
    assert_eq!(of("2026-12", FIRST), (Some(3), Some(5), "东乡 工业第1网格"));
    assert_eq!(of("2026-12", SECOND), (Some(2), None, "东乡 工业第1网格"));
    assert_eq!(of("2026-11", SECOND), (Some(2), Some(2), "东乡 工业第1网格"));
    let ends: Vec<_> = told.posts.iter().filter(|post| post.post == Post::Leader).collect();
    assert_eq!((ends.len(), ends[0].person.name.as_str(), ends[0].on), (1, "张三", day("2026-12-01")));
    // Into another township: allowed, and said.
    let lines: Vec<RosterLine> = (21..=22)
        .map(|n| RosterLine { division: OTHER_TOWN.to_owned(), grid: Some("服务网格".to_owned()), ..line(n) })
        .collect();
    world.import(&lines);
    let across = Regroup::Merge { grids: vec![second], into: world.grid("服务网格"), from: day("2026-11-20") };
    assert_eq!(seen(&world, &across).notes[0], "跨乡镇：从 东乡 到 西乡；单位的区划代码不变，职责从此计入 西乡。");
}

#[test]
fn a_roster_that_names_a_merged_grid_finds_the_one_that_took_it_in() {
    let mut world = world(4);
    world.enroll(SECOND, 5..=6);
    world.on("2026-11-20");
    let plan = merge(&world, "2026-11-20");
    run(&mut world, plan);
    // The old roster again: nothing to do. A new enterprise of the old grid goes to the one that carries it on.
    let of = |n: u32| RosterLine { grid: Some(SECOND.to_owned()), ..line(n) };
    let again = world.import(&[of(5), of(6)]);
    assert_eq!((again.unchanged, again.drafts.len()), (2, 0));
    let new = world.import(&[of(7)]);
    assert!(new.new_grids.is_empty());
    assert_eq!(members(&world, world.grid(FIRST), "2026-11-20"), [1, 2, 3, 4, 5, 6, 7]);
}
