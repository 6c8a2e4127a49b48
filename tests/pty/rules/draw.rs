//! What is sent: explicit positions (rule 10), whole popups (rule 11), colours (rule 13), UTF-8 (rule 14), no mouse
//! (rule 16), one write (rule 17).
use std::{fs, sync::LazyLock};

use unicode_width::UnicodeWidthChar;

use super::{TOUR, demo};
use crate::pty::{Frame, Home, Mark, Terminal};

/// Text as people write it, with glyphs that clients draw in one cell or in two.
pub(super) const DISPUTED: &str = "“一套表”①甲…乙·丙—丁×";

#[test]
fn rule_10_after_an_ambiguous_glyph_the_cursor_is_placed_before_the_next_cell() {
    let home = Home::new();
    let mut term = demo(&home, &[]);
    let mark = term.mark();
    let shown = show_disputed(&mut term);
    assert!(shown.shows(DISPUTED), "{shown}");
    let repaint = term.mark();
    term.send(b"\x0c");
    term.wait_for_repaint(repaint);
    let text = String::from_utf8(term.since(mark).to_vec()).expect("UTF-8");
    let glyphs: Vec<_> = text.char_indices().filter(|(_, c)| c.width() != c.width_cjk()).collect();
    assert!(glyphs.len() >= 2 * 7, "{text:?}");
    for (at, glyph) in glyphs {
        let after = &text[at + glyph.len_utf8()..];
        assert!(is_placed(after), "after {glyph} comes {:?}", after.chars().take(20).collect::<String>());
    }
}

/// Types the disputed text into the topic of a training session.
pub(super) fn show_disputed(term: &mut Terminal) -> Frame {
    term.keys("x");
    term.wait_for("主题");
    term.send(format!("\x1b[200~{DISPUTED}\x1b[201~").as_bytes());
    term.wait_for("丙")
}

/// Whether the cursor is placed absolutely before anything is printed.
fn is_placed(text: &str) -> bool {
    let mut rest = text;
    loop {
        if rest.is_empty() || rest.starts_with('\r') {
            return true;
        }
        let Some(sequence) = rest.strip_prefix("\x1b[") else { return false };
        let Some(end) = sequence.find(|c: char| ('@'..='~').contains(&c)) else { return false };
        if matches!(&sequence[end..=end], "G" | "H") {
            return true;
        }
        rest = &sequence[end + 1..];
    }
}

#[test]
fn rule_11_a_popup_over_chinese_text_keeps_both_borders_at_odd_and_even_columns() {
    let home = Home::new();
    let mut term = demo(&home, &[]);
    let mut edges = std::collections::BTreeSet::new();
    for keys in ["x", "h", "2 <End> e", "r"] {
        term.keys(keys);
        for columns in [81, 82, 83, 80] {
            term.resize(columns, 24);
            let (left, right) = popup_at(&mut term, columns);
            edges.extend([("left", left % 2), ("right", right % 2)]);
        }
        term.keys("<Esc>*2 1");
    }
    assert_eq!(edges.len(), 4, "only {edges:?} were seen");
}

/// Waits until a popup stands in the middle of so many columns; its borders, which are whole.
pub(super) fn popup_at(term: &mut Terminal, columns: u16) -> (u16, u16) {
    let in_the_middle = |frame: &Frame| {
        let found = popup(frame);
        found.is_some_and(|(_, _, left, right)| left == (columns - (right + 1 - left)) / 2)
    };
    let frame = term.wait("the popup at the new width", |frame| frame.columns() == columns && in_the_middle(frame));
    borders_hold(&frame)
}

/// The popup's first and last row and column, by its corners.
fn popup(frame: &Frame) -> Option<(u16, u16, u16, u16)> {
    let rows = frame.lines().len() as u16;
    let corners = |row: u16| -> Vec<u16> { (0..frame.columns()).filter(|x| frame.cell(row, *x) == "+").collect() };
    let edges: Vec<(u16, u16, u16)> = (0..rows)
        .filter_map(|row| {
            let at = corners(row);
            let (left, right) = (*at.first()?, *at.last()?);
            (left < right && frame.cell(row, left + 1) == "-").then_some((row, left, right))
        })
        .collect();
    let (top, bottom) = (edges.first()?, edges.last()?);
    (top.0 < bottom.0 && (top.1, top.2) == (bottom.1, bottom.2)).then_some((top.0, bottom.0, top.1, top.2))
}

/// Both borders stand in every row of the popup; returns their columns.
fn borders_hold(frame: &Frame) -> (u16, u16) {
    let (top, bottom, left, right) = popup(frame).expect("a popup");
    for row in top + 1..bottom {
        assert!(frame.cell(row, left) == "|" && frame.cell(row, right) == "|", "row {row}:\n{frame}");
    }
    (left, right)
}

/// The parameters of every SGR sequence in `bytes`; an empty one is told as such.
fn styles(bytes: &[u8]) -> Vec<String> {
    let text = String::from_utf8_lossy(bytes).into_owned();
    let sequences = text.split("\x1b[").skip(1).filter_map(|rest| {
        let end = rest.find(|c: char| ('@'..='~').contains(&c))?;
        (&rest[end..=end] == "m").then(|| rest[..end].to_owned())
    });
    sequences.flat_map(|codes| codes.split(';').map(str::to_owned).collect::<Vec<_>>()).collect()
}

#[test]
fn rule_13_without_colour_nothing_but_reverse_bold_and_the_like_is_sent_and_overdue_is_still_told() {
    let home = Home::new();
    let mut term = home.wangge(&["demo", "--units", "300"]).env("NO_COLOR", "1").start();
    let frame = term.wait_for("建议走访");
    assert!(frame.shows("! 逾期") || frame.shows("逾期"), "{frame}");
    for keys in TOUR {
        term.keys(keys);
    }
    let codes = styles(term.since(Mark::START));
    let wrong: Vec<_> =
        codes.iter().filter(|code| !["0", "1", "2", "4", "7", "22", "24", "27"].contains(&code.as_str())).collect();
    assert!(wrong.is_empty(), "{wrong:?}");
    assert!(codes.iter().any(|code| code == "7"), "the selection is reversed");
}

/// All that is sent on the tour, with colours. Two rules look at it.
static TOURED: LazyLock<Vec<u8>> = LazyLock::new(|| {
    let home = Home::new();
    let mut term = demo(&home, &[]);
    for keys in TOUR {
        term.keys(keys);
    }
    term.since(Mark::START).to_vec()
});

#[test]
fn rule_13_sixteen_colours_on_the_terminals_own_ground_suffice() {
    let codes = styles(&TOURED);
    let allowed =
        |code: &str| code.parse().is_ok_and(|n: u8| matches!(n, 0..=7 | 22..=27 | 31..=36 | 39 | 49 | 91..=96));
    let wrong: Vec<_> = codes.iter().filter(|code| !allowed(code)).collect();
    assert!(wrong.is_empty(), "{wrong:?}");
}

#[test]
fn rule_14_under_lang_c_posix_or_none_output_stays_utf_8_with_one_warning() {
    for lang in [Some("C"), Some("POSIX"), None] {
        let home = Home::new();
        let mut launch = home.wangge(&["demo", "--units", "300"]).without("LANG");
        if let Some(lang) = lang {
            launch = launch.env("LANG", lang);
        }
        let mut term = launch.start();
        let frame = term.wait_for("建议走访");
        let warned = frame.lines().iter().filter(|line| line.contains("UTF-8")).count();
        assert_eq!(warned, 1, "LANG={lang:?}\n{frame}");
        assert!(std::str::from_utf8(term.since(Mark::START)).is_ok());
        term.keys("2");
        assert!(!term.frame().shows("UTF-8"), "said once");
    }
}

#[test]
fn rule_16_the_mouse_is_off_unless_switched_on() {
    let text = String::from_utf8_lossy(&TOURED).into_owned();
    for mode in ["9", "1000", "1001", "1002", "1003", "1005", "1006", "1015", "1016"] {
        assert!(!text.contains(&format!("\x1b[?{mode}h")), "mode {mode}");
    }
}

#[test]
fn rule_17_a_frame_is_one_write_with_the_cursor_hidden() {
    let home = Home::new();
    let mut term = demo(&home, &[]);
    term.keys("2 <Home>");
    let writes = |term: &Terminal| -> u64 {
        let io = fs::read_to_string(format!("/proc/{}/io", term.pid())).expect("the desk's figures");
        let line = io.lines().find(|line| line.starts_with("syscw: ")).expect("writes");
        line[7..].parse().expect("a number")
    };
    // Moves, pages, tabs, a popup, a whole repaint: one write each, and the writes are those of the whole process.
    for key in ["<Down>", "<PgDn>", "3", "1", "?", "<Esc>", "<C-l>"] {
        let (before, mark) = (writes(&term), term.mark());
        term.keys(key);
        assert!(!term.since(mark).is_empty(), "{key} did nothing");
        assert_eq!(writes(&term) - before, 1, "{key}");
    }
    // Where a field shows the cursor, it is hidden while a frame is drawn.
    term.keys("/");
    let mark = term.mark();
    term.keys("兰");
    let frame = String::from_utf8_lossy(term.since(mark)).into_owned();
    assert!(frame.starts_with("\x1b[?25l") && frame.contains("\x1b[?25h"), "{frame:?}");
}
