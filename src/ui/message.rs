//! The line that answers what was just done.
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use crate::app::{Kind, Message};
use crate::ui::{Look, Role, text};

/// Draws the message in one line; what does not fit is cut with `..`.
pub fn draw(buf: &mut Buffer, area: Rect, look: Look, message: &Message) {
    let (mark, role) = match message.kind {
        Kind::Done => ("", Role::Done),
        Kind::Note => ("", Role::Text),
        Kind::Error => ("! ", Role::Error),
    };
    let style = look.theme.style(role);
    let x = text::put(buf, area.x, area.y, mark, area.width.into(), style);
    text::put_fit(buf, x, area.y, &message.text, usize::from(area.right().saturating_sub(x)), style);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::text::tests_support::line;

    #[test]
    fn a_failure_is_told_by_a_mark_as_well_as_by_colour() {
        let area = Rect::new(0, 0, 16, 1);
        let mut buf = Buffer::empty(area);
        draw(&mut buf, area, Look::new(false, true), &Message::error("磁盘满了，没有存下"));
        assert_eq!(line(&buf, 0), "! 磁盘满了，没..");
    }
}
