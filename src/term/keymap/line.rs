//! One line of a keymap file: the part of TOML that such a file needs, told line by line.
//!
//! A TOML parser gives up the whole file at the first bad line or double key; here every line stands for itself, so
//! that one slip costs one key.
use std::borrow::Cow;

/// What a line says.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Line<'a> {
    /// Nothing, or a comment.
    Blank,
    /// `[name]`.
    Section(&'a str),
    /// `"key" = "command"`.
    Bind(Cow<'a, str>, Cow<'a, str>),
}

/// Reads a line; an error is the key of what is wrong with it.
pub(super) fn read(line: &str) -> Result<Line<'_>, &'static str> {
    let line = line.trim();
    if line.is_empty() || line.starts_with('#') {
        return Ok(Line::Blank);
    }
    if let Some(rest) = line.strip_prefix('[') {
        let (name, rest) = rest.split_once(']').ok_or("keymap.bracket")?;
        ended(rest)?;
        return Ok(Line::Section(name.trim()));
    }
    let (key, rest) = string(line)?;
    let rest = rest.trim_start().strip_prefix('=').ok_or("keymap.equals")?;
    let (command, rest) = string(rest.trim_start())?;
    ended(rest)?;
    Ok(Line::Bind(key, command))
}

fn ended(rest: &str) -> Result<(), &'static str> {
    let rest = rest.trim_start();
    if rest.is_empty() || rest.starts_with('#') { Ok(()) } else { Err("keymap.rest") }
}

/// A quoted string, or a bare word as TOML allows it for keys.
fn string(text: &str) -> Result<(Cow<'_, str>, &str), &'static str> {
    if let Some(rest) = text.strip_prefix('\'') {
        let (inside, rest) = rest.split_once('\'').ok_or("keymap.quote")?;
        return Ok((Cow::Borrowed(inside), rest));
    }
    let Some(rest) = text.strip_prefix('"') else {
        let end = text.find(|c: char| !(c.is_ascii_alphanumeric() || c == '-' || c == '_')).unwrap_or(text.len());
        return if end > 0 { Ok((Cow::Borrowed(&text[..end]), &text[end..])) } else { Err("keymap.unquoted") };
    };
    let mut escaped = false;
    let end = rest.find(|c| match c {
        _ if escaped => {
            escaped = false;
            false
        }
        '\\' => {
            escaped = true;
            false
        }
        c => c == '"',
    });
    let (inside, rest) = rest.split_at(end.ok_or("keymap.quote")?);
    let inside = match inside.contains('\\') {
        true => Cow::Owned(inside.replace("\\\"", "\"").replace("\\\\", "\\")),
        false => Cow::Borrowed(inside),
    };
    Ok((inside, &rest[1..]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_read_as_toml_reads_it() {
        let bind = |key: &'static str, command: &'static str| Ok(Line::Bind(key.into(), command.into()));
        assert_eq!(read("  # 说明"), Ok(Line::Blank));
        assert_eq!(read("[desk]  # 案头"), Ok(Line::Section("desk")));
        assert_eq!(read(r#""g g" = "home" # 到头"#), bind("g g", "home"));
        assert_eq!(read(r##""#" = "home""##), bind("#", "home"));
        assert_eq!(read(r#""\\" = "home""#), bind("\\", "home"));
        assert_eq!(read(r#""\"" = 'home'"#), bind("\"", "home"));
        assert_eq!(read(r#"f1 = "help""#), bind("f1", "help"));
        for bad in [r#""a" "b""#, r#""a = "b""#, r#"= "b""#, "[desk", r#""a" = "b" c"#, r#"/ = "b""#] {
            assert!(read(bad).is_err(), "{bad}");
        }
    }
}
