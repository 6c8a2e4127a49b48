//! Keys: whole however the line delivers them (rule 1), full-width ones too (rule 5), and none that people lack (rule 6).
use std::time::Duration;

use wangge::{
    app::{COMMANDS, Command, Context, Keys},
    term::Keymap,
};

use super::demo;
use crate::pty::{Frame, Home, Terminal};

/// Rule 1: a lone Esc acts within this.
const ESC_ACTS: Duration = Duration::from_millis(150);
/// Rule 1: between ESC and the rest of a key that a slow line cuts in two.
const GAP: Duration = Duration::from_millis(50);

/// The row of the list that the cursor stands on.
fn row(frame: &Frame) -> Option<usize> {
    frame.lines().iter().position(|line| line.contains("| >"))
}

#[test]
fn rule_01_esc_and_50_ms_later_the_rest_is_one_key_and_nothing_else() {
    let home = Home::new();
    let mut term = demo(&home, &[]);
    term.keys("2 <Home> <Down>*2");
    let down = term.frame();
    let at = row(&down).expect("a row under the cursor");
    term.send(b"\x1b");
    assert!(!term.hears_within(GAP), "ESC alone did something before its time");
    term.send(b"[A");
    let up = term.wait("the row above", |frame| row(frame) == Some(at - 1));
    // As `Down` leaves it: no other month, no question, no screen closed.
    term.keys("<Down>");
    assert_eq!(term.frame().lines(), down.lines());
    term.keys("<Up>");
    assert_eq!(term.frame().lines(), up.lines());
    // In a text field nothing is typed, and the field stays open.
    term.keys("/ 兰溪");
    term.send(b"\x1b");
    assert!(!term.hears_within(GAP));
    term.send(b"[D");
    term.wait("the cursor before 溪", |frame| super::cursor_after(frame, "查找 ") == Some(2));
}

#[test]
fn rule_01_a_lone_esc_acts_within_150_ms() {
    let home = Home::new();
    let mut term = demo(&home, &[]);
    // The least of a few: a busy machine may keep the desk waiting, the desk itself never waits longer.
    let times = (0..5).map(|_| {
        term.keys("?");
        let mark = term.mark();
        term.keys("<Esc>");
        assert!(!term.frame().shows("关闭"), "{}", term.frame());
        term.tally(mark).settled
    });
    let least = times.min().expect("some");
    assert!(least > Duration::ZERO && least <= ESC_ACTS, "{least:?}");
}

#[test]
fn rule_05_full_width_keys_work_as_their_ascii_ones_outside_text_fields() {
    let homes = [Home::new(), Home::new()];
    let [mut ascii, mut full] = [&homes[0], &homes[1]].map(|home| demo(home, &[]));
    let pairs = ["/／", "/、", "[【", "]】", "[［", "jｊ", "2２", "TＴ", ".。", " \u{3000}", "bｂ", "?？"];
    for pair in pairs {
        let (plain, wide) = pair.split_at(1);
        let press = |term: &mut Terminal, key: &str| {
            let before = term.frame().lines();
            term.send(key.as_bytes());
            term.wait(&format!("{key} to do something"), |frame| frame.lines() != before);
            term.settle(GAP);
            term.frame().lines()
        };
        assert_eq!(press(&mut full, wide), press(&mut ascii, plain), "{wide} and {plain}");
        for term in [&mut ascii, &mut full] {
            term.keys("<Esc>*2 t 1 <Home>");
        }
    }
}

#[test]
fn rule_05_a_hanzi_outside_text_fields_says_to_switch_the_input_method() {
    let home = Home::new();
    let mut term = demo(&home, &[]);
    for keys in ["", "2", "b", "l"] {
        term.keys(keys);
        term.keys("兰");
        term.wait_for("请切换到英文输入");
        term.keys("<Esc>");
    }
    // In a field it is text.
    term.keys("1 / 兰");
    let frame = term.wait_for("查找 兰");
    assert!(!frame.shows("请切换到英文输入"), "{frame}");
}

/// Whether every keyboard has these keys, and every client and tmux pass them on: no Alt, no Ctrl, no Shift but with Tab
/// and with letters, none of the block of six.
fn is_plain(label: &str) -> bool {
    let known = |key: &str| !["Home", "End", "PgUp", "PgDn", "Ins", "Del", "F11", "F12"].contains(&key);
    let held =
        |key: &str| key.contains("Ctrl-") || key.contains("Alt-") || key.contains("Shift-") && key != "Shift-Tab";
    label.split(' ').all(|key| known(key) && !held(key))
}

#[test]
fn rule_06_everything_is_reached_with_letters_arrows_enter_esc_tab_and_function_keys() {
    let mut missing = Vec::new();
    for name in Keymap::NAMES {
        let keymap = Keymap::builtin(name).expect("it comes with the program");
        for (row, context) in COMMANDS.iter().flat_map(|row| Context::ALL.map(|context| (row, context))) {
            let labels = keymap.labels(context, row.command);
            // What these do, the arrows do as well.
            let by_arrows = matches!(row.command, Command::PageUp | Command::PageDown | Command::Home | Command::End);
            if !labels.is_empty() && !by_arrows && !labels.iter().any(|label| is_plain(label)) {
                missing.push(format!("{name}, {}: {} only by {}", context.id(), row.id, labels.join(", ")));
            }
        }
    }
    assert!(missing.is_empty(), "no plain key leads to\n{}", missing.join("\n"));
}

#[test]
fn rule_06_function_keys_arrive_in_all_the_forms_that_clients_send() {
    let home = Home::new();
    let mut term = demo(&home, &[]);
    let home_frame = term.frame().lines();
    for help in [&b"\x1bOP"[..], b"\x1b[11~", b"\x1b[[A"] {
        term.send(help);
        term.wait("the help", |frame| frame.lines() != home_frame);
        term.keys("<Esc>");
        term.wait("the desk", |frame| frame.lines() == home_frame);
    }
    term.send(b"\x1b[21~");
    assert_eq!(term.wait_exit().code, 0);
}
