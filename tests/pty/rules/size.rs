//! Few bytes, storms of resizes, small windows (rule 19).
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

/// The bytes of each of so many presses of a key.
fn presses(term: &mut Terminal, key: &str, times: usize) -> Vec<usize> {
    let press = |_| {
        let mark = term.mark();
        term.keys(key);
        term.since(mark).len()
    };
    (0..times).map(press).collect()
}

#[test]
fn rule_19_a_move_by_one_row_and_a_scroll_by_one_row_stay_within_their_bytes() {
    let home = Home::new();
    let mut term = home.wangge(&["demo"]).start();
    term.wait_for("建议走访");
    for tab in ["1", "2", "6", "7", "b"] {
        term.keys(tab);
        let rows_down = presses(&mut term, "<Down>", 40);
        let mut sorted = rows_down.clone();
        sorted.sort_unstable();
        let (median, sum) = (sorted[sorted.len() / 2], rows_down.iter().sum::<usize>());
        println!("{tab}: move p50 {median} B, 9 in 10 {} B, most {} B, mean {} B", sorted[36], sorted[39], sum / 40);
        // A list moves by half a page at its edge: all but a few presses are moves, and with those it is a scroll.
        assert!(sorted[36] <= MOVE, "{tab}: {rows_down:?}");
        assert!(sum / rows_down.len() <= SCROLL, "{tab}: {rows_down:?}");
    }
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
    term.keys("x 统计");
    term.wait_for("统计");
    term.keys("<Esc> <Enter>");
    term.resize(20, 5);
    term.wait("the sentence", |frame| frame.lines()[0].contains("窗口太小"));
    // Keys do no harm there, and the desk comes back as it was.
    term.keys("j k");
    term.resize(79, 23);
    term.wait_for("建议走访");
}
