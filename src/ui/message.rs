//! The line that answers what was just done.
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use crate::ui::{Look, Role, text};

/// What kind of answer it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// It was done.
    Done,
    /// Worth knowing.
    Note,
    /// It was refused or failed; the line starts with `!`.
    Error,
}

/// An answer in one sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Message {
    /// The kind.
    pub kind: Kind,
    /// The sentence.
    pub text: String,
}

impl Message {
    /// It was done.
    pub fn done(text: impl Into<String>) -> Message {
        Message { kind: Kind::Done, text: text.into() }
    }

    /// Worth knowing.
    pub fn note(text: impl Into<String>) -> Message {
        Message { kind: Kind::Note, text: text.into() }
    }

    /// It was refused or failed.
    pub fn error(text: impl Into<String>) -> Message {
        Message { kind: Kind::Error, text: text.into() }
    }
}

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
