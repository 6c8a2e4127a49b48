//! The command line as scripts and people use it: what it prints, what it says, how it ends.
#![allow(clippy::expect_used, clippy::unwrap_used)]
mod access;
mod assess;
mod audit;
mod brief;
mod check;
mod due;
mod english;
mod forms;
mod grid;
mod handover;
mod import;
mod keys;
mod language;
mod laptop;
mod list;
mod overview;
mod plan;
mod record;
mod set_back;
mod settings;
mod shell;
mod speak;
mod sticks;
mod store;
mod sync;
mod tables;
mod unsynced;

use serde_json::Value;

use crate::pty::Home;

/// The sample roster of the repository.
const ROSTER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/data/roster/sample.csv");

/// What a command said, and how it ended.
#[derive(Debug)]
struct Said {
    code: i32,
    out: String,
    err: String,
}

/// Runs `wangge` on `store` in this home.
fn wangge(home: &Home, args: &[&str]) -> Said {
    let args = [args, &["--store", "store"]].concat();
    let output = home.wangge(&args).command().output().expect("wangge runs");
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("UTF-8");
    Said { code: output.status.code().expect("no signal"), out: text(output.stdout), err: text(output.stderr) }
}

/// What a command prints that does what it is asked, without a word on standard error.
#[track_caller]
fn done(home: &Home, args: &[&str]) -> String {
    let said = wangge(home, args);
    assert_eq!((said.code, said.err.as_str()), (0, ""), "{args:?}");
    said.out
}

/// The sentence of a command that refuses or fails: status 1, nothing on standard output.
#[track_caller]
fn refused(home: &Home, args: &[&str]) -> String {
    let said = wangge(home, args);
    assert_eq!((said.code, said.out.as_str()), (1, ""), "{args:?}: {}", said.err);
    said.err.trim_end().to_owned()
}

/// The sentence of a command that is used wrongly: status 2, nothing on standard output.
#[track_caller]
fn misused(home: &Home, args: &[&str]) -> String {
    let said = wangge(home, args);
    assert_eq!((said.code, said.out.as_str()), (2, ""), "{args:?}: {}", said.err);
    said.err.trim_end().to_owned()
}

/// A store with the pack's tree and villages.
fn with_tree() -> Home {
    let home = Home::new();
    done(&home, &["init", "--pack", "lanxi"]);
    home
}

/// A store with the enterprises of the sample roster as well.
fn with_roster() -> Home {
    let home = with_tree();
    done(&home, &["import", ROSTER]);
    home
}

/// The facts of the store, one object each.
fn log(home: &Home) -> Vec<Value> {
    done(home, &["log", "--json"]).lines().map(|line| serde_json::from_str(line).expect("JSON")).collect()
}

/// The row of `due` about a duty of a grid.
fn row(home: &Home, grid: &str, duty: &str, more: &[&str]) -> Value {
    let rows = done(home, &[&["due", "--json", "--at", grid], more].concat());
    let rows = rows.lines().map(|line| serde_json::from_str::<Value>(line).expect("JSON"));
    let mut rows: Vec<Value> = rows.filter(|row| row["duty"] == duty).collect();
    assert_eq!(rows.len(), 1, "{rows:?}");
    rows.remove(0)
}
