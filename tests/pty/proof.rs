//! The harness itself, held against small programs whose behaviour is known.
use std::{path::Path, time::Duration};

use rustix::process::Signal;

use super::{Exit, Home, Launch, Style, keys, keys::Key};

fn sh(home: &Home, script: &str) -> Launch {
    home.program(Path::new("/bin/sh"), &["-c", script])
}

#[test]
fn wide_characters_stand_once_and_take_two_columns() {
    let home = Home::new();
    let mut term = sh(&home, r"printf 'a兰溪b\r\n\033[3;5H市 统计|'; read x").size(20, 4).start();
    let frame = term.wait_for("|");
    assert_eq!(frame.lines(), ["a兰溪b", "", "    市 统计|", ""]);
    assert_eq!(frame.find("b"), Some((0, 5)));
    assert_eq!(frame.find("统计"), Some((2, 7)));
    assert_eq!(frame.cursor(), Some((2, 12)));
}

#[test]
fn styles_and_a_hidden_cursor_are_seen() {
    let home = Home::new();
    let mut term = sh(&home, r"printf '\033[?25l\033[1;31m逾期\033[0m \033[7m选中\033[0m.'; read x").start();
    let frame = term.wait_for(".");
    let plain = frame.style_of(".").expect("the dot");
    assert_eq!(frame.style_of("逾期"), Some(Style { bold: true, fg: vt100::Color::Idx(1), ..plain }));
    assert_eq!(frame.style_of("选中"), Some(Style { reverse: true, ..plain }));
    assert_eq!(frame.cursor(), None);
}

#[test]
fn keys_arrive_as_they_are_written() {
    let home = Home::new();
    let mut term = sh(&home, "stty raw -echo; printf ready; exec od -An -v -tx1 -w1").start();
    term.wait_for("ready");
    term.keys("a 统 space <Down> <Enter> <C-l> <F2> <F10> <Esc>");
    let wanted = ["61", "e7", "bb", "9f", "20", "1b", "5b", "42", "0d", "0c", "1b", "4f", "51", "1b", "5b", "32"];
    term.wait("the bytes of the keys", |frame| {
        let text = frame.lines().join(" ").replace("ready", "");
        text.split_whitespace().collect::<Vec<_>>().windows(wanted.len()).any(|bytes| bytes == wanted)
    });
}

#[test]
fn keys_are_read_from_text() {
    let bytes = |text: &str| Key::Bytes(text.as_bytes().to_vec());
    let read = |text| keys::parse(text).expect("keys");
    assert_eq!(read("<Down>*2 j*2"), [Key::Cursor('B'), Key::Cursor('B'), bytes("j"), bytes("j")]);
    assert_eq!(
        read("space text:space"),
        ["", "s", "p", "a", "c", "e"].map(|t| bytes(if t.is_empty() { " " } else { t }))
    );
    assert_eq!(read("中文 *"), [bytes("中"), bytes("文"), bytes("*")]);
    assert_eq!(read("paste:两行 <Esc> <C-l>"), [bytes("\x1b[200~两行\x1b[201~"), Key::Escape, bytes("\x0c")]);
    assert_eq!(keys::parse("<Nosuch>"), Err("`<Nosuch>` is no key".into()));
    assert_eq!(keys::parse("<F13>"), Err("`<F13>` is no key".into()));
}

#[test]
fn cursor_keys_follow_the_mode_that_the_program_set() {
    let home = Home::new();
    let mut term = sh(&home, r"stty raw -echo; printf '\033[?1hready'; exec od -An -v -tx1 -w3").start();
    term.wait_for("ready");
    term.keys("<Up>");
    term.wait_for("1b 4f 41");
}

#[test]
fn the_end_of_a_program_and_what_it_left_behind_are_told() {
    let home = Home::new();
    let mut tidy =
        sh(&home, r"stty -echo; printf '\033[?1049h\033[?1049l'; stty echo; printf 'last words'; exit 3").start();
    assert_eq!(tidy.wait_exit(), Exit { code: 3, signal: None });
    assert!(tidy.frame().shows("last words"));
    assert_eq!(tidy.left_behind(), Vec::<String>::new());

    let mut untidy = sh(&home, r"stty raw; printf '\033[?1049h\033[?25l\033[?2004h\033[?1000h\033[7m'").start();
    assert_eq!(untidy.wait_exit().code, 0);
    let left = untidy.left_behind();
    assert_eq!(
        left[..5],
        ["the alternate screen", "a hidden cursor", "bracketed paste", "the mouse", "a colour or style"]
    );
    assert!(left[5].starts_with("line modes"), "{left:?}");

    let mut killed = sh(&home, "printf ready; read x").start();
    killed.wait_for("ready");
    killed.signal(Signal::KILL);
    assert_eq!(killed.wait_exit().signal.as_deref(), Some("Killed"));
}

#[test]
fn a_hang_up_reaches_the_program_and_types_nothing() {
    let home = Home::new();
    let script = "trap 'echo hup >>end; exit' HUP; printf ready; read x && echo typed >>end; echo over >>end";
    let mut term = sh(&home, script).start();
    term.wait_for("ready");
    term.hang_up();
    term.wait_exit();
    assert_eq!(std::fs::read_to_string(home.path().join("end")).expect("the trace"), "hup\n");
}

#[test]
fn a_new_size_reaches_the_program() {
    let home = Home::new();
    let mut term = sh(&home, "trap 'stty size' WINCH; printf ready; while :; do read x; done").start();
    term.wait_for("ready");
    term.resize(100, 30);
    term.wait_for("30 100");
}

#[test]
fn queries_are_answered_only_on_demand() {
    let home = Home::new();
    let script = r"stty raw -echo; printf 'ready\033[6n'; exec od -An -v -tx1 -w6";
    let mut silent = sh(&home, script).start();
    silent.wait_for("ready");
    silent.settle(Duration::from_millis(100));
    assert_eq!(silent.frame().lines()[0], "ready");

    let mut answering = sh(&home, script).start();
    answering.answer_queries();
    answering.wait_for("1b 5b 31 3b 36 52");
}

#[test]
fn a_home_is_empty_and_shut_off_from_the_surroundings() {
    let home = Home::new();
    let output = home.program(Path::new("/usr/bin/env"), &[]).command().output().expect("env runs");
    let text = String::from_utf8(output.stdout).expect("UTF-8");
    let home_path = home.path().display().to_string();
    assert!(text.contains(&format!("HOME={home_path}\n")) && text.contains("WANGGE_NOW=2026-11-23T09:00:00+08:00\n"));
    assert!(!text.contains("CARGO"), "{text}");
}

#[test]
fn bytes_since_a_mark_are_the_programs_own() {
    let home = Home::new();
    let mut term = sh(&home, "stty -echo; printf one; read x; printf two; read x").start();
    term.wait_for("one");
    let mark = term.mark();
    term.keys("<Enter>");
    term.wait_for("onetwo");
    assert_eq!(term.since(mark), b"two");
}

#[test]
fn a_wait_ends_with_the_program() {
    let home = Home::new();
    let mut term = sh(&home, "printf over").start();
    let frame = term.try_wait(|frame| frame.shows("never")).err().expect("it never shows");
    assert_eq!(frame.lines()[0], "over");
}

#[test]
fn the_built_binary_runs_and_leaves_the_terminal_as_it_was() {
    let mut term = Home::new().wangge(&["--version"]).start();
    assert_eq!(term.wait_exit(), Exit { code: 0, signal: None });
    assert_eq!(term.left_behind(), Vec::<String>::new());
}
