//! One server and three laptops in memory: whatever happens on the way, no fact is lost, none doubled, and in the end
//! everybody has the same.
mod laptop;
mod links;
mod long;
mod moved;
mod partial;
mod server;
mod story;

use std::collections::{BTreeMap, BTreeSet};

use proptest::{
    prelude::*,
    strategy::ValueTree,
    test_runner::{Config, TestRunner},
};
use story::{Step, Story, steps};
use wangge::{
    grid::{
        fact::{Body, Envelope},
        standing::standings_at,
        state::State,
    },
    log::{Entry, Log, Position, Subtree, memory::MemoryLog},
};

/// How many histories are played; `WANGGE_HISTORIES` says another number.
const HISTORIES: u32 = 200;

#[test]
fn after_any_history_everybody_has_the_same_and_nothing_is_lost_or_doubled() {
    histories(|steps| is_whole(&Story::play(steps)));
}

/// Plays histories.
fn histories(holds: impl Fn(&[Step]) -> Result<(), TestCaseError>) {
    let asked = std::env::var("WANGGE_HISTORIES").ok().and_then(|n| n.parse().ok());
    let mut runner = TestRunner::new(Config { cases: asked.unwrap_or(HISTORIES), ..Config::default() });
    runner.run(&steps(), |steps| holds(&steps)).unwrap_or_else(|error| panic!("{error}"));
}

/// What a history must have come to once everybody has synced until nothing moved.
fn is_whole(story: &Story) -> Result<(), TestCaseError> {
    let server = all(&story.server.log);
    // What was recorded anywhere is at the server, in its chain or as a stray, once.
    let mut there: BTreeMap<Vec<u8>, usize> = BTreeMap::new();
    for envelope in server.iter().flat_map(|entry| with_inside(&entry.envelope)) {
        *there.entry(envelope.bytes().to_vec()).or_default() += 1;
    }
    for envelope in &story.recorded {
        prop_assert_eq!(there.get(envelope.bytes()), Some(&1), "{} at the server", envelope.id());
    }
    let names: BTreeSet<_> = server.iter().map(|entry| entry.envelope.id()).collect();
    prop_assert_eq!(names.len(), server.len(), "names are not used twice");
    // Every replica has the same facts with the same times, and they amount to the same, in its own order and the server's.
    let told = tell(story, &fold(story, &server));
    prop_assert_eq!(differing(&told, &tell(story, &story.server.state)), "", "the server's own state");
    let facts =
        |entries: &[Entry]| -> BTreeSet<Vec<u8>> { entries.iter().map(|e| e.envelope.bytes().to_vec()).collect() };
    for laptop in &story.laptops {
        let here = all(&laptop.log);
        prop_assert_eq!(facts(&here).len(), here.len(), "nothing twice");
        prop_assert!(facts(&here) == facts(&server), "the same facts");
        prop_assert_eq!(differing(&told, &tell(story, &fold(story, &here))), "", "the same state");
    }
    Ok(())
}

/// The lines that only one of two states tells.
fn differing(one: &[String], other: &[String]) -> String {
    let only = |these: &[String], those: &[String], mark: &str| -> String {
        these.iter().filter(|line| !those.contains(line)).map(|line| format!("{mark} {line}\n")).collect()
    };
    only(one, other, "-") + &only(other, one, "+")
}

/// An envelope, and the one inside it where it keeps a stray.
fn with_inside(envelope: &Envelope) -> Vec<Envelope> {
    let inside = envelope.open(0).ok().and_then(|fact| match fact.draft.body {
        Body::Strayed(strayed) => Envelope::from_bytes(strayed.envelope).ok(),
        _ => None,
    });
    std::iter::once(envelope.clone()).chain(inside).collect()
}

fn all(log: &MemoryLog) -> Vec<Entry> {
    log.read(&Subtree::All, Position(0), usize::MAX).unwrap()
}

/// All facts from the first on; what was folded and no longer counts has everything folded again.
fn fold(story: &Story, entries: &[Entry]) -> State {
    fold_from(State::new(story.server.state.pack().clone()), entries)
}

fn fold_from(mut state: State, entries: &[Entry]) -> State {
    loop {
        let mut again = false;
        for fact in entries.iter().filter_map(|entry| entry.envelope.open(entry.received_ms).ok()) {
            again |= state.apply(&fact).again;
        }
        if !again {
            return state;
        }
        state = state.afresh();
    }
}

/// Everything that people see of a state, by names.
fn tell(story: &Story, state: &State) -> Vec<String> {
    let org = state.org();
    let mut lines = Vec::new();
    // A grid that was only ever named may have left a row without a word of its own.
    for (ix, node) in org.nodes().filter(|(_, node)| node.is_recorded()) {
        lines.push(format!("{} {} {:?} {:?}", node.id, node.name, node.from, node.to));
        for row in standings_at(state, ix, story.today()) {
            let duty = &state.pack().duties[row.duty].id;
            let about = row.about.map(|id| id.to_string()).unwrap_or_default();
            lines.push(format!(
                "{} {duty} {} {} {}/{} {about}",
                node.id,
                row.period,
                row.state.key(),
                row.have,
                row.need
            ));
        }
        for unit in org.members_on(ix, story.today()) {
            lines.push(format!("{} in {}", org.unit(unit).id, node.id));
        }
    }
    for (unit, row) in org.units() {
        let mut marks: Vec<String> = state
            .unit_marks(unit)
            .iter()
            .map(|mark| format!("{} {} {:?}", row.id, state.fact_of(mark), (mark.day, mark.recorded)))
            .collect();
        lines.append(&mut marks);
    }
    for matter in state.matters() {
        let steps: Vec<String> = matter.steps.iter().map(|step| step.by.to_string()).collect();
        lines.push(format!("problem {} {}", matter.id, steps.join(" ")));
    }
    for held in state.held() {
        lines.push(format!("held {} {:?} {:?}", held.id, held.why, held.settled.map(|ruling| ruling.counts)));
    }
    for (writer, device) in state.devices() {
        lines.push(format!("device {writer} {} {:?}", device.person, state.revoked_from(writer)));
    }
    lines.sort();
    lines
}

#[test]
fn a_history_can_be_told_again() {
    let mut runner = TestRunner::deterministic();
    let tree = steps().new_tree(&mut runner).unwrap();
    let steps: Vec<Step> = tree.current();
    let (one, two) = (Story::play(&steps), Story::play(&steps));
    assert_eq!(one.recorded, two.recorded);
    assert!(all(&one.server.log) == all(&two.server.log));
}
