//! The generic form and its menu: keys in, effects and cells out.
use wangge::app::{Command, Effect, Key, Route};

use super::Seat;

/// The screen; behind a wide character stands no blank.
fn seen(seat: &mut Seat, cols: u16, rows: u16) -> String {
    let screen = seat.screen(cols, rows);
    let mut out = String::new();
    let mut chars = screen.chars().peekable();
    while let Some(c) = chars.next() {
        out.push(c);
        if unicode_width::UnicodeWidthChar::width(c) == Some(2) && chars.peek() == Some(&' ') {
            chars.next();
        }
    }
    out
}

fn keys(seat: &mut Seat, names: &str) {
    for name in names.split_whitespace() {
        let key: Key = name.parse().expect("a key");
        seat.app.event(wangge::app::Event::Text(key));
    }
}

/// A seat with the form open that the menu finds by these letters.
fn form(letters: &str) -> Seat {
    let mut seat = Seat::new();
    seat.press(Command::Record);
    assert!(seen(&mut seat, 80, 24).contains("记一笔"));
    seat.type_text(letters);
    seat.press(Command::Open);
    seat
}

#[test]
fn a_form_is_found_by_pinyin_filled_in_and_saved() {
    let mut seat = form("ywtw");
    assert!(seen(&mut seat, 80, 24).contains("记业务提问"));
    seat.press(Command::NextFocus);
    seat.type_text("产值怎么算");
    seat.press(Command::NextFocus);
    keys(&mut seat, "right right");
    let shown = seen(&mut seat, 80, 24);
    assert!(shown.contains("台账"), "{shown}");
    let effects = seat.press(Command::SaveForm);
    let facts = seat.seal(&effects);
    assert_eq!(facts.len(), 1);
    seat.app.saved(Ok(facts));
    assert!(seat.says().starts_with("已记 工业第1网格 业务提问 11-20"), "{}", seat.says());
    seat.press(Command::Tab7);
    let tasks = seen(&mut seat, 80, 24);
    assert!(tasks.contains("在办") && tasks.contains("业务提问 产值怎么算"), "{tasks}");
    // Enter leads to the form that answers it.
    seat.press(Command::Open);
    let answer = seen(&mut seat, 80, 24);
    assert!(answer.contains("记业务答复") && answer.contains("答复业务提问：产值怎么算"), "{answer}");
    seat.type_text("按加工费");
    let effects = seat.press(Command::SaveForm);
    let facts = seat.seal(&effects);
    seat.app.saved(Ok(facts));
    assert!(seen(&mut seat, 80, 24).contains("没有在办的任务"), "{}", seen(&mut seat, 80, 24));
}

#[test]
fn what_is_wrong_is_told_beside_the_field_once_the_cursor_was_there() {
    let mut seat = form("jfzc");
    assert!(seen(&mut seat, 80, 24).contains("必填，例如 1280.50"));
    seat.type_text("一千");
    assert!(!seen(&mut seat, 80, 24).contains("应为金额"), "not while it is being typed");
    seat.press(Command::NextFocus);
    assert!(seen(&mut seat, 80, 24).contains("「金额」应为金额，单位是元"));
    assert!(seat.press(Command::SaveForm).iter().all(|effect| !matches!(effect, Effect::Append(_))));
    assert_eq!(seat.says(), "「金额」应为金额，单位是元，例如 1280.50");
    keys(&mut seat, "backspace backspace");
    seat.type_text("1280.5");
    let effects = seat.press(Command::SaveForm);
    assert!(effects.iter().any(|effect| matches!(effect, Effect::Append(_))));
    // Pressed twice, it is recorded once.
    assert!(seat.press(Command::SaveForm).is_empty());
}

#[test]
fn names_are_offered_and_taken() {
    let mut seat = form("yftj");
    assert!(seen(&mut seat, 80, 24).contains("记依法统计承诺"));
    seat.type_text("qy");
    let offered = seen(&mut seat, 80, 24);
    assert!(offered.contains("企业1 ") && offered.contains("企业5"), "{offered}");
    seat.press(Command::Down);
    seat.press(Command::Open);
    let taken = seen(&mut seat, 80, 24);
    assert!(taken.contains("> 企业           企业2") && !taken.contains("企业1 "), "{taken}");
    let effects = seat.press(Command::SaveForm);
    let facts = seat.seal(&effects);
    assert_eq!(facts[0].draft.subject.as_deref(), Some("E0002"));
}

#[test]
fn a_form_that_is_too_long_scrolls_with_the_cursor() {
    let mut seat = form("hy");
    for (cols, rows) in [(80, 24), (80, 16)] {
        let mut passed = String::new();
        for _ in 0..9 {
            let shown = seen(&mut seat, cols, rows);
            let here = shown.lines().find(|line| line.contains("| > ")).map(str::to_owned);
            passed.push_str(&here.unwrap_or_default());
            seat.press(Command::NextFocus);
        }
        for label in ["日期", "会议种类", "议题", "到会", "另有到会", "决议", "备注"] {
            assert!(passed.contains(label), "{label} at {cols}x{rows}:\n{passed}");
        }
    }
}

#[test]
fn a_draft_is_kept_and_taken_up_again() {
    let mut seat = form("hy");
    keys(&mut seat, "right right");
    seat.press(Command::NextFocus);
    let effects = seat.type_text("三季度");
    let kept = effects.into_iter().rev().find_map(|effect| match effect {
        Effect::KeepDraft(draft) => Some(draft),
        _ => None,
    });
    let draft = kept.expect("a draft");
    assert_eq!(draft.form, "meeting");
    let json = serde_json::to_string(&*draft).expect("JSON");
    let back: wangge::app::Draft = serde_json::from_str(&json).expect("a draft");
    let mut again = Seat::new();
    again.app.show(&Route::Resume(Box::new(back)));
    let shown = seen(&mut again, 80, 24);
    assert!(shown.contains("经济形势分析会") && shown.contains("三季度"), "{shown}");
    // What was typed is not given up without a question.
    again.press(Command::Back);
    assert!(seen(&mut again, 80, 24).contains("还没有保存"));
}
