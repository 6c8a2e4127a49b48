//! A handover at the desk of who leaves: their drafts, which nobody else sees, are told before they go.
use wangge::{app::Draft, grid::org::Post};

use super::*;

/// The handover of the leader of a grid, as the desk of this person shows it, with a draft kept there.
fn shown(person: &str) -> String {
    let mut world = World::open("2026-11-01");
    world.on("2026-11-01").enroll("工业第1网格", 1..=3);
    let leader = world.appoint("工业第1网格", Post::Leader, "张三", "2026-11-02");
    let other = world.appoint("工业第1网格", Post::Deputy, "李四", "2026-11-02");
    world.on("2026-11-20");
    let id = if person == "张三" { leader.clone() } else { other };
    let actor = Actor::owner(Some(id), world.today);
    let mut desk = Desk::new(world.state.clone(), Calendar::default(), actor);
    desk.drafts.push(Draft { title: "记走访".to_owned(), gist: "隆泰食品".to_owned(), ..Draft::default() });
    let (node, from) = (world.grid("工业第1网格"), world.state.org().person_ix(&leader).unwrap());
    let route = Route::Handover { node, post: Post::Leader, from };
    let mut seat = Seat { app: App::new(desk, screen::open, &route), world };
    seat.screen(120, 40).replace(' ', "")
}

#[test]
fn who_leaves_is_told_of_their_drafts_and_nobody_else_is() {
    let own = shown("张三");
    assert!(own.contains("1份草稿没有记") && own.contains("记走访隆泰食品"), "{own}");
    let others = shown("李四");
    assert!(others.contains("交接包") && !others.contains("草稿没有记"), "{others}");
}
