//! What is offered for a field, in a small frame below it, or above it where there is no room below.
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::{Look, Role, popup, text};

/// The widest frame.
const WIDEST: u16 = 62;

/// One row: what would be filled in, and what tells it from others.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Row {
    /// What would be filled in.
    pub name: String,
    /// What stands beside it; may be empty.
    pub beside: String,
}

/// Draws the rows below the one-row `field`, within `room`; `chosen` is the one under the cursor. Returns the cells of
/// the rows; none where there is no room.
pub fn draw(buf: &mut Buffer, room: Rect, field: Rect, look: Look, rows: &[Row], chosen: Option<usize>) -> Rect {
    let Some(frame) = place(room, field, rows) else { return Rect::default() };
    let inner = popup::draw(buf, frame, look, "");
    // The frame is open towards the field: its rows stand right under it.
    let first = if frame.y > field.y { frame.y } else { frame.y + 1 };
    for (y, (i, row)) in (first..).zip(rows.iter().enumerate()).take(usize::from(frame.height) - 1) {
        let line = Rect { x: frame.x, y, width: frame.width, height: 1 };
        let style = look.theme.style(Role::Border);
        text::put(buf, line.x, y, &" ".repeat(line.width.into()), line.width.into(), look.theme.style(Role::Text));
        text::put(buf, line.x, y, look.glyphs.vline, 1, style);
        text::put(buf, line.right() - 1, y, look.glyphs.vline, 1, style);
        let role = if chosen == Some(i) { Role::Selection } else { Role::Text };
        let end = text::put_fit(buf, inner.x, y, &row.name, inner.width.into(), look.theme.style(role));
        let left = inner.right().saturating_sub(end + 2);
        if left >= 4 {
            text::put_fit(buf, end + 2, y, &row.beside, left.into(), look.theme.style(Role::Dim));
        }
    }
    Rect { y: first, height: frame.height - 1, ..frame }
}

/// Where the frame stands: as wide as its widest row, one line of it an edge.
fn place(room: Rect, field: Rect, rows: &[Row]) -> Option<Rect> {
    let cols =
        |row: &Row| text::width(&row.name) + if row.beside.is_empty() { 0 } else { 2 + text::width(&row.beside) };
    let widest = rows.iter().map(cols).max()? as u16 + 4;
    let width = widest.clamp(20, WIDEST).min(room.width);
    let x = field.x.saturating_sub(2).max(room.x).min(room.right().saturating_sub(width));
    let height = rows.len() as u16 + 1;
    let below = room.bottom().saturating_sub(field.y + 1);
    let above = field.y.saturating_sub(room.y);
    if below >= height || below >= above {
        let height = height.min(below);
        return (height >= 2).then_some(Rect { x, y: field.y + 1, width, height });
    }
    let height = height.min(above);
    (height >= 2).then_some(Rect { x, y: field.y - height, width, height })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::text::tests_support::line;

    fn rows(names: &[&str]) -> Vec<Row> {
        names.iter().map(|name| Row { name: (*name).to_owned(), beside: "甲厂".to_owned() }).collect()
    }

    #[test]
    fn the_rows_stand_right_under_the_field_or_above_it() {
        let area = Rect::new(0, 0, 30, 6);
        let mut buf = Buffer::empty(area);
        for y in 0..6 {
            text::put(&mut buf, 0, y, "兰 溪网格智治走访培训统 计之家", 30, Default::default());
        }
        let offered = rows(&["张三", "章思"]);
        draw(&mut buf, area, Rect::new(5, 1, 20, 1), Look::new(true, true), &offered, Some(1));
        assert_eq!(line(&buf, 2), "兰 | 张三  甲厂       | 计之家");
        assert_eq!(line(&buf, 3), "兰 | 章思  甲厂       | 计之家");
        assert_eq!(line(&buf, 4), "兰 +------------------+ 计之家");
        assert!(buf[(5, 3)].modifier.contains(ratatui::style::Modifier::REVERSED));
        let mut buf = Buffer::empty(area);
        draw(&mut buf, area, Rect::new(5, 5, 20, 1), Look::new(true, true), &offered, None);
        assert_eq!(
            [line(&buf, 2), line(&buf, 3), line(&buf, 4)].map(|line| line.trim().chars().next()),
            [Some('+'), Some('|'), Some('|')]
        );
    }

    #[test]
    fn where_there_is_no_room_nothing_is_drawn() {
        let area = Rect::new(0, 0, 30, 2);
        let mut buf = Buffer::empty(area);
        draw(&mut buf, area, Rect::new(5, 0, 20, 1), Look::new(true, true), &rows(&["张三"]), None);
        assert_eq!(line(&buf, 1), "");
        draw(&mut buf, area, Rect::new(5, 0, 20, 1), Look::new(true, true), &[], None);
    }
}
