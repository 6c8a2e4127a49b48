//! The desk without a terminal: commands in, effects and cells out.
mod effort;
mod export;
mod find;
mod forms;
mod handover;
mod many;
mod overview;
mod palette;
mod reading;
mod refusals;
mod tired;
mod typist;

use ratatui::{buffer::Buffer, layout::Rect};
use wangge::{
    app::{App, Command, Context, Desk, Effect, Event, Key, Route},
    grid::{
        calendar::Calendar,
        decide::Actor,
        fact::{Body, Fact},
    },
    screen::{self, Keys, View},
    ui::Look,
};

use super::rules::{
    timeline,
    world::{World, day},
};

struct NoKeys;

impl Keys for NoKeys {
    fn labels(&self, _: Context, _: Command) -> Vec<String> {
        Vec::new()
    }
}

/// A desk at a grid of ten, with the world that seals what it records.
struct Seat {
    app: App<dyn View>,
    world: World,
}

impl Seat {
    fn new() -> Seat {
        Seat::over(World::open("2026-11-01"))
    }

    fn over(mut world: World) -> Seat {
        world.on("2026-11-01").enroll("工业第1网格", 1..=10);
        Seat::in_world(world)
    }

    fn in_world(mut world: World) -> Seat {
        world.on("2026-11-20");
        let actor = Actor::owner(None, day("2026-11-20"));
        let mut desk = Desk::new(world.state.clone(), Calendar::default(), actor);
        desk.home = world.grid("工业第1网格");
        Seat { app: App::new(desk, screen::open, &Route::Desk), world }
    }

    fn press(&mut self, command: Command) -> Vec<Effect> {
        self.app.event(Event::Command(command))
    }

    fn type_text(&mut self, text: &str) -> Vec<Effect> {
        text.chars().flat_map(|c| self.app.event(Event::Text(Key::char(c)))).collect()
    }

    /// Makes durable what an effect asks for, as the loop would.
    fn seal(&mut self, effects: &[Effect]) -> Vec<Fact> {
        let drafts = effects.iter().find_map(|effect| match effect {
            Effect::Append(drafts) => Some(drafts.clone()),
            _ => None,
        });
        drafts.expect("something to record").iter().map(|draft| self.world.write(draft)).collect()
    }

    fn says(&self) -> String {
        self.app.desk.message.as_ref().map_or(String::new(), |message| message.text.clone())
    }

    fn screen(&mut self, cols: u16, rows: u16) -> String {
        let mut buf = Buffer::empty(Rect::new(0, 0, cols, rows));
        screen::draw(&mut self.app, &mut buf, Look::new(false, true), &NoKeys);
        (0..rows).map(|y| (0..cols).map(|x| buf[(x, y)].symbol().to_owned()).collect::<String>() + "\n").collect()
    }
}

/// The first suggestion under the cursor: from the duty at the top, one key.
fn at_a_suggestion() -> Seat {
    let mut seat = Seat::new();
    assert!(seat.press(Command::VisitToday).is_empty(), "the first key leads to the suggestions");
    seat
}

#[test]
fn a_tick_is_said_to_be_saved_only_when_it_is() {
    let mut seat = at_a_suggestion();
    let effects = seat.press(Command::VisitToday);
    assert!(matches!(effects[..], [Effect::Append(_)]));
    assert_eq!(seat.says(), "");
    assert!(seat.app.desk.saving);
    let facts = seat.seal(&effects);
    seat.app.saved(Ok(facts));
    assert!(seat.says().starts_with("已记 "), "{}", seat.says());
    assert!(!seat.app.desk.saving);
}

#[test]
fn a_second_press_waits_for_the_first_and_is_then_about_another_unit_or_refused() {
    let mut seat = at_a_suggestion();
    let first = seat.press(Command::VisitToday);
    assert!(seat.press(Command::VisitToday).is_empty(), "one at a time");
    let facts = seat.seal(&first);
    // Decided again once the first is folded: the same unit is not recorded twice in a day.
    let after = seat.app.saved(Ok(facts));
    assert!(!after.iter().any(|effect| matches!(effect, Effect::Append(_))));
    assert!(seat.says().contains("已有走访记录"), "{}", seat.says());
}

#[test]
fn what_was_not_written_is_said_and_nothing_changes() {
    let mut seat = at_a_suggestion();
    let before = seat.app.desk.state.count();
    seat.press(Command::VisitToday);
    seat.app.saved(Err("没有存下：磁盘满了".to_owned()));
    assert_eq!(seat.says(), "没有存下：磁盘满了");
    assert_eq!(seat.app.desk.state.count(), before);
    assert!(seat.app.desk.done.is_empty());
}

#[test]
fn undo_takes_back_a_whole_range_and_only_once() {
    let mut seat = at_a_suggestion();
    seat.press(Command::MarkRange);
    seat.press(Command::Down);
    seat.press(Command::Down);
    let effects = seat.press(Command::VisitToday);
    let facts = seat.seal(&effects);
    assert_eq!(facts.len(), 3);
    seat.app.saved(Ok(facts));
    assert_eq!(seat.says(), "已记 3 家走访 11-20");
    let effects = seat.press(Command::Undo);
    let facts = seat.seal(&effects);
    assert!(facts.iter().all(|fact| matches!(fact.draft.body, Body::Withdrawn(_))));
    seat.app.saved(Ok(facts));
    assert_eq!(seat.says(), "已撤销：3 家走访 11-20");
    assert!(seat.press(Command::Undo).is_empty());
    assert!(seat.says().starts_with("这次打开以后还没有记过什么"));
}

#[test]
fn one_escape_does_not_discard_what_was_typed() {
    let mut seat = at_a_suggestion();
    seat.press(Command::VisitForm);
    seat.press(Command::NextFocus);
    let kept = seat.type_text("账目清楚");
    assert!(kept.iter().any(|effect| matches!(effect, Effect::KeepDraft(_))), "typed text is kept");
    seat.press(Command::Back);
    assert!(seat.screen(80, 24).contains("还 没 有 保 存"), "{}", seat.screen(80, 24));
    seat.press(Command::Back);
    assert!(seat.screen(80, 24).contains("账 目 清 楚"));
    // The answer under the cursor keeps it as a draft.
    seat.press(Command::Back);
    let effects = seat.press(Command::Open);
    assert!(effects.iter().any(|effect| matches!(effect, Effect::KeepDraft(draft) if draft.aside)));
    assert!(!seat.screen(80, 24).contains("写 走 访"));
    seat.press(Command::Drafts);
    seat.press(Command::Open);
    assert!(seat.screen(80, 24).contains("账 目 清 楚"));
    seat.type_text("了");
    seat.press(Command::Back);
    seat.press(Command::Down);
    let effects = seat.press(Command::Open);
    assert!(matches!(effects[..], [Effect::DropDraft(_)]), "{effects:?}");
    assert!(seat.app.desk.drafts.is_empty());
}

#[test]
fn a_window_that_is_too_small_says_so_and_none_panics() {
    let mut seat = at_a_suggestion();
    assert!(seat.screen(20, 5).contains("窗 口 太 小"));
    for route in [Command::Board, Command::Help, Command::Training, Command::VisitForm, Command::History] {
        seat.press(route);
        for cols in [1, 7, 59, 60, 61, 79, 80, 131] {
            for rows in [1, 5, 15, 16, 17, 24, 50] {
                seat.screen(cols, rows);
            }
        }
        seat.press(Command::Back);
    }
}

#[test]
fn the_timeline_leads_to_the_node_and_the_duty_on_the_desk() {
    let mut seat = Seat::over(World::with(timeline::pack(), "2026-01-01"));
    seat.press(Command::Timeline);
    // Cells of wide characters are followed by a blank one.
    let shown = |seat: &mut Seat| seat.screen(80, 24).replace(' ', "");
    let list = shown(&mut seat);
    assert!(list.contains("时间表2项逾期2") && list.contains("2026-03-31已过234天"), "{list}");
    seat.press(Command::Filter);
    seat.type_text("没有这一项");
    assert!(shown(&mut seat).contains("没有找到"), "{}", shown(&mut seat));
    seat.press(Command::Back);
    assert!(!shown(&mut seat).contains("没有找到"));
    seat.press(Command::Open);
    let page = shown(&mut seat);
    assert!(page.contains("3处逾期3") && page.contains("到案头看小县"), "{page}");
    seat.press(Command::Open);
    let desk = shown(&mut seat);
    assert!(desk.contains("[职责]") && desk.contains(">!本年年度计划0/1差1次"), "{desk}");
    // From the desk there is nothing left to go back from but the desk itself.
    seat.press(Command::Back);
    assert!(shown(&mut seat).contains("[职责]"));
}
