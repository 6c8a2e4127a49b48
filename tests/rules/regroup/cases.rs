//! What counts where and who holds what after a regrouping, by hand.
use wangge::grid::{
    decide::{Intent, Regroup, RosterLine},
    org::{Form, Post, Sector},
};

use super::*;
use crate::rules::world::line;

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
    // What it left overdue stays at the closed grid until it is met late; the period in which it was closed is not
    // asked for any more, since its units are somebody else's.
    world.on("2026-12-05");
    let months = |world: &World| -> Vec<String> {
        world.owes(second).into_iter().filter(|row| row.starts_with("visit ")).collect()
    };
    assert_eq!(months(&world), ["visit 2026-10 overdue"]);
    world.visit(5, "2026-10-20"); // need: ceil(0.9) = 1
    assert_eq!(months(&world), [""; 0]);
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
    let leader = Intent::Appoint {
        node: third,
        post: Post::Leader,
        name,
        phone: String::new(),
        from: day("2026-12-02"),
        until: None,
    };
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
