//! The palette and the help over the desk.
use std::rc::Rc;

use wangge::term::Keymap;

use super::*;

/// A desk with the keys of the default keymap.
fn with_keys() -> Seat {
    let mut seat = Seat::new();
    seat.app.set_keys(Rc::new(Keymap::builtin("default").expect("it is embedded")));
    seat
}

/// What is shown; cells of wide characters are followed by a blank one.
fn shown(seat: &mut Seat) -> String {
    seat.screen(80, 24).replace(' ', "")
}

#[test]
fn what_is_chosen_runs_on_the_screen_below() {
    let mut seat = with_keys();
    seat.press(Command::Palette);
    assert!(shown(&mut seat).contains("-命令-"), "{}", shown(&mut seat));
    seat.type_text("sjb");
    assert!(shown(&mut seat).contains(">时间表T"), "{}", shown(&mut seat));
    seat.press(Command::Open);
    let after = shown(&mut seat);
    assert!(!after.contains("-命令-") && after.contains("时间表"), "{after}");
    seat.press(Command::Back);
    // A key finds what it does, and what is found runs as if the key had been pressed.
    seat.press(Command::Palette);
    seat.type_text("]");
    seat.press(Command::Open);
    assert!(shown(&mut seat).contains("2026年12月"), "{}", shown(&mut seat));
}

#[test]
fn what_cannot_run_says_why_and_the_palette_stays() {
    let mut seat = with_keys();
    seat.press(Command::Palette);
    seat.type_text("chexiao");
    assert!(seat.press(Command::Open).is_empty());
    assert!(seat.says().starts_with("这次打开以后还没有记过什么"), "{}", seat.says());
    assert!(shown(&mut seat).contains("-命令-"));
    seat.press(Command::Back);
    assert!(!shown(&mut seat).contains("-命令-"));
}

#[test]
fn a_form_that_is_saved_below_the_help_closes_there_and_the_help_stays() {
    let mut seat = with_keys();
    seat.press(Command::VisitToday);
    seat.press(Command::VisitForm);
    let effects = seat.press(Command::SaveForm);
    // The disk is slower than the hand.
    seat.press(Command::Help);
    let facts = seat.seal(&effects);
    let effects = seat.app.saved(Ok(facts));
    assert!(effects.iter().any(|effect| matches!(effect, Effect::DropDraft(_))));
    assert!(shown(&mut seat).contains("-帮助"), "{}", shown(&mut seat));
    seat.press(Command::Back);
    let desk = shown(&mut seat);
    assert!(!desk.contains("写走访----") && desk.contains("[职责]"), "{desk}");
}

#[test]
fn the_help_lists_what_works_now_first_and_finds_what_a_key_does() {
    let mut seat = with_keys();
    seat.press(Command::Help);
    let lines = shown(&mut seat);
    let place = |what: &str| lines.find(what).unwrap_or(usize::MAX);
    assert!(place("案头：现在能用") < place("空格"), "{lines}");
    assert!(!lines.contains("F8"), "what can't run does not stand among what can: {lines}");
    for (key, does) in [("f3", "查找"), ("f5", "刷新"), ("ctrl-l", "重画"), ("f10", "退出")] {
        seat.app.event(Event::Text(key.parse().expect("a key")));
        let found = shown(&mut seat);
        assert!(found.contains(does) && found.contains("1-1/1"), "{key}: {found}");
    }
    seat.press(Command::Back);
    assert!(shown(&mut seat).contains("案头：现在能用"), "one step back is the whole list");
    seat.type_text("cxx");
    assert!(shown(&mut seat).contains("没有这样的命令"));
    seat.press(Command::Back);
    seat.press(Command::Back);
    assert!(shown(&mut seat).contains("[职责]"));
}
