//! What others have written does not speak to the terminal of whoever reads it.
use wangge::{
    grid::fact::{Body, Draft},
    run::{Book, Clock, Files},
};

use super::{done, with_roster};

/// Clears the screen, fills the clipboard, and begins a sequence in one byte, as a changed program on a laptop could write
/// it into the name of an enterprise.
const CRAFTED: &str = "坏\u{1b}[2J\u{1b}]52;c;eA==\u{7}\u{9b}31m名";

#[test]
fn names_of_others_steer_no_terminal_and_reach_a_script_as_they_are() {
    let home = with_roster();
    let clock = Clock::fixed("2026-11-23T10:00:00+08:00").unwrap();
    let mut book = Book::open(&home.path().join("store"), &Files::of_user(), clock).unwrap();
    let (_, row) = book.state.org().units().next().unwrap();
    let (mut record, subject) = (row.record.clone(), Some(row.id.clone()));
    let occurred = book.state.local_day(clock.now_ms());
    record.name = CRAFTED.to_owned();
    let (by, at, replaces, reason, effort) = (None, None, None, None, None);
    let body = Body::Unit(record);
    book.append(&[Draft { occurred, by, at, subject, replaces, reason, effort, body }], clock.now_ms()).unwrap();
    book.close().unwrap();
    for args in [&["log"][..], &["log", "--json"]] {
        let args = [args, &["--store", "store"]].concat();
        let mut term = home.wangge(&args).size(200, 50).start();
        let before = term.mark();
        assert_eq!(term.wait_exit().code, 0, "{args:?}");
        let bytes = String::from_utf8_lossy(term.since(before)).into_owned();
        assert!(!bytes.contains(['\u{1b}', '\u{7}', '\u{9b}']), "{args:?}: {bytes:?}");
    }
    assert!(done(&home, &["log"]).contains(CRAFTED), "a file gets what was written");
}
