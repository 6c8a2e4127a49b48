//! Text measured in terminal cells: width, truncation, padding, wrapping, and the one way into a buffer.
use std::cell::Cell;

use ratatui::buffer::Buffer;
use ratatui::style::Style;
use serde::Deserialize;
use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

/// What stands for the rest of a text that did not fit.
pub const ELLIPSIS: &str = "..";

/// How wide a client draws the characters that Unicode calls ambiguous: `“ ” … — ①` in what people write. Marks of our
/// own are never among them ([`super::glyph`]).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Ambiguous {
    /// One cell.
    Narrow,
    /// Two cells, as many clients do in a Chinese Windows.
    Wide,
}

thread_local! {
    /// One terminal, one thread that draws on it; tests draw on many at once.
    static WIDE: Cell<bool> = const { Cell::new(false) };
}

impl Ambiguous {
    /// From now on this thread measures so; narrow before.
    pub fn hold(self) {
        WIDE.set(self == Ambiguous::Wide);
    }
}

/// The cells of one cluster, as the terminal draws it.
fn cells(cluster: &str) -> usize {
    if WIDE.get() { cluster.width_cjk() } else { cluster.width() }
}

/// The characters of `text` as a reader sees them, each with its width of 1 or 2 cells.
///
/// What has no width of its own or could move the cursor (control characters, lone joiners) becomes a blank of one
/// cell or is left out; clusters that claim more than two cells become `?`.
pub fn clusters(text: &str) -> impl Iterator<Item = (&str, usize)> {
    let mut rest = text;
    std::iter::from_fn(move || {
        loop {
            let mut chars = rest.chars();
            let first = chars.next()?;
            // Nearly all text is ASCII and hanzi, which join with nothing but what is neither.
            if let Some(width) = simple(first).filter(|_| chars.next().is_none_or(|next| simple(next).is_some())) {
                let (cluster, after) = rest.split_at(first.len_utf8());
                rest = after;
                return Some((cluster, width));
            }
            let (cluster, after) = rest.split_at(rest.graphemes(true).next().map_or(rest.len(), str::len));
            rest = after;
            if cluster.contains(char::is_control) {
                return Some((" ", 1));
            }
            match cells(cluster) {
                0 => {}
                w @ (1 | 2) => return Some((cluster, w)),
                _ => return Some(("?", 1)),
            }
        }
    })
}

/// The width of a character that stands for itself next to others of its kind.
fn simple(c: char) -> Option<usize> {
    match c {
        ' '..='~' => Some(1),
        '\u{4e00}'..='\u{9fff}' | '\u{3000}'..='\u{3011}' | '\u{ff01}'..='\u{ff5e}' => Some(2),
        _ => None,
    }
}

/// How many cells `text` takes.
pub fn width(text: &str) -> usize {
    clusters(text).map(|(_, w)| w).sum()
}

/// As many of the parts of `text`, which two blanks part, as `cols` cells have room for, and the first one always: a
/// number that is cut says another number.
pub fn whole_parts(text: &str, cols: usize) -> &str {
    let mut kept = text;
    while width(kept) > cols
        && let Some((fewer, _)) = kept.trim_end().rsplit_once("  ")
    {
        kept = fewer.trim_end();
    }
    kept
}

/// `text` as a heading begins: with a capital, where its script has any.
pub fn capital(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or(String::new(), |first| first.to_uppercase().chain(chars).collect())
}

/// `text` cut to at most `cols` cells, ending in `..` if anything was left out; never half a character.
pub fn truncate(text: &str, cols: usize) -> String {
    let room = cols.saturating_sub(ELLIPSIS.len());
    let mut out = String::with_capacity(text.len());
    let mut used = 0;
    // As much of the text as leaves room for the ellipsis.
    let mut kept = 0;
    for (s, w) in clusters(text) {
        if used + w > cols {
            out.truncate(kept);
            out.push_str(&ELLIPSIS[..cols.min(ELLIPSIS.len())]);
            break;
        }
        out.push_str(s);
        used += w;
        if used <= room {
            kept = out.len();
        }
    }
    out
}

/// `text` in exactly `cols` cells, blanks on the right.
pub fn pad_right(text: &str, cols: usize) -> String {
    let mut out = truncate(text, cols);
    out.extend(std::iter::repeat_n(' ', cols.saturating_sub(width(&out))));
    out
}

/// `text` in exactly `cols` cells, blanks on the left.
pub fn pad_left(text: &str, cols: usize) -> String {
    let text = truncate(text, cols);
    " ".repeat(cols.saturating_sub(width(&text))) + &text
}

/// `text` in lines of at most `cols` cells.
///
/// Lines break at `\n`, between any two Chinese characters, and between ASCII words; a word longer than a line is
/// cut. No line begins with a mark that closes, or ends with one that opens. Blanks at a break are dropped. An empty text is
/// one empty line.
pub fn wrap(text: &str, cols: usize) -> Vec<String> {
    text.split('\n').flat_map(|line| wrap_line(line, cols.max(2))).collect()
}

fn wrap_line(line: &str, cols: usize) -> Vec<String> {
    let mut lines = Vec::new();
    let mut now = String::new();
    let mut used = 0;
    for word in words(line) {
        let w = width(word);
        if used + w > cols && !now.is_empty() {
            lines.push(std::mem::take(&mut now).trim_end().to_owned());
            used = 0;
        }
        if word == " " && used == 0 && !lines.is_empty() {
            continue;
        }
        for (s, w) in clusters(word) {
            if used + w > cols {
                lines.push(std::mem::take(&mut now));
                used = 0;
            }
            now.push_str(s);
            used += w;
        }
    }
    lines.push(now);
    lines
}

/// Marks that stand at no line's beginning, and at no line's end (GB/T 15834-2011, 5.1).
const CLOSING: &str = "\u{ff0c}\u{3002}\u{3001}\u{ff1b}\u{ff1a}\u{ff01}\u{ff1f}\u{ff09}\u{300d}\u{300f}\u{300b}\u{3009}\
    \u{3011}\u{3015}\u{201d}\u{2019}\u{2026}";
const OPENING: &str = "\u{ff08}\u{300c}\u{300e}\u{300a}\u{3008}\u{3010}\u{3014}\u{201c}\u{2018}";

/// Pieces that must stay together: runs of ASCII without blanks, every other character on its own, and with each the marks
/// that belong to it.
fn words(line: &str) -> Vec<&str> {
    let is_word = |s: &str| s.as_bytes()[0].is_ascii_graphic();
    let mut out: Vec<std::ops::Range<usize>> = Vec::new();
    let mut before = " ";
    for (at, s) in line.grapheme_indices(true) {
        let joins = before != " "
            && s != " "
            && (is_word(before) && is_word(s) || OPENING.contains(before) || CLOSING.contains(s));
        match out.last_mut() {
            Some(piece) if joins => piece.end = at + s.len(),
            _ => out.push(at..at + s.len()),
        }
        before = s;
    }
    out.into_iter().map(|piece| &line[piece]).collect()
}

/// Writes `text` into row `y` from column `x`, at most `cols` cells and never past the buffer; returns the column
/// after it. A wide character that the text cuts through, left or right, becomes blanks.
pub fn put(buf: &mut Buffer, x: u16, y: u16, text: &str, cols: usize, style: Style) -> u16 {
    let area = buf.area;
    if y < area.top() || y >= area.bottom() || x < area.left() || x >= area.right() {
        return x;
    }
    let end = usize::from(area.right()).min(usize::from(x) + cols) as u16;
    let mut at = x;
    for (s, w) in clusters(text) {
        let next = at + w as u16;
        if next > end {
            break;
        }
        if at == x {
            free_left(buf, x, y);
        }
        buf[(at, y)].reset();
        buf[(at, y)].set_symbol(s).set_style(style);
        if w == 2 {
            buf[(at + 1, y)].reset();
            buf[(at + 1, y)].set_style(style);
        }
        at = next;
    }
    at
}

/// [`put`] of `text` truncated with `..` to `cols` cells.
pub fn put_fit(buf: &mut Buffer, x: u16, y: u16, text: &str, cols: usize, style: Style) -> u16 {
    put(buf, x, y, &truncate(text, cols), cols, style)
}

/// Blanks the wide character whose right half stands at `x`, because something else is drawn from `x` on.
pub fn free_left(buf: &mut Buffer, x: u16, y: u16) {
    if x > buf.area.left() && buf[(x - 1, y)].symbol().len() > 1 && cells(buf[(x - 1, y)].symbol()) > 1 {
        buf[(x - 1, y)].set_symbol(" ");
    }
}

/// For the tests of widgets: what a row of a buffer shows.
#[cfg(test)]
pub(crate) mod tests_support {
    use ratatui::buffer::Buffer;

    /// Row `y` without trailing blanks; the hidden halves of wide characters are passed over.
    pub(crate) fn line(buf: &Buffer, y: u16) -> String {
        let mut out = String::new();
        let mut x = 0;
        while x < buf.area.width {
            let symbol = buf[(x, y)].symbol();
            out.push_str(symbol);
            x += super::width(symbol).max(1) as u16;
        }
        out.trim_end().to_owned()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use ratatui::layout::Rect;

    use super::*;

    #[test]
    fn a_line_of_parts_loses_whole_parts_from_its_end() {
        let line = "逾期 153  将到期 42  走访 689/754";
        assert_eq!(whole_parts(line, 80), line);
        assert_eq!(whole_parts(line, 33), line);
        assert_eq!(whole_parts(line, 32), "逾期 153  将到期 42");
        assert_eq!(whole_parts(line, 18), "逾期 153");
        assert_eq!(whole_parts(line, 3), "逾期 153");
        assert_eq!(whole_parts("", 0), "");
    }

    #[test]
    fn truncation_never_passes_the_column_nor_halves_a_character() {
        assert_eq!(truncate("兰溪市纺织", 10), "兰溪市纺织");
        assert_eq!(truncate("兰溪市纺织", 9), "兰溪市..");
        assert_eq!(truncate("兰溪市纺织", 8), "兰溪市..");
        assert_eq!(truncate("兰溪市纺织", 7), "兰溪..");
        assert_eq!(truncate("兰溪", 3), "..");
        assert_eq!(truncate("兰溪", 1), ".");
        assert_eq!(truncate("兰溪", 0), "");
        assert_eq!(truncate("a\tb\u{1b}[m", 9), "a b [m");
    }

    #[test]
    fn a_heading_begins_with_a_capital_where_there_is_one() {
        assert_eq!(["overdue", "逾期", "2026", ""].map(capital), ["Overdue", "逾期", "2026", ""]);
    }

    #[test]
    fn padding_counts_cells() {
        assert_eq!(pad_right("兰溪", 6), "兰溪  ");
        assert_eq!(pad_left("兰溪", 5), " 兰溪");
        assert_eq!(pad_right("兰溪市", 5), "兰.. ");
    }

    #[test]
    fn wrapping_breaks_hanzi_anywhere_and_keeps_ascii_words() {
        assert_eq!(wrap("网格长每月走访", 6), ["网格长", "每月走", "访"]);
        assert_eq!(wrap("用 wangge due 看", 8), ["用", "wangge", "due 看"]);
        assert_eq!(wrap("保证经费。共「五有」", 8), ["保证经", "费。共", "「五有」"]);
        assert_eq!(wrap("请登记：wangge", 8), ["请登记：", "wangge"]);
        assert_eq!(wrap("！？", 2), ["！", "？"]);
        assert_eq!(wrap("91330781MA28", 5), ["91330", "781MA", "28"]);
        assert_eq!(wrap("甲\n\n乙", 8), ["甲", "", "乙"]);
        assert_eq!(wrap("", 8), [""]);
    }

    #[test]
    fn overwriting_half_of_a_wide_character_blanks_the_other_half() {
        let mut buf = Buffer::empty(Rect::new(0, 0, 8, 1));
        put(&mut buf, 0, 0, "兰溪市", 8, Style::new());
        put(&mut buf, 1, 0, "|", 1, Style::new());
        assert_eq!(buf[(0, 0)].symbol(), " ");
        assert_eq!(buf[(1, 0)].symbol(), "|");
        assert_eq!(buf[(2, 0)].symbol(), "溪");
        put(&mut buf, 4, 0, "|", 1, Style::new());
        assert_eq!(buf[(4, 0)].symbol(), "|");
        assert_eq!(buf[(5, 0)].symbol(), " ");
    }

    #[test]
    fn what_clients_disagree_about_is_as_wide_as_the_terminal_draws_it() {
        let (text, ours) = ("“一套表”①", "✓ ✗ ☐ ☑ ▸ ▾ ⚠");
        assert_eq!((width(text), width(ours)), (9, 13));
        Ambiguous::Wide.hold();
        assert_eq!((width(text), width(ours)), (12, 13));
        assert_eq!(truncate(text, 7), "“一..");
        let mut buf = Buffer::empty(Rect::new(0, 0, 12, 1));
        put(&mut buf, 0, 0, "“一套表”", 12, Style::new());
        put(&mut buf, 1, 0, "|", 1, Style::new());
        assert_eq!(buf[(0, 0)].symbol(), " ", "half of it is covered");
        Ambiguous::Narrow.hold();
    }

    proptest! {
        #[test]
        fn characters_are_found_as_the_standard_finds_them(text in "[a-z 兰溪，：\u{301}\u{302a}\u{fe0f}\u{200d}é😀●\t]{0,12}") {
            let shown = |s: &&str| s.width() > 0 || s.contains(char::is_control);
            let standard: Vec<&str> = text.graphemes(true).filter(shown).collect();
            let got: Vec<&str> = clusters(&text).map(|(s, _)| s).collect();
            prop_assert_eq!(got.len(), standard.len());
            for (got, standard) in got.iter().zip(standard) {
                prop_assert!(*got == standard || *got == " " || *got == "?", "{:?}", standard);
            }
        }

        #[test]
        fn no_text_leaves_its_columns(text in "[a-z 兰溪市●“”é\u{301}😀\t]{0,12}", cols in 0usize..14) {
            prop_assert!(width(&truncate(&text, cols)) <= cols);
            prop_assert_eq!(width(&pad_right(&text, cols)), cols);
            prop_assert_eq!(width(&pad_left(&text, cols)), cols);
            for line in wrap(&text, cols) {
                prop_assert!(width(&line) <= cols.max(2));
            }
            let mut buf = Buffer::empty(Rect::new(0, 0, 10, 1));
            let end = put(&mut buf, 2, 0, &text, cols, Style::new());
            prop_assert!(end <= 10 && usize::from(end) <= 2 + cols);
        }
    }
}
