//! A frame over what is already drawn.
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use crate::ui::{Look, Role, text};

/// So few columns beside a wide frame are left blank.
const MARGIN: u16 = 14;
/// A frame of so many columns is a screen of its own; a narrower one stands in a form or a list.
const WIDE: u16 = 56;

/// A box of `cols` by `rows` in the middle of `area`, at most as large as it.
pub fn centered(area: Rect, cols: u16, rows: u16) -> Rect {
    let (width, height) = (cols.min(area.width), rows.min(area.height));
    Rect { x: area.x + (area.width - width) / 2, y: area.y + (area.height - height) / 2, width, height }
}

/// Clears `area`, draws a frame with `title` on it, and returns the cells inside.
///
/// Wide characters that the frame's edges cut are blanked, so that both borders stand at odd and at even columns.
pub fn draw(buf: &mut Buffer, area: Rect, look: Look, title: &str) -> Rect {
    let area = area.intersection(buf.area);
    free_edges(buf, area, look);
    clear(buf, with_margins(area, buf.area));
    if area.width < 4 || area.height < 2 {
        return Rect { width: 0, height: 0, ..area };
    }
    let (style, g) = (look.theme.style(Role::Border), look.glyphs);
    let edge = format!("{}{}{}", g.corner, g.hline.repeat(usize::from(area.width) - 2), g.corner);
    for y in [area.top(), area.bottom() - 1] {
        text::put(buf, area.x, y, &edge, area.width.into(), style);
    }
    for y in area.top() + 1..area.bottom() - 1 {
        text::put(buf, area.x, y, g.vline, 1, style);
        text::put(buf, area.right() - 1, y, g.vline, 1, style);
    }
    let title = text::truncate(title, usize::from(area.width).saturating_sub(6));
    if !title.is_empty() {
        let title = format!(" {title} ");
        text::put(buf, area.x + 2, area.y, &title, usize::from(area.width) - 4, look.theme.style(Role::Title));
    }
    Rect { x: area.x + 2, y: area.y + 1, width: area.width - 4, height: area.height - 2 }
}

/// The area, and beside it what is too narrow to be read: where few columns are left, scraps of the rows below would
/// stand there.
fn with_margins(area: Rect, all: Rect) -> Rect {
    let (left, right) = (area.x - all.x, all.right() - area.right());
    if left.max(right) > MARGIN || area.width < WIDE {
        return area;
    }
    Rect { x: all.x, width: all.width, ..area }
}

/// Blanks the words that the edges of `area` cut or touch: half a word says another word, half a number another number.
/// What other frames are drawn with stays.
fn free_edges(buf: &mut Buffer, area: Rect, look: Look) {
    for y in area.top()..area.bottom() {
        // The characters of the row, by the columns that they begin in.
        let mut row = Vec::with_capacity(buf.area.width.into());
        let mut x = buf.area.left();
        while x < buf.area.right() {
            row.push(x);
            x += text::width(buf[(x, y)].symbol()).max(1) as u16;
        }
        let left = row.partition_point(|x| *x < area.left());
        let right = row.partition_point(|x| *x < area.right());
        let ends_here = |buf: &Buffer, x: &u16| buf[(*x, y)].symbol() == " " || is_frame(buf, *x, y, look);
        let word =
            |columns: &mut dyn Iterator<Item = u16>| columns.take_while(|x| !ends_here(buf, x)).collect::<Vec<_>>();
        let cut = [word(&mut row[..left].iter().rev().copied()), word(&mut row[right..].iter().copied())].concat();
        for x in cut {
            buf[(x, y)].reset();
        }
    }
}

/// Whether a cell is part of a frame: a `-` is only beside another, for there are days and numbers with one.
fn is_frame(buf: &Buffer, x: u16, y: u16, look: Look) -> bool {
    let g = look.glyphs;
    let is = |x: u16, any: &[&str]| buf.area.contains((x, y).into()) && any.contains(&buf[(x, y)].symbol());
    let beside = [x.wrapping_sub(1), x + 1].iter().any(|x| is(*x, &[g.hline, g.corner]));
    is(x, &[g.vline, g.corner]) || is(x, &[g.hline]) && beside
}

/// Makes every cell of `area` blank, and with it the wide characters that its edges cut.
pub fn clear(buf: &mut Buffer, area: Rect) {
    let area = area.intersection(buf.area);
    for y in area.top()..area.bottom() {
        if area.width > 0 {
            text::free_left(buf, area.x, y);
        }
        for x in area.left()..area.right() {
            buf[(x, y)].reset();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::text::tests_support::line;

    #[test]
    fn both_borders_stand_at_odd_and_even_columns() {
        for x in 3..=6 {
            for width in 6..=9 {
                let mut buf = Buffer::empty(Rect::new(0, 0, 24, 5));
                for y in 0..5 {
                    text::put(&mut buf, 0, y, "兰溪市网格智治走访培  统", 24, Default::default());
                }
                let inner = draw(&mut buf, Rect::new(x, 1, width, 3), Look::new(true, true), "");
                text::put(&mut buf, inner.x, inner.y, "企业", inner.width.into(), Default::default());
                assert_eq!(text::width(&line(&buf, 2)), 24, "x {x} width {width}: {}", line(&buf, 2));
                let cells: Vec<char> = line(&buf, 2)
                    .chars()
                    .flat_map(|c| std::iter::repeat_n(c, text::width(c.encode_utf8(&mut [0; 4]))))
                    .collect();
                assert_eq!(cells[usize::from(x)], '|');
                assert_eq!(cells[usize::from(x + width - 1)], '|');
            }
        }
    }

    #[test]
    fn words_that_a_frame_cuts_or_touches_are_blanked_whole() {
        let mut buf = Buffer::empty(Rect::new(0, 0, 40, 4));
        for (y, row) in
            ["农业网格 >差2家 逾期34个 11-30 12-31 +-|", "------------------------------------"].iter().enumerate()
        {
            text::put(&mut buf, 0, y as u16 + 1, row, 40, Default::default());
        }
        draw(&mut buf, Rect::new(14, 0, 14, 4), Look::new(true, true), "");
        assert_eq!(line(&buf, 1), "农业网格      |            |   12-31 +-|");
        assert_eq!(line(&buf, 2), "--------------|            |--------");
    }

    #[test]
    fn no_scraps_stand_beside_a_frame_that_fills_nearly_the_whole_row() {
        for (cols, area, said) in [
            (80, Rect::new(3, 1, 74, 3), false),
            (100, Rect::new(16, 1, 68, 3), true),
            (40, Rect::new(3, 1, 34, 3), true),
        ] {
            let mut buf = Buffer::empty(Rect::new(0, 0, cols, 5));
            for y in 0..5 {
                text::put(&mut buf, 0, y, &"兰 ".repeat(40), cols.into(), Default::default());
            }
            draw(&mut buf, area, Look::new(true, true), "");
            assert_eq!(line(&buf, 2).contains('兰'), said, "{}", line(&buf, 2));
            assert!(line(&buf, 0).contains('兰') && line(&buf, 4).contains('兰'));
        }
    }

    #[test]
    fn the_title_stands_on_the_frame() {
        let area = Rect::new(0, 0, 16, 3);
        let mut buf = Buffer::empty(area);
        assert_eq!(draw(&mut buf, area, Look::new(true, true), "记走访"), Rect::new(2, 1, 12, 1));
        assert_eq!(line(&buf, 0), "+- 记走访 -----+");
        assert_eq!(draw(&mut buf, Rect::new(0, 0, 3, 3), Look::new(true, true), "x").width, 0);
    }
}
