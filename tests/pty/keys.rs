//! Keys written as text: `<Down>*3 <Enter> space a 中文 <Esc> <C-l> paste:第一行`.
//!
//! Tokens are separated by blanks; `TOKEN*N` repeats. `<Name>` is a named key, `space` the space bar, any other token
//! is typed as it stands, one character after the other, as an input method commits it. `text:` types the rest of the
//! token even if it looks like a key, `paste:` sends it as a bracketed paste.

/// One key press, or one commit of an input method.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Key {
    /// These bytes.
    Bytes(Vec<u8>),
    /// A key whose bytes depend on the terminal's cursor key mode: the letter after `ESC [` or `ESC O`.
    Cursor(char),
    /// A lone Esc, which must not be joined by the next key.
    Escape,
}

/// Reads keys; the error says which token is none.
pub fn parse(text: &str) -> Result<Vec<Key>, String> {
    let mut keys = Vec::new();
    for token in text.split_whitespace() {
        let (token, times) = match token.rsplit_once('*') {
            Some((key, times)) if !key.is_empty() => match times.parse() {
                Ok(times) => (key, times),
                Err(_) => (token, 1),
            },
            _ => (token, 1),
        };
        let pressed = one(token)?;
        keys.extend((0..times).flat_map(|_| pressed.clone()));
    }
    Ok(keys)
}

fn one(token: &str) -> Result<Vec<Key>, String> {
    if let Some(text) = token.strip_prefix("paste:") {
        return Ok(vec![Key::Bytes(format!("\x1b[200~{text}\x1b[201~").into_bytes())]);
    }
    if let Some(text) = token.strip_prefix("text:") {
        return Ok(typed(text));
    }
    if token == "space" {
        return Ok(vec![Key::Bytes(b" ".to_vec())]);
    }
    match token.strip_prefix('<').and_then(|t| t.strip_suffix('>')) {
        Some(name) => named(name).map(|key| vec![key]).ok_or_else(|| format!("`{token}` is no key")),
        None => Ok(typed(token)),
    }
}

fn typed(text: &str) -> Vec<Key> {
    text.chars().map(|c| Key::Bytes(c.to_string().into_bytes())).collect()
}

fn named(name: &str) -> Option<Key> {
    let bytes = |text: &str| Some(Key::Bytes(text.as_bytes().to_vec()));
    match name {
        "Esc" => Some(Key::Escape),
        "Up" => Some(Key::Cursor('A')),
        "Down" => Some(Key::Cursor('B')),
        "Right" => Some(Key::Cursor('C')),
        "Left" => Some(Key::Cursor('D')),
        "Home" => Some(Key::Cursor('H')),
        "End" => Some(Key::Cursor('F')),
        "Enter" => bytes("\r"),
        "Tab" => bytes("\t"),
        "S-Tab" => bytes("\x1b[Z"),
        "BS" => bytes("\x7f"),
        "Ins" => bytes("\x1b[2~"),
        "Del" => bytes("\x1b[3~"),
        "PgUp" => bytes("\x1b[5~"),
        "PgDn" => bytes("\x1b[6~"),
        _ => control(name).or_else(|| function(name)),
    }
}

fn control(name: &str) -> Option<Key> {
    let letter = name.strip_prefix("C-")?;
    let [byte @ (b'a'..=b'z' | b'@' | b'['..=b'_')] = letter.as_bytes() else { return None };
    Some(Key::Bytes(vec![byte & 0x1f]))
}

fn function(name: &str) -> Option<Key> {
    let n: usize = name.strip_prefix('F')?.parse().ok()?;
    let text = match n {
        1..=4 => format!("\x1bO{}", ["P", "Q", "R", "S"][n - 1]),
        5..=12 => format!("\x1b[{}~", [15, 17, 18, 19, 20, 21, 23, 24][n - 5]),
        _ => return None,
    };
    Some(Key::Bytes(text.into_bytes()))
}
