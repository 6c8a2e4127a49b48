//! Bytes of anybody's choice: what the fuzz targets of `fuzz/` hold against, here with their corpora and with what comes of
//! these by a bounded number of changes.
//!
//! `UPDATE_CORPUS=1 cargo test --test all fuzz::` writes the corpora anew. `FUZZ=n` makes n changes to each seed.
#![allow(clippy::expect_used, clippy::unwrap_used)]
#[path = "../../fuzz/src/holds.rs"]
mod holds;
mod seeds;

use std::{fs, path::PathBuf};

use crate::crash::Dice;

/// The most memory that the whole process may have while it reads what somebody made up; a length that is believed before
/// it is checked asks for more.
const MEMORY: u64 = 1 << 30;

/// How many changes are made to each seed.
fn changes() -> usize {
    std::env::var("FUZZ").map_or(200, |n| n.parse().expect("FUZZ is a number"))
}

/// The corpus of a target, by name.
fn corpus(target: &str) -> Vec<(String, Vec<u8>)> {
    let folder = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/fuzz/corpus")).join(target);
    let mut out: Vec<(String, Vec<u8>)> = fs::read_dir(folder)
        .expect("a corpus")
        .map(|entry| {
            let path = entry.expect("a seed").path();
            (path.file_name().unwrap().to_string_lossy().into_owned(), fs::read(path).expect("a seed"))
        })
        .collect();
    out.sort();
    out
}

/// The corpus in the repository is what the program writes today.
fn kept(target: &str, seeds: Vec<(String, Vec<u8>)>) {
    let folder = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/fuzz/corpus")).join(target);
    if std::env::var_os("UPDATE_CORPUS").is_some() {
        fs::create_dir_all(&folder).expect("a folder");
        for (name, bytes) in &seeds {
            fs::write(folder.join(name), bytes).expect("a seed");
        }
    }
    let found = corpus(target);
    for seed in seeds {
        let (same, name) = (found.contains(&seed), seed.0);
        assert!(same, "{target}/{name}: UPDATE_CORPUS=1 writes it anew");
    }
}

/// Holds a target against its corpus and what comes of it, in a process that may have so much memory and no more.
fn run(target: &str) {
    let mut child = crate::log::child(&format!("fuzz::child_{target}"));
    let output = child.output().expect("a child");
    let said = [output.stdout, output.stderr].concat();
    let said = String::from_utf8_lossy(&said);
    assert!(output.status.success() && said.contains("1 passed"), "{said}");
}

fn play(target: &str, hold: fn(&[u8])) {
    let limit = rustix::process::Rlimit { current: Some(MEMORY), maximum: None };
    rustix::process::setrlimit(rustix::process::Resource::As, limit).expect("a limit");
    let seeds = corpus(target);
    assert!(!seeds.is_empty());
    let mut dice = Dice::from_env();
    let mut count = 0;
    for (name, seed) in &seeds {
        hold(seed);
        for _ in 0..changes() {
            let changed = changed(seed, &seeds, &mut dice);
            // A panic ends the child; this says with what.
            if std::panic::catch_unwind(|| hold(&changed)).is_err() {
                panic!("{target}/{name}, {}: {changed:02x?}", dice.seed());
            }
            count += 1;
        }
    }
    crate::crash::tell(&format!("fuzz {target}: {} seeds, {count} changed, {}", seeds.len(), dice.seed()));
}

/// A seed with one to four changes: a byte, a bit, a cut, a piece twice, a piece of another, a number at its limit.
fn changed(seed: &[u8], seeds: &[(String, Vec<u8>)], dice: &mut Dice) -> Vec<u8> {
    let mut bytes = seed.to_vec();
    for _ in 0..=dice.below(4) {
        if bytes.is_empty() {
            bytes.push(0);
        }
        let at = dice.below(bytes.len());
        let rest = bytes.len() - at;
        match dice.below(7) {
            0 => bytes[at] = dice.below(256) as u8,
            1 => bytes[at] ^= 1 << dice.below(8),
            2 => bytes.truncate(at),
            3 => drop(bytes.drain(at..at + dice.below(rest.min(64)))),
            4 => {
                let piece = bytes[at..at + dice.below(rest.min(64))].to_vec();
                bytes.splice(at..at, piece);
            }
            5 => {
                let other = &seeds[dice.below(seeds.len())].1;
                let from = dice.below(other.len().max(1)).min(other.len());
                let to = (from + 1 + dice.below(64)).min(other.len());
                bytes.splice(at..at, other[from..to].iter().copied());
            }
            _ => {
                let limits: [&[u8]; 5] =
                    [&[0xff; 4], &[0xff; 8], &[0; 4], &[0x1b, 0x7f, 0xff, 0xff, 0xff], &[0x9a, 0xff]];
                let limit = limits[dice.below(limits.len())];
                let to = (at + limit.len()).min(bytes.len());
                bytes[at..to].copy_from_slice(&limit[..to - at]);
            }
        }
    }
    bytes
}

#[test]
fn any_bytes_are_a_fact_or_refused() {
    kept("fact", seeds::facts());
    run("fact");
}

#[test]
#[ignore = "a child process of the test above"]
fn child_fact() {
    play("fact", holds::fact);
}

#[test]
fn any_bytes_are_frames_and_messages_or_refused() {
    kept("frame", seeds::frames());
    run("frame");
}

#[test]
#[ignore = "a child process of the test above"]
fn child_frame() {
    play("frame", holds::frame);
}

#[test]
fn any_bytes_are_a_batch_or_refused() {
    kept("batch", seeds::batches());
    run("batch");
}

#[test]
#[ignore = "a child process of the test above"]
fn child_batch() {
    play("batch", holds::batch);
}

#[test]
fn any_bytes_are_a_bundle_or_refused() {
    kept("bundle", seeds::bundles());
    run("bundle");
}

#[test]
#[ignore = "a child process of the test above"]
fn child_bundle() {
    play("bundle", holds::bundle);
}
