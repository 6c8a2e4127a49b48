//! What is drawn: only glyphs of one agreed width (rule 8), and nothing cut in half (rule 12).
use std::collections::BTreeSet;

use unicode_width::UnicodeWidthChar;

use super::{TOUR, demo, run};
use crate::pty::{Frame, Home, Terminal};

/// The marks that every client draws in one cell (rule 8).
const SAFE: &str = "✓✗☐☑☒▸▾▪◉⬤░⚠⚑";

/// Whether it is one of them, or braille.
fn is_safe(c: char) -> bool {
    SAFE.contains(c) || ('\u{2800}'..='\u{28ff}').contains(&c)
}

/// Every character that the tour's screens show, each with the first row that it was seen in.
fn seen(term: &mut Terminal, stops: &[&str]) -> BTreeSet<(char, String)> {
    let mut found: BTreeSet<(char, String)> = BTreeSet::new();
    for keys in stops {
        term.keys(keys);
        for line in term.frame().lines() {
            for c in line.chars().filter(|c| !c.is_ascii()) {
                if !found.iter().any(|(known, _)| *known == c) {
                    found.insert((c, line.clone()));
                }
            }
        }
    }
    found
}

/// Whether clients differ about the character's width: East Asian Ambiguous.
fn is_ambiguous(c: char) -> bool {
    c.width() != c.width_cjk()
}

/// What of the tour's screens is none of the safe marks and no hanzi.
pub(super) fn unsafe_glyphs(term: &mut Terminal) -> Vec<(char, String)> {
    let shown = seen(term, TOUR);
    assert!(shown.len() > 300, "the tour saw only {} characters", shown.len());
    assert!(shown.iter().any(|(c, _)| SAFE.contains(*c)), "the unicode set was not drawn");
    shown.into_iter().filter(|(c, _)| is_ambiguous(*c) || c.width() != Some(2) && !is_safe(*c)).collect()
}

#[test]
fn rule_08_no_screen_shows_a_glyph_that_clients_draw_in_one_cell_or_in_two() {
    let home = Home::new();
    let wrong = unsafe_glyphs(&mut demo(&home, &[]));
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn rule_08_ascii_draws_no_mark_beyond_ascii_and_nothing_ambiguous() {
    let home = Home::new();
    let shown = seen(&mut demo(&home, &["--ascii"]), TOUR);
    let wrong: Vec<_> = shown.iter().filter(|(c, _)| is_ambiguous(*c) || c.width() != Some(2)).collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// Names that end at odd and at even columns, longer than any list gives them.
const NAMES: [&str; 4] = [
    "兰溪市高源米业粮油食品加工贸易有限责任公司",
    "A兰溪市达荣织造印染服装进出口贸易有限公司",
    "兰溪B益华家具木业竹制品工艺美术设计有限公司",
    "短名",
];

#[test]
fn rule_12_names_are_cut_by_display_width_at_every_width_of_the_window() {
    let home = Home::new();
    run(&home, &["init", "--pack", "lanxi", "--store", "store"]);
    std::fs::write(home.path().join("long.csv"), roster()).expect("a roster");
    run(&home, &["import", "long.csv", "--store", "store"]);
    let mut term = home.wangge(&["--store", "store"]).start();
    term.wait_for("下级");
    term.keys("/ jjkfq <Enter>*2 <Left> <Right> <Down>*2 <Enter>");
    term.wait_for("建议走访");
    term.keys("2");
    let mut cut = 0;
    for columns in (79..=100).chain([120, 121]) {
        term.resize(columns, 24);
        let frame = term.wait("the list at the new width", |frame| {
            frame.columns() == columns && names_of(frame).len() == NAMES.len() && frame.lines()[23].contains("帮助")
        });
        cut += names_of(&frame).iter().filter(|name| is_cut_well(name, columns, &frame)).count();
        for row in frame.lines() {
            assert!(unicode_width::UnicodeWidthStr::width(row.as_str()) <= usize::from(columns), "{row}");
        }
        // Each name has the same columns to itself: what follows it begins in the same one.
        let starts: BTreeSet<Option<u16>> =
            names_of(&frame).iter().map(|row| row.find("从未走访").map(|at| width(&row[..at]))).collect();
        assert_eq!(starts.len(), 1, "the columns are crooked at {columns}:\n{frame}");
    }
    assert!(cut > 20, "only {cut} names were too long: nothing was tested");
}

/// The rows of the list, from the name on.
fn names_of(frame: &Frame) -> Vec<String> {
    let rows = frame.lines();
    rows.iter().filter_map(|row| row.split_once("☐ ").map(|(_, rest)| rest.to_owned())).collect()
}

/// Whether the row's name is cut; it must then be the start of a name, whole characters, and two dots.
fn is_cut_well(row: &str, columns: u16, frame: &Frame) -> bool {
    let name = row.split("从未走访").next().unwrap_or_default().trim_end();
    match name.strip_suffix("..") {
        None => {
            assert!(NAMES.contains(&name), "`{name}` is no name, at {columns}:\n{frame}");
            false
        }
        Some(start) => {
            let fits = NAMES.iter().any(|full| full.starts_with(start) && full.len() > start.len());
            assert!(fits && !start.is_empty(), "`{start}` starts no name, at {columns}:\n{frame}");
            true
        }
    }
}

fn width(text: &str) -> u16 {
    unicode_width::UnicodeWidthStr::width(text) as u16
}

/// Four rows of the sample roster, all in one grid, under other names.
fn roster() -> String {
    let sample = include_str!("../../../data/roster/sample.csv");
    let (head, rows) = sample.split_once('\n').expect("a header");
    let mut out = format!("{head}\n");
    for (row, name) in rows.lines().zip(NAMES) {
        let mut cells: Vec<&str> = row.split(',').collect();
        (cells[1], cells[7]) = (name, "工业第1网格");
        out += &format!("{}\n", cells.join(","));
    }
    out
}
