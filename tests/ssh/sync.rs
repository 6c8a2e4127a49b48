//! A laptop that syncs through real SSH: turned away until its key is enrolled, then filled, and what it recorded without a
//! network goes up over links that break.
use std::{fs, os::unix::fs::PermissionsExt};

use serde_json::Value;

use wangge::{
    grid::fact::{Body, Chain, Draft, Visit},
    log::{Entry, disk::Store},
    run::Clock,
};

use super::county::County;
use crate::{
    crash::tell,
    office::entries,
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

/// Enrols the laptop in a home and fills it; returns the program that reaches the server, and the host.
fn enrolled(county: &County, home: &Home) -> (String, String) {
    let (ssh, host) = enroll(county, home);
    let (code, _, err) = run(&laptop(home, &ssh, &["sync", &host]));
    assert_eq!(code, 0, "{err}");
    (ssh, host)
}

/// Enrols the laptop in a home; the same.
fn enroll(county: &County, home: &Home) -> (String, String) {
    let packs = home.path().join("config/wangge/packs/tiny");
    fs::create_dir_all(&packs).expect("a folder");
    for (name, text) in [("pack.toml", TINY), ("duties.toml", &tiny_duties("")), ("divisions.csv", DIVISIONS)] {
        fs::write(packs.join(name), text).expect("a file");
    }
    let ssh = county.sshd.ssh().display().to_string();
    let host = format!("{}@server", county.users.name(GRID));
    // Nobody has enrolled it: the sentence has the code by which somebody can.
    let (code, out, err) = run(&laptop(home, &ssh, &["sync", &host]));
    assert_eq!((code, out.as_str()), (1, ""), "{err}");
    let words = err.split(|c: char| !c.is_ascii_hexdigit() && c != '-');
    let key = words.max_by_key(|word| word.len()).filter(|word| word.len() > 68).unwrap_or_else(|| panic!("{err}"));
    let enroll = format!("wangge device enroll {key} --person {}", CAST[GRID].0);
    let said = county.sshd.run(county.users.name(COUNTY), &enroll);
    assert_eq!(said.code, 0, "{said:?}");
    (ssh, host)
}

#[test]
fn a_laptop_is_enrolled_filled_and_brings_what_it_recorded_over_links_that_break() {
    let mut county = County::open();
    county.start();
    let home = Home::new();
    let (ssh, host) = enrolled(&county, &home);

    // A way that breaks after some bytes, in either direction.
    let some = "dd bs=1 count=$(some) 2>/dev/null";
    let broken = through(&home, "broken-ssh", some, &ssh, some);
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
        failed += usize::from(run(&laptop(&home, &broken, &["sync", &host])).0 != 0);
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

/// How many visits are recorded before the link is cut: some batches.
const MANY: u64 = 2_400;

/// A program in this home that reaches the server like `ssh`, with something at either end; what ends there ends for the
/// laptop too, since nobody else holds it open.
fn through(home: &Home, name: &str, up: &str, ssh: &str, down: &str) -> String {
    let path = home.path().join(name);
    let lines = format!(
        "#!/bin/sh\nsome() {{ echo $(( $(od -An -N2 -tu2 /dev/urandom) % 1500 )); }}\n\
         exec 3>&1 >/dev/null 4<&0 </dev/null\n\
         {up} <&4 4<&- 3>&- | {ssh} \"$@\" 4<&- 3>&- | {down} >&3 3>&- 4<&- &\n\
         exec 3>&- 4<&-\nwait\n"
    );
    fs::write(&path, lines).expect("a file");
    fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).expect("a program");
    path.display().to_string()
}

/// 32 digits that look like chance.
fn noise(n: u64) -> String {
    let next = |seed: u64| {
        let mixed = (seed ^ (seed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    };
    let first = next((n + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15));
    format!("{first:016x}{:016x}", next(first ^ 0x5851_f42d_4c95_7f2d))
}

/// Records visits in the laptop's store as its own device, without a process for each.
fn record(county: &County, home: &Home) {
    let org = county.world.state.org();
    let own_grid = org.node(county.world.grid(CAST[GRID].1));
    let draft = |n: u64| Draft {
        occurred: county.world.today - chrono::Days::new(n % 20),
        by: Some(county.person(GRID)),
        at: Some(own_grid.id.clone()),
        subject: own_grid.members.first().map(|member| org.unit(member.unit).id.clone()),
        replaces: None,
        reason: None,
        effort: None,
        // What nothing can foretell, so that it is known how much it takes at least: sixteen bytes each.
        body: Body::Visit(Visit { note: noise(n), ..Visit::default() }),
    };
    let now = Clock::fixed(crate::pty::NOW).expect("a time").now_ms();
    let opened = Store::open(&home.path().join("store"), now).expect("a store");
    let before = opened.heads.get(&opened.writer).copied().unwrap_or_default();
    let mut chain = Chain::new(opened.writer, before);
    let sealed = chain.seal_group(&(0..MANY).map(draft).collect::<Vec<_>>(), now, &opened.key);
    opened.store.append(sealed, before, now).expect("durable");
    opened.store.close().expect("closed");
}

#[test]
fn a_sync_that_was_cut_in_the_middle_goes_on_with_what_is_missing_and_nothing_else() {
    let mut county = County::open();
    county.start();
    let home = Home::new();
    let (ssh, host) = enrolled(&county, &home);
    record(&county, &home);
    let there = || {
        let is_visit =
            |entry: &Entry| entry.envelope.open(0).is_ok_and(|fact| matches!(fact.draft.body, Body::Visit(_)));
        county.office.entries().iter().filter(|entry| is_visit(entry)).count() as u64
    };
    // The way up is cut after so many bytes: some batches are answered, some are on their way.
    let cut = through(&home, "cut", "dd bs=1 count=40000 2>/dev/null", &ssh, "cat");
    let (code, _, cut) = run(&laptop(&home, &cut, &["sync", &host]));
    assert_eq!(code, 1, "{cut}");
    // The second one sends what is missing.
    let bytes = |name: &str| fs::metadata(home.path().join(name)).expect("counted").len();
    let counted = through(&home, "counted", "tee up-bytes", &ssh, "tee down-bytes");
    let (code, out, err) = run(&laptop(&home, &counted, &["sync", &host, "--json"]));
    assert_eq!(code, 0, "{err}");
    let went: Value = serde_json::from_str(&out).expect("JSON");
    let sent = went["up"].as_u64().expect("a number");
    let first = MANY - sent;
    assert!(first > 0 && sent > 0 && first.is_multiple_of(256), "{sent} of {MANY}: all but whole batches ({cut})");
    assert_eq!(there(), MANY, "each once");
    let (in_batches, on_the_way) = (went["bytes_up"].as_u64().expect("a number"), bytes("up-bytes"));
    assert!(on_the_way < in_batches + 4_000, "{on_the_way} bytes for {in_batches} in batches");
    // And there is nothing left for a third.
    let (code, out, _) = run(&laptop(&home, &counted, &["sync", &host, "--json"]));
    let went: Value = serde_json::from_str(&out).expect("JSON");
    assert_eq!((code, went["up"].as_u64(), went["down"].as_u64()), (0, Some(0), Some(0)));
    assert!(bytes("up-bytes") < 4_000, "{} bytes", bytes("up-bytes"));
    tell(&format!(
        "sync over SSH cut after 40,000 bytes up: {first} of {MANY} visits were there, {} went in the second sync in \
         {in_batches} bytes ({on_the_way} on the wire)",
        sent
    ));
    // Down: another laptop of the same person is filled over a way that is cut below.
    let other = Home::new();
    let (ssh, host) = enroll(&county, &other);
    let cut = through(&other, "cut", "cat", &ssh, "dd bs=1 count=20000 2>/dev/null");
    let (code, _, err) = run(&laptop(&other, &cut, &["sync", &host]));
    assert_eq!(code, 1, "{err}");
    let here = || entries(&other.path().join("store")).len() as u64;
    let first = here();
    let (code, out, err) = run(&laptop(&other, &ssh, &["sync", &host, "--json"]));
    assert_eq!(code, 0, "{err}");
    let went: Value = serde_json::from_str(&out).expect("JSON");
    assert!(first > 0 && first < here(), "{first} of {}", here());
    assert_eq!(went["down"].as_u64(), Some(here() - first), "{went}");
    tell(&format!("and after 20,000 bytes down: {first} facts were there, {} came in the second", here() - first));
}
