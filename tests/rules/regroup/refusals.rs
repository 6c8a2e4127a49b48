//! Regroupings that are refused, and in which words.
use wangge::grid::{
    decide::{Intent, Refusal, Regroup},
    org::{Form, NodeIx, Sector, UnitIx},
};

use super::*;

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
