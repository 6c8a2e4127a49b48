//! Commands that record visits: what they have printed is there after kill -9.
use std::{
    collections::BTreeSet,
    io::{BufRead, BufReader},
    process::Stdio,
    sync::mpsc::channel,
    thread,
    time::{Duration, Instant},
};

use super::{
    dice::Dice,
    rounds,
    store::{self, Store},
    tell,
};

/// What the rounds have seen.
#[derive(Debug, Default)]
struct Tally {
    /// Facts whose receipt came before the kill.
    shown: BTreeSet<String>,
    /// Rounds in which the kill came before the first receipt.
    killed_before: u32,
    /// Rounds in which it came between the first and the last.
    killed_between: u32,
    /// Rounds that were done before it came.
    done_before: u32,
    /// Facts that are in the store although their receipt was never seen: allowed, and counted.
    unseen: usize,
}

#[test]
fn kill_9_of_a_command_loses_no_visit_that_it_has_printed() {
    let rounds = rounds(30);
    let mut dice = Dice::from_env();
    let store = Store::with_villages();
    let before = store.facts().len();
    let mut tally = Tally::default();
    // How long a round takes when nobody kills it: the kill falls anywhere in that.
    let whole = {
        let start = Instant::now();
        round(&store, 0, Duration::from_secs(60), &mut tally);
        start.elapsed()
    };
    for n in 1..rounds {
        let moment = whole.mul_f64(dice.share() * 1.1);
        round(&store, n, moment, &mut tally);
        let there = store.facts();
        let lost: Vec<&String> = tally.shown.difference(&there).collect();
        assert!(lost.is_empty(), "round {n}, {}: shown as saved, and gone: {lost:?}", dice.seed());
        tally.unseen = there.len() - before - tally.shown.len();
    }
    store.verify();
    tell(&format!(
        "commands: {rounds} rounds, {}: {} facts shown as saved, 0 of them lost; {} stored without a receipt; killed \
         before the first receipt {}, between receipts {}, after the last {}",
        dice.seed(),
        tally.shown.len(),
        tally.unseen,
        tally.killed_before,
        tally.killed_between,
        tally.done_before,
    ));
    assert!(tally.killed_before + tally.killed_between > 0, "no kill fell into a running command: nothing was tested");
}

/// Starts commands that record visits, one after the other, and kills the one that runs when `moment` has passed.
fn round(store: &Store, n: u64, moment: Duration, tally: &mut Tally) {
    let end = Instant::now() + moment;
    let mut receipts = 0;
    let batches = store.batches(n);
    let last = batches.len() - 1;
    for (i, batch) in batches.iter().enumerate() {
        let mut command = store.record(n, batch);
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("wangge starts");
        let mut output = BufReader::new(child.stdout.take().expect("a pipe"));
        let (sender, lines) = channel();
        let reader = thread::spawn(move || {
            let mut line = String::new();
            // A line without its end was cut by the kill: nobody has been shown that.
            while output.read_line(&mut line).is_ok() && line.ends_with('\n') {
                sender.send(std::mem::take(&mut line)).expect("the round listens");
            }
        });
        let mut ran_out = false;
        loop {
            match lines.recv_timeout(end.saturating_duration_since(Instant::now())) {
                Ok(line) => {
                    receipts += 1;
                    tally.shown.insert(store::fact_of(&line));
                }
                Err(std::sync::mpsc::RecvTimeoutError::Timeout) => {
                    ran_out = true;
                    break;
                }
                Err(std::sync::mpsc::RecvTimeoutError::Disconnected) => break,
            }
        }
        if ran_out {
            // It may end of itself at this very moment.
            let _ = child.kill();
        }
        reader.join().expect("the reader ends");
        // A line that was in the pipe when the kill came had been printed: it was shown.
        for line in lines.try_iter() {
            receipts += 1;
            tally.shown.insert(store::fact_of(&line));
        }
        let output = child.wait_with_output().expect("wangge ends");
        if ran_out {
            *(if receipts == 0 { &mut tally.killed_before } else { &mut tally.killed_between }) += 1;
            return;
        }
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "round {n}: {:?} failed: {said}", command.get_args().collect::<Vec<_>>());
        if i == last {
            tally.done_before += 1;
        }
    }
}
