//! Forms: keys in, effects and cells out. All three kinds (visits, sessions, records) are one screen.
use wangge::{
    app::{Draft, Effect, Record, Route},
    grid::{
        fact::{AttendanceMark, Body, Value},
        org::Post,
    },
};

use super::{Seat, at_a_suggestion, typist::Typist};
use crate::rules::world::World;

/// A typist with the form open that the menu finds by these letters.
fn form(letters: &str) -> Typist {
    let mut typist = Typist::at(Seat::new());
    typist.press("r").shows("记一笔").text(letters).press("enter");
    typist.keys = 0;
    typist
}

/// The last draft that was asked to be kept.
fn kept(typist: &Typist) -> Draft {
    let kept = typist.effects.iter().rev().find_map(|effect| match effect {
        Effect::KeepDraft(draft) => Some((**draft).clone()),
        _ => None,
    });
    kept.expect("a draft")
}

#[test]
fn a_form_is_found_by_pinyin_filled_in_and_saved() {
    let mut typist = form("ywtw");
    typist.shows("记业务提问").press("tab").text("产值怎么算").press("tab right right").shows("台账");
    typist.press("f2");
    assert_eq!(typist.saved().len(), 1);
    assert!(typist.seat.says().starts_with("已记 工业第1网格 业务提问 11-20"), "{}", typist.seat.says());
    typist.press("7").shows("在办").shows("业务提问 产值怎么算");
    // Enter leads to the form that answers it.
    typist.press("enter").shows("记业务答复").shows("答复业务提问：产值怎么算").text("按加工费").press("f2");
    typist.saved();
    typist.shows("没有在办的任务");
}

#[test]
fn what_is_wrong_is_said_beside_the_field_as_it_is_typed_and_saving_goes_to_the_first_fault() {
    let mut typist = form("jfzc");
    typist.shows("必填").shows("例如 1280.50").shows("保存（还差 1 项）").hides("请填写");
    typist.text("一千").shows("「金额」应为金额").press("tab").shows("「金额」应为金额，单位是元");
    typist.press("shift-tab backspace backspace").hides("应为金额").text("1280.5").hides("还差");
    // Two fields of another form are missing: the cursor goes to the first, and both say so.
    let mut typist = form("hy");
    typist.press("tab tab tab f2").shows("> 会议种类").shows("请填写「会议种类」").shows("请填写「议题」");
    typist.shows("保存（还差 2 项）");
    assert!(typist.effects.iter().all(|effect| !matches!(effect, Effect::Append(_))));
    assert!(typist.seat.says().starts_with("请填写「会议种类」"), "{}", typist.seat.says());
}

#[test]
fn a_form_that_is_saved_twice_is_recorded_once() {
    let mut typist = form("ywtw");
    typist.press("tab").text("一次").press("f2 f2 enter");
    let asked = typist.effects.iter().filter(|effect| matches!(effect, Effect::Append(_))).count();
    assert_eq!(asked, 1);
}

#[test]
fn a_day_is_told_in_words_stepped_and_typed_over() {
    let mut typist = Typist::at(at_a_suggestion());
    typist.press("e").shows("2026-11-20    11-20 周五 今天");
    typist.press("pageup").shows("2026-11-19    11-19 周四 昨天");
    typist.press("pagedown pagedown pagedown").shows("2026-11-20    11-20 周五 今天");
    // What is typed first takes the place of what stood there.
    typist.press("shift-tab").text("上周六").shows("上周六        11-14 周六 6天前");
    typist.press("pageup").shows("2026-11-13");
    typist.text("32").shows("日期读不懂，可写 15").press("backspace backspace").text("+1").shows("这一天还没到");
    // A month that is over: it is late, and why is asked; in the running month it is not.
    typist.press("pageup pageup backspace").text("10-31").shows("10-31 周六 20天前 补录").shows("原因");
    typist.press("pagedown").shows("11-01 周日 19天前").hides("原因").hides("补录");
}

#[test]
fn why_something_is_entered_late_is_recorded_with_it() {
    let mut typist = Typist::at(Seat::new());
    // Daily job 9: last month's session with the reason.
    typist.press("x").text("报表填报").press("shift-tab").text("11-1").hides("原因");
    typist.press("f2");
    let facts = typist.saved();
    assert_eq!(facts[0].draft.reason, None);

    let mut world = World::open("2026-09-01");
    world.on("2026-09-01").enroll("工业第1网格", 1..=2);
    let mut typist = Typist::at(Seat::in_world(world));
    typist.press("x").text("报表填报").press("shift-tab").text("10-15").press("tab").shows("> 原因");
    typist.text("当时出差").press("f2");
    let facts = typist.saved();
    assert_eq!(facts[0].draft.reason.as_deref(), Some("当时出差"));
    assert_eq!(facts[0].draft.occurred.to_string(), "2026-10-15");
    // It is offered the next time.
    let again = typist.seat.app.desk.memory.of("late").to_vec();
    assert_eq!(again, ["当时出差"]);
}

#[test]
fn what_was_typed_before_is_offered_and_taken_by_a_key_or_passed_over() {
    let mut typist = Typist::at(Seat::new());
    for topic in ["报表填报要点", "统计法宣讲"] {
        typist.press("x").text(topic).press("f2");
        typist.saved();
    }
    // The same again on the same day may be a mistake.
    typist.press("x").hides("别记重了").text("统计法宣讲").shows("别记重了").press("esc down enter");
    // The last one by one key into the empty field.
    typist.press("x").shows("右键填上次的：统计法宣讲").press("right").shows("主题    统计法宣讲");
    typist.press("esc down enter");
    // By pinyin: Down chooses, Enter takes.
    typist.press("x").text("tbyd").shows("| 报表填报要点").press("down enter").shows("> 主题    报表填报要点");
    typist.hides("| 报表填报要点").press("esc down enter");
    // Right takes the first of them; typing goes on otherwise; Esc closes the list and no more.
    typist.press("x").text("报表").shows("| 报表填报要点").press("esc").hides("| 报表填报要点").shows("主题    报表");
    typist.text("填").shows("| 报表填报要点").press("right").shows("主题    报表填报要点").press("esc down enter");
    // Enter with nothing chosen leads on.
    typist.press("x").text("报表").press("enter").shows("> 小时").shows("主题    报表");
}

#[test]
fn what_only_the_office_may_read_is_not_remembered() {
    let mut typist = form("sb");
    typist
        .shows("记上报")
        .text("jjyx")
        .press("down")
        .text("三季度工业运行分析")
        .press("down")
        .text("用电量下降")
        .press("f2");
    typist.saved();
    assert_eq!(typist.seat.app.desk.memory.of("report.title"), ["三季度工业运行分析"]);
    typist.press("r").text("sb").press("enter").text("xs").shows("线索");
    typist
        .press("down")
        .text("三")
        .hides("| 三季度工业运行分析")
        .text("某厂虚报")
        .press("down")
        .text("有人举报")
        .press("f2");
    typist.saved();
    assert_eq!(typist.seat.app.desk.memory.of("report.title"), ["三季度工业运行分析"]);
    assert_eq!(typist.seat.app.desk.memory.of("report.content"), ["用电量下降"]);
}

#[test]
fn names_are_offered_and_taken() {
    let mut typist = form("yftj");
    typist.shows("记依法统计承诺").text("qy").shows("企业1 ").shows("企业5");
    typist.press("down enter").shows("> 企业    企业2").hides("企业1 ").press("f2");
    assert_eq!(typist.saved()[0].draft.subject.as_deref(), Some("E0002"));
}

#[test]
fn a_visit_keeps_who_came_along_when_it_is_corrected() {
    let mut typist = Typist::at(at_a_suggestion());
    typist.press("e shift-tab shift-tab shift-tab").shows("> 同行").text("人员3").press("f2");
    let old = typist.saved().remove(0);
    let Body::Visit(visit) = &old.draft.body else { panic!("{old:?}") };
    assert_eq!(visit.with.len(), 1);
    let unit = typist.seat.world.state.org().unit_ix(old.draft.subject.as_deref().expect("a unit")).expect("known");
    let correct = Route::Visit { units: vec![unit], amends: Some(Box::new(old.clone())) };
    typist.seat.app.show(&correct);
    typist.shows("更正走访").shows("人员3").press("tab").text("补充一句").press("f2");
    let new = typist.saved().remove(0);
    let Body::Visit(again) = &new.draft.body else { panic!("{new:?}") };
    assert_eq!((new.draft.replaces, &again.with, again.note.as_str()), (Some(old.id), &visit.with, "补充一句"));
}

#[test]
fn a_correction_that_leads_to_another_grid_is_told_and_taken_back_as_one() {
    let mut world = World::open("2026-11-01");
    world.on("2026-11-01").enroll("工业第2网格", 11..=20);
    world.on("2026-11-20").enroll("工业第1网格", 1..=10);
    let there = world.grid("工业第2网格");
    world.place(&[1], there, "2026-11-10");
    let old = world.visit(1, "2026-11-12");
    let unit = world.unit(1);
    let mut typist = Typist::at(Seat::in_world(world));
    let correct = Route::Visit { units: vec![unit], amends: Some(Box::new(old.clone())) };
    typist.seat.app.show(&correct);
    // On that day it was another grid's.
    typist.shows("更正走访").press("pageup pageup pageup").press("f2");
    let facts = typist.saved();
    let [new, gone] = &facts[..] else { panic!("{facts:?}") };
    assert!(matches!(new.draft.body, Body::Visit(_)) && matches!(gone.draft.body, Body::Withdrawn(_)));
    assert_ne!(new.draft.at, old.draft.at);
    assert_eq!((new.draft.effort.is_some(), gone.draft.effort), (true, None), "it was one entry");
    assert!(typist.seat.says().starts_with("已记 企业1 11-09 走访"), "{}", typist.seat.says());
    typist.press("u");
    let back = typist.saved();
    let Body::Withdrawn(withdrawn) = &back[0].draft.body else { panic!("{back:?}") };
    assert_eq!((back.len(), withdrawn.of), (1, new.id));
    assert_eq!(typist.seat.says(), "已撤销：企业1 11-09 走访");
    typist.press("u");
    assert!(typist.seat.says().starts_with("这次打开以后还没有记过什么"), "{}", typist.seat.says());
}

/// A seat at a grid in which so many 网格员 and these two hold a post.
fn crowd(members: u32) -> Seat {
    let mut world = World::open("2026-11-01");
    world.on("2026-11-01").enroll("工业第1网格", 1..=members);
    world.appoint("工业第1网格", Post::Leader, "廖佳梅", "2026-11-01");
    world.appoint("工业第1网格", Post::Deputy, "许平", "2026-11-01");
    Seat::in_world(world)
}

#[test]
fn daily_job_5_a_session_with_24_present_and_one_late_takes_at_most_15_keys() {
    let mut typist = Typist::at(crowd(23));
    typist.press("x").text("一套表填报要点").press("tab tab tab").shows("到 25").press("x p space f2");
    assert!(typist.keys <= 15, "{} keys", typist.keys);
    let facts = typist.saved();
    let Body::Session(session) = &facts[0].draft.body else { panic!("{facts:?}") };
    let late: Vec<_> = session.attendance.iter().filter(|line| line.mark != AttendanceMark::Present).collect();
    assert_eq!((session.attendance.len(), late.len(), late[0].mark), (25, 1, AttendanceMark::Late));
    assert_eq!(session.minutes, 120);
}

#[test]
fn daily_job_4_yesterdays_visit_with_a_problem_and_a_follow_up() {
    let mut typist = Typist::at(at_a_suggestion());
    typist.press("e pageup tab tab").text("仓库盘存表没有签字").press("tab").text("+7").shows("11-27 周五 7天后");
    typist.press("f2");
    let facts = typist.saved();
    let Body::Visit(visit) = &facts[0].draft.body else { panic!("{facts:?}") };
    let problem = visit.problem.as_ref().expect("a problem");
    assert_eq!(facts[0].draft.occurred.to_string(), "2026-11-19");
    assert_eq!(problem.follow_up.map(|day| day.to_string()).as_deref(), Some("2026-11-27"));
    assert!(typist.keys <= 7, "{} keys", typist.keys);
}

#[test]
fn a_roster_is_narrowed_by_typing_and_counted() {
    let mut typist = Typist::at(crowd(4));
    typist.press("x tab tab tab").shows("到 6").shows("人员4").text("ljm").hides("人员4").press("5");
    typist.shows("到 5  请假 1").press("esc").shows("人员4").shows("> 廖佳梅");
    typist.text("没这个人").shows("没有找到").press("tab shift-tab").shows("人员4");
}

#[test]
fn a_note_takes_lines_and_hands_the_cursor_on() {
    let mut typist = Typist::at(at_a_suggestion());
    typist.press("e tab").shows("回车换行").text("第一行").press("enter").text("第二行").press("up").text("甲");
    typist.shows("第一行甲").press("down down").shows("> 发现问题");
    typist.press("shift-tab").paste("三\r\n四\n五\n六\n七").shows("七").hides("第一行甲");
    // Enter on an empty line leads on.
    typist.press("enter enter").shows("> 发现问题").paste("一行\n两行").shows("一行 两行").press("f2");
    let Body::Visit(visit) = &typist.saved()[0].draft.body else { panic!("no visit") };
    assert_eq!(visit.note, "第一行甲\n第二行三\n四\n五\n六\n七");
    assert_eq!(visit.problem.as_ref().map(|problem| problem.text.as_str()), Some("一行 两行"));
}

#[test]
fn a_form_that_is_too_long_scrolls_with_the_cursor() {
    let mut typist = form("hy");
    for (cols, rows) in [(80, 24), (80, 16)] {
        let mut passed = String::new();
        for _ in 0..9 {
            let shown = typist.sees(cols, rows);
            let here = shown.lines().find(|line| line.contains("| > ")).map(str::to_owned);
            passed.push_str(&here.unwrap_or_default());
            typist.press("tab");
        }
        for label in ["日期", "会议种类", "议题", "到会", "另有到会", "决议", "备注"] {
            assert!(passed.contains(label), "{label} at {cols}x{rows}:\n{passed}");
        }
    }
}

#[test]
fn a_draft_is_kept_offered_and_taken_up_again() {
    let mut typist = form("hy");
    typist.press("right right tab").text("三季度");
    let draft = kept(&typist);
    assert_eq!((draft.form.as_str(), draft.gist.as_str()), ("meeting", "三季度"));
    let json = serde_json::to_string(&draft).expect("JSON");
    let back: Draft = serde_json::from_str(&json).expect("a draft");
    assert_eq!(back, draft);
    let mut again = Typist::at(Seat::new());
    again.seat.app.desk.drafts = vec![back];
    again.seat.app.show(&Route::Drafts);
    again.shows("上次没有保存").shows("记会议  工业第1网格  三季度");
    again.press("enter").shows("经济形势分析会").shows("三季度");
    // As it was taken up, it may be left as it is; what is typed is not given up without a question.
    again.press("esc").hides("还没有保存").press("D enter").text("主要数据").press("esc").shows("还没有保存");
    again.press("esc f2");
    assert_eq!(again.saved().len(), 1);
    assert!(again.effects.contains(&Effect::DropDraft(draft.number)));
    assert!(again.seat.app.desk.drafts.is_empty());
}

#[test]
fn a_draft_of_a_correction_stays_one() {
    let mut typist = form("ywtw");
    typist.press("tab").text("产值怎么算").press("f2");
    let old = typist.saved().remove(0);
    typist.seat.app.desk.drafts.clear();
    let Body::Record(record) = &old.draft.body else { panic!("{old:?}") };
    assert_eq!(record.values["title"], Value::Text("产值怎么算".to_owned()));
    let fill = wangge::app::Fill {
        form: "question",
        at: typist.seat.app.desk.home,
        unit: None,
        of: None,
        amends: Some(Box::new(old.clone())),
        kind: None,
        values: Default::default(),
    };
    typist.seat.app.show(&Route::Fill(fill));
    typist.shows("更正业务提问").press("tab").text("呢");
    let draft = kept(&typist);
    assert_eq!(draft.amends, Some(old.id.to_string()));
    // Taken up again it asks for the record that it corrects, and is saved as a correction once that is there.
    let effects = typist.seat.app.show(&Route::Resume(Box::new(draft)));
    let asked = effects.iter().find_map(|effect| match effect {
        Effect::Find(ticket, id) if *id == old.id => Some(*ticket),
        _ => None,
    });
    let ticket = asked.expect("it is looked up");
    typist.shows("更正业务提问").press("f2");
    assert!(typist.seat.says().contains("正在读取"), "{}", typist.seat.says());
    typist.seat.app.rows(ticket, vec![Record { position: 1, fact: old.clone() }]);
    typist.press("f2");
    assert_eq!(typist.saved()[0].draft.replaces, Some(old.id));
}

#[test]
fn several_drafts_are_listed_the_newest_first_and_dropped_one_by_one() {
    let mut typist = Typist::at(Seat::new());
    typist.press("x").text("甲").press("esc enter h").text("乙").press("esc enter");
    assert_eq!(typist.seat.app.desk.drafts.iter().map(|draft| draft.gist.as_str()).collect::<Vec<_>>(), ["甲", "乙"]);
    typist.press("D").shows("> 记统计之家活动  工业第1网格  乙").shows("记培训  工业第1网格  甲").press("X");
    typist.hides("  乙").press("X").hides("草稿  ");
    assert!(typist.seat.app.desk.drafts.is_empty());
    assert_eq!(typist.seat.says(), "草稿都已丢掉");
}
