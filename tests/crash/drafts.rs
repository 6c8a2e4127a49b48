//! Typing into a form: what was typed up to the last pause is offered after kill -9, whole, and never more than once.
use std::time::{Duration, Instant};

use rustix::process::Signal;

use super::{dice::Dice, rounds, store::Store, tell};

const TOPIC: &str = "一套表填报要点和常见差错辅导讲解";

/// Longer than a pause in typing and the write behind it.
const PAUSED: Duration = Duration::from_secs(30);

#[test]
fn kill_9_while_typing_leaves_a_whole_draft_that_is_offered_and_recorded_once() {
    let rounds = rounds(12);
    let mut dice = Dice::from_env();
    let store = Store::with_villages();
    let (leader, _) = store.appoint_leaders().remove(0);
    let (mut kept, mut none) = (0, 0);
    for n in 0..rounds {
        let mut term = store.desk(&leader, "2026-11-23").start();
        term.wait_for("帮助");
        term.keys(&format!("x {TOPIC}"));
        // The kill falls into the typing, into the pause, or behind it.
        let moment = Instant::now() + Duration::from_millis((dice.share() * 900.0) as u64);
        let _ = term.try_wait_until(moment, |_| false);
        term.signal(Signal::KILL);
        term.wait_exit();
        let drafts = store.drafts();
        assert!(drafts.len() <= 1, "round {n}, {}: {drafts:?}", dice.seed());
        let Some(draft) = drafts.first() else {
            none += 1;
            continue;
        };
        kept += 1;
        let typed = draft["values"]["topic"].as_str().unwrap_or_default();
        assert!(TOPIC.starts_with(typed), "round {n}: {typed}");
        let mut term = store.desk(&leader, "2026-11-23").start();
        term.wait_for("上次没有保存");
        term.keys("X");
        term.wait_for("草稿都已丢掉");
        term.signal(Signal::KILL);
        term.wait_exit();
        assert!(store.drafts().is_empty(), "round {n}: dropped is dropped at once");
    }

    // With all the time in the world it is there as it was typed; taken up and saved it is recorded once.
    let mut term = store.desk(&leader, "2026-11-23").start();
    term.wait_for("帮助");
    term.keys(&format!("x {TOPIC}"));
    let end = Instant::now() + PAUSED;
    while store.drafts().first().is_none_or(|draft| draft["values"]["topic"] != TOPIC) {
        assert!(Instant::now() < end, "no draft on disk: {:?}", store.drafts());
        let _ = term.try_wait_until(Instant::now() + Duration::from_millis(20), |_| false);
    }
    term.signal(Signal::KILL);
    term.wait_exit();
    let mut term = store.desk(&leader, "2026-11-23").start();
    term.wait_for("上次没有保存");
    term.keys("<Enter>");
    term.wait_for(TOPIC);
    term.keys("<F2>");
    term.wait_for("已记");
    term.signal(Signal::KILL);
    term.wait_exit();
    assert!(store.drafts().is_empty(), "what is recorded is no draft: {:?}", store.drafts());
    store.verify();
    tell(&format!("drafts: {rounds} rounds, {}: {kept} drafts kept, {none} killed before the first", dice.seed()));
}
