//! Frames are paced by the terminal's answers (rule 24), so that a held key on a slow line queues nothing.
#![allow(clippy::print_stdout, reason = "the figures are worth reading")]

use std::time::Duration;

use crate::pty::{Home, Link, Mark, Terminal};

/// Rule 24: what a held key has led to stands on the screen this soon after the last press.
const SETTLED: Duration = Duration::from_secs(1);
/// Rule 19: one row further; the query behind it comes on top.
const MOVE: usize = 300;

/// The frames that were sent since `mark`: what comes before each status query.
fn frames(term: &Terminal, mark: Mark) -> Vec<usize> {
    let text = String::from_utf8_lossy(term.since(mark)).into_owned();
    let mut frames: Vec<usize> = text.split("\x1b[5n").map(str::len).collect();
    assert_eq!(frames.pop(), Some(0), "every frame ends with its query");
    frames
}

#[test]
fn rule_24_a_held_key_on_a_slow_link_settles_within_a_second_of_letting_go() {
    let home = Home::new();
    let mut term = home.wangge(&["demo"]).start_over(Link::SLOW);
    term.wait_for("建议走访");
    // Down the list of records, and down the tree, where the other side changes with every row.
    for (place, keys) in [("the list", "<Tab> <Home> <Tab> 8 <Home>"), ("the tree", "<Tab> / wg <Enter>")] {
        term.keys(keys);
        term.settle(Duration::from_millis(300));
        let start = term.frame();
        let mark = term.mark();
        term.hold("<Down>", 60, 30);
        term.settle(Duration::from_millis(300));
        let (tally, frames) = (term.tally(mark), frames(&term, mark));
        println!(
            "60 presses at 30/s in {place}: settled {} ms after the last, {} B in {} frames: {frames:?}",
            tally.settled.as_millis(),
            tally.bytes,
            frames.len()
        );
        assert!(tally.settled > Duration::ZERO && tally.settled < SETTLED, "{place}: {tally:?}");
        // Two seconds of presses became a frame for each round trip, not one for each press; nothing is left out.
        assert!((3..=40).contains(&frames.len()), "{place}: {frames:?}");
        let frame = term.frame();
        assert_ne!(frame.lines(), start.lines());
        term.send(b"\x0c");
        term.settle(Duration::from_millis(300));
        assert_eq!(term.frame().lines(), frame.lines(), "{place}: not all that was gathered is on the screen");
        // On the way a move is a move, in the tree as well: the pane beside it waits until the keys rest. A frame holds
        // several rows by then, so that every second one moves the list by half a page.
        let moves = frames.iter().filter(|bytes| **bytes <= MOVE).count();
        assert!(moves * 3 >= frames.len(), "{place}: {frames:?}");
    }
}

#[test]
fn rule_24_input_is_never_held_back_while_an_answer_is_out() {
    let home = Home::new();
    // Very far away, so that an answer is out all the time.
    let far = Link { one_way: Duration::from_millis(400), ..Link::SLOW };
    let mut term = home.wangge(&["demo", "--units", "300"]).start_over(far);
    term.wait_for("建议走访");
    term.send(b"/");
    term.send("l".as_bytes());
    term.send("x".as_bytes());
    term.send(b"\x7f");
    let frame = term.wait("the field as it was typed", |frame| frame.shows("查找 l") && !frame.shows("查找 lx"));
    assert!(frame.cursor().is_some());
    // Leaving does not wait for frames that nobody has seen.
    term.send(b"\x1b[21~");
    assert_eq!(term.wait_exit().code, 0);
    assert_eq!(term.left_behind(), Vec::<String>::new());
}

#[test]
fn rule_24_a_terminal_that_never_answers_gets_every_frame_at_once() {
    let home = Home::new();
    let mut term = home.wangge(&["demo", "--units", "300"]).silent().start();
    term.wait_for("建议走访");
    term.keys("2 <Home>");
    for i in 0..8 {
        let mark = term.mark();
        term.keys(if i % 2 == 0 { "<Down>" } else { "<Up>" });
        let tally = term.tally(mark);
        assert!(tally.bytes > 0 && tally.settled < Duration::from_millis(500), "press {i}: {tally:?}");
    }
    let asked = String::from_utf8_lossy(term.since(Mark::START)).matches("\x1b[5n").count();
    assert!((1..=5).contains(&asked), "{asked} queries");
}
