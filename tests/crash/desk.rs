//! The desk, ticking suggestions: what it has shown as recorded is there after kill -9.
use std::{
    collections::{BTreeMap, BTreeSet},
    time::{Duration, Instant},
};

use rustix::process::Signal;

use super::{dice::Dice, rounds, store::Store, tell};
use crate::pty::{Frame, Terminal};

/// At most so many ticks in a round: the smallest grid has 12 villages, and one long round a month.
const TICKS: usize = 10;

/// Longer than anything here takes.
const LONG: Duration = Duration::from_secs(60);

/// A visit by where it was, whom it was to, and on which day.
type Visit = (String, String, String);

/// What the rounds have seen.
#[derive(Debug, Default)]
struct Tally {
    /// Visits that the screen said were recorded.
    shown: BTreeSet<Visit>,
    /// Rounds in which the kill came before the first tick was shown as recorded.
    killed_before: u32,
    /// Rounds in which it came while ticking.
    killed_ticking: u32,
    /// Rounds in which every tick had been shown when it came.
    killed_after: u32,
}

#[test]
fn kill_9_of_the_desk_loses_no_tick_that_it_has_shown_as_recorded() {
    let rounds = rounds(30);
    let mut dice = Dice::from_env();
    let store = Store::with_villages();
    let leaders = store.appoint_leaders();
    let villages = store.villages_by_name();
    let mut tally = Tally::default();
    // How long opening and ticking take when nobody kills the desk: the first round says it.
    let (mut opening, mut ticking) = (LONG, LONG);
    let mut stored = 0;
    for n in 0..rounds {
        let turn = n as usize / 2;
        let (leader, grid) = &leaders[turn % leaders.len()];
        let day = day_of(turn / leaders.len());
        // The kill falls anywhere in the ticking, and in every other round anywhere in the opening.
        let share = dice.share() * 1.1;
        let (till_open, from_open) = match n {
            0 => (LONG, LONG),
            n if n % 2 == 0 => (LONG, ticking.mul_f64(share)),
            _ => (opening.mul_f64(share), Duration::ZERO),
        };
        let Round { names, opened, ticked } = round(&store, leader, &day, till_open, from_open);
        opening = opened.unwrap_or(opening);
        if n == 0 {
            ticking = ticked;
        }
        *match names.len() {
            0 => &mut tally.killed_before,
            TICKS.. => &mut tally.killed_after,
            _ => &mut tally.killed_ticking,
        } += 1;
        let visit = |name: &String| (grid.clone(), villages[&(grid.clone(), name.clone())].clone(), day.clone());
        tally.shown.extend(names.iter().map(visit));
        let there = store.visits();
        let lost: Vec<&Visit> = tally.shown.difference(&there).collect();
        assert!(lost.is_empty(), "round {n}, {}: shown as recorded, and gone: {lost:?}", dice.seed());
        store.verify();
        stored = there.len();
    }
    tell(&format!(
        "desk: {rounds} rounds, {}: {} ticks shown as recorded, 0 of them lost; {} stored without having been shown; \
         killed before the first was shown {}, while ticking {}, after the last {}",
        dice.seed(),
        tally.shown.len(),
        stored - tally.shown.len(),
        tally.killed_before,
        tally.killed_ticking,
        tally.killed_after,
    ));
    assert!(tally.killed_ticking > 0, "no kill fell into the ticking: nothing was tested");
}

/// The 23rd, so many months after November 2026.
fn day_of(months: usize) -> String {
    let months = 10 + months;
    format!("{}-{:02}-23", 2026 + months / 12, months % 12 + 1)
}

/// How a round went.
struct Round {
    /// The names that the screen said were recorded.
    names: BTreeSet<String>,
    /// How long it took until the cursor was on a suggestion, if it came to that.
    opened: Option<Duration>,
    /// How long the ticking took.
    ticked: Duration,
}

/// Opens the desk as this leader, ticks suggestions one after the other, and kills the desk: when it is not open after
/// `till_open`, or else `from_open` later.
fn round(store: &Store, leader: &str, day: &str, till_open: Duration, from_open: Duration) -> Round {
    let begun = Instant::now();
    let mut names = BTreeSet::new();
    let mut term = store.desk(leader, day).start();
    let opened = to_suggestions(&mut term, begun + till_open).then(|| begun.elapsed());
    let open = Instant::now();
    if opened.is_some() {
        tick(&mut term, open + from_open, &mut names);
    }
    let ticked = open.elapsed();
    term.signal(Signal::KILL);
    term.wait_exit();
    // What the terminal had got when the kill came had been shown.
    names.extend(recorded(&term.frame()));
    Round { names, opened, ticked }
}

/// Goes down to the first suggestion; whether there was time for it.
fn to_suggestions(term: &mut Terminal, end: Instant) -> bool {
    if term.try_wait_until(end, |frame| frame.shows("帮助")).is_err() {
        return false;
    }
    loop {
        let before = term.frame();
        if before.shows("> ☐") {
            return true;
        }
        term.send(b"\x1b[B");
        if term.try_wait_until(end, |frame| frame.lines() != before.lines()).is_err() {
            return false;
        }
    }
}

fn tick(term: &mut Terminal, end: Instant, names: &mut BTreeSet<String>) {
    while names.len() < TICKS {
        term.send(b" ");
        let shown = term.try_wait_until(end, |frame| recorded(frame).is_some_and(|name| names.insert(name)));
        if shown.is_err() {
            return;
        }
    }
}

/// The name in the line that says that a visit is recorded.
fn recorded(frame: &Frame) -> Option<String> {
    let line = frame.lines().into_iter().find(|line| line.starts_with(" 已记 ") && line.ends_with(" 走访"))?;
    Some(line.split_whitespace().nth(1)?.to_owned())
}

/// Villages by the grid and the name that the screen calls them by.
pub type Villages = BTreeMap<(String, String), String>;
