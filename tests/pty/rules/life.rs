//! The end of a desk, however it comes: nothing is lost (rule 20), and the terminal is as it was (rule 21).
use std::{
    fs,
    path::Path,
    time::{Duration, Instant},
};

use rustix::process::Signal;

use super::{own_desk, own_store, run};
use crate::pty::{Exit, Home, Terminal};

/// Rule 20: gone within this.
const SOON: Duration = Duration::from_secs(2);

/// A desk on a store of its own with a training session half typed in.
fn half_typed(home: &Home, mut term: Terminal) -> Terminal {
    term.keys("<Left> <Down>*2 <Enter> <Down> <Enter>");
    term.wait_for("建议走访");
    // One visit is recorded, so that there is something to lose beside the draft.
    term.keys("space*2");
    term.wait_for("已记");
    term.keys("x 一套表填报要点");
    term.wait_for("一套表填报要点");
    assert!(home.path().join("store").is_dir());
    term
}

/// What must hold after the end: a sound store that is free, the visit in it, and a desk that offers the draft.
fn nothing_is_lost(home: &Home) {
    let said = run(home, &["verify", "--store", "store"]);
    assert!(said.contains("日志完好") && !said.contains("没有写完"), "{said}");
    assert_eq!(kinds(home, "visit"), 1);
    let mut term = home.wangge(&["--store", "store"]).start();
    let frame = term.wait_for("上次没有保存");
    assert!(frame.shows("记培训") && frame.shows("一套表填报要点"), "{frame}");
    term.keys("<Enter> <F2>");
    term.wait_for("已记 一套表填报要点");
    term.keys("q");
    assert_eq!(term.wait_exit(), Exit { code: 0, signal: None });
    assert_eq!(kinds(home, "session"), 1);
    // What is recorded is no draft any more.
    let mut term = own_desk(home);
    assert!(!term.frame().shows("一套表填报要点"));
    term.keys("q");
    term.wait_exit();
}

fn kinds(home: &Home, kind: &str) -> usize {
    run(home, &["log", "--json", "--store", "store"]).matches(&format!("\"kind\":\"{kind}\"")).count()
}

#[test]
fn rule_20_a_hang_up_keeps_the_draft_closes_the_store_and_ends_within_two_seconds() {
    let home = Home::new();
    own_store(&home);
    let desk = own_desk(&home);
    let mut term = half_typed(&home, desk);
    let start = Instant::now();
    term.hang_up();
    term.wait_exit();
    assert!(start.elapsed() < SOON, "took {:?}", start.elapsed());
    nothing_is_lost(&home);
}

#[test]
fn rule_20_the_end_of_input_without_a_signal_does_the_same() {
    let home = Home::new();
    own_store(&home);
    // In a session of its own the terminal controls nobody: the line drops, and no SIGHUP comes.
    let wangge = env!("CARGO_BIN_EXE_wangge");
    let desk = home.program(Path::new("/usr/bin/setsid"), &["--wait", wangge, "--store", "store"]).start();
    let mut term = desk;
    term.wait_for("下级");
    let mut term = half_typed(&home, term);
    let pid = holder(&home);
    let start = Instant::now();
    term.hang_up();
    while Path::new(&format!("/proc/{pid}/stat")).exists() && !is_zombie(pid) {
        assert!(start.elapsed() < SOON, "still there after {:?}", start.elapsed());
        std::thread::yield_now();
    }
    nothing_is_lost(&home);
}

/// The process that holds the store.
fn holder(home: &Home) -> i32 {
    let lock = fs::read_to_string(home.path().join("store/lock")).expect("the lock");
    let pid = lock.lines().find_map(|line| line.strip_prefix("pid ")).expect("a pid");
    pid.parse().expect("a number")
}

/// Whether the process has ended and only waits to be asked about.
fn is_zombie(pid: i32) -> bool {
    fs::read_to_string(format!("/proc/{pid}/stat")).is_ok_and(|stat| stat.contains(") Z "))
}

#[test]
fn rule_20_and_21_sigterm_keeps_the_draft_and_restores_the_terminal() {
    let home = Home::new();
    own_store(&home);
    let desk = own_desk(&home);
    let mut term = half_typed(&home, desk);
    let start = Instant::now();
    term.signal(Signal::TERM);
    assert_eq!(term.wait_exit(), Exit { code: 0, signal: None });
    assert!(start.elapsed() < SOON, "took {:?}", start.elapsed());
    assert_eq!(term.left_behind(), Vec::<String>::new());
    nothing_is_lost(&home);
}

#[test]
fn rule_21_every_way_out_restores_the_terminal() {
    let home = Home::new();
    own_store(&home);
    // From the desk by key, after the help, from two screens deep, by SIGINT from outside. A panic is held against the guard itself, in
    // `src/term/guard/tests.rs`: no key leads to one.
    for keys in ["q", "<F10>", "? <Esc>*2 q", "b l <F10>"] {
        let mut term = own_desk(&home);
        assert_eq!(
            term.frame().left_switched_on(),
            ["the alternate screen", "a hidden cursor", "bracketed paste"],
            "on the desk"
        );
        term.keys(keys);
        assert_eq!(term.wait_exit(), Exit { code: 0, signal: None }, "{keys}");
        assert_eq!(term.left_behind(), Vec::<String>::new(), "{keys}");
    }
    let mut term = own_desk(&home);
    term.signal(Signal::INT);
    assert_eq!(term.wait_exit(), Exit { code: 0, signal: None });
    assert_eq!(term.left_behind(), Vec::<String>::new());
}

#[test]
fn rule_21_the_demo_leaves_no_folder_behind_however_it_ends() {
    for signal in [None, Some(Signal::TERM), Some(Signal::HUP)] {
        let home = Home::new();
        let mut term = super::demo(&home, &[]);
        let left = || fs::read_dir(home.path().join("tmp")).expect("the folder for temporary files").count();
        assert_eq!(left(), 1, "the demo's store");
        match signal {
            None => term.keys("q"),
            Some(signal) => term.signal(signal),
        }
        assert_eq!(term.wait_exit(), Exit { code: 0, signal: None });
        assert_eq!(left(), 0, "{signal:?}");
    }
}
