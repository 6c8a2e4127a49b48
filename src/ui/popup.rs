//! A frame over what is already drawn.
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use crate::ui::{Look, Role, text};

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
    clear(buf, area);
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
                    text::put(&mut buf, 0, y, "兰溪市网格智治走访培训统", 24, Default::default());
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
    fn the_title_stands_on_the_frame() {
        let area = Rect::new(0, 0, 16, 3);
        let mut buf = Buffer::empty(area);
        assert_eq!(draw(&mut buf, area, Look::new(true, true), "记走访"), Rect::new(2, 1, 12, 1));
        assert_eq!(line(&buf, 0), "+- 记走访 -----+");
        assert_eq!(draw(&mut buf, Rect::new(0, 0, 3, 3), Look::new(true, true), "x").width, 0);
    }
}
