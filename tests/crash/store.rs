//! A store of the pack Lanxi, driven by its command line only.
use std::{collections::BTreeSet, process::Command};

use crate::pty::Home;

/// The commands of one round, and how many visits each records.
const BATCHES: [usize; 4] = [1, 1, 12, 1];

/// A store in a home of its own.
pub struct Store {
    home: Home,
    villages: Vec<String>,
}

impl Store {
    /// As `wangge init --pack lanxi` makes it; the subjects are the real villages of its 农业网格.
    pub fn with_villages() -> Store {
        let store = Store { home: Home::new(), villages: villages() };
        store.run(&["init", "--pack", "lanxi"]);
        store
    }

    /// The villages that round `n` visits, command by command.
    pub fn batches(&self, n: u64) -> Vec<Vec<&str>> {
        let per_round: usize = BATCHES.iter().sum();
        let mut rest = self.villages.iter().cycle().skip(n as usize * per_round % self.villages.len());
        BATCHES.iter().map(|size| rest.by_ref().take(*size).map(String::as_str).collect()).collect()
    }

    /// The command that records visits to these villages on the day of round `n`.
    pub fn record(&self, n: u64, villages: &[&str]) -> Command {
        // A visit counts once per subject and day, so every pass through the villages takes another day.
        let day = format!("2026-11-{:02}", 1 + n / 20 % 20);
        let args = [&["record", "visit"], villages, &["--on", &day, "--json", "--store", "store"]].concat();
        self.home.wangge(&args).command()
    }

    /// The names of all facts in the store.
    pub fn facts(&self) -> BTreeSet<String> {
        self.run(&["log", "--json"]).lines().map(fact_of).collect()
    }

    /// Asks `wangge verify` for its word.
    pub fn verify(&self) {
        self.run(&["verify"]);
    }

    fn run(&self, args: &[&str]) -> String {
        let args = [args, &["--store", "store"]].concat();
        let output = self.home.wangge(&args).command().output().expect("wangge runs");
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "wangge {} failed: {said}", args.join(" "));
        String::from_utf8(output.stdout).expect("UTF-8")
    }
}

/// The fact that a line of `--json` output is about.
pub fn fact_of(line: &str) -> String {
    let object: serde_json::Value = serde_json::from_str(line).unwrap_or_else(|e| panic!("{e}: {line}"));
    object["fact"].as_str().unwrap_or_else(|| panic!("no `fact` in {line}")).to_owned()
}

/// The codes of Lanxi's villages, from the file that the pack is built of.
fn villages() -> Vec<String> {
    let divisions = include_str!("../../data/packs/lanxi/divisions.csv");
    let codes = divisions.lines().filter_map(|line| line.split(',').find(|cell| is_village(cell)));
    let villages: Vec<String> = codes.map(str::to_owned).collect();
    assert!(villages.len() >= 300, "found {} villages only", villages.len());
    villages
}

fn is_village(cell: &str) -> bool {
    cell.len() == 12 && cell.bytes().all(|b| b.is_ascii_digit())
}
