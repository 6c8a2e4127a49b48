//! Meetings, hearings, studies, tasks and instructions.
use super::world::{GRID, OTHER_GRID, World, day, list, text};
use crate::grid::{
    decide::{Filled, Intent},
    fact::{Attendance, AttendanceMark, Body, Value},
    org::Post,
};

#[test]
fn a_meeting_counts_by_its_kind_and_its_resolutions_become_tasks() {
    let mut world = World::new();
    let mut meeting = world.fill(
        "meeting",
        "东乡",
        &[
            ("kind", text("analysis")),
            ("agenda", text("三季度数据")),
            ("resolutions", list(&["核实用电量 | 工业第1网格 | 2026-11-30", "补齐台账｜工业第2网格"])),
        ],
    );
    meeting.attendance = vec![Attendance { person: world.person("乡副"), mark: AttendanceMark::Present }];
    assert_eq!(world.counts(&meeting), ["meeting"]);
    let facts = world.record(&meeting);
    assert_eq!(facts.len(), 3);
    assert_eq!(world.tally("meeting", "东乡", "2026-11"), (1, 1));
    let task = world.matter(facts[1].id);
    assert_eq!((task.at, task.due, task.text.as_str()), (world.node(GRID), Some(day("2026-11-30")), "核实用电量"));
    let Body::Record(record) = &facts[1].draft.body else { panic!() };
    assert_eq!(record.text("source"), "2026-11-20 东乡经济形势分析会：三季度数据");
    assert_eq!(world.matter(facts[2].id).due, None);
    assert_eq!(world.says("tasks", GRID), "2026-11 not_started 0/1");
    // Corrected, the meeting gives its tasks no second time.
    let amended = Filled { amends: Some(Box::new(facts[0].clone())), ..meeting.clone() };
    assert_eq!(world.record(&amended).len(), 1);
    assert_eq!(world.tally("meeting", "东乡", "2026-11"), (1, 1));
    // A joint conference does not count as an analysis.
    meeting.values.insert("kind".to_owned(), text("joint"));
    assert!(world.counts(&meeting).is_empty());
}

#[test]
fn a_resolution_names_what_who_and_by_when() {
    let world = World::new();
    let meeting = |line: &str| {
        let values = [("kind", text("joint")), ("agenda", text("议")), ("resolutions", list(&[line]))];
        world.refused(&world.fill("meeting", "东乡", &values))
    };
    let wrong = "不对，应写作 事项 | 承办 | 期限，例如 核实用电量 | 兰江街道 | 2026-11-30";
    assert_eq!(meeting("核实"), format!("「决议」的「核实」{wrong}"));
    assert_eq!(meeting("核实 | 东乡 | 月底"), format!("「决议」的「核实 | 东乡 | 月底」{wrong}"));
    assert_eq!(meeting("核实 | 北乡"), "「决议」里没有叫「北乡」的网格或单位，请写「乡镇/网格」或编号");
    assert_eq!(meeting("核实 | 西乡"), "西乡 不在东乡之下，任务只能往下派；请换一个承办或下达单位");
    assert_eq!(meeting("核实 | 东乡 | 2026-11-19"), "「决议」2026-11-19 早于记录的日期 2026-11-20，请改晚一些");
}

#[test]
fn a_hearing_and_a_study_count_for_who_did_them_above_the_grid() {
    let mut world = World::new();
    let reporter = world.person("格长");
    let hearing = world.fill("hearing", GRID, &[("reporter", text(&reporter)), ("content", text("10月情况"))]);
    assert!(world.counts(&hearing).is_empty(), "nobody's own hearing");
    world.actor.person = Some(world.person("乡副"));
    assert_eq!(world.counts(&hearing), ["hear"]);
    world.record(&hearing);
    assert!(world.says("hear", "东乡").ends_with("2026-11 in_progress 1/3"), "{}", world.says("hear", "东乡"));

    world.actor.person = None;
    let mut study = world.fill("study", GRID, &[("content", text("座谈"))]);
    assert!(world.counts(&study).is_empty());
    // A clerk enters it; the deputy came along.
    study.values.insert("with".to_owned(), list(&[&world.person("乡副")]));
    assert_eq!(world.counts(&study), ["call"]);
    world.record(&study);
    let other = Filled { at: world.node(OTHER_GRID), ..study };
    world.record(&other);
    let farm = Filled { at: world.node("农业网格"), ..other };
    world.record(&farm);
    assert!(world.says("call", "东乡").ends_with("2026-11 met 3/3"));
}

#[test]
fn who_was_there_themselves_did_it_and_who_sent_somebody_did_not() {
    let mut world = World::new();
    let deputy = world.person("乡副");
    let mut meeting = world.fill("meeting", "东乡", &[("kind", text("joint")), ("agenda", text("议"))]);
    for (mark, acted) in [
        (AttendanceMark::Present, true),
        (AttendanceMark::Late, true),
        (AttendanceMark::Substitute, false),
        (AttendanceMark::Excused, false),
        (AttendanceMark::Absent, false),
    ] {
        meeting.attendance = vec![Attendance { person: deputy.clone(), mark }];
        let facts = world.record(&meeting);
        let Body::Record(record) = &facts[0].draft.body else { panic!() };
        assert_eq!(record.acting.iter().any(|acting| acting.post == Post::Deputy), acted, "{mark:?}");
    }
}

#[test]
fn a_task_goes_to_each_node_is_split_received_done_and_rolls_up() {
    let mut world = World::new();
    let values = [
        ("title", text("核查用电量")),
        ("kind", text("check")),
        ("to", list(&["330000001", "330000002"])),
        ("due", Value::Day(day("2026-12-05"))),
    ];
    let task = world.fill("task", "小县", &values);
    let facts = world.record(&task);
    assert_eq!(facts.len(), 2);
    let at: Vec<_> = facts.iter().map(|fact| fact.draft.at.clone().unwrap()).collect();
    assert_eq!(at, ["330000001", "330000002"]);
    let Body::Record(record) = &facts[1].draft.body else { panic!() };
    assert_eq!((record.list("to"), record.text("giver")), (&["330000002".to_owned()][..], "330"));
    assert_eq!(world.says("town-tasks", "东乡"), "2026-11 not_started 0/1");

    // The township splits it over its grids.
    let grids: Vec<String> =
        [GRID, OTHER_GRID].iter().map(|name| world.state.org().node(world.node(name)).id.clone()).collect();
    let ids: Vec<&str> = grids.iter().map(String::as_str).collect();
    let part = [("title", text("查本网格")), ("kind", text("check")), ("to", list(&ids))];
    let parts = world.record(&Filled { of: Some(facts[0].id), ..world.fill("task", "东乡", &part) });
    assert!(parts.iter().all(|part| world.matter(part.id).part_of == Some(facts[0].id)));

    let progress = |of, kind: &str| [("kind", text(kind))].map(|value| (of, value));
    let step = |world: &World, of, kind: &str| world.answer("progress", of, &progress(of, kind).map(|(_, v)| v));
    world.record(&step(&world, facts[0].id, "received"));
    assert!(world.matter(facts[0].id).is_open());
    assert_eq!(
        world.refused(&step(&world, facts[0].id, "done")),
        "「核查用电量」还有 2 项分解出去的没有办结（工业第1网格、工业第2网格），请等它们办结或退回"
    );
    // Returned without a reason, it is not.
    assert_eq!(world.refused(&step(&world, parts[1].id, "returned")), "请填写「退回理由」，例如 涉及的企业已经搬走");
    assert_eq!(world.counts(&step(&world, parts[0].id, "done")), ["tasks"]);
    world.record(&step(&world, parts[0].id, "done"));
    assert_eq!(world.says("tasks", GRID), "2026-11 met 1/1");
    let mut returned = step(&world, parts[1].id, "returned");
    returned.values.insert("reason".to_owned(), text("没有这家"));
    world.record(&returned);
    let done = world.record(&step(&world, facts[0].id, "done"));
    assert_eq!(done[0].draft.at.as_deref(), Some("330000001"), "it is recorded where it was to be done");
    assert_eq!(world.says("town-tasks", "东乡"), "2026-11 met 1/1");
    assert_eq!(world.refused(&step(&world, facts[0].id, "done")), "「核查用电量」已经办结，不用再记");
    // Taken back, it runs again; corrected, it stays done.
    let better = Filled { amends: Some(Box::new(done[0].clone())), ..step(&world, facts[0].id, "done") };
    let better = world.record(&better);
    assert!(!world.matter(facts[0].id).is_open());
    world.run(&Intent::Withdraw { target: Box::new(better[0].clone()), reason: String::new() });
    assert!(world.matter(facts[0].id).is_open());
}

#[test]
fn a_task_goes_down_and_a_corrected_one_stays() {
    let mut world = World::new();
    let values = [("title", text("查")), ("kind", text("check")), ("to", list(&["330000002"]))];
    let sideways = world.fill("task", "东乡", &values);
    assert_eq!(world.refused(&sideways), "西乡 不在东乡之下，任务只能往下派；请换一个承办或下达单位");
    // Entered at the township for the county that gave it.
    let mut given = sideways.clone();
    given.values.insert("giver".to_owned(), text("330"));
    let facts = world.record(&given);
    let amends = Some(Box::new(facts[0].clone()));
    given.values.insert("title".to_owned(), text("再查"));
    let better = world.record(&Filled { amends: amends.clone(), ..given.clone() });
    assert_eq!(world.matter(better[0].id).text, "再查");
    assert!(world.state.matter_of(facts[0].id).is_none());
    given.values.insert("to".to_owned(), list(&["330000001"]));
    let amends = Some(Box::new(better[0].clone()));
    assert_eq!(world.refused(&Filled { amends, ..given }), "更正任务不能换承办，请撤销这一项再重新下达");
}

#[test]
fn an_instruction_runs_until_it_is_done() {
    let mut world = World::new();
    let told = world.fill("instruction", "小县", &[("title", text("查明差异")), ("leader", text("县长"))]);
    let facts = world.record(&told);
    assert_eq!(world.says("instructions", "小县"), "2026-11 due_soon 0/1");
    let done = world.answer("progress", facts[0].id, &[("kind", text("done"))]);
    assert_eq!(world.counts(&done), ["instructions"]);
    world.record(&done);
    assert_eq!(world.says("instructions", "小县"), "2026-11 met 1/1");
}
