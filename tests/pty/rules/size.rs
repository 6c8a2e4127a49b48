//! Few bytes, storms of resizes, small windows (rule 19).
#![allow(clippy::print_stdout, reason = "the figures are worth reading")]

use std::time::{Duration, Instant};

use super::demo;
use crate::pty::{Home, Mark, Terminal};

/// Rule 19: one row further.
const MOVE: usize = 300;
/// Rule 19: a list that scrolls by one row, its share of half a page included.
const SCROLL: usize = 800;

#[test]
fn rule_19_the_first_paint_stays_within_5_kb_at_80x24_and_8_kb_at_120x40() {
    for (columns, rows, most) in [(80, 24, 5_000), (120, 40, 8_000)] {
        for args in [&["demo"][..], &["demo", "--ascii"]] {
            let home = Home::new();
            let mut term = home.wangge(args).size(columns, rows).start();
            term.wait_for("帮助");
            let bytes = term.since(Mark::START).len();
            assert!(bytes <= most, "{args:?} at {columns}x{rows}: {bytes} B");
        }
    }
}

/// What one press of `<Down>` was.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Step {
    /// The cursor moved, and nothing else changed.
    Move,
    /// It came to a row of another kind: the two lines at the bottom say something else.
    OtherKind,
    /// The list moved as well.
    Scroll,
}

/// Presses `<Down>` so many times; each with what it was and its bytes.
fn walk(term: &mut Terminal, times: usize) -> Vec<(Step, usize)> {
    let mut out = Vec::new();
    for _ in 0..times {
        let (before, mark) = (term.frame().lines(), term.mark());
        term.keys("<Down>");
        let (after, bytes) = (term.frame().lines(), term.since(mark).len());
        // A row without the mark of the cursor.
        let rows = |lines: &[String]| lines[1..22].iter().map(|line| line.replace('>', " ")).collect::<Vec<_>>();
        let step = match (rows(&before) == rows(&after), before[22..] == after[22..]) {
            (true, true) => Step::Move,
            (true, false) => Step::OtherKind,
            (false, _) => Step::Scroll,
        };
        if bytes > 0 {
            out.push((step, bytes));
        }
    }
    out
}

#[test]
fn rule_19_a_move_by_one_row_and_a_scroll_by_one_row_stay_within_their_bytes() {
    let home = Home::new();
    let mut term = home.wangge(&["demo"]).start();
    term.wait_for("建议走访");
    let mut all = Vec::new();
    for place in ["1", "2", "6", "b"] {
        term.keys(place);
        let steps = walk(&mut term, 40);
        let most =
            |kind: Step| steps.iter().filter(|(step, _)| *step == kind).map(|(_, bytes)| *bytes).max().unwrap_or(0);
        let mean = steps.iter().map(|(_, bytes)| bytes).sum::<usize>() / steps.len().max(1);
        let [moves, others, scrolls] = [Step::Move, Step::OtherKind, Step::Scroll].map(most);
        println!(
            "after {place}: move {moves} B, to another kind of row {others} B, half a page {scrolls} B, mean {mean} B"
        );
        assert!(moves <= MOVE, "{place}: {steps:?}");
        // Where the row is of another kind, its clause and its keys are told anew: two more lines of text.
        assert!(others <= MOVE + 2 * 80, "{place}: {steps:?}");
        // A list moves by half a page at its edge, so that a scroll by one row is its share of that, and of the moves.
        assert!(mean <= SCROLL && scrolls / 10 <= SCROLL, "{place}: {steps:?}");
        all.extend(steps);
    }
    let of = |kind: Step| all.iter().filter(|(step, _)| *step == kind).count();
    assert!(of(Step::Move) > 30 && of(Step::Scroll) > 1, "too little was seen: {all:?}");
}

#[test]
fn rule_19_forty_resizes_in_a_second_are_at_most_three_full_paints() {
    let home = Home::new();
    let mut term = demo(&home, &[]);
    let mark = term.mark();
    let begun = Instant::now();
    for i in 0..40u16 {
        let due = begun + Duration::from_millis(25) * i.into();
        while Instant::now() < due {
            term.hears_within(due.saturating_duration_since(Instant::now()));
        }
        term.resize(80 + i % 7, 24 + i % 5);
    }
    term.resize(100, 30);
    term.wait("the last size", |frame| frame.columns() == 100 && frame.lines()[29].contains("帮助"));
    term.settle(Duration::from_millis(600));
    let text = String::from_utf8_lossy(term.since(mark)).into_owned();
    let full = text.matches("\x1b[2J").count();
    // The last one, after the second, may come by itself.
    assert!((1..=4).contains(&full), "{full} full paints");
    assert!(full <= 3 || begun.elapsed() > Duration::from_millis(1_500), "{full} full paints");
}

#[test]
fn rule_19_79x23_is_usable_and_20x5_says_that_the_window_is_too_small() {
    let home = Home::new();
    let mut term = home.wangge(&["demo", "--units", "300"]).size(79, 23).start();
    let frame = term.wait_for("建议走访");
    assert!(frame.shows("网格智治") && frame.lines()[22].contains("帮助"), "{frame}");
    term.keys("x");
    term.wait_for("主题");
    term.keys("<Esc>");
    term.resize(20, 5);
    term.wait("the sentence", |frame| frame.lines()[0].contains("窗口太小"));
    // Keys do no harm there, and the desk comes back as it was.
    term.keys("j k");
    term.resize(79, 23);
    term.wait_for("建议走访");
}
