//! Posts change hands: the duty stays with the post, the person holds it from a day to a day (B-2).
use wangge::grid::{decide::Intent, org::Post};

use super::world::{World, day};

fn appoint(world: &World, name: &str, post: Post, from: &str) -> Intent {
    let node = world.grid("工业第1网格");
    Intent::Appoint { node, post, name: name.to_owned(), phone: String::new(), from: day(from), until: None }
}

fn world() -> World {
    let mut world = World::open("2026-09-01");
    world.on("2026-09-01").enroll("工业第1网格", 1..=3);
    world.on("2026-11-20");
    world
}

/// Who holds the post on that day, by name.
fn holders(world: &World, post: Post, on: &str) -> Vec<String> {
    let org = world.state.org();
    let node = org.node(world.grid("工业第1网格"));
    node.holders_on(post, day(on)).map(|who| org.person(who).record.name.clone()).collect()
}

#[test]
fn a_new_leader_takes_the_post_over_and_history_keeps_the_old_one() {
    let mut world = world();
    world.run(&appoint(&world, "张三", Post::Leader, "2026-09-01"));
    world.run(&appoint(&world, "李四", Post::Leader, "2026-11-20"));
    assert_eq!(holders(&world, Post::Leader, "2026-11-19"), ["张三"]);
    assert_eq!(holders(&world, Post::Leader, "2026-11-20"), ["李四"]);
}

#[test]
fn members_and_guides_can_be_several() {
    let mut world = world();
    world.run(&appoint(&world, "张三", Post::Guide, "2026-11-01"));
    world.run(&appoint(&world, "李四", Post::Guide, "2026-11-01"));
    assert_eq!(holders(&world, Post::Guide, "2026-11-20"), ["张三", "李四"]);
}

#[test]
fn the_same_again_an_empty_name_and_a_day_before_the_grid_are_refused_in_words() {
    let mut world = world();
    world.run(&appoint(&world, "张三", Post::Leader, "2026-11-01"));
    let words = |intent: &Intent| world.decide(intent).unwrap_err().to_string();
    assert_eq!(words(&appoint(&world, "张三", Post::Leader, "2026-11-20")), "张三 已经是工业第1网格的网格长，不用再任");
    assert_eq!(words(&appoint(&world, "  ", Post::Leader, "2026-11-20")), "请写明姓名");
    assert_eq!(
        words(&appoint(&world, "张三", Post::Deputy, "2020-01-01")),
        "工业第1网格 在 2020-01-01 还没有建立或已经撤销，请换一个日期"
    );
}
