//! What is refused, and in which words.
use super::world::{World, amended, code, day, line, session, tiny_pack, visit, withdraw};
use wangge::grid::{
    decide::{Actor, Intent, Refusal, decide},
    fact::{Attendance, AttendanceMark, Body, SessionKind},
    state::State,
};

const GRID: &str = "工业第1网格";

fn world() -> World {
    let mut world = World::open("2026-10-01");
    world.enroll(GRID, 1..=4);
    world.on("2026-11-20");
    world
}

fn words(world: &World, intent: &Intent) -> String {
    world.decide(intent).unwrap_err().to_string()
}

fn done(world: &World, duty: &str, grid: &str, numbers: &[u32], on: &str) -> Intent {
    let units = numbers.iter().map(|n| world.unit(*n)).collect();
    Intent::Done {
        duty: duty.to_owned(),
        grid: world.grid(grid),
        units,
        on: day(on),
        period: None,
        note: String::new(),
    }
}

#[test]
fn nothing_is_recorded_before_the_store_is_open() {
    let state = State::new(tiny_pack(""));
    let actor = Actor::owner(None, day("2026-11-20"));
    let refusal = decide(&state, &actor, &visit(&[], "2026-11-20")).unwrap_err();
    assert_eq!(refusal, Refusal::NotOpened);
    assert!(refusal.to_string().contains("wangge init"));
}

#[test]
fn a_day_that_has_not_come() {
    let world = world();
    let grid = world.grid(GRID);
    let tomorrow = "2026-11-21";
    let expected = "2026-11-21 还没到，只能记今天或以前的日期";
    assert_eq!(words(&world, &visit(&[world.unit(1)], tomorrow)), expected);
    assert_eq!(words(&world, &session(grid, SessionKind::Training, tomorrow)), expected);
    assert_eq!(words(&world, &done(&world, "analysis", GRID, &[], tomorrow)), expected);
}

#[test]
fn a_visit_to_nobody_or_to_a_unit_without_a_grid() {
    let mut world = world();
    assert_eq!(words(&world, &visit(&[], "2026-11-20")), "没有选中任何单位，请先选一家");
    assert_eq!(
        words(&world, &visit(&[world.unit(1)], "2026-09-30")),
        "企业1 在 2026-09-30 未划入任何网格，请先划入网格再记"
    );
    // Two grids of the sector: the sixth enterprise fits both and goes into none.
    world.enroll("工业第2网格", 5..=5);
    assert_eq!(world.import(&[line(6)]).unplaced, 1);
    assert_eq!(
        words(&world, &visit(&[world.unit(6)], "2026-11-20")),
        "企业6 在 2026-11-20 未划入任何网格，请先划入网格再记"
    );
    // One among several: nothing is written for any.
    let both = [world.unit(1), world.unit(6)];
    assert!(matches!(world.decide(&visit(&both, "2026-11-20")), Err(Refusal::Unplaced(..))));
}

#[test]
fn sessions_need_a_grid_a_topic_and_people_who_are_known() {
    let world = world();
    let grid = world.grid(GRID);
    let mut without_topic = session(grid, SessionKind::Activity, "2026-11-20");
    if let Intent::Session { topic, .. } = &mut without_topic {
        *topic = "  ".to_owned();
    }
    assert_eq!(world.decide(&without_topic), Err(Refusal::NoTopic));
    let mut stranger = session(grid, SessionKind::Activity, "2026-11-20");
    if let Intent::Session { attendance, .. } = &mut stranger {
        let mark = AttendanceMark::Present;
        attendance.push(Attendance { person: format!("{}#人员1", code(1)), mark });
        attendance.push(Attendance { person: "陌生人".to_owned(), mark });
    }
    assert_eq!(world.decide(&stranger), Err(Refusal::UnknownPerson("陌生人".to_owned())));
    let town = world.grid("东乡");
    assert!(world.decide(&session(town, SessionKind::Training, "2026-11-20")).is_ok(), "at every node that exists");
    assert_eq!(
        words(&world, &session(grid, SessionKind::Training, "2026-09-30")),
        "工业第1网格 在 2026-09-30 还没有建立或已经撤销，请换一个日期"
    );
}

#[test]
fn duties_that_are_not_there_or_close_by_themselves() {
    let mut world = world();
    assert_eq!(
        words(&world, &done(&world, "no-such", GRID, &[], "2026-11-20")),
        "工业第1网格 没有编号为「no-such」的职责，可用的是 ledger-guide、grid-activity、analysis、ledger-check、pledge、\
         education"
    );
    assert_eq!(
        words(&world, &done(&world, "analysis", "东乡", &[], "2026-11-20")),
        "东乡 没有编号为「analysis」的职责，可用的是 （无）"
    );
    assert_eq!(
        words(&world, &done(&world, "visit", GRID, &[1], "2026-11-20")),
        "「走访企业」由走访记录自动计入，不用单独办结"
    );
    assert_eq!(
        words(&world, &done(&world, "home", GRID, &[], "2026-11-20")),
        "「统计之家活动」由统计之家活动记录自动计入，不用单独办结"
    );
    // A duty about each enterprise names them, and those of its own grid.
    assert_eq!(world.decide(&done(&world, "ledger-check", GRID, &[], "2026-11-20")), Err(Refusal::Nobody));
    world.enroll("工业第2网格", 5..=5);
    assert_eq!(
        words(&world, &done(&world, "ledger-check", GRID, &[1, 5], "2026-11-20")),
        "企业5 在 2026-11-20 不属于工业第1网格，请到它所在的网格去记"
    );
    let grid = world.grid(GRID);
    world.done("ledger-check", grid, &[1], "2026-11-20");
    assert!(
        words(&world, &done(&world, "ledger-check", GRID, &[1], "2026-11-19")).starts_with("企业1 在 2026-11-19 已有")
    );
    let some = world.decide(&done(&world, "ledger-check", GRID, &[1, 2], "2026-11-20")).unwrap();
    assert_eq!((some.drafts.len(), some.already), (1, vec![world.unit(1)]));
    // Another month asks again.
    assert!(world.decide(&done(&world, "ledger-check", GRID, &[1], "2026-10-31")).is_ok());
}

#[test]
fn corrections_of_what_is_no_longer_there_or_of_another_kind() {
    let mut world = world();
    let grid = world.grid(GRID);
    let visited = world.visit(1, "2026-11-20");
    let held = world.session(grid, SessionKind::Training, "2026-11-20");
    let first = world.withdraw(&visited);
    assert_eq!(words(&world, &withdraw(&visited)), "这条记录已经撤销过了");
    assert_eq!(world.decide(&amended(&visited, world.unit(1), "2026-11-19")), Err(Refusal::AlreadyWithdrawn));
    assert_eq!(world.decide(&withdraw(&first)), Err(Refusal::WithdrawsAlready), "an undo is undone by recording again");
    assert_eq!(world.decide(&amended(&held, world.unit(1), "2026-11-19")), Err(Refusal::OtherKind));
    let unit = world.facts.iter().find(|fact| matches!(fact.draft.body, Body::Unit(_))).unwrap().clone();
    assert!(words(&world, &withdraw(&unit)).contains("再导入一次"));
}

#[test]
fn placing_where_it_is_already_or_where_no_grid_is() {
    let world = world();
    let place = |numbers: &[u32], grid: &str, from: &str| Intent::Place {
        units: numbers.iter().map(|n| world.unit(*n)).collect(),
        grid: world.grid(grid),
        from: day(from),
    };
    assert_eq!(words(&world, &place(&[1], GRID, "2026-11-20")), "企业1 已经在工业第1网格，不用再划入");
    assert_eq!(world.decide(&place(&[], GRID, "2026-11-20")), Err(Refusal::Nobody));
    assert_eq!(
        world.decide(&place(&[1], "东乡", "2026-11-20")),
        Err(Refusal::NotAGrid("东乡".to_owned(), "三级网格".to_owned()))
    );
    assert!(matches!(world.decide(&place(&[1], "建筑业网格", "2026-09-30")), Err(Refusal::NoSuchGrid(..))));
}
