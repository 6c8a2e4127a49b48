//! One store for several: windows of one user, a server for many, and clients that do not keep to the rules.
#![allow(clippy::expect_used, clippy::unwrap_used)]
#![allow(clippy::disallowed_methods, reason = "deadlines of waits on real processes are measured with a real clock")]
mod ended;
mod faults;
mod hostile;
pub mod house;
mod resend;
mod rights;
mod served;
mod windows;
mod windows_of_laptop;

use std::time::Duration;

use rustix::process::Signal;

use crate::pty::{Exit, Frame, Home, Launch, Terminal};

/// Far beyond what a loaded machine needs.
const PATIENCE: Duration = Duration::from_secs(30);

/// The sample roster of the repository.
const ROSTER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/data/roster/sample.csv");

/// What a command says; it must succeed.
#[track_caller]
fn run(home: &Home, args: &[&str]) -> String {
    let output = home.wangge(args).command().output().expect("wangge runs");
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "wangge {} failed: {said}", args.join(" "));
    String::from_utf8(output.stdout).expect("UTF-8")
}

/// A home with a store `store` that has the enterprises of the sample roster.
fn own_store() -> Home {
    let home = Home::new();
    run(&home, &["init", "--pack", "lanxi", "--store", "store"]);
    run(&home, &["import", ROSTER, "--store", "store"]);
    home
}

/// A desk in the first grid of the first township, at rest.
fn desk_in_grid(launch: &Launch) -> Terminal {
    let mut term = launch.start();
    term.wait_for("下级");
    term.keys("<Left> <Down>*2 <Enter> <Down> <Enter>");
    term.wait_for("建议走访");
    term
}

/// The suggestion that the cursor is on.
fn chosen(frame: &Frame) -> Option<String> {
    let lines = frame.lines();
    lines.iter().find_map(|line| Some(line.split_once("> ☐")?.1.trim().to_owned()))
}

/// The suggestions on the screen.
fn suggestions(frame: &Frame) -> Vec<String> {
    let lines = frame.lines();
    lines.iter().filter_map(|line| Some(line.split_once("☐")?.1.trim().to_owned())).collect()
}

/// How many facts of a kind the store holds.
fn count(home: &Home, kind: &str) -> usize {
    run(home, &["log", "--json", "--store", "store"]).matches(&format!("\"kind\":\"{kind}\"")).count()
}

#[track_caller]
fn quit(mut term: Terminal) {
    term.keys("q");
    assert_eq!(term.wait_exit(), Exit { code: 0, signal: None });
    assert_eq!(term.left_behind(), Vec::<String>::new());
}
