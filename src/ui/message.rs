//! The line that answers what was just done.
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use crate::app::{Kind, Message};
use crate::ui::{Look, Role, text};

/// Draws the message in the rows of `area`; what does not fit is cut with `..`.
pub fn draw(buf: &mut Buffer, area: Rect, look: Look, message: &Message) {
    let (mark, role) = looks(message);
    let style = look.theme.style(role);
    let x = text::put(buf, area.x, area.y, mark, area.width.into(), style);
    let room = usize::from(area.right().saturating_sub(x));
    let mut lines = if area.height > 1 { text::wrap(&message.text, room) } else { vec![message.text.clone()] };
    if let Some(over) = lines.len().checked_sub(usize::from(area.height)).filter(|over| *over > 0) {
        let rest = lines.split_off(lines.len() - over - 1).join(" ");
        lines.push(rest);
    }
    for (y, line) in (area.y..area.bottom()).zip(&lines) {
        text::put_fit(buf, x, y, line, room, style);
    }
}

/// How many rows the message wants where lines have so many columns: what was refused or failed says at its end what to do
/// next, and is given a second one.
pub fn rows(message: &Message, columns: u16) -> u16 {
    let (mark, _) = looks(message);
    let is_long = text::width(mark) + text::width(&message.text) > usize::from(columns);
    if message.kind == Kind::Error && is_long { 2 } else { 1 }
}

fn looks(message: &Message) -> (&'static str, Role) {
    match message.kind {
        Kind::Done => ("", Role::Done),
        Kind::Note => ("", Role::Text),
        Kind::Error => ("! ", Role::Error),
    }
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

    #[test]
    fn a_failure_that_is_long_is_given_a_second_row_so_that_what_to_do_is_not_cut_off() {
        let long = Message::error("登录名没有对应的人；请网格长登记");
        assert_eq!([rows(&long, 40), rows(&long, 20)], [1, 2]);
        assert_eq!(rows(&Message::note(long.text.clone()), 20), 1);
        let area = Rect::new(0, 0, 20, 2);
        let mut buf = Buffer::empty(area);
        draw(&mut buf, area, Look::new(false, true), &long);
        assert_eq!([line(&buf, 0), line(&buf, 1)], ["! 登录名没有对应的", "  人；请网格长登记"]);
        let mut buf = Buffer::empty(area);
        draw(&mut buf, area, Look::new(false, true), &Message::error(long.text.repeat(2)));
        assert_eq!([line(&buf, 0), line(&buf, 1)], ["! 登录名没有对应的", "  人；请网格长登记.."]);
    }
}
