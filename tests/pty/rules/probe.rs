//! How wide the terminal draws what clients disagree about, asked of the terminal (rule 9).
use std::time::Duration;

use super::{cursor_after, draw::show_disputed};
use crate::pty::{Frame, Home, Mark, Terminal};

/// The probe's three questions in what was sent.
const ASKED: [&str; 3] = ["│\x1b[6n", "中文\x1b[6n", "\x1b[c"];
/// What a client answers that draws ambiguous glyphs in one cell, in two, and one that reads GBK.
const NARROW: &[u8] = b"\x1b[2;2R\x1b[2;5R\x1b[?62;22c";
const WIDE: &[u8] = b"\x1b[2;3R\x1b[2;5R\x1b[?62;22c";
const GBK: &[u8] = b"\x1b[2;4R\x1b[2;7R\x1b[?6c";

fn start(home: &Home, args: &[&str]) -> Terminal {
    let args = [&["demo", "--units", "300"], args].concat();
    let mut term = home.wangge(&args).silent().start();
    // The questions are asked before the first frame, which waits for no answer.
    let mark = Mark::START;
    term.wait_for("建议走访");
    let text = String::from_utf8_lossy(term.since(mark)).into_owned();
    let asks = !args.iter().any(|arg| arg.starts_with("--ascii") || arg.starts_with("--width"));
    let places: Vec<_> = ASKED.iter().filter_map(|question| text.find(question)).collect();
    assert_eq!(places.len(), if asks { 3 } else { 0 }, "{text:?}");
    assert!(places.is_sorted());
    term
}

/// In which column of the topic's field the text behind the opening quotation mark stands.
fn measured(term: &mut Terminal) -> i32 {
    show_disputed(term);
    term.keys("<Home> <Right>");
    let at = |frame: &Frame| cursor_after(frame, "主题    ");
    term.wait("the cursor behind the quotation mark", |frame| at(frame).is_some_and(|at| at == 1 || at == 2));
    at(&term.frame()).expect("a cursor")
}

#[test]
fn rule_09_the_width_is_what_the_terminal_says_and_narrow_where_it_says_nothing() {
    for (answer, cells) in [(NARROW, 1), (WIDE, 2), (b"\x1b[?62c", 1), (b"", 1)] {
        let home = Home::new();
        let mut term = start(&home, &[]);
        term.send(answer);
        term.settle(Duration::from_millis(50));
        assert_eq!(measured(&mut term), cells, "{:?}", String::from_utf8_lossy(answer));
    }
}

#[test]
fn rule_09_arguments_win_over_the_configuration_and_that_over_the_probe() {
    let home = Home::new();
    let folder = home.path().join("config/wangge");
    std::fs::create_dir_all(&folder).expect("a folder");
    std::fs::write(folder.join("config.toml"), "width = \"wide\"\n").expect("a configuration");
    let asked = |term: &Terminal| String::from_utf8_lossy(term.since(Mark::START)).contains("\x1b[6n");
    for (args, cells) in
        [(&[][..], 2), (&["--width", "narrow"], 1), (&["--width=wide", "--ascii"], 2), (&["--ascii"], 1)]
    {
        let args = [&["demo", "--units", "300"], args].concat();
        let mut term = home.wangge(&args).silent().start();
        term.wait_for("建议走访");
        assert!(!asked(&term), "{args:?}");
        assert_eq!(measured(&mut term), cells, "{args:?}");
    }
}

#[test]
fn rule_09_late_and_split_answers_type_nothing() {
    let home = Home::new();
    let mut term = start(&home, &[]);
    term.keys("/");
    term.wait("an empty field", |frame| cursor_after(frame, "查找 ") == Some(0));
    let before = term.frame();
    for piece in [&b"\x1b"[..], b"[2;", b"3R\x1b[2", b";5", b"R\x1b[?62", b";22c", b"\x1b[0", b"n"] {
        term.send(piece);
        term.settle(Duration::from_millis(20));
    }
    assert_eq!(term.frame().lines(), before.lines(), "split");

    // Later than half a second nothing is taken for an answer any more.
    let home = Home::new();
    let mut term = start(&home, &[]);
    assert!(!term.hears_within(Duration::from_millis(510)));
    let before = term.frame();
    term.send(&[WIDE, b"\x1b[0n"].concat());
    term.settle(Duration::from_millis(60));
    assert_eq!(term.frame().lines(), before.lines(), "late");
    assert_eq!(measured(&mut term), 1);
}

#[test]
fn rule_09_a_client_that_does_not_read_utf_8_is_told_so_in_both_languages() {
    let home = Home::new();
    let mut term = start(&home, &[]);
    term.send(GBK);
    let exit = term.wait_exit();
    assert_eq!(exit.code, 1);
    assert_eq!(term.left_behind(), Vec::<String>::new());
    // As that client reads it.
    let said = encoding_rs::GBK.decode(term.since(Mark::START)).0.into_owned();
    let said = said.split("\x1b[?1049l").last().expect("what came after the desk");
    for word in ["字符编码", "UTF-8", "PuTTY", "Xshell", "6 格", "character encoding", "took 6"] {
        assert!(said.contains(word), "{word} in {said}");
    }
}
