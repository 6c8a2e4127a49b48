//! Killed processes: whatever was acknowledged is there afterwards.
use std::{
    io::{BufRead, BufReader, Write},
    path::PathBuf,
    process::{Command, Stdio},
};

use wangge::{
    grid::fact::Chain,
    log::{
        Position,
        conformance::visits,
        disk::{IndexAt, Options, Store},
    },
};

use super::common::{NOW, fresh, open};

/// This test binary again, running one of its ignored tests.
pub fn child(test: &str) -> Command {
    let mut command = Command::new(std::env::current_exe().unwrap());
    command.args(["--exact", test, "--ignored", "--nocapture", "--test-threads=1"]);
    command
}

/// Appends for ever, with checkpoints in between, and prints every acknowledged position.
#[test]
#[ignore = "a child process of the test below"]
fn child_appends_until_killed() {
    let dir = PathBuf::from(std::env::var_os("WANGGE_TEST_DIR").unwrap());
    let options = Options { segment_bytes: 20_000, index: IndexAt::Start, ..Options::default() };
    let opened = Store::open_with(&dir, NOW, &options).unwrap();
    let head = opened.heads.get(&opened.writer).copied().unwrap_or_default();
    let mut writer = Chain::new(opened.writer, head);
    let mut out = std::io::stdout();
    loop {
        let expected = writer.head;
        let count = 1 + (expected.seq % 4) as u32;
        let positions = opened.store.append(visits(&mut writer, count), expected, NOW).unwrap();
        let last = positions.last().copied().unwrap();
        writeln!(out, "acknowledged {}", last.0).unwrap();
        if last.0.is_multiple_of(40) {
            opened.store.checkpoint_async(last.0.to_le_bytes().to_vec(), last, |_| {});
        }
    }
}

#[test]
fn nothing_acknowledged_is_lost_when_the_process_is_killed() {
    let (_temp, dir) = fresh();
    let mut last = 0;
    for round in 0..8_usize {
        let mut process = child("log::crash::child_appends_until_killed");
        let mut process = process.env("WANGGE_TEST_DIR", &dir).stdout(Stdio::piped()).spawn().unwrap();
        let mut lines = BufReader::new(process.stdout.take().unwrap()).lines().map(Result::unwrap);
        let acknowledged = |line: &str| line.split_once("acknowledged ").and_then(|(_, n)| n.parse::<u64>().ok());
        // Some rounds die at once, some after a while.
        let wanted = [1, 90, 7, 150, 3, 30, 60, 200][round];
        last = lines.by_ref().filter_map(|line| acknowledged(&line)).nth(wanted).unwrap();
        process.kill().unwrap();
        process.wait().unwrap();
        last = lines.filter_map(|line| acknowledged(&line)).last().unwrap_or(last);
        let opened = open(&dir);
        assert!(opened.position.0 >= last, "{} of {last}", opened.position.0);
        if let Some((state, position)) = &opened.snapshot {
            assert_eq!(state[..], position.0.to_le_bytes());
        }
        let mut seq = 0;
        for entry in opened.everything().map(Result::unwrap) {
            seq += 1;
            assert_eq!((entry.position, entry.envelope.id().seq), (Position(seq), seq));
        }
        assert_eq!(seq, opened.position.0);
        opened.store.close().unwrap();
    }
    assert!(last > 100);
}
