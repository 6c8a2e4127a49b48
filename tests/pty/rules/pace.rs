//! Frames are paced by the terminal's answers (rule 24), so that a held key on a slow line queues nothing.
use std::time::Duration;

use super::demo_over;
use crate::pty::{Home, Link};

/// Rule 24: what a held key has led to stands on the screen this soon after the last press.
const SETTLED: Duration = Duration::from_secs(1);

#[test]
fn rule_24_a_held_key_on_a_slow_link_settles_within_a_second_of_letting_go() {
    let home = Home::new();
    let mut term = demo_over(&home, Link::SLOW);
    // Down the list of enterprises, and down the tree, where the other side changes with every row.
    for (place, keys) in [("the list", "2"), ("the tree", "<Tab> <Home>")] {
        term.keys(keys);
        term.settle(Duration::from_millis(300));
        let mark = term.mark();
        term.hold("j", 60, 30);
        term.settle(Duration::from_millis(300));
        let tally = term.tally(mark);
        assert!(tally.settled < SETTLED, "{place}: {tally:?}");
        // What was gathered is there: the last press has moved the cursor as far as all of them together.
        let frame = term.frame();
        let shown = frame.lines().join("\n");
        term.keys("<C-l>");
        assert_eq!(term.frame().lines().join("\n"), shown, "{place}");
        println!(
            "60 presses at 30/s in {place}: {} B, settled {} ms after the last",
            tally.bytes,
            tally.settled.as_millis()
        );
    }
}
