//! Replicas that hold a part: whatever happened, each amounts to what its facts amount to at the server, has every fact of
//! its scope, and shows what lies within its scope as the server does.
use std::collections::BTreeSet;

use proptest::{prelude::*, test_runner::TestCaseError};
use wangge::{
    grid::{
        org::NodeIx,
        standing::standings_at,
        state::{Matter, State},
    },
    log::Entry,
};

use super::{
    all, differing, fold, histories,
    laptop::Laptop,
    story::{Step, Story},
};

#[test]
fn after_any_history_a_replica_of_a_part_shows_that_part_as_the_server_does() {
    histories(|steps| {
        let story = Story::play_with(steps, true);
        story.laptops.iter().try_for_each(|laptop| is_its_part(&story, laptop))
    });
}

#[test]
fn a_problem_that_is_let_count_where_its_unit_never_was_is_answered_there_on_every_replica() {
    // Found at a grid that goes to another township than the unit's own; then one of that township's laptops begins anew.
    let visit = Step::Visit { who: 0, unit: 0, at: 2, back: 33, forged: false };
    let (under_first, under_second) =
        (Step::Grid { at: 2, closes: false, under: 0 }, Step::Grid { at: 0, closes: false, under: 1 });
    let (counts, sync) = (Step::Settle { which: 0, counts: true }, Step::Sync { who: 0, cut: None });
    let fork = [
        Step::Copy { from: 1, to: 0 },
        Step::Done { who: 1, at: 0, back: 0 },
        Step::Session { who: 0, at: 0, back: 0 },
    ];
    let steps: Vec<Step> = [visit, sync, under_first, counts, under_second].into_iter().chain(fork).collect();
    let story = Story::play_with(&steps, true);
    assert!(story.server.state.problems().next().is_some(), "it counts");
    story.laptops.iter().for_each(|laptop| is_its_part(&story, laptop).unwrap());
}

fn is_its_part(story: &Story, laptop: &Laptop) -> Result<(), TestCaseError> {
    let (server, here) = (all(&story.server.log), all(&laptop.log));
    let names: BTreeSet<&[u8]> = here.iter().map(|entry| entry.envelope.bytes()).collect();
    prop_assert_eq!(names.len(), here.len(), "nothing twice");
    let given: Vec<Entry> = server.iter().filter(|entry| names.contains(entry.envelope.bytes())).cloned().collect();
    prop_assert_eq!(given.len(), here.len(), "nothing that the server lacks");
    let (truth, scope) = (&story.server.state, story.server.scope(&laptop.key));
    for entry in &server {
        let fact = entry.envelope.open(entry.received_ms).unwrap();
        prop_assert!(
            !scope.holds(truth, &fact) || names.contains(entry.envelope.bytes()),
            "{} lacks {:?}",
            laptop.person,
            fact
        );
    }
    let (own, same) = (fold(story, &here), fold(story, &given));
    prop_assert_eq!(differing(&lines(story, &same, |_| true), &lines(story, &own, |_| true)), "", "{}", laptop.person);
    prop_assert_eq!(own.digest(), same.digest());
    // By id: the two states have rows of their own.
    let within: BTreeSet<&str> = truth
        .org()
        .nodes()
        .filter(|(ix, row)| row.is_recorded() && scope.is_inside(truth, *ix))
        .map(|(_, row)| row.id.as_str())
        .collect();
    let there = lines(story, truth, |id| within.contains(id));
    prop_assert_eq!(differing(&there, &lines(story, &own, |id| within.contains(id))), "", "{}", laptop.person);
    Ok(())
}

/// What people see at the nodes that are asked for.
fn lines(story: &Story, state: &State, within: impl Fn(&str) -> bool) -> Vec<String> {
    let org = state.org();
    let mut lines = Vec::new();
    let id = |ix: NodeIx| org.node(ix).id.as_str();
    for (ix, node) in org.nodes().filter(|(_, node)| node.is_recorded() && within(&node.id)) {
        let parent = node.parent.map(id);
        lines.push(format!("{} {} {:?} {:?} {parent:?}", node.id, node.name, node.from, node.to));
        for row in standings_at(state, ix, story.today()) {
            let duty = &state.pack().duties[row.duty].id;
            lines.push(format!("{} {duty} {} {} {}/{}", node.id, row.period, row.state.key(), row.have, row.need));
        }
        lines.extend(org.members_on(ix, story.today()).map(|unit| format!("{} in {}", org.unit(unit).id, node.id)));
        lines.extend(
            node.holdings.iter().map(|held| format!("{} {} {:?}", node.id, org.person(held.person).id, held.to)),
        );
    }
    let of_units = org.units().flat_map(|(unit, row)| state.unit_marks(unit).iter().map(move |mark| (&row.id, mark)));
    let of_nodes = org.nodes().flat_map(|(node, row)| state.node_marks(node).iter().map(move |mark| (&row.id, mark)));
    let marks = of_units.chain(of_nodes).filter(|(_, mark)| within(id(mark.at)));
    lines.extend(marks.map(|(of, mark)| format!("{of} {} {} {}", state.fact_of(mark), mark.day, mark.recorded)));
    // Who answers a problem of a unit that moved away does so where that is.
    let answered = |matter: &&Matter| within(id(state.answered_at(matter, story.today())));
    let problems = state.matters().filter(answered);
    lines.extend(problems.map(|matter| format!("problem {} open: {}", matter.id, matter.is_open())));
    let at = |fact: &wangge::grid::fact::Fact| fact.draft.at.clone().unwrap_or_default();
    let held = state.held().filter_map(|held| Some((held.content()?, held)));
    let held = held.filter(|(content, _)| within(&at(content)));
    lines.extend(held.map(|(_, held)| format!("held {} {:?} {:?}", held.id, held.why, held.settled.map(|s| s.counts))));
    lines.sort();
    lines
}
