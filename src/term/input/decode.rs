//! One key's bytes to the key.
use termina::event::{KeyCode, KeyEvent, KeyEventKind, Modifiers, MouseButton, MouseEvent, MouseEventKind};
use termina::{Event, Parser};

use crate::app::{Act, Code, Key, Pointer};

/// What one sequence of bytes means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Meaning {
    /// A key was pressed.
    Key(Key),
    /// The mouse did something.
    Mouse(Pointer),
    /// The terminal answers a status query (`CSI 5 n`).
    Answer,
    /// The terminal says where its cursor is (`CSI 6 n`): row and column, from 1, the row never 1.
    Cursor(u16, u16),
    /// The terminal says what it can do (`CSI c`).
    Attributes,
    /// Nothing that the desk knows.
    Nothing,
}

/// Decodes the bytes of one whole sequence.
pub(super) fn decode(bytes: &[u8]) -> Meaning {
    match bytes {
        // Both bytes that clients send for Backspace; Ctrl-H is not to be told from it.
        [0x7f | 0x08] => return Meaning::Key(Key::plain(Code::Backspace)),
        [b'\r' | b'\n'] | b"\x1bOM" => return Meaning::Key(Key::plain(Code::Enter)),
        b"\x1b[0n" => return Meaning::Answer,
        [0x1b, b'[', b'?', .., b'c'] => return Meaning::Attributes,
        [0x1b, b'[', place @ .., b'R'] => {
            if let Some((row, column)) = cursor(place) {
                return Meaning::Cursor(row, column);
            }
        }
        _ => {}
    }
    let mut parser = Parser::default();
    parser.parse(bytes, false);
    match parser.pop() {
        // The parser gives a sequence that it does not know as the characters of it.
        Some(Event::Key(event)) if is_letter(&event) && bytes.starts_with(b"\x1b[") && !bytes.ends_with(b"u") => {
            Meaning::Nothing
        }
        Some(Event::Key(event)) => key(event).map_or(Meaning::Nothing, Meaning::Key),
        Some(Event::Mouse(event)) => mouse(event).map_or(Meaning::Nothing, Meaning::Mouse),
        _ => Meaning::Nothing,
    }
}

fn is_letter(event: &KeyEvent) -> bool {
    matches!(event.code, KeyCode::Char(_)) && !event.modifiers.contains(Modifiers::CONTROL)
}

/// Where the cursor is. In the first row the same bytes are a function key with Shift or Ctrl.
fn cursor(place: &[u8]) -> Option<(u16, u16)> {
    let (row, column) = std::str::from_utf8(place).ok()?.split_once(';')?;
    Some((row.parse().ok().filter(|row| *row > 1)?, column.parse().ok()?))
}

/// What the desk listens to: the first button and the wheel. With a modifier held it is the client's own, for example to
/// select text.
fn mouse(event: MouseEvent) -> Option<Pointer> {
    let act = match event.kind {
        MouseEventKind::Down(MouseButton::Left) => Act::Click,
        MouseEventKind::ScrollDown => Act::WheelDown,
        MouseEventKind::ScrollUp => Act::WheelUp,
        _ => return None,
    };
    event.modifiers.is_empty().then_some(Pointer { x: event.column, y: event.row, act })
}

fn key(event: KeyEvent) -> Option<Key> {
    if event.kind == KeyEventKind::Release {
        return None;
    }
    let code = match event.code {
        KeyCode::Char(c) if c.is_control() => return None,
        KeyCode::Char(c) => Code::Char(c),
        KeyCode::Enter => Code::Enter,
        KeyCode::Backspace => Code::Backspace,
        KeyCode::Tab | KeyCode::BackTab => Code::Tab,
        KeyCode::Escape => Code::Esc,
        KeyCode::Left => Code::Left,
        KeyCode::Right => Code::Right,
        KeyCode::Up => Code::Up,
        KeyCode::Down => Code::Down,
        KeyCode::Home => Code::Home,
        KeyCode::End => Code::End,
        KeyCode::PageUp => Code::PageUp,
        KeyCode::PageDown => Code::PageDown,
        KeyCode::Insert => Code::Insert,
        KeyCode::Delete => Code::Delete,
        KeyCode::Function(n) => Code::F(n),
        _ => return None,
    };
    let shift = event.code == KeyCode::BackTab || event.modifiers.contains(Modifiers::SHIFT);
    Some(Key {
        code,
        ctrl: event.modifiers.contains(Modifiers::CONTROL),
        alt: event.modifiers.intersects(Modifiers::ALT | Modifiers::META),
        shift: shift && !matches!(code, Code::Char(_)),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_clients_send_is_the_key_that_was_pressed() {
        let sent: [(&[u8], &str); 26] = [
            (b"\x7f", "backspace"),
            (b"\x08", "backspace"),
            (b"\r", "enter"),
            (b"\n", "enter"),
            (b"\x1b", "esc"),
            (b"\t", "tab"),
            (b"\x1b[Z", "shift-tab"),
            (b" ", "space"),
            (b"q", "q"),
            (b"G", "G"),
            ("？".as_bytes(), "？"),
            (b"\x0c", "ctrl-l"),
            (b"\x1a", "ctrl-z"),
            (b"\x1bx", "alt-x"),
            (b"\x1b[A", "up"),
            (b"\x1bOB", "down"),
            (b"\x1b[1~", "home"),
            (b"\x1b[7~", "home"),
            (b"\x1b[F", "end"),
            (b"\x1b[6~", "pagedown"),
            (b"\x1b[3~", "delete"),
            (b"\x1bOP", "f1"),
            (b"\x1b[11~", "f1"),
            (b"\x1b[[A", "f1"),
            (b"\x1b[21~", "f10"),
            (b"\x1b[1;5C", "ctrl-right"),
        ];
        for (bytes, name) in sent {
            assert_eq!(decode(bytes), name.parse().map_or(Meaning::Nothing, Meaning::Key), "{name}");
        }
    }

    #[test]
    fn the_mouse_is_heard_as_sgr_1006_sends_it() {
        let at = |x, y, act| Meaning::Mouse(Pointer { x, y, act });
        assert_eq!(decode(b"\x1b[<0;3;4M"), at(2, 3, Act::Click));
        assert_eq!(decode(b"\x1b[<64;120;40M"), at(119, 39, Act::WheelUp));
        assert_eq!(decode(b"\x1b[<65;1;1M"), at(0, 0, Act::WheelDown));
        // Letting go, moving, other buttons, and what is done with Shift held.
        for bytes in [&b"\x1b[<0;3;4m"[..], b"\x1b[<35;3;4M", b"\x1b[<32;3;4M", b"\x1b[<2;3;4M", b"\x1b[<4;3;4M"] {
            assert_eq!(decode(bytes), Meaning::Nothing, "{bytes:?}");
        }
    }

    #[test]
    fn answers_and_the_unknown_type_nothing() {
        assert_eq!(decode(b"\x1b[0n"), Meaning::Answer);
        assert_eq!(decode(b"\x1b[?62;1c"), Meaning::Attributes);
        assert_eq!(decode(b"\x1b[12;40R"), Meaning::Cursor(12, 40));
        let unknown =
            [&b"\x1b[>1;2c"[..], b"\x1b[1;1R", b"\x1b[2;R", b"\x1b[;R", b"\x1b[?1u", b"\x1b[99x", b"\x1b[201~"];
        for bytes in unknown {
            assert_eq!(decode(bytes), Meaning::Nothing, "{bytes:?}");
        }
    }
}
