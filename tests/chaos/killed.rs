//! The server is killed at random moments while people write, and started again.
use std::{
    sync::atomic::{AtomicBool, Ordering},
    thread,
    time::Duration,
};

use super::{agrees, check, rounds};
use crate::{
    crash::{Dice, tell},
    office::{Client, Office, pause, visit_of},
};

/// How many write at once.
const WRITERS: usize = 6;

/// Milliseconds of a moment in September 2026 at which everything is written down.
const NOW: i64 = 1_789_000_000_000;

#[test]
fn a_server_that_is_killed_under_load_loses_and_doubles_nothing() {
    let rounds = rounds(12);
    let mut dice = Dice::from_env();
    let mut office = Office::open();
    let done = AtomicBool::new(false);
    let mut clients: Vec<Client> = (0..WRITERS).map(|n| Client::new(office.socket(), n as u64)).collect();
    let villages = office.villages().to_vec();
    thread::scope(|scope| {
        for (n, client) in clients.iter_mut().enumerate() {
            let (done, own) = (&done, &villages[n * 20..n * 20 + 20]);
            scope.spawn(move || {
                let mut day = 0;
                while !done.load(Ordering::Relaxed) {
                    // One, or a few at once: a group is there whole or not at all.
                    let group: Vec<_> =
                        own[..1 + day as usize % 5].iter().map(|unit| visit_of(unit, day, None)).collect();
                    client.write(&group, NOW);
                    day += 1;
                }
            });
        }
        for _ in 0..rounds {
            pause(Duration::from_millis(20 + dice.below(200) as u64));
            office.kill();
            office.start();
        }
        // Until everybody has come back and written once more.
        pause(Duration::from_millis(100));
        done.store(true, Ordering::Relaxed);
    });
    agrees(&office, &mut clients[0]);
    office.stop();
    let facts = check(&office, &clients);
    let lost: usize = clients.iter().map(|client| client.lost).sum();
    assert!(lost >= rounds / 2, "the kills hit nobody: {lost} links lost in {rounds} rounds");
    tell(&format!(
        "server killed {rounds} times under load of {WRITERS} writers, {}: {facts} facts acknowledged, 0 missing, 0 doubled; \
         {lost} links lost and made anew",
        dice.seed()
    ));
}
