//! A command that can't run says why: no key that is bound does nothing.
use wangge::app::COMMANDS;

use super::*;

/// Where a person may stand, and the commands that lead there from the start.
const PLACES: [(&str, &[Command]); 37] = [
    ("a duty", &[]),
    ("a suggestion", &[Command::VisitToday]),
    ("a suggestion in another month", &[Command::VisitToday, Command::PrevMonth]),
    ("a mark", &[Command::VisitToday, Command::MarkOne]),
    ("the tree", &[Command::NextFocus]),
    ("the root", &[Command::NextFocus, Command::Home]),
    ("visits", &[Command::Tab2]),
    ("sessions", &[Command::Tab3]),
    ("ledgers", &[Command::Tab5]),
    ("people", &[Command::Tab6]),
    ("tasks", &[Command::Tab7]),
    ("records", &[Command::Tab8]),
    ("the filter", &[Command::Filter]),
    ("the board", &[Command::Board]),
    ("the board, another month", &[Command::Board, Command::Left]),
    ("a history", &[Command::History]),
    ("the timeline", &[Command::Timeline]),
    ("the overview", &[Command::Overview]),
    ("what warns", &[Command::Overview, Command::NextFocus]),
    ("what is behind a number", &[Command::Overview, Command::Today, Command::Open]),
    ("the assessment", &[Command::Assessment]),
    ("the evidence", &[Command::Assessment, Command::Right]),
    ("the calendar", &[Command::Calendar]),
    ("the last actions", &[Command::Recent]),
    ("a year", &[Command::VisitToday, Command::UnitYear]),
    ("a plan", &[Command::Plan]),
    ("changes of a grid", &[Command::Regroup]),
    ("the menu of forms", &[Command::Record]),
    ("the jump", &[Command::Jump]),
    ("the working lists", &[Command::Lists]),
    ("a new working list", &[Command::Lists, Command::NewList]),
    ("the settings", &[Command::Settings]),
    ("the help", &[Command::Help]),
    ("the palette", &[Command::Palette]),
    ("what can be exported", &[Command::Export]),
    ("a form", &[Command::Training]),
    ("units to place", &[Command::VisitToday, Command::AssignUnit]),
];

/// Moving stops at both ends without a word.
fn moves(command: Command) -> bool {
    use Command::{Down, End, Home, Left, PageDown, PageUp, Right, Up};
    matches!(command, Up | Down | PageUp | PageDown | Home | End | Left | Right)
}

fn at(path: &[Command]) -> Seat {
    let mut seat = Seat::new();
    path.iter().for_each(|command| drop(seat.press(*command)));
    seat
}

/// The cells, with their looks.
fn drawn(seat: &mut Seat) -> Buffer {
    let mut buf = Buffer::empty(Rect::new(0, 0, 120, 40));
    screen::draw(&mut seat.app, &mut buf, Look::new(false, true), &NoKeys);
    buf
}

#[test]
fn every_command_does_something_or_says_why_not() {
    let mut silent = Vec::new();
    for (place, path) in PLACES {
        let context = at(path).app.context();
        for row in COMMANDS.iter().filter(|row| row.command.applies(context) && !moves(row.command)) {
            let mut seat = at(path);
            seat.app.desk.message = None;
            let (before, refusal) = (drawn(&mut seat), seat.app.refusal(row.command));
            let effects = seat.press(row.command);
            match refusal {
                Some(why) => assert_eq!((seat.says(), effects.len()), (why, 0), "{place}: {}", row.id),
                None if effects.is_empty() && drawn(&mut seat) == before => {
                    silent.push(format!("{place}: {}", row.id));
                }
                None => {}
            }
        }
    }
    assert!(silent.is_empty(), "these do nothing and say nothing:\n{}", silent.join("\n"));
}

#[test]
fn refusals_are_one_sentence_that_fits_the_message_line() {
    for (place, path) in PLACES {
        let seat = at(path);
        for row in COMMANDS {
            let Some(why) = seat.app.refusal(row.command) else { continue };
            let cols = unicode_width::UnicodeWidthStr::width(&*why);
            assert!((4..=76).contains(&cols), "{place}: {}: {why}", row.id);
            assert!(!why.contains('\n') && !why.contains('{'), "{place}: {}: {why}", row.id);
        }
    }
}

#[test]
fn the_reason_names_what_to_do_first() {
    let says = |path: &[Command], command| {
        let mut seat = at(path);
        seat.press(command);
        seat.says()
    };
    assert_eq!(says(&[Command::Tab6], Command::VisitForm), "先把光标移到一家企业上");
    assert_eq!(says(&[Command::NextFocus], Command::Done), "先在右边把光标移到一条职责上");
    assert_eq!(says(&[Command::NextFocus, Command::Home], Command::Plan), "先在左边选一个乡镇（街道）或开发区");
    assert_eq!(says(&[], Command::SaveForm), "「保存」只在表单里用得上");
    assert_eq!(says(&[], Command::Tab9), "没有第 9 个页签");
    assert_eq!(says(&[Command::History], Command::Training), "这里用不上「记培训」");
}

#[test]
fn an_unsaved_form_is_not_left_by_the_key_that_quits() {
    let mut seat = at(&[Command::VisitToday, Command::VisitForm, Command::NextFocus]);
    assert_eq!(seat.app.refusal(Command::Quit), None, "nothing was typed yet");
    seat.type_text("账");
    seat.press(Command::Help);
    assert!(seat.press(Command::Quit).is_empty(), "not through the help either");
    assert!(seat.says().starts_with("表单还没有保存"), "{}", seat.says());
}

#[test]
fn no_hint_is_shown_for_what_cannot_run() {
    struct Ids;
    impl Keys for Ids {
        fn labels(&self, _: Context, command: Command) -> Vec<String> {
            vec![format!("<{}>", command.row().id)]
        }
    }
    for (place, path) in PLACES {
        let mut seat = at(path);
        let mut buf = Buffer::empty(Rect::new(0, 0, 240, 40));
        screen::draw(&mut seat.app, &mut buf, Look::new(false, true), &Ids);
        let text: String = buf.content.iter().map(|cell| cell.symbol()).collect();
        for row in COMMANDS {
            let is_hinted = text.contains(&format!("<{}>", row.id));
            let refusal = seat.app.refusal(row.command).filter(|_| row.command.applies(seat.app.context()));
            assert!(!is_hinted || refusal.is_none(), "{place}: {} is hinted, but {refusal:?}", row.id);
        }
    }
}
