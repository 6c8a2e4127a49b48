//! A frame as the terminal will hold it: one glyph per cell, the second cell of a wide glyph marked as such.
use ratatui::buffer::{Buffer, Cell};
use ratatui::style::{Color, Modifier};
use unicode_width::UnicodeWidthChar;

use super::pen::KEPT;
use crate::ui::text;

/// Writes `from` into `to` as the terminal will hold it.
///
/// The second cell of a wide glyph gets an empty symbol and the style of the first. A wide glyph whose second cell
/// holds something else, or lies outside, becomes a blank (rule 11). Control characters become blanks. Styles that
/// cannot be seen on a blank are dropped, and all colours where `color` is false, so that they cost no bytes.
pub(super) fn settle(from: &Buffer, to: &mut Buffer, color: bool) {
    to.clone_from(from);
    let cols = usize::from(from.area.width).max(1);
    for row in to.content.chunks_mut(cols) {
        let mut x = 0;
        while x < row.len() {
            let width = glyph(&mut row[x]);
            style(&mut row[x], color);
            let free = row.get(x + 1).is_some_and(|next| matches!(next.symbol(), " " | ""));
            match (width, free) {
                (2, true) => {
                    let (first, rest) = row.split_at_mut(x + 1);
                    rest[0] = first[x].clone();
                    rest[0].set_symbol("");
                    x += 2;
                }
                (2, false) => {
                    row[x].set_symbol(" ");
                    style(&mut row[x], color);
                    x += 1;
                }
                _ => x += 1,
            }
        }
    }
}

/// Leaves one glyph in `cell`; returns its width.
fn glyph(cell: &mut Cell) -> usize {
    if let [b' '..=b'~'] = cell.symbol().as_bytes() {
        return 1;
    }
    let (symbol, width) = text::clusters(cell.symbol()).next().unwrap_or((" ", 1));
    if symbol != cell.symbol() {
        let symbol = symbol.to_owned();
        cell.set_symbol(&symbol);
    }
    width
}

fn style(cell: &mut Cell, color: bool) {
    cell.modifier &= KEPT;
    if cell.modifier.contains(Modifier::BOLD) {
        // Terminals disagree on what both together look like.
        cell.modifier -= Modifier::DIM;
    }
    if !color {
        cell.fg = Color::Reset;
        cell.bg = Color::Reset;
    }
    if cell.symbol() == " " && !cell.modifier.intersects(Modifier::REVERSED | Modifier::UNDERLINED) {
        cell.fg = Color::Reset;
        cell.modifier = Modifier::empty();
    }
}

/// Wide everywhere: hanzi, kana, hangul, full-width forms and their punctuation.
const WIDE: [std::ops::RangeInclusive<char>; 7] = [
    '\u{2e80}'..='\u{4dbf}',
    '\u{4e00}'..='\u{9fff}',
    '\u{ac00}'..='\u{d7a3}',
    '\u{f900}'..='\u{faff}',
    '\u{fe30}'..='\u{fe4f}',
    '\u{ff01}'..='\u{ffe6}',
    '\u{20000}'..='\u{3fffd}',
];

/// Whether the cell is a blank that `ESC[K` leaves behind.
pub(super) fn is_blank(cell: &Cell) -> bool {
    cell.symbol() == " " && cell.bg == Color::Reset && cell.modifier.is_empty()
}

/// Whether every client gives the glyph the same width, so that the cursor's place after it is known (rule 10).
///
/// Not so: East Asian ambiguous characters, emoji, and anything made of several code points.
pub(super) fn is_agreed(symbol: &str) -> bool {
    let mut chars = symbol.chars();
    match (chars.next(), chars.next()) {
        (Some(' '..='~'), None) => true,
        // Latin, Greek and Cyrillic letters are ambiguous by the standard, whatever the tables of a library say.
        (Some('\0'..='\u{10ff}'), None) => false,
        (Some(c), None) => match (c.width(), c.width_cjk()) {
            (Some(1), Some(1)) => !('\u{2600}'..='\u{27bf}').contains(&c) || matches!(c, '✓' | '✗' | '☐' | '☑' | '☒'),
            (Some(2), Some(2)) => WIDE.iter().any(|range| range.contains(&c)),
            _ => false,
        },
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use ratatui::layout::Rect;
    use ratatui::style::Style;

    use super::*;

    #[test]
    fn ambiguous_glyphs_are_those_that_clients_disagree_on() {
        for agreed in ["a", "兰", "，", "：", "ｱ", "✓", "☑", "▸", "⬤", "⠿", "　"] {
            assert!(is_agreed(agreed), "{agreed}");
        }
        for ambiguous in ["●", "│", "─", "→", "·", "“", "…", "①", "×", "é", "😀", "☀", "⌚", "e\u{301}", ""]
        {
            assert!(!is_agreed(ambiguous), "{ambiguous}");
        }
    }

    #[test]
    fn a_wide_glyph_that_is_overwritten_half_becomes_a_blank() {
        let mut from = Buffer::empty(Rect::new(0, 0, 5, 1));
        from.set_string(0, 0, "兰溪", Style::new());
        from[(1, 0)].set_symbol("|");
        from[(4, 0)].set_symbol("市");
        let mut to = Buffer::default();
        settle(&from, &mut to, true);
        let symbols: Vec<_> = to.content.iter().map(Cell::symbol).collect();
        assert_eq!(symbols, [" ", "|", "溪", "", " "]);
    }

    #[test]
    fn control_characters_never_reach_the_terminal() {
        let mut from = Buffer::empty(Rect::new(0, 0, 3, 1));
        from[(0, 0)].set_symbol("\x1b");
        from[(1, 0)].set_symbol("\u{9b}2J");
        from[(2, 0)].set_symbol("\u{200b}");
        let mut to = Buffer::default();
        settle(&from, &mut to, true);
        assert!(to.content.iter().all(|cell| cell.symbol() == " "), "{to:?}");
    }
}
