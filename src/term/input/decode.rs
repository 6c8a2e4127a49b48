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
        _ => {}
    }
    let mut parser = Parser::default();
    parser.parse(bytes, false);
    match parser.pop() {
        Some(Event::Key(event)) => key(event).map_or(Meaning::Nothing, Meaning::Key),
        Some(Event::Mouse(event)) => mouse(event).map_or(Meaning::Nothing, Meaning::Mouse),
        _ => Meaning::Nothing,
    }
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
        for bytes in [&b"\x1b[?62;1c"[..], b"\x1b[12;40R", b"\x1b[?1u", b"\x1b[99x", b"\x1b[201~"] {
            assert_eq!(decode(bytes), Meaning::Nothing, "{bytes:?}");
        }
    }
}
