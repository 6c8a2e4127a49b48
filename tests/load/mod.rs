//! Many desks at once: how long they wait, what they cost, and how much the server takes in.
//!
//! Small numbers in the test command; `sh tests/load/full.sh` measures with 200 desks for a minute and with 1, 16 and 64
//! writers, built for release, and prints a table. `DESKS=n`, `SPAN=seconds` say other numbers.
#![allow(clippy::expect_used, clippy::unwrap_used)]
#![allow(clippy::disallowed_methods, reason = "what is measured is time")]
mod desks;
mod measure;
mod writers;

use std::time::Duration;

/// A number from the environment, or `few`.
fn number(name: &str, few: usize) -> usize {
    std::env::var(name).map_or(few, |n| n.parse().expect("a number"))
}

/// How long is measured: `SPAN` in seconds, or `few`.
fn span(few: usize) -> Duration {
    Duration::from_secs(number("SPAN", few) as u64)
}
