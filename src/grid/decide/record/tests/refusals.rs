//! What is refused, and in which words.
use super::world::{GRID, World, day, list, text};
use crate::grid::{
    decide::{Filled, Refusal},
    fact::{Attendance, AttendanceMark, FactId, Value, WriterId},
};

#[test]
fn a_form_is_refused_field_by_field() {
    let world = World::new();
    let meeting = |key: &str, value: Value| {
        let mut filled = world.fill("meeting", GRID, &[("kind", text("joint")), ("agenda", text("议题"))]);
        filled.values.insert(key.to_owned(), value);
        filled
    };
    let long = "长".repeat(201);
    for (key, value, words) in [
        ("agenda", text("  "), "请填写「议题」，例如 三季度主要数据审查"),
        ("agenda", Value::Flag(true), "「议题」填的不是这一栏要的内容，例如 三季度主要数据审查"),
        ("agenda", text(&long), "「议题」太长，请缩短到 200 字以内"),
        ("kind", text("tea"), "「会议种类」没有「tea」这一项，可选的是 联席会议、经济形势分析会、统计会议、联审会"),
        ("place", text("会议室"), "「会议」没有 place 这一栏，请去掉"),
        ("with", list(&["陌生人"]), "「另有到会」里的「陌生人」不在人员名册里，请先登记任职"),
    ] {
        assert_eq!(world.refused(&meeting(key, value)), words);
    }
    let mut roster = meeting("agenda", text("议题"));
    let here = |person: &str| Attendance { person: person.to_owned(), mark: AttendanceMark::Present };
    roster.attendance = vec![here("陌生人")];
    assert_eq!(world.refused(&roster), "「到会」里的「陌生人」不在人员名册里，请先登记任职");
    let deputy = world.person("乡副");
    roster.attendance = vec![here(&deputy), here(&deputy)];
    assert_eq!(world.refused(&roster), format!("「到会」里 {deputy} 出现了两次，请留一次"));
    let mut none = world.fill("study", GRID, &[("content", text("座谈"))]);
    none.attendance = vec![here(&deputy)];
    assert_eq!(world.refused(&none), "「网格调研」没有 到会 这一栏，请去掉");
    let nowhere = world.fill(
        "report",
        GRID,
        &[("kind", text("clue")), ("title", text("线索")), ("content", text("无")), ("to", text("999"))],
    );
    assert_eq!(world.refused(&nowhere), "「报给」里没有叫「999」的网格或单位，请写「乡镇/网格」或编号");
}

#[test]
fn days_and_periods_are_of_the_right_kind_and_have_begun() {
    let world = World::new();
    let ledger = |period: &str| {
        let flags = ["raw", "ledger", "return"].map(|key| (key, Value::Flag(true)));
        let mut filled = world.about("ledger", 1, &flags);
        filled.values.insert("period".to_owned(), text(period));
        filled
    };
    for (period, words) in [
        ("十月", "「所属期」十月 不对，应写作 2026-11"),
        ("2026-Q4", "「所属期」2026-Q4 不对，应写作 2026-11"),
        ("2026-12", "「所属期」2026年12月 在 2026-11-20 还没有开始，请核对"),
        ("", "请填写「所属期」，例如 2026-10"),
    ] {
        assert_eq!(world.refused(&ledger(period)), words);
    }
    let tomorrow = Filled { on: day("2026-11-21"), ..ledger("2026-10") };
    assert_eq!(world.refused(&tomorrow), "2026-11-21 还没到，只能记今天或以前的日期");
    let past = [("title", text("查")), ("due", Value::Day(day("2026-11-19")))];
    assert_eq!(
        world.refused(&world.fill("finding", GRID, &past)),
        "「整改期限」2026-11-19 早于记录的日期 2026-11-20，请改晚一些"
    );
}

#[test]
fn the_unit_the_node_and_what_is_answered_must_fit() {
    let mut world = World::new();
    let promise = [("year", text("2026"))];
    let words = |world: &World, filled: &Filled| world.refused(filled);
    assert_eq!(
        words(&world, &world.fill("promise", GRID, &promise)),
        "「依法统计承诺」是关于一家企业的，请写明是哪一家"
    );
    let elsewhere = world.about("promise", 4, &promise);
    assert_eq!(words(&world, &elsewhere), "企业4 在 2026-11-20 不属于工业第1网格，请到它所在的网格去记");
    let before = Filled { on: day("2026-09-30"), ..world.about("promise", 1, &promise) };
    assert_eq!(words(&world, &before), "企业1 在 2026-09-30 未划入任何网格，请先划入网格再记");
    let study = [("content", text("座谈"))];
    assert_eq!(words(&world, &world.about("study", 1, &study)), "「网格调研」记在网格上，不写企业");
    let early = Filled { on: day("2026-09-30"), ..world.fill("study", GRID, &study) };
    assert_eq!(words(&world, &early), "工业第1网格 在 2026-09-30 还没有建立或已经撤销，请换一个日期");
    let unknown = Filled { form: "party".to_owned(), ..early };
    assert_eq!(words(&world, &unknown), "没有「party」这种记录，可用的种类见 wangge record --help");

    let done = [("kind", text("done"))];
    assert_eq!(
        words(&world, &world.fill("progress", GRID, &done)),
        "「任务进展」要写明答复的是哪一条记录，编号见 wangge matters"
    );
    let nothing = FactId { writer: WriterId([9; 16]), seq: 1 };
    assert_eq!(
        words(&world, &world.answer("progress", nothing, &done)),
        "找不到要答复的那条记录，可能已经撤销或更正；现有的见 wangge matters"
    );
    let need = world.record(&world.fill("need", GRID, &[("title", text("培训"))])).remove(0).id;
    assert_eq!(
        words(&world, &world.answer("progress", need, &done)),
        "「任务进展」不能用来答复「成员需求」，可用的是 需求反馈"
    );
    let before = Filled { on: day("2026-11-19"), ..world.answer("feedback", need, &[("content", text("好"))]) };
    assert_eq!(words(&world, &before), "「培训」是 2026-11-20 才有的，日期不能更早");
    let task = [("title", text("查")), ("kind", text("check")), ("to", list(&["330000001"]))];
    let part = Filled { of: Some(need), ..world.fill("task", "东乡", &task) };
    assert_eq!(words(&world, &part), "「任务」不能挂在这条记录下面，请去掉或换一条");
}

#[test]
fn a_correction_is_of_the_same_form_and_still_holds() {
    let mut world = World::new();
    let study = world.fill("study", GRID, &[("content", text("座谈"))]);
    let old = world.record(&study).remove(0);
    let amends = Some(Box::new(old.clone()));
    let need = Filled { amends: amends.clone(), ..world.fill("need", GRID, &[("title", text("培训"))]) };
    assert_eq!(world.try_record(&need), Err(Refusal::OtherKind));
    let better = Filled { amends, ..study };
    let fact = world.record(&better).remove(0);
    assert_eq!(fact.draft.replaces, Some(old.id));
    assert!(world.state.is_withdrawn(&old));
    assert_eq!(world.try_record(&better), Err(Refusal::AlreadyWithdrawn));
}
