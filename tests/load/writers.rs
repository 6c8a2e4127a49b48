//! The most facts a second: writers that send the next fact when the one before is durable.
use std::{
    thread,
    time::{Duration, Instant},
};

use super::{
    measure::{quantiles, syncs_per_second, used},
    span,
};
use crate::{
    crash::tell,
    office::{Client, Office, visit_of},
};

/// Milliseconds of a moment in September 2026 at which everything is written down.
const NOW: i64 = 1_789_000_000_000;

#[test]
fn every_writer_gets_on_however_many_there_are() {
    let span = span(1);
    let mut office = Office::founded();
    office.with(&["--per-user", "300"]).start();
    for (round, count) in [1, 16, 64].into_iter().enumerate() {
        let bare = syncs_per_second(office.home().path(), span.min(Duration::from_secs(5)));
        let before = used(office.pid()).cpu;
        let (facts, took, waits) = write(&office, round, count, span);
        let (rate, [p50, p99, _]) = (facts as f64 / took.as_secs_f64(), quantiles(waits));
        let cpu = (used(office.pid()).cpu - before).as_secs_f64() / took.as_secs_f64();
        tell(&format!(
            "{count:>3} writers: {rate:>7.0} facts/s  key to receipt p50 {p50:.2} ms, p99 {p99:.2} ms  server {:.0} % of a \
             core  (the disk alone: {bare:.0} fdatasync/s)",
            cpu * 100.0
        ));
    }
}

/// So many writers for so long; how many facts were acknowledged, in what time, and how long each took.
fn write(office: &Office, round: usize, count: usize, span: Duration) -> (usize, Duration, Vec<Duration>) {
    let numbers = 0..count as u64;
    let mut clients: Vec<Client> =
        numbers.map(|n| Client::new(office.socket(), 1_000 * (round as u64 + 1) + n)).collect();
    for client in &mut clients {
        client.connect().expect("a link");
    }
    let begun = Instant::now();
    thread::scope(|scope| {
        for (n, client) in clients.iter_mut().enumerate() {
            let own = &office.villages()[n * 4..n * 4 + 4];
            scope.spawn(move || {
                let mut day = 0;
                while begun.elapsed() < span {
                    client.write(&[visit_of(&own[day as usize % 4], round as u32 * 20_000 + day / 4, None)], NOW);
                    day += 1;
                }
            });
        }
    });
    let took = begun.elapsed();
    assert!(clients.iter().all(|client| !client.taken.is_empty()), "nobody is left out");
    let facts = clients.iter().map(|client| client.taken.len()).sum();
    (facts, took, clients.into_iter().flat_map(|client| client.waits).collect())
}
