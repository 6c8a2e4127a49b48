//! Hand-worked cases: the way of a handover, and every refusal with its sentence.
use wangge::grid::{
    standing::standings_at,
    state::{MatterKind, State},
};

use super::*;
use crate::rules::world::tiny_pack;

#[test]
fn who_leaves_offers_who_comes_confirms_and_the_post_passes_with_its_clock() {
    let mut world = with_successor();
    let fact = offers(&mut world, "格长", "接任", "2026-11-20", "");
    assert!(world.state.is_offered(fact.id));
    assert_eq!(leaders(&world, "2026-11-20"), ["格长"], "nothing has passed yet");
    let passed = does(&mut world, "接任", &answer(fact.id, HandoverAnswer::Confirmed, ""));
    assert_eq!(passed.len(), 3, "the confirmation, the end, the beginning");
    assert!(passed.iter().all(|fact| fact.draft.by == Some(person(&world, "接任"))));
    assert_eq!(leaders(&world, "2026-11-19"), ["格长"]);
    assert_eq!(leaders(&world, "2026-11-20"), ["接任"]);
    assert!(!world.state.is_offered(fact.id));
    // The change of staff is reported upward: its clock runs, and the successor has it.
    let node = world.grid(GRID);
    let changes: Vec<_> = world.state.matters_at(node, world.today).filter(|m| m.kind == MatterKind::Change).collect();
    let [change] = &changes[..] else { panic!("{changes:?}") };
    assert_eq!((change.opened, change.left), (day("2026-11-20"), Some(Post::Leader)));
    // What both signed: the same pack, since nothing happened in between.
    let offer = world.state.handover(fact.id).unwrap();
    let seal = world.state.handover_answer(fact.id).unwrap().seal.clone().unwrap();
    assert_eq!(offer.what.seal.pack, seal.pack);
    assert_ne!(offer.what.seal.state, seal.state, "the offer itself is part of the state by then");
    assert!(offer.what.seal.counts.iter().sum::<u32>() > 0);
}

/// Who leads a grid reports changes of staff within five working days (A2-3长-7).
const FILING: &str = r#"
[[duty]]
id = "change-filing"
name = "人员变动报备"
clause = "T-20"
cite = "测试20"
text = "五个工作日"
on = ["3/vertical/leader"]
cadence = "month"
kind = "response"
trigger = "change"
answer = "filing"
workdays = 5
measure = "件"
lead_days = 2
"#;

#[test]
fn the_change_s_clock_starts_on_the_day_on_which_the_post_passes() {
    let mut world = World::with(tiny_pack(FILING), "2026-09-01");
    world.enroll(GRID, 1..=4);
    world.appoint(GRID, Post::Leader, "格长", "2026-09-01");
    world.appoint("东乡", Post::Leader, "接任", "2026-09-01");
    world.on("2026-11-20");
    let fact = offers(&mut world, "格长", "接任", "2026-12-01", "");
    world.on("2026-11-23");
    does(&mut world, "接任", &answer(fact.id, HandoverAnswer::Confirmed, ""));
    assert_eq!(leaders(&world, "2026-11-30"), ["格长"], "until then who leaves acts");
    assert_eq!(leaders(&world, "2026-12-01"), ["接任"]);
    let filing = |state: &State, on: &str| {
        let rows = standings_at(state, world.grid(GRID), day(on));
        let (own, _) = state.pack().duty("change-filing").unwrap();
        rows.into_iter().find(|row| row.duty == own)
    };
    assert_eq!(filing(&world.state, "2026-11-30"), None, "nobody reports what has not happened");
    let row = filing(&world.state, "2026-12-01").unwrap();
    assert_eq!(row.due_on, day("2026-12-08"), "five working days");
}

#[test]
fn a_confirmation_after_the_day_passes_the_post_on_its_own_day() {
    let mut world = with_successor();
    let fact = offers(&mut world, "格长", "接任", "2026-11-20", "");
    world.on("2026-11-25");
    does(&mut world, "接任", &answer(fact.id, HandoverAnswer::Confirmed, ""));
    assert_eq!(leaders(&world, "2026-11-24"), ["格长"]);
    assert_eq!(leaders(&world, "2026-11-25"), ["接任"]);
}

#[test]
fn a_leader_above_offers_for_who_has_left_and_says_why() {
    let mut world = with_successor();
    let words = |world: &World, who: &str, intent: &Intent| asked(world, who, intent).unwrap_err().to_string();
    assert_eq!(
        words(&world, "乡长", &offer(&world, "接任", "2026-11-20", " ")),
        "代格长移交须写明缘由，例如「已调离」：--note"
    );
    let own = offer(&world, "乡长", "2026-11-20", "已调离");
    assert_eq!(words(&world, "乡长", &own), "乡长不能一人签两方：代为移交的人不能自己接；请东乡网格长 乡长来移交");
    assert!(
        words(&world, "格副", &offer(&world, "接任", "2026-11-20", "已调离"))
            .contains("没有在东乡 工业第1网格批准的权限")
    );
    let fact = offers(&mut world, "乡长", "接任", "2026-11-20", "已调离");
    assert!(world.state.handover(fact.id).unwrap().is_for_another());
    does(&mut world, "接任", &answer(fact.id, HandoverAnswer::Confirmed, "收到"));
    assert_eq!(leaders(&world, "2026-11-20"), ["接任"]);
}

#[test]
fn only_the_successor_answers_and_only_who_offered_or_a_leader_above_takes_back() {
    let mut world = with_successor();
    let fact = offers(&mut world, "格长", "接任", "2026-11-20", "");
    let words = |world: &World, who: &str, kind, note: &str| {
        asked(world, who, &answer(fact.id, kind, note)).unwrap_err().to_string()
    };
    use HandoverAnswer::{Confirmed, Declined, TakenBack};
    for who in ["格长", "格副", "乡长", "县长"] {
        assert_eq!(words(&world, who, Confirmed, ""), "这一件要由接交人接任本人来确认或退回", "{who}");
        assert_eq!(words(&world, who, Declined, "x"), "这一件要由接交人接任本人来确认或退回", "{who}");
    }
    assert_eq!(words(&world, "接任", TakenBack, "x"), "这一件由移交人格长或者东乡网格长 乡长收回");
    assert_eq!(words(&world, "接任", Declined, " "), "请写明理由");
    assert_eq!(words(&world, "格长", TakenBack, ""), "请写明理由");
    let mut declined = world.clone();
    does(&mut declined, "接任", &answer(fact.id, Declined, "另有任用"));
    assert_eq!(words(&declined, "接任", Confirmed, ""), "这一件接任在 2026-11-20 已经退回，不能再办");
    assert_eq!(leaders(&declined, "2026-11-21"), ["格长"]);
    for who in ["格长", "乡长"] {
        let mut back = world.clone();
        does(&mut back, who, &answer(fact.id, TakenBack, "写错了人"));
        assert_eq!(words(&back, "接任", Confirmed, ""), format!("这一件{who}在 2026-11-20 已经收回，不能再办"));
        // It can be offered anew.
        assert!(asked(&back, "格长", &offer(&back, "接任", "2026-11-20", "")).is_ok());
    }
    does(&mut world, "接任", &answer(fact.id, Confirmed, ""));
    assert_eq!(words(&world, "格长", TakenBack, "x"), "这一件接任在 2026-11-20 已经确认接交，不能再办");
}

#[test]
fn what_can_t_be_handed_over_is_refused_in_words() {
    let mut world = with_successor();
    let words = |world: &World, who: &str, intent: &Intent| asked(world, who, intent).unwrap_err().to_string();
    let plain = |world: &World, to: &str, on: &str| offer(world, to, on, "x");
    assert_eq!(
        words(&world, "格长", &plain(&world, "接任", "2026-11-19")),
        "交接日 2026-11-19 已经过去，请写今天（2026-11-20）或以后的日期"
    );
    assert_eq!(words(&world, "格长", &plain(&world, "格长", "2026-11-20")), "移交人和接交人都是格长；请另选接交人");
    let nobody = Actor { person: None, today: world.today, owner: true };
    let refused = decide(&world.state, &nobody, &plain(&world, "接任", "2026-11-20")).unwrap_err().to_string();
    assert_eq!(refused, "还不知道是谁在办：请先选定本人（桌面在设置里选，命令行加 --as 姓名）");
    let of = |world: &World, node: &str, post: Post, from: Option<&str>| Intent::HandOver {
        node: world.grid(node),
        post,
        from: from.map(|name| person(world, name)),
        to: person(world, "接任"),
        on: day("2026-11-20"),
        note: "已调离".to_owned(),
    };
    assert_eq!(
        words(&world, "县长", &of(&world, "西乡", Post::Leader, None)),
        "西乡的网格长现在没有人任，没有谁可以移交；请西乡副网格长 西乡副直接任职：wangge record post"
    );
    assert_eq!(
        words(&world, "乡长", &of(&world, GRID, Post::Member, None)),
        "东乡 工业第1网格有几位网格员：人员1、人员2、人员3、人员4；请用 --of 写明移交哪一位的"
    );
    assert_eq!(
        words(&world, "乡长", &of(&world, GRID, Post::Member, Some("人员2"))),
        "接任 不是企业2的人，不能接它的网格员；请先在名册里登记到这个单位"
    );
    assert_eq!(
        words(&world, "乡长", &of(&world, GRID, Post::Leader, Some("格副"))),
        "格副 今天不任东乡 工业第1网格的网格长，不能移交；现在任的是 格长"
    );
    // A stand-in has nothing of their own to hand over.
    let stand_in = Intent::Appoint {
        node: world.grid(GRID),
        post: Post::Leader,
        name: "格副".to_owned(),
        phone: String::new(),
        from: day("2026-11-10"),
        until: Some(day("2026-12-01")),
    };
    world.run(&stand_in);
    assert_eq!(
        words(&world, "格副", &plain(&world, "接任", "2026-11-20")),
        "格副 只任到 2026-12-01（代理，或者已经移交），没有什么可移交；要换人请东乡 工业第1网格网格长 格长来办"
    );
    // Doubled, and to somebody who has it already.
    let fact = offers(&mut world, "格长", "接任", "2026-11-25", "");
    assert_eq!(
        words(&world, "乡长", &plain(&world, "格副", "2026-11-20")),
        "东乡 工业第1网格的网格长已经移交给接任（2026-11-25 起），正等着确认；要改请先收回：wangge handover take-back"
    );
    does(&mut world, "格长", &answer(fact.id, HandoverAnswer::TakenBack, "x"));
    world.run(&Intent::Appoint {
        node: world.grid(GRID),
        post: Post::Leader,
        name: "接任".to_owned(),
        phone: String::new(),
        from: day("2026-11-20"),
        until: None,
    });
    assert_eq!(words(&world, "乡长", &of(&world, GRID, Post::Leader, None)), "移交人和接交人都是接任；请另选接交人");
}

#[test]
fn who_stood_in_takes_the_post_over_without_holding_it_twice() {
    let mut world = with_successor();
    world.run(&Intent::Appoint {
        node: world.grid(GRID),
        post: Post::Leader,
        name: "格副".to_owned(),
        phone: String::new(),
        from: day("2026-11-10"),
        until: Some(day("2026-12-10")),
    });
    let fact = offers(&mut world, "格长", "格副", "2026-12-01", "");
    does(&mut world, "格副", &answer(fact.id, HandoverAnswer::Confirmed, ""));
    assert_eq!(leaders(&world, "2026-11-30"), ["格长", "格副"]);
    assert_eq!(leaders(&world, "2026-12-01"), ["格副"]);
    assert_eq!(leaders(&world, "2026-12-10"), ["格副"]);
}

#[test]
fn a_closed_grid_hands_nothing_over_and_says_who_took_its_work() {
    let mut world = with_successor();
    let fact = offers(&mut world, "格长", "接任", "2026-12-05", "");
    let (grid, into) = (world.grid(GRID), world.grid("工业第2网格"));
    let merge = wangge::grid::decide::Regroup::Merge { grids: vec![grid], into, from: day("2026-12-01") };
    world.run(&Intent::Regroup(merge));
    let refused = asked(&world, "接任", &answer(fact.id, HandoverAnswer::Confirmed, "")).unwrap_err().to_string();
    assert_eq!(
        refused,
        "东乡 工业第1网格 在 2026-12-05 不存在（已经撤销或还没有设立），岗位不能移交；它的工作由东乡 工业第2网格接着办"
    );
    assert_eq!(leaders(&world, "2026-11-30"), ["格长"]);
}

#[test]
fn an_offer_is_void_once_somebody_else_was_appointed() {
    let mut world = with_successor();
    let fact = offers(&mut world, "格长", "接任", "2026-11-25", "");
    world.appoint(GRID, Post::Leader, "空降", "2026-11-22");
    let refused = asked(&world, "接任", &answer(fact.id, HandoverAnswer::Confirmed, "")).unwrap_err().to_string();
    assert_eq!(refused, "格长 已经不任东乡 工业第1网格的网格长，没有什么可接；请移交人收回，或者退回");
    assert_eq!(leaders(&world, "2026-11-25"), ["空降"]);
}
