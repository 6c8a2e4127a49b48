//! What each user sees over SSH, what they do at a desk there, and what the office's audit says of it afterwards.
use std::collections::BTreeSet;

use serde_json::Value;

use super::county::County;
use crate::{
    pty::Home,
    rules::rights::{CAST, person},
};

/// The places in [`CAST`] of those who look.
const COUNTY: usize = 0;
const TOWN: usize = 3;
const GRID: usize = 6;

/// The facts that a user is shown.
fn log(county: &County, n: usize) -> Vec<Value> {
    let said = county.sshd.run(county.users.name(n), "wangge log --json");
    assert_eq!((said.code, said.err.as_str()), (0, ""), "{}", CAST[n].0);
    said.out.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect()
}

/// Where the sessions are that a user is shown; there is one at every node.
fn sessions(county: &County, n: usize) -> BTreeSet<String> {
    let facts = log(county, n).into_iter().filter(|fact| fact["kind"] == "session");
    facts.map(|fact| fact["at"].as_str().expect("a node").to_owned()).collect()
}

#[test]
fn everybody_sees_their_own_subtree_and_nobody_gets_at_the_store() {
    let mut county = County::open();
    county.start();
    let org = county.world.state.org();
    let below = |name: &str| -> BTreeSet<String> {
        let nodes = org.subtree(county.world.grid(name));
        nodes.iter().map(|ix| org.node(*ix).id.clone()).collect()
    };
    for n in [COUNTY, TOWN, GRID] {
        assert_eq!(sessions(&county, n), below(CAST[n].1), "{}", CAST[n].0);
    }
    // Asking for another township by name shows nothing of it.
    let said = county.sshd.run(county.users.name(GRID), "wangge log --json --at 西乡");
    assert!(!said.out.contains("\"session\""), "{said:?}");
    // The files are the server's alone.
    let journal = county.office.store().join("journal/000001.wgj");
    let said = county.sshd.run(county.users.name(COUNTY), &format!("cat {}", journal.display()));
    assert!(said.code != 0 && said.err.contains("Permission denied"), "{said:?}");
    // Who has no account here is told so, and who can help.
    let stranger = county.sshd.run(county.users.name(CAST.len()), "wangge log");
    assert_eq!((stranger.code, stranger.out.as_str()), (1, ""), "{stranger:?}");
    assert!(stranger.err.contains(county.users.name(CAST.len())), "{stranger:?}");
}

#[test]
fn what_is_ticked_at_a_desk_over_ssh_is_theirs_is_seen_above_and_stands_in_the_audit() {
    let mut county = County::open();
    county.start();
    let (home, login) = (Home::new(), county.users.name(GRID).to_owned());
    let mut desk = county.sshd.desk(&home, &login, "wangge").start();
    desk.wait_for("帮助");
    for _ in 0..30 {
        if desk.frame().shows("> ☐") {
            break;
        }
        desk.keys("<Down>");
    }
    desk.keys("space");
    desk.wait_for("已记");
    let own = person(&county.world, CAST[GRID].0);
    let visits =
        |n: usize| -> Vec<Value> { log(&county, n).into_iter().filter(|fact| fact["kind"] == "visit").collect() };
    let seen = visits(TOWN);
    assert_eq!(seen.iter().map(|fact| fact["by"].as_str()).collect::<Vec<_>>(), [Some(own.as_str())], "{seen:?}");
    assert_eq!(visits(COUNTY).len(), 1);
    desk.keys("q");
    assert_eq!((desk.wait_exit().code, desk.left_behind()), (0, Vec::<String>::new()));

    // Root looks at the server's own folder, while it runs.
    let audit = |what: &str| -> Vec<Value> {
        let lines = county.office.run(&["audit", what, "--json"]);
        lines.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect()
    };
    let records = audit("records");
    let visit = records.iter().find(|line| line["kind"] == "visit").expect("the visit");
    assert_eq!((&visit["by_name"], &visit["by"]), (&CAST[GRID].0.into(), &own.as_str().into()));
    let signins = audit("signins");
    let desks: Vec<&Value> = signins.iter().filter(|line| line["login"] == login.as_str()).collect();
    assert!(desks.iter().any(|line| line["kind"] == "desk" && line["person"] == own.as_str()), "{signins:?}");
    assert_eq!(visit["device"], desks[0]["device"], "the device that signed in is the one that signed");
}
