//! Few bytes, storms of resizes, small windows (rule 19).
#![allow(clippy::print_stdout, reason = "the figures are worth reading")]

use std::time::{Duration, Instant};

use super::demo;
use crate::pty::{Frame, Home, Link, Mark, Terminal};

/// Rule 19: one row further.
const MOVE: usize = 300;
/// Rule 19: a list that scrolls by one row.
const SCROLL: usize = 800;
/// What a row of another kind may cost beside the text of the two lines at the bottom: the row itself, and for each of
/// a dozen keys the change of colours.
const OTHER_KIND: usize = 210;

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
    /// It came to a row of another kind: the two lines at the bottom say something else, in so many bytes of text.
    OtherKind(usize),
    /// The list moved as well, by so many rows.
    Scroll(usize),
}

impl Step {
    fn between(before: &Frame, after: &Frame) -> Step {
        let (old, new) = (before.lines(), after.lines());
        let foot = old.len() - 2;
        // A row without the mark of the cursor.
        let rows = |lines: &[String]| lines[1..foot].iter().map(|line| line.replace('>', " ")).collect::<Vec<_>>();
        if rows(&old) != rows(&new) {
            let mark = |a: &Frame, b: &Frame| marks(a).into_iter().find(|mark| !marks(b).contains(mark));
            let rows = mark(before, after).zip(mark(after, before)).map(|(from, to)| (from.0 + 1).saturating_sub(to.0));
            return Step::Scroll(rows.unwrap_or(1).max(1).into());
        }
        let told = (foot..foot + 2).filter(|y| old[*y] != new[*y]).map(|y| new[y].replace("  ", "").len());
        let told = told.sum();
        if told == 0 && old[foot..] == new[foot..] { Step::Move } else { Step::OtherKind(told) }
    }

    /// What it may cost.
    fn limit(self, half_page: usize) -> usize {
        match self {
            Step::Move => MOVE,
            // Two new lines of 120 columns can be more text than that by themselves.
            Step::OtherKind(told) => MOVE.max(told + OTHER_KIND),
            // Where rows move one by one.
            Step::Scroll(1) => SCROLL,
            // A list that moves by half a page pays for each row that it moves; at its end it moves by fewer rows and
            // is written anew all the same: the tree beside it stands still, so that the terminal can't move rows.
            Step::Scroll(rows) => MOVE * rows.max(half_page),
        }
    }
}

/// Where the marks of cursors stand.
fn marks(frame: &Frame) -> Vec<(u16, u16)> {
    let rows = frame.lines().len() as u16;
    (0..rows)
        .flat_map(|y| (0..frame.columns()).map(move |x| (y, x)))
        .filter(|(y, x)| frame.cell(*y, *x) == ">")
        .collect()
}

/// Presses `<Down>` so many times; each with what it was and its bytes.
fn walk(term: &mut Terminal, times: usize) -> Vec<(Step, usize)> {
    let mut out = Vec::new();
    for _ in 0..times {
        let (before, mark) = (term.frame(), term.mark());
        term.keys("<Down>");
        let bytes = term.since(mark).len();
        if bytes > 0 {
            out.push((Step::between(&before, &term.frame()), bytes));
        }
    }
    out
}

#[test]
fn rule_19_a_move_by_one_row_and_a_scroll_by_one_row_stay_within_their_bytes() {
    let mut all = Vec::new();
    for size in [(80, 24), (120, 40)] {
        let home = Home::new();
        let mut term = home.wangge(&["demo"]).size(size.0, size.1).start_reckoned(Link::SLOW);
        term.wait_for("建议走访");
        for place in ["1", "2", "6", "b"] {
            term.keys(place);
            let steps = walk(&mut term, 48);
            let most = |wanted: fn(&Step) -> bool| steps.iter().filter(|(step, _)| wanted(step)).map(|(_, b)| *b).max();
            println!(
                "{size:?} after {place}: a move {:?} B, to another kind of row {:?} B, half a page {:?} B",
                most(|step| *step == Step::Move),
                most(|step| matches!(step, Step::OtherKind(_))),
                most(|step| matches!(step, Step::Scroll(_))),
            );
            // Moves and half pages together, by the press.
            let mean = steps.iter().map(|(_, bytes)| bytes).sum::<usize>() / steps.len().max(1);
            println!("{mean} B a press");
            assert!(mean <= MOVE, "{size:?} after {place}: {mean} B a press: {steps:?}");
            for (step, bytes) in &steps {
                let is_small = size == (80, 24) && !matches!(step, Step::Scroll(_));
                let limit = if is_small { MOVE } else { step.limit(usize::from(size.1) / 2 - 2) };
                assert!(*bytes <= limit, "{size:?} after {place}: {step:?} in {bytes} B");
            }
            all.extend(steps);
        }
    }
    let of = |wanted: fn(&Step) -> bool| all.iter().filter(|(step, _)| wanted(step)).count();
    let seen = [
        of(|step| *step == Step::Move),
        of(|step| matches!(step, Step::OtherKind(_))),
        of(|step| matches!(step, Step::Scroll(rows) if *rows > 5)),
    ];
    assert!(seen[0] > 60 && seen[1] > 10 && seen[2] > 2, "too little was seen: {seen:?}");
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
    // The smallest window has the whole week.
    term.resize(60, 16);
    term.keys("C");
    term.wait_for("周日");
}
