//! Envelopes as long as they may be: nothing that comes is dropped, whatever has to be said about it.
use wangge::grid::{
    fact::{Body, Draft, HeldWhy, Visit},
    org::Post,
};

use super::{
    all,
    laptop::Laptop,
    server::{Server, draft},
    with_inside,
};

/// The longest envelope that a device may write.
const LONGEST: usize = 16 * 1024;

/// A visit whose envelope is as long as it may be: filled up by its note, or by the names of whom and what it is about.
fn longest(server: &Server, person: &str, by_names: bool) -> Draft {
    let made = |length: usize| {
        let filler = "字".repeat(length / 3) + &"x".repeat(length % 3);
        let note = if by_names { String::new() } else { filler.clone() };
        let plain = draft(server.today, Some("330000001-G01"), None, Body::Visit(Visit { note, ..Visit::default() }));
        let by = Some(if by_names { filler.clone() } else { person.to_owned() });
        // Half of it stands in a name, and half in the place.
        let at = if by_names { Some(filler.clone()) } else { plain.at.clone() };
        Draft { by, at, ..plain }
    };
    let length = |draft: &Draft| {
        let mut scratch = Laptop::new([9; 32], person);
        scratch.record(draft, server.now_ms).bytes().len()
    };
    let times = if by_names { 2 } else { 1 };
    let room = LONGEST - (length(&made(1_000)) - times * 1_000);
    let draft = made(room / times);
    assert!((LONGEST - 8..=LONGEST).contains(&length(&draft)), "{}", length(&draft));
    draft
}

#[test]
fn the_longest_facts_are_kept_held_and_strayed_whole() {
    for by_names in [false, true] {
        let mut server = Server::found("2026-11-05");
        server.appoint("p1", "330000001", Post::Leader);
        let mut one = Laptop::new([1; 32], "p1");
        server.enroll(&one.key, "p1");
        one.sync(&mut server, None).unwrap();
        let mut two = one.copied();
        let long = longest(&server, "p1", by_names);
        let first = one.record(&long, server.now_ms);
        let stray = two.record(&Draft { occurred: long.occurred.pred_opt().unwrap(), ..long }, server.now_ms);
        assert_eq!((first.id(), first == stray), (stray.id(), false));
        let done = one.sync(&mut server, None).unwrap();
        assert_eq!(done.pushed.held.len(), usize::from(by_names), "somebody of a made-up name is nobody");
        assert!(done.pushed.held.iter().all(|line| line.text.len() < 2_000));
        let done = two.sync(&mut server, None).unwrap();
        assert_eq!(done.forked, [one.key.writer()]);
        let there = all(&server.log);
        for envelope in [&first, &stray] {
            let kept = there.iter().flat_map(|entry| with_inside(&entry.envelope)).filter(|kept| kept == envelope);
            assert_eq!(kept.count(), 1);
        }
        let held: Vec<HeldWhy> = server.state.held().map(|held| held.why).collect();
        assert!(held.contains(&HeldWhy::Fork) && held.len() == 1 + usize::from(by_names), "{held:?}");
        let inside = server.state.held().find(|held| held.why == HeldWhy::Fork).unwrap().content().unwrap();
        assert_eq!(inside.draft, stray.open(0).unwrap().draft);
    }
}
