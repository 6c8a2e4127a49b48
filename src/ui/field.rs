//! A text field of one line.
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use tui_input::{Input, InputRequest as Ask};

use crate::app::{Code, Key};
use crate::ui::{Look, Role, text};

/// The longest value, in characters.
pub const LONGEST: usize = 200;

/// A line of text with a cursor in it.
#[derive(Clone, Debug, Default)]
pub struct Field {
    input: Input,
}

impl Field {
    /// A field that holds `value`, the cursor at its end.
    pub fn new(value: &str) -> Field {
        let mut field = Field::default();
        field.paste(value);
        field
    }

    /// The text.
    pub fn value(&self) -> &str {
        self.input.value()
    }

    /// Whether the cursor stands behind the last character.
    pub fn is_at_end(&self) -> bool {
        self.input.cursor() >= self.value().chars().count()
    }

    /// Takes a key; false if the field has no use for it, and it may mean something else.
    pub fn handle(&mut self, key: Key) -> bool {
        match edit(key) {
            Some(Ask::InsertChar(_)) if self.value().chars().count() >= LONGEST => true,
            Some(ask) => {
                self.input.handle(ask);
                true
            }
            None => false,
        }
    }

    /// Inserts pasted text at the cursor: its lines become one, with a blank between them (rule 2), tabs become blanks,
    /// what is too long is cut.
    pub fn paste(&mut self, pasted: &str) {
        let lines: Vec<&str> = pasted.split(['\r', '\n']).filter(|line| !line.is_empty()).collect();
        // A break that comes by itself stands in a burst without brackets, between what came before and what follows.
        let before = self.value().chars().take(self.input.cursor()).last();
        let is_break = lines.is_empty() && !pasted.is_empty() && before.is_some_and(|c| c != ' ');
        let line = if is_break { " ".to_owned() } else { lines.join(" ").replace('\t', " ") };
        self.input = insert(&self.input, &line, LONGEST);
    }

    /// Draws the field into the one-row `area`; returns where the hardware cursor belongs if it has the focus.
    pub fn draw(&self, buf: &mut Buffer, area: Rect, look: Look, focused: bool) -> Option<(u16, u16)> {
        if area.is_empty() {
            return None;
        }
        let cols = usize::from(area.width);
        let before: String = self.value().chars().take(self.input.cursor()).collect();
        // The cursor may stand after the last character, so that one column stays free.
        let mut column = text::width(&before);
        let mut shown = self.value();
        for (at, w) in text_starts(self.value()) {
            if column < cols {
                break;
            }
            column -= w;
            shown = &self.value()[at..];
        }
        let style = look.theme.style(if focused { Role::Field } else { Role::Text });
        let end = text::put(buf, area.x, area.y, shown, cols, style);
        if focused {
            buf.set_style(Rect { x: end, width: area.right().saturating_sub(end), ..area }, style);
        }
        focused.then_some((area.x + column as u16, area.y))
    }
}

/// For each character: the byte after it, and its width.
fn text_starts(value: &str) -> impl Iterator<Item = (usize, usize)> {
    use unicode_segmentation::UnicodeSegmentation;
    value.grapheme_indices(true).map(|(at, s)| (at + s.len(), text::width(s)))
}

/// The edit that a key means in any text field.
pub(super) fn edit(key: Key) -> Option<Ask> {
    if let Some(c) = key.typed() {
        return Some(Ask::InsertChar(c));
    }
    Some(match (key.code, key.ctrl, key.alt) {
        (Code::Backspace, false, false) => Ask::DeletePrevChar,
        (Code::Delete, false, false) => Ask::DeleteNextChar,
        (Code::Left, false, false) => Ask::GoToPrevChar,
        (Code::Right, false, false) => Ask::GoToNextChar,
        (Code::Home, false, false) => Ask::GoToStart,
        (Code::End, false, false) => Ask::GoToEnd,
        (Code::Char('w'), true, false) => Ask::DeletePrevWord,
        (Code::Char('u'), true, false) => Ask::DeleteFromStart,
        _ => return None,
    })
}

/// `input` with `pasted` inserted at its cursor, at most `longest` characters in all; control characters but line
/// feeds are left out.
pub(super) fn insert(input: &Input, pasted: &str, longest: usize) -> Input {
    let room = longest.saturating_sub(input.value().chars().count());
    let clean: String = pasted.chars().filter(|c| *c == '\n' || !c.is_control()).take(room).collect();
    let (before, after): (Vec<_>, Vec<_>) = input.value().chars().enumerate().partition(|(i, _)| *i < input.cursor());
    let chars = before.iter().map(|(_, c)| *c).chain(clean.chars()).chain(after.iter().map(|(_, c)| *c));
    let cursor = before.len() + clean.chars().count();
    Input::new(chars.collect()).with_cursor(cursor)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::ui::text::tests_support::line;

    fn key(name: &str) -> Key {
        name.parse().unwrap()
    }

    fn drawn(field: &Field, cols: u16) -> (String, (u16, u16)) {
        let mut buf = Buffer::empty(Rect::new(0, 0, 20, 1));
        let cursor = field.draw(&mut buf, Rect::new(2, 0, cols, 1), Look::new(true, true), true);
        (line(&buf, 0), cursor.unwrap())
    }

    #[test]
    fn backspace_over_a_hanzi_deletes_one_character_and_two_cells() {
        let mut field = Field::new("查兰");
        assert_eq!(drawn(&field, 10), ("  查兰".into(), (6, 0)));
        assert!(field.handle(key("backspace")));
        assert_eq!(drawn(&field, 10), ("  查".into(), (4, 0)));
    }

    #[test]
    fn the_cursor_stands_at_the_display_column_also_when_the_text_is_longer() {
        let mut field = Field::new("兰溪市纺织有限公司");
        assert_eq!(drawn(&field, 7), ("  限公司".into(), (8, 0)));
        for _ in 0..3 {
            field.handle(key("left"));
        }
        assert_eq!(drawn(&field, 7).1, (8, 0));
        field.handle(key("home"));
        assert_eq!(drawn(&field, 7), ("  兰溪市".into(), (2, 0)));
    }

    #[test]
    fn a_paste_of_lines_becomes_one_line() {
        let mut field = Field::new("甲乙");
        field.handle(key("left"));
        field.paste("一\r\n二\r三\n\u{1b}[A");
        assert_eq!(field.value(), "甲一 二 三 [A乙");
        let mut field = Field::default();
        for piece in ["\n", "一", "\n", "\n", "二"] {
            field.paste(piece);
        }
        assert_eq!(field.value(), "一 二", "pieces of a burst");
        field.paste(&"长".repeat(5_000));
        assert_eq!(field.value().chars().count(), LONGEST);
        assert!(field.handle(key("x")));
        assert_eq!(field.value().chars().count(), LONGEST);
    }

    #[test]
    fn keys_of_no_use_are_passed_on() {
        let mut field = Field::new("");
        for name in ["enter", "esc", "f2", "up", "tab", "ctrl-l", "alt-x"] {
            assert!(!field.handle(key(name)), "{name}");
        }
        let mut buf = Buffer::empty(Rect::new(0, 0, 4, 1));
        assert_eq!(field.draw(&mut buf, Rect::new(0, 0, 4, 1), Look::new(true, true), false), None);
    }
}
