//! Real laptops with wrong clocks, and one key on two machines: nothing that was acknowledged is missing or doubled, what
//! can't be believed is flagged, and everybody comes to the same.
use std::{collections::BTreeMap, fs, os::unix::fs::PermissionsExt, path::Path, process::Command};

use chrono::NaiveDate;
use serde_json::Value;
use wangge::{
    grid::{fact::Body, state::State},
    run::{Book, Files},
};

use crate::{crash::tell, office::Office, pty::Home};

/// The program under test.
const WANGGE: &str = env!("CARGO_BIN_EXE_wangge");
/// The server's clock, which is right, and two that are not: three days ahead, two behind.
const RIGHT: &str = "2026-11-23T09:00:00+08:00";
const AHEAD: &str = "2026-11-26T09:00:00+08:00";
const BEHIND: &str = "2026-11-21T09:00:00+08:00";

struct Laptop {
    home: Home,
    now: &'static str,
    /// The units and days of the visits that it said it has saved.
    saved: Vec<(String, String)>,
}

struct Said {
    code: Option<i32>,
    out: String,
    err: String,
}

fn run(command: &mut Command) -> Said {
    let output = command.output().expect("wangge runs");
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("UTF-8");
    Said { code: output.status.code(), out: text(output.stdout), err: text(output.stderr) }
}

impl Laptop {
    fn new(office: &Office, now: &'static str) -> Laptop {
        let home = Home::new();
        let way = home.path().join("way");
        let script = format!(
            "#!/bin/sh\nexport WANGGE_SOCKET={} WANGGE_NOW={RIGHT}\nexec {WANGGE} attach\n",
            office.socket().display()
        );
        fs::write(&way, script).expect("a file");
        fs::set_permissions(&way, fs::Permissions::from_mode(0o755)).expect("a program");
        Laptop { home, now, saved: Vec::new() }
    }

    fn run(&self, args: &[&str]) -> Said {
        let way = self.home.path().join("way").display().to_string();
        let args = [args, &["--store", "store"]].concat();
        run(&mut self.home.wangge(&args).env("WANGGE_SSH", &way).env("WANGGE_NOW", self.now).command())
    }

    #[track_caller]
    fn done(&self, args: &[&str]) -> String {
        let said = self.run(args);
        assert_eq!(said.code, Some(0), "{args:?}: {}", said.err);
        said.out
    }

    /// Syncs; where the server does not know the key, it is enrolled there first.
    #[track_caller]
    fn sync(&self, office: &Office) -> String {
        let said = self.run(&["sync", "server"]);
        if said.code == Some(0) {
            return said.out;
        }
        let words = said.err.split(|c: char| !c.is_ascii_hexdigit() && c != '-');
        let code = words.max_by_key(|word| word.len()).filter(|word| word.len() > 68);
        let code = code.unwrap_or_else(|| panic!("{}", said.err));
        at_server(office, &["device", "enroll", code, "--person", "王五"]);
        said.out + &self.done(&["sync", "server"])
    }

    #[track_caller]
    fn visit(&mut self, unit: &str, day: &str) {
        self.done(&["record", "visit", unit, "--on", day]);
        self.saved.push((unit.to_owned(), day.to_owned()));
    }

    fn store(&self) -> std::path::PathBuf {
        self.home.path().join("store")
    }
}

#[track_caller]
fn at_server(office: &Office, args: &[&str]) -> String {
    let socket = office.socket().display().to_string();
    let said = run(&mut office.home().wangge(args).env("WANGGE_SOCKET", &socket).command());
    assert_eq!(said.code, Some(0), "{args:?}: {}", said.err);
    said.out
}

/// The line of `verify` that says what all records amount to.
fn digest_in(said: &str) -> String {
    let line = said.lines().find(|line| line.starts_with("状态校验码")).unwrap_or_else(|| panic!("{said}"));
    line.to_owned()
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("a folder");
    for entry in fs::read_dir(from).expect("a folder") {
        let entry = entry.expect("an entry");
        match entry.file_type().expect("a type").is_dir() {
            true => copy(&entry.path(), &to.join(entry.file_name())),
            false => drop(fs::copy(entry.path(), to.join(entry.file_name())).expect("a copy")),
        }
    }
    fs::set_permissions(to, fs::Permissions::from_mode(0o700)).expect("a folder");
}

/// The days of entry of every visit that counts, by unit and day.
fn entered(state: &State) -> BTreeMap<(String, NaiveDate), NaiveDate> {
    let units = state.org().units();
    let marks = units.flat_map(|(unit, row)| state.visits(unit).map(move |mark| (row, mark)));
    marks.map(|(row, mark)| ((row.id.clone(), mark.date()), mark.recorded_on())).collect()
}

#[test]
fn laptops_with_wrong_clocks_and_a_key_on_two_machines_lose_and_double_nothing() {
    let mut office = Office::founded();
    office.run(&["record", "post", "王五", "兰溪市", "--post", "leader", "--from", "2026-09-01"]);
    office.run(&["account", "give", "wangwu", "--person", "王五"]);
    office.start();
    let units: Vec<String> = office.villages().iter().take(8).map(|(unit, _)| unit.clone()).collect();
    let mut laptops: Vec<Laptop> = [AHEAD, BEHIND, RIGHT].map(|now| Laptop::new(&office, now)).into();
    laptops.iter().for_each(|laptop| drop(laptop.sync(&office)));
    laptops[2].visit(&units[0], "2026-11-19");
    laptops[2].sync(&office);
    // The folder is carried to another machine, and both go on.
    let copied = Laptop::new(&office, RIGHT);
    copy(&laptops[2].store(), &copied.store());
    laptops.push(copied);
    laptops[0].visit(&units[1], "2026-11-20");
    laptops[1].visit(&units[2], "2026-11-20");
    laptops[2].visit(&units[3], "2026-11-20");
    laptops[2].visit(&units[4], "2026-11-20");
    laptops[3].visit(&units[5], "2026-11-20");
    laptops[3].visit(&units[6], "2026-11-20");
    let said: Vec<String> = laptops.iter().map(|laptop| laptop.sync(&office)).collect();
    assert!(said[3].contains("密钥在另一台机器上也用过"), "{}", said[3]);
    // The copy begins anew under a key of its own, and what it records from then on counts.
    laptops[3].sync(&office);
    laptops[3].visit(&units[7], "2026-11-21");
    laptops.iter().for_each(|laptop| drop(laptop.sync(&office)));
    // At its end the server gives the receipts that wait for their second; then everybody hears of all.
    office.stop();
    office.start();
    for _ in 0..2 {
        laptops.iter().for_each(|laptop| drop(laptop.sync(&office)));
    }

    // What can't be believed is held, and shown.
    let held = at_server(&office, &["held", "--json"]);
    let held: Vec<Value> = held.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
    let why = |why: &str| held.iter().filter(|row| row["why"] == why).count();
    assert_eq!((why("clock"), why("fork"), held.len()), (1, 2, 3), "{held:?}");
    let shown = at_server(&office, &["held"]);
    assert!(shown.contains("编号重复") && shown.contains("72"), "{shown}");

    office.stop();
    // Every visit that was acknowledged is at the server once: in its chain, or inside a fact that keeps it.
    let mut there: BTreeMap<(String, String), usize> = BTreeMap::new();
    for entry in office.entries() {
        let Ok(fact) = entry.envelope.open(entry.received_ms) else { continue };
        let inside = match &fact.draft.body {
            Body::Strayed(strayed) => wangge::grid::fact::Envelope::from_bytes(strayed.envelope.clone())
                .and_then(|inside| inside.open(strayed.received_ms))
                .expect("a fact"),
            _ => fact,
        };
        if let (Body::Visit(_), Some(unit)) = (&inside.draft.body, &inside.draft.subject) {
            *there.entry((unit.clone(), inside.draft.occurred.to_string())).or_default() += 1;
        }
    }
    let saved: Vec<&(String, String)> = laptops.iter().flat_map(|laptop| &laptop.saved).collect();
    assert!(saved.iter().all(|visit| there.get(visit) == Some(&1)), "{there:?}");
    assert_eq!(there.len(), saved.len());

    // Everybody comes to the same, and goes by the day on which the server took it in.
    let digest = digest_in(&office.run(&["verify"]));
    let glimpse = |store: &Path| Book::glimpse(store, &Files::of_user()).expect("a state");
    let truth = entered(&glimpse(&office.store()));
    let day = |text: &str| text.parse::<NaiveDate>().expect("a day");
    assert_eq!(truth.get(&(units[2].clone(), day("2026-11-20"))), Some(&day("2026-11-23")), "by the server's receipt");
    assert_eq!(truth.len(), saved.len() - held.len(), "what is held does not count");
    for laptop in &laptops {
        assert_eq!(digest_in(&laptop.done(&["verify"])), digest);
        assert_eq!(entered(&glimpse(&laptop.store())), truth);
    }
    tell(&format!(
        "a clock 3 days ahead, one 2 days behind, a key on two machines: {} visits acknowledged, 0 missing, 0 doubled, {} held; \
         four laptops and the server agree",
        saved.len(),
        held.len()
    ));
}
