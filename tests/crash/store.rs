//! A store of the pack Lanxi, driven by its command line only.
use std::{collections::BTreeSet, process::Command};

use serde_json::Value;

use super::desk::Villages;
use crate::pty::{Home, Launch};

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

    /// Gives every 农业网格 a leader; returns their names and grids.
    pub fn appoint_leaders(&self) -> Vec<(String, String)> {
        let towns: BTreeSet<&str> = self.villages.iter().map(|code| &code[..9]).collect();
        let appoint = |(i, town): (usize, &&str)| {
            let (name, grid) = (format!("长{i:02}"), format!("{town}-N1"));
            self.run(&["record", "post", &name, &grid, "--post", "leader"]);
            (name, grid)
        };
        towns.iter().enumerate().map(appoint).collect()
    }

    /// The drafts that lie beside the store; none where nothing was typed.
    pub fn drafts(&self) -> Vec<Value> {
        match std::fs::read_to_string(self.home.path().join("store/drafts.json")) {
            Ok(text) => serde_json::from_str(&text).expect("whole drafts, or none"),
            Err(_) => Vec::new(),
        }
    }

    /// The villages' codes by their grid and name.
    pub fn villages_by_name(&self) -> Villages {
        let units = self.log().into_iter().filter(|fact| fact["kind"] == "unit");
        units.map(|fact| ((text(&fact["at"]), text(&fact["body"]["name"])), text(&fact["subject"]))).collect()
    }

    /// All visits that hold, by grid, village and day.
    pub fn visits(&self) -> BTreeSet<(String, String, String)> {
        let visits = self.log().into_iter().filter(|fact| fact["kind"] == "visit" && fact["withdrawn"] == false);
        visits.map(|fact| (text(&fact["at"]), text(&fact["subject"]), text(&fact["occurred"]))).collect()
    }

    /// How to open the desk as this person on this day.
    pub fn desk(&self, person: &str, day: &str) -> Launch {
        self.home.wangge(&["--store", "store", "--as", person]).env("WANGGE_NOW", &format!("{day}T09:00:00+08:00"))
    }

    /// Asks `wangge verify` for its word.
    pub fn verify(&self) {
        let said = self.run(&["verify"]);
        assert!(said.contains("日志完好"), "{said}");
    }

    fn log(&self) -> Vec<Value> {
        self.run(&["log", "--json"]).lines().map(|line| serde_json::from_str(line).expect("JSON")).collect()
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

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_else(|| panic!("no text: {value}")).to_owned()
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
