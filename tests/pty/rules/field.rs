//! Text fields: deleting (rule 4), the hardware cursor (rule 7), one Esc (rule 3), pastes (rule 2).
use std::time::Duration;

use super::{cursor_after, demo, own_desk, own_store, run};
use crate::pty::Home;

/// Between the two parts of what a slow line split.
const GAP: Duration = Duration::from_millis(50);

#[test]
fn rule_04_backspace_over_a_hanzi_deletes_one_character_and_two_cells_with_0x7f_and_0x08() {
    let home = Home::new();
    let mut term = demo(&home, &[]);
    for (open, label) in [("/", "查找 "), ("x", "主题    "), ("e", "发现问题  ")] {
        // The visit form begins at its topics, three fields above the problem.
        term.keys(if open == "e" { "<Esc> 2 <End> e <Down>*2" } else { open });
        for byte in [b"\x7f", b"\x08"] {
            term.keys("查兰");
            term.wait(&format!("the cursor behind 查兰 ({label})"), |frame| cursor_after(frame, label) == Some(4));
            term.send(byte);
            let frame = term.wait("the cursor two cells to the left", |frame| cursor_after(frame, label) == Some(2));
            assert!(frame.shows(&format!("{label}查")) && !frame.shows("查兰"), "{byte:?} in {label}:\n{frame}");
            term.send(byte);
            term.wait("an empty field", |frame| cursor_after(frame, label) == Some(0));
        }
        term.keys(if open == "/" { "<Esc>" } else { "<Esc> <Enter>" });
    }
}

#[test]
fn rule_07_the_cursor_stands_in_the_focused_field_also_after_redraws_and_is_hidden_elsewhere() {
    let home = Home::new();
    let mut term = demo(&home, &[]);
    assert_eq!(term.frame().cursor(), None, "no field has the focus");
    // The list below the filter is drawn anew with every key.
    term.keys("/ 兰溪a");
    term.wait("the cursor behind 兰溪a", |frame| cursor_after(frame, "查找 ") == Some(5));
    term.keys("<Left>");
    term.wait("the cursor before a", |frame| cursor_after(frame, "查找 ") == Some(4));
    term.keys("<Left>");
    term.wait("the cursor before 溪", |frame| cursor_after(frame, "查找 ") == Some(2));
    term.keys("<End> <C-l>");
    term.wait("the cursor at the end, after a full repaint", |frame| cursor_after(frame, "查找 ") == Some(5));
    term.resize(100, 30);
    term.wait("the cursor in the field, at another size", |frame| {
        frame.lines().len() == 30 && cursor_after(frame, "查找 ") == Some(5)
    });
    term.keys("<Esc>");
    term.wait("no cursor", |frame| frame.cursor().is_none());

    term.keys("x 统计法");
    term.wait("the cursor in the topic", |frame| cursor_after(frame, "主题    ") == Some(6));
    term.keys("<S-Tab>");
    term.wait("the cursor behind the date", |frame| cursor_after(frame, "日期    2026-11-23") == Some(0));
    term.keys("<Tab>*4");
    term.wait("the cursor where a name is looked for", |frame| cursor_after(frame, "找人 ") == Some(0));
    term.keys("<Tab>");
    term.wait("no cursor on the button", |frame| frame.cursor().is_none());
    term.keys("<S-Tab>*2 讲解");
    let at_note = |frame: &crate::pty::Frame| cursor_after(frame, "备注    ");
    term.wait("the cursor in the note", |frame| at_note(frame) == Some(4));
    // What is asked over the form has no field; back in the form the cursor is where it was.
    term.keys("<Esc>");
    term.wait("no cursor in the question", |frame| frame.shows("还没有保存") && frame.cursor().is_none());
    term.keys("<Esc>");
    term.wait("the cursor back in the note", |frame| at_note(frame) == Some(4));
}

#[test]
fn rule_03_one_esc_never_discards_what_was_typed_and_a_form_is_recorded_once() {
    let home = Home::new();
    own_store(&home);
    let mut term = own_desk(&home);
    term.keys("<Left> <Down>*2 <Enter> <Down> <Enter> x 一次 <Esc>");
    term.wait_for("还没有保存");
    term.keys("<Esc>");
    term.wait("the form as it was", |frame| cursor_after(frame, "主题    ") == Some(4));
    // Two keys in one write: the second comes before the first is answered.
    term.send(b"\x1bOQ\x1bOQ");
    term.wait_for("已记 一次");
    term.keys("q");
    assert_eq!(term.wait_exit().code, 0);
    let sessions = run(&home, &["log", "--json", "--store", "store"]).matches("\"一次\"").count();
    assert_eq!(sessions, 1);
}

#[test]
fn rule_02_a_paste_of_lines_into_one_line_gives_blanks_and_submits_nothing() {
    let home = Home::new();
    let mut term = demo(&home, &[]);
    term.keys("x");
    term.wait_for("主题");
    term.send("\x1b[200~第一行\r\n第二行\n\x1b[201~".as_bytes());
    let frame = term.wait_for("第一行 第二行");
    assert!(frame.shows("记培训") && !frame.shows("已记"), "{frame}");
}

#[test]
fn rule_02_a_paste_that_is_split_after_its_esc_is_one_paste() {
    let home = Home::new();
    let mut term = demo(&home, &[]);
    term.keys("x 前");
    term.send(b"\x1b");
    assert!(!term.hears_within(GAP), "ESC alone did something before its time");
    term.send("[200~第一行\n第".as_bytes());
    term.send("二行\x1b".as_bytes());
    term.send(b"[201~");
    let frame = term.wait_for("前第一行 第二行");
    assert!(frame.shows("记培训") && !frame.shows("还没有保存") && !frame.shows("已记"), "{frame}");
    // What is typed next is typed.
    term.keys("后");
    term.wait_for("前第一行 第二行后");
}

#[test]
fn rule_02_a_burst_without_brackets_presses_no_enter() {
    let home = Home::new();
    let mut term = demo(&home, &[]);
    term.keys("x");
    term.wait_for("主题");
    // In the topic, Enter would go on to the hours, and what follows would be typed there.
    term.send("第一行\r\n第二行\r".as_bytes());
    term.wait_for("第一行 第二行");
    term.keys("后");
    let frame = term.wait("the cursor in the topic", |frame| cursor_after(frame, "第一行 第二行 后") == Some(0));
    assert!(frame.shows("记培训") && !frame.shows("已记"), "{frame}");
}
