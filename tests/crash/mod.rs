//! Kill -9 at random moments: what was shown as saved is there afterwards.
//!
//! Some rounds in the test command; `sh tests/crash/kill9.sh` is the full run, 200 rounds of commands and 200 of the desk;
//! `SEED=n` plays a run again, as far as the machine's own timing allows. Every round adds to one store, so that a round
//! also opens what all rounds before it left.
#![allow(clippy::expect_used, clippy::unwrap_used)]
#![allow(clippy::disallowed_methods, reason = "the moment of the kill is one of the real clock")]
mod commands;
mod desk;
mod dice;
mod drafts;
mod store;

pub use dice::Dice;

use std::io::Write;

/// How many rounds to play: `LOOPS`, or `few` in the test command.
fn rounds(few: u64) -> u64 {
    std::env::var("LOOPS").map_or(few, |n| n.parse().expect("LOOPS is a number"))
}

/// Tells the counts on every run, also where the test harness keeps output to itself (hence not `println!`).
pub fn tell(counts: &str) {
    writeln!(std::io::stderr(), "{counts}").expect("stderr");
}
