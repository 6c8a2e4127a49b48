//! A laptop that syncs through real SSH: turned away until its key is enrolled, then filled, and what it recorded without a
//! network goes up over links that break.
use std::{fs, os::unix::fs::PermissionsExt};

use serde_json::Value;

use super::county::County;
use crate::{
    crash::tell,
    pty::{Home, Launch},
    rules::{
        rights::CAST,
        world::{DIVISIONS, TINY, tiny_duties},
    },
};

/// The places in [`CAST`] of the one with the laptop, and of who enrols it.
const GRID: usize = 6;
const COUNTY: usize = 0;

/// How many links are broken: `LOOPS`, or some.
fn rounds() -> usize {
    std::env::var("LOOPS").map_or(4, |n| n.parse().expect("LOOPS is a number"))
}

/// A laptop of somebody who gets in as this login, through that program.
fn laptop(home: &Home, ssh: &str, args: &[&str]) -> Launch {
    let args = [args, &["--store", "store"]].concat();
    home.wangge(&args).env("WANGGE_SSH", ssh)
}

fn run(launch: &Launch) -> (i32, String, String) {
    let output = launch.command().output().expect("wangge runs");
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("UTF-8");
    (output.status.code().unwrap_or(-1), text(output.stdout), text(output.stderr))
}

#[test]
fn a_laptop_is_enrolled_filled_and_brings_what_it_recorded_over_links_that_break() {
    let mut county = County::open();
    county.start();
    let home = Home::new();
    let packs = home.path().join("config/wangge/packs/tiny");
    fs::create_dir_all(&packs).expect("a folder");
    for (name, text) in [("pack.toml", TINY), ("duties.toml", &tiny_duties("")), ("divisions.csv", DIVISIONS)] {
        fs::write(packs.join(name), text).expect("a file");
    }
    let ssh = county.sshd.ssh().display().to_string();
    let host = format!("{}@server", county.users.name(GRID));
    // Nobody has enrolled it: the sentence has the code by which somebody can.
    let (code, out, err) = run(&laptop(&home, &ssh, &["sync", &host]));
    assert_eq!((code, out.as_str()), (1, ""), "{err}");
    let words = err.split(|c: char| !c.is_ascii_hexdigit() && c != '-');
    let key = words.max_by_key(|word| word.len()).filter(|word| word.len() > 68).unwrap_or_else(|| panic!("{err}"));
    let enroll = format!("wangge device enroll {key} --person {}", CAST[GRID].0);
    let said = county.sshd.run(county.users.name(COUNTY), &enroll);
    assert_eq!(said.code, 0, "{said:?}");
    let (code, _, err) = run(&laptop(&home, &ssh, &["sync", &host]));
    assert_eq!(code, 0, "{err}");

    // A way that breaks after some bytes, in either direction.
    let broken = home.path().join("broken-ssh");
    let script = "#!/bin/sh\nsome() { echo $(( $(od -An -N2 -tu2 /dev/urandom) % 30000 )); }\nhead -c $(some) | ";
    fs::write(&broken, format!("{script}{ssh} \"$@\" | head -c $(some)\n")).expect("a file");
    fs::set_permissions(&broken, fs::Permissions::from_mode(0o755)).expect("a program");
    let org = county.world.state.org();
    let own_grid = org.node(county.world.grid(CAST[GRID].1));
    let units: Vec<String> = own_grid.members.iter().map(|member| org.unit(member.unit).id.clone()).collect();
    let (mut failed, mut recorded) = (0, 0);
    for round in 0..rounds() {
        let day = format!("2026-11-{:02}", 1 + round % 20);
        let unit = &units[round / 20 % units.len()];
        let args = ["record", "visit", unit, "--on", &day, "--as", CAST[GRID].0];
        let (code, _, err) = run(&laptop(&home, &ssh, &args));
        assert_eq!(code, 0, "{err}");
        recorded += 1;
        failed += usize::from(run(&laptop(&home, broken.to_str().unwrap(), &["sync", &host])).0 != 0);
    }
    let (code, _, err) = run(&laptop(&home, &ssh, &["sync", &host]));
    assert_eq!(code, 0, "{err}");
    let said = county.sshd.run(county.users.name(COUNTY), "wangge log --json");
    let facts: Vec<Value> = said.out.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
    let visits: Vec<&Value> = facts.iter().filter(|fact| fact["kind"] == "visit").collect();
    assert_eq!(visits.len(), recorded, "each once");
    let own = county.person(GRID);
    assert!(visits.iter().all(|visit| visit["by"] == own.as_str()), "{visits:?}");
    tell(&format!(
        "sync over SSH: {recorded} visits recorded offline, {failed} of {} links broken, each is there once",
        rounds()
    ));
}
