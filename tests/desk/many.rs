//! Doing many at once: marks, ranges, the question before many, one undo for all of it; and the last actions.
use wangge::{
    app::{Command, Event, Route},
    grid::{
        decide::{Intent, Refusal, Regroup},
        fact::{Body, Fact},
    },
};

use super::{
    Seat,
    reading::{log, read_in},
};
use crate::rules::world::{World, day, line};

/// The screen without the blanks that follow wide characters.
fn shown(seat: &mut Seat) -> String {
    seat.screen(80, 24).replace(' ', "")
}

/// A seat at a grid of thirty, on its list of visits.
fn at_the_members() -> Seat {
    let mut world = World::open("2026-11-01");
    world.on("2026-11-01").enroll("工业第1网格", 11..=30);
    let mut seat = Seat::over(world);
    seat.press(Command::Tab2);
    // Past the duty that the visits are for.
    seat.press(Command::Down);
    seat
}

/// Presses a key that records, and makes it durable.
fn record(seat: &mut Seat, command: Command) -> Vec<Fact> {
    let effects = seat.press(command);
    let facts = seat.seal(&effects);
    seat.app.saved(Ok(facts.clone()));
    facts
}

fn visits(seat: &Seat) -> usize {
    seat.app.desk.state.org().units().filter(|(ix, _)| seat.app.desk.state.last_visit(*ix).is_some()).count()
}

#[test]
fn one_by_one_then_one_key_and_one_undo() {
    let mut seat = at_the_members();
    for _ in 0..3 {
        seat.press(Command::MarkOne);
    }
    assert!(shown(&mut seat).contains("选中3家"), "{}", shown(&mut seat));
    let facts = record(&mut seat, Command::VisitToday);
    assert_eq!(facts.len(), 3);
    assert_eq!(seat.says(), "已记 3 家走访 11-20");
    assert!(!shown(&mut seat).contains("选中"));
    let back = record(&mut seat, Command::Undo);
    assert_eq!(back.len(), 3);
    assert_eq!(visits(&seat), 0);
}

#[test]
fn undo_takes_back_the_latest_change_of_marks_first_and_then_the_record_before() {
    let mut seat = at_the_members();
    record(&mut seat, Command::VisitToday);
    assert_eq!(visits(&seat), 1);
    seat.press(Command::MarkOne);
    seat.press(Command::MarkAll);
    assert!(shown(&mut seat).contains("选中30家"), "{}", shown(&mut seat));
    seat.press(Command::MarkClear);
    assert!(seat.says().contains("不再选中 30 家"), "{}", seat.says());
    for said in ["已恢复先前的选择：30 家", "已恢复先前的选择：1 家", "已退回先前的选择：一家也没有"]
    {
        assert!(seat.press(Command::Undo).is_empty(), "no record is touched");
        assert_eq!(seat.says(), said);
    }
    record(&mut seat, Command::Undo);
    assert_eq!(visits(&seat), 0);
}

#[test]
fn marks_that_the_filter_hides_are_counted_and_asked_about() {
    let mut seat = at_the_members();
    seat.press(Command::MarkOne);
    seat.press(Command::MarkOne);
    seat.press(Command::Filter);
    seat.type_text("企业30");
    seat.press(Command::Open);
    let screen = shown(&mut seat);
    assert!(screen.contains("选中2家，其中2家没有显示"), "{screen}");
    seat.press(Command::MarkOne);
    assert!(shown(&mut seat).contains("选中3家，其中2家没有显示"));
    assert!(seat.press(Command::VisitToday).is_empty(), "it is asked first");
    let question = shown(&mut seat);
    assert!(question.contains("一次记3家") && question.contains("其中2家现在的列表里没有显示"), "{question}");
    seat.press(Command::Back);
    assert!(shown(&mut seat).contains("选中3家"), "given up: the marks stay");
    seat.press(Command::VisitToday);
    assert_eq!(record(&mut seat, Command::Open).len(), 3);
    seat.press(Command::Back);
    assert!(!shown(&mut seat).contains("选中"), "{}", shown(&mut seat));
}

#[test]
fn a_digit_after_the_beginning_of_a_range_says_how_many() {
    let mut seat = at_the_members();
    seat.press(Command::MarkRange);
    seat.press(Command::Tab9);
    assert!(shown(&mut seat).contains("选中9家"), "{}", shown(&mut seat));
    seat.press(Command::Tab4);
    assert_eq!(record(&mut seat, Command::VisitToday).len(), 4);
    seat.press(Command::Tab1);
    assert!(shown(&mut seat).contains("[职责]"), "without a range it is a tab again");
}

#[test]
fn twenty_visits_in_a_day_are_asked_about_and_not_forbidden() {
    let mut seat = at_the_members();
    seat.press(Command::MarkRange);
    for _ in 0..18 {
        seat.press(Command::Down);
    }
    assert_eq!(record(&mut seat, Command::VisitToday).len(), 19, "nineteen are recorded straight away");
    let mut seat = at_the_members();
    seat.press(Command::MarkAll);
    assert!(seat.press(Command::VisitToday).is_empty());
    let question = shown(&mut seat);
    assert!(question.contains("一次记30家") && question.contains("工业第1网格30家"), "{question}");
    assert!(question.contains("一天走访30家"), "{question}");
    assert_eq!(record(&mut seat, Command::Open).len(), 30);
    assert_eq!(seat.says(), "已记 30 家走访 11-20");
    assert_eq!(record(&mut seat, Command::Undo).len(), 30, "one undo");
    assert_eq!(visits(&seat), 0);
}

#[test]
fn marks_outlast_months_and_tabs_and_stay_with_their_node() {
    let mut seat = at_the_members();
    seat.press(Command::MarkOne);
    seat.press(Command::PrevMonth);
    assert!(shown(&mut seat).contains("选中1家"));
    seat.press(Command::Today);
    seat.press(Command::Tab1);
    seat.press(Command::Tab2);
    assert!(shown(&mut seat).contains("选中1家"), "{}", shown(&mut seat));
    seat.press(Command::NextFocus);
    seat.press(Command::Up);
    assert!(seat.says().contains("工业第1网格选中的 1 家还留着"), "{}", seat.says());
    seat.press(Command::NextFocus);
    assert!(!shown(&mut seat).contains("选中1家"));
    seat.press(Command::NextFocus);
    seat.press(Command::Down);
    seat.press(Command::NextFocus);
    assert!(shown(&mut seat).contains("选中1家"), "{}", shown(&mut seat));
}

#[test]
fn marks_go_when_a_form_recorded_them_and_stay_when_it_was_left() {
    let mut seat = at_the_members();
    seat.press(Command::MarkOne);
    seat.press(Command::MarkOne);
    seat.press(Command::VisitForm);
    seat.press(Command::Back);
    assert!(shown(&mut seat).contains("选中2家"));
    seat.press(Command::VisitForm);
    assert_eq!(record(&mut seat, Command::SaveForm).len(), 2);
    assert!(!shown(&mut seat).contains("选中"), "{}", shown(&mut seat));
}

#[test]
fn many_problems_are_closed_together() {
    let mut world = World::open("2026-11-01");
    world.on("2026-11-01").enroll("工业第1网格", 1..=10);
    world.on("2026-11-10");
    for number in 1..=3 {
        let mut intent = crate::rules::world::visit(&[world.unit(number)], "2026-11-10");
        if let Intent::Visit { problem, .. } = &mut intent {
            *problem = Some(wangge::grid::fact::ProblemFound { text: "缺原始记录".to_owned(), follow_up: None });
        }
        world.run(&intent);
    }
    let mut seat = Seat::over(world);
    seat.press(Command::Tab7);
    seat.press(Command::MarkAll);
    assert!(shown(&mut seat).contains("选中3项"), "{}", shown(&mut seat));
    let facts = record(&mut seat, Command::CloseProblem);
    assert!(facts.len() == 3 && facts.iter().all(|fact| matches!(fact.draft.body, Body::ProblemClosed(_))));
    assert_eq!(seat.says(), "已记 3 个问题销号");
    record(&mut seat, Command::Undo);
    assert_eq!(seat.app.desk.state.problems().filter(|problem| problem.is_open()).count(), 3);
}

#[test]
fn placing_many_is_taken_back_by_one_undo() {
    let mut world = World::open("2026-11-01");
    world.on("2026-11-01").import(&[line(41), line(42), line(43)]);
    let mut seat = Seat::over(world);
    let town = seat.app.desk.state.org().node(seat.app.desk.home).parent;
    seat.app.desk.home = town.expect("a township");
    seat.press(Command::Back);
    seat.press(Command::Tab1);
    while !shown(&mut seat).contains(">-企业41") && !shown(&mut seat).contains(">-E0041") {
        let before = shown(&mut seat);
        seat.press(Command::Down);
        assert_ne!(before, shown(&mut seat), "{before}");
    }
    seat.press(Command::MarkAll);
    assert!(shown(&mut seat).contains("选中3家"), "{}", shown(&mut seat));
    seat.press(Command::AssignUnit);
    record(&mut seat, Command::Open);
    let loose = |seat: &Seat| seat.app.desk.state.org().unplaced_on(day("2026-11-20")).len();
    assert_eq!(loose(&seat), 0);
    record(&mut seat, Command::Undo);
    assert_eq!(loose(&seat), 3);
}

#[test]
fn a_change_of_the_grids_is_refused_in_words_and_nothing_older_is_touched_instead() {
    let mut seat = at_the_members();
    record(&mut seat, Command::VisitToday);
    let node = seat.app.desk.home;
    let rename = Intent::Regroup(Regroup::Rename { node, name: "东区网格".to_owned() });
    let drafts = seat.app.desk.decide(&rename).expect("a new name").drafts;
    let facts: Vec<Fact> = drafts.iter().map(|draft| seat.world.write(draft)).collect();
    seat.app.desk.fold(&facts);
    let label = seat.app.desk.describe(&facts);
    seat.app.desk.done.push(wangge::app::Done { label, facts: facts.clone() });
    assert!(matches!(seat.app.desk.decide_withdraw(&facts), Err(Refusal::GridsStay(_))));
    assert!(seat.press(Command::Undo).is_empty());
    assert!(seat.says().contains("改的是网格本身") && seat.says().contains("「最近」"), "{}", seat.says());
    assert_eq!(visits(&seat), 1);
}

#[test]
fn the_last_actions_are_listed_and_an_older_one_is_taken_back() {
    let mut seat = at_the_members();
    seat.press(Command::MarkOne);
    seat.press(Command::MarkOne);
    record(&mut seat, Command::VisitToday);
    record(&mut seat, Command::VisitToday);
    let effects = seat.press(Command::Recent);
    let ticket = read_in(&effects);
    let before = shown(&mut seat);
    assert!(before.contains("2家走访11-20") && before.contains("11-2010:00"), "{before}");
    let rows = log(&seat);
    seat.app.rows(ticket, rows);
    let list = shown(&mut seat);
    assert!(list.contains("2家走访11-202条") && list.contains("这一笔可以撤销"), "{list}");
    seat.press(Command::Down);
    let effects = seat.press(Command::Undo);
    let facts = seat.seal(&effects);
    assert_eq!(facts.len(), 2);
    let ticket = read_in(&seat.app.saved(Ok(facts)));
    let rows = log(&seat);
    seat.app.rows(ticket, rows);
    let list = shown(&mut seat);
    assert!(list.contains("2家走访11-20已撤销") && list.contains("撤销：2家走访11-20"), "{list}");
    assert!(seat.press(Command::Undo).is_empty());
    assert!(seat.says().contains("已经撤销"), "{}", seat.says());
    // The roster stays, and it is said why.
    seat.press(Command::End);
    assert!(seat.press(Command::Undo).is_empty());
    assert!(seat.says().contains("不能撤销"), "{}", seat.says());
}

#[test]
fn a_day_that_is_picked_goes_to_the_screen_below() {
    let mut seat = Seat::new();
    let (node, today) = (seat.app.desk.home, seat.app.desk.today());
    seat.app.show(&Route::Calendar { node, pick: Some(today) });
    assert!(shown(&mut seat).contains("选一天2026年11月"), "{}", shown(&mut seat));
    for command in [Command::Right, Command::Down, Command::NextMonth] {
        seat.press(command);
    }
    assert!(shown(&mut seat).contains("12月28日周一"), "{}", shown(&mut seat));
    seat.press(Command::Open);
    assert!(shown(&mut seat).contains("[职责]"));
    assert!(matches!(seat.app.event(Event::Changed)[..], []));
}

#[test]
fn the_calendar_leads_to_what_is_due_and_to_what_was_recorded() {
    let mut seat = at_the_members();
    record(&mut seat, Command::VisitToday);
    seat.press(Command::Calendar);
    let month = shown(&mut seat);
    assert!(month.contains("2026年11月") && month.contains("记1"), "{month}");
    seat.press(Command::Open);
    seat.press(Command::Open);
    assert!(shown(&mut seat).contains("的记录"), "{}", shown(&mut seat));
    seat.press(Command::Back);
    seat.press(Command::Back);
    seat.press(Command::End);
    assert!(shown(&mut seat).contains("11月30日周一"), "{}", shown(&mut seat));
    seat.press(Command::Open);
    seat.press(Command::Open);
    assert!(shown(&mut seat).contains("[职责]"), "{}", shown(&mut seat));
}

#[test]
fn none_of_the_new_screens_panics_in_any_window() {
    for route in [Command::Calendar, Command::Recent, Command::UnitYear, Command::Board] {
        let mut seat = at_the_members();
        seat.press(route);
        for cols in [1, 7, 59, 60, 61, 79, 80, 112, 131] {
            for rows in [1, 5, 15, 16, 17, 24, 50] {
                seat.screen(cols, rows);
            }
        }
    }
}
