//! Keys by name: what a person presses, free of any terminal's bytes.
use std::fmt;
use std::str::FromStr;

use crate::words::{said, t};

/// Which key, without its modifiers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Code {
    /// A character as typed; upper case stands for itself, without shift.
    Char(char),
    /// Enter.
    Enter,
    /// Escape.
    Esc,
    /// Tab.
    Tab,
    /// Backspace, whichever byte the client sends for it.
    Backspace,
    /// Delete.
    Delete,
    /// Insert.
    Insert,
    /// Arrow up.
    Up,
    /// Arrow down.
    Down,
    /// Arrow left.
    Left,
    /// Arrow right.
    Right,
    /// Home.
    Home,
    /// End.
    End,
    /// Page up.
    PageUp,
    /// Page down.
    PageDown,
    /// A function key, from 1.
    F(u8),
}

/// A key with its modifiers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Key {
    /// Which key.
    pub code: Code,
    /// Ctrl was held.
    pub ctrl: bool,
    /// Alt was held.
    pub alt: bool,
    /// Shift was held; never set for a [`Code::Char`].
    pub shift: bool,
}

/// Names in keymaps, and what people call the key (some in words of a language); the first name of a code is the one that
/// is printed.
const NAMES: &[(&str, Code, &str)] = &[
    ("space", Code::Char(' '), "key.space"),
    ("enter", Code::Enter, "key.enter"),
    ("return", Code::Enter, "key.enter"),
    ("esc", Code::Esc, "Esc"),
    ("escape", Code::Esc, "Esc"),
    ("tab", Code::Tab, "Tab"),
    ("backspace", Code::Backspace, "key.backspace"),
    ("delete", Code::Delete, "Del"),
    ("del", Code::Delete, "Del"),
    ("insert", Code::Insert, "Ins"),
    ("ins", Code::Insert, "Ins"),
    ("up", Code::Up, "key.up"),
    ("down", Code::Down, "key.down"),
    ("left", Code::Left, "key.left"),
    ("right", Code::Right, "key.right"),
    ("home", Code::Home, "Home"),
    ("end", Code::End, "End"),
    ("pageup", Code::PageUp, "PgUp"),
    ("pgup", Code::PageUp, "PgUp"),
    ("pagedown", Code::PageDown, "PgDn"),
    ("pgdn", Code::PageDown, "PgDn"),
];

/// A key's name that means nothing; holds the name.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}", t!("key.unknown", name = .0))]
pub struct UnknownKey(pub String);

impl Key {
    /// A key without modifiers.
    pub const fn plain(code: Code) -> Key {
        Key { code, ctrl: false, alt: false, shift: false }
    }

    /// A typed character.
    pub const fn char(c: char) -> Key {
        Key::plain(Code::Char(c))
    }

    /// The character that this key types into a text field: no control or alt held.
    pub fn typed(self) -> Option<char> {
        match self.code {
            Code::Char(c) if !self.ctrl && !self.alt => Some(c),
            _ => None,
        }
    }

    /// Whether a text field takes this key: one that types a character, or moves or deletes within the text.
    pub fn edits(self) -> bool {
        use Code::{Backspace, Delete, End, Home, Left, Right};
        let moves = matches!(self.code, Backspace | Delete | Left | Right | Home | End);
        self.typed().is_some() || (moves && !self.ctrl && !self.alt && !self.shift)
    }

    /// The ASCII key that a full-width one stands for (`：？、／【】`, letters, digits, U+3000); others as they are.
    ///
    /// The input method is often left on; this is for everywhere but text fields.
    pub fn folded(self) -> Key {
        match self.code {
            Code::Char(c) => Key { code: Code::Char(fold(c)), ..self },
            _ => self,
        }
    }

    /// How the key is called on the screen, for example `空格`, `Ctrl-L`, `F2`.
    pub fn label(self) -> String {
        let mut out = String::new();
        for (held, name) in [(self.ctrl, "Ctrl-"), (self.alt, "Alt-"), (self.shift, "Shift-")] {
            if held {
                out.push_str(name);
            }
        }
        match self.code {
            Code::F(n) => out.push_str(&format!("F{n}")),
            Code::Char(c) if c != ' ' && self.ctrl => out.extend(c.to_uppercase()),
            Code::Char(c) if c != ' ' => out.push(c),
            code => match NAMES.iter().find(|row| row.1 == code).map_or("?", |row| row.2) {
                words if words.starts_with("key.") => out.push_str(&said(words)),
                name => out.push_str(name),
            },
        }
        out
    }

    /// Reads keys pressed one after the other, for example `g g`.
    pub fn sequence(text: &str) -> Result<Vec<Key>, UnknownKey> {
        let keys = text.split_whitespace().map(str::parse).collect::<Result<Vec<Key>, _>>()?;
        if keys.is_empty() { Err(UnknownKey(text.to_owned())) } else { Ok(keys) }
    }
}

fn fold(c: char) -> char {
    match c {
        '\u{3000}' => ' ',
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
        '、' => '/',
        '【' => '[',
        '】' => ']',
        '。' => '.',
        '《' => '<',
        '》' => '>',
        '‘' | '’' => '\'',
        '“' | '”' => '"',
        '￥' | '¥' => '$',
        '·' => '`',
        _ => c,
    }
}

impl FromStr for Key {
    type Err = UnknownKey;

    fn from_str(text: &str) -> Result<Key, UnknownKey> {
        let unknown = || UnknownKey(text.to_owned());
        let mut key = Key::plain(Code::Esc);
        let mut rest = text;
        while let Some((held, tail)) = rest.split_once('-').filter(|(_, tail)| !tail.is_empty()) {
            match held {
                "ctrl" | "Ctrl" | "C" | "c" => key.ctrl = true,
                "alt" | "Alt" | "A" | "M" | "a" => key.alt = true,
                "shift" | "Shift" | "S" | "s" => key.shift = true,
                _ => return Err(unknown()),
            }
            rest = tail;
        }
        let mut chars = rest.chars();
        key.code = match (chars.next(), chars.next()) {
            (Some(c), None) if c.is_control() || c.is_whitespace() => return Err(unknown()),
            (Some(c), None) => Code::Char(c),
            _ => named(rest).ok_or_else(unknown)?,
        };
        if let Code::Char(c) = key.code {
            // A terminal sends the letter that results, never the shift itself.
            let c = if key.shift { c.to_uppercase().next().unwrap_or(c) } else { c };
            key.code = Code::Char(if key.ctrl { c.to_ascii_lowercase() } else { c });
            key.shift = false;
        }
        Ok(key)
    }
}

fn named(name: &str) -> Option<Code> {
    let lower = name.to_ascii_lowercase();
    if let Some(row) = NAMES.iter().find(|row| row.0 == lower) {
        return Some(row.1);
    }
    let n: u8 = lower.strip_prefix('f')?.parse().ok()?;
    (1..=24).contains(&n).then_some(Code::F(n))
}

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (held, name) in [(self.ctrl, "ctrl-"), (self.alt, "alt-"), (self.shift, "shift-")] {
            if held {
                f.write_str(name)?;
            }
        }
        match self.code {
            Code::F(n) => write!(f, "f{n}"),
            Code::Char(c) if c != ' ' => write!(f, "{c}"),
            code => f.write_str(NAMES.iter().find(|row| row.1 == code).map_or("?", |row| row.0)),
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn names_are_read_and_printed_back() {
        for name in ["space", "ctrl-l", "f1", "f12", "enter", "shift-tab", "/", "[", "-", "ctrl--", "g", "G", "pageup"]
        {
            assert_eq!(name.parse::<Key>().unwrap().to_string(), name);
        }
        assert_eq!("S-tab".parse::<Key>(), "shift-tab".parse());
        assert_eq!("C-L".parse::<Key>(), "ctrl-l".parse());
        assert_eq!("shift-g".parse::<Key>(), "G".parse());
        assert_eq!("PgDn".parse::<Key>().unwrap().code, Code::PageDown);
        for name in ["", "hyper-x", "f0", "f99", "spacebar", "ctrl-"] {
            assert!(name.parse::<Key>().is_err(), "{name}");
        }
    }

    #[test]
    fn a_sequence_is_keys_between_spaces() {
        assert_eq!(Key::sequence("g g").unwrap(), vec![Key::char('g'), Key::char('g')]);
        assert!(Key::sequence("  ").is_err());
    }

    #[test]
    fn full_width_keys_fold_to_ascii_and_hanzi_do_not() {
        for (wide, ascii) in "：？、／【】ｑＡ９　；".chars().zip(":?//[]qA9 ;".chars()) {
            assert_eq!(Key::char(wide).folded(), Key::char(ascii), "{wide}");
        }
        assert_eq!(Key::char('兰').folded(), Key::char('兰'));
        assert_eq!(Key::plain(Code::Up).folded(), Key::plain(Code::Up));
    }

    #[test]
    fn labels_are_what_people_call_the_key() {
        assert_eq!(Key::char(' ').label(), "空格");
        assert_eq!("ctrl-l".parse::<Key>().unwrap().label(), "Ctrl-L");
        assert_eq!("shift-tab".parse::<Key>().unwrap().label(), "Shift-Tab");
        assert_eq!(Key::plain(Code::F(2)).label(), "F2");
    }
}
