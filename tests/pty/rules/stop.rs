//! Stopping and going on (rule 22).
use std::path::Path;

use rustix::process::{Pid, Signal, kill_process};

use super::run;
use crate::pty::{Home, Terminal};

/// A desk that was started by hand from a shell with job control.
fn from_a_shell(home: &Home) -> Terminal {
    run(home, &["init", "--pack", "lanxi", "--store", "store"]);
    let mut term = home.program(Path::new("/bin/bash"), &["--norc", "--noprofile", "-i"]).env("PS1", "shell> ").start();
    term.answer_queries();
    term.wait_for("shell> ");
    term.send(format!("{} --store store\r", env!("CARGO_BIN_EXE_wangge")).as_bytes());
    term.wait_for("下级");
    term
}

/// The shell works as always: echoes, runs commands, shows the cursor.
#[track_caller]
fn shell_is_usable(term: &mut Terminal) {
    let frame = term.wait("the shell's screen", |frame| frame.shows("shell> ") && !frame.shows("下级"));
    // Bash asks for bracketed pastes itself.
    let left: Vec<_> = frame.left_switched_on().into_iter().filter(|what| *what != "bracketed paste").collect();
    assert_eq!(left, Vec::<&str>::new());
    term.send(b"echo $((6*7))-it-works\r");
    term.wait_for("42-it-works");
}

/// The desk goes on with all of its screen.
#[track_caller]
fn goes_on(term: &mut Terminal) {
    let mark = term.mark();
    term.send(b"fg\r");
    term.wait("the desk", |frame| {
        frame.shows("下级") && frame.lines()[23].contains("帮助") && !frame.shows("it-works")
    });
    assert!(String::from_utf8_lossy(term.since(mark)).contains("\x1b[2J"), "a full repaint");
}

#[test]
fn rule_22_ctrl_z_gives_the_shell_back_and_fg_draws_everything_again() {
    let home = Home::new();
    let mut term = from_a_shell(&home);
    for _ in 0..2 {
        term.keys("<C-z>");
        shell_is_usable(&mut term);
        goes_on(&mut term);
    }
    term.keys("q");
    shell_is_usable(&mut term);
}

#[test]
fn rule_22_a_stop_from_outside_leaves_the_screen_too() {
    let home = Home::new();
    let mut term = from_a_shell(&home);
    let lock = std::fs::read_to_string(home.path().join("store/lock")).expect("the lock");
    let pid = lock.lines().find_map(|line| line.strip_prefix("pid ")).and_then(|pid| pid.parse().ok()).expect("a pid");
    kill_process(Pid::from_raw(pid).expect("a pid"), Signal::TSTP).expect("the desk runs");
    shell_is_usable(&mut term);
    goes_on(&mut term);
    term.keys("q");
    shell_is_usable(&mut term);
}
