//! A style as theme files write it: `bold red`, `black on light-yellow`, `underline #0072b2`.
use ratatui::style::{Color, Modifier, Style};

use crate::words::t;

/// The 16 colours, by the names that theme files use.
const COLORS: [(&str, Color); 16] = [
    ("black", Color::Black),
    ("red", Color::Red),
    ("green", Color::Green),
    ("yellow", Color::Yellow),
    ("blue", Color::Blue),
    ("magenta", Color::Magenta),
    ("cyan", Color::Cyan),
    ("gray", Color::Gray),
    ("dark-gray", Color::DarkGray),
    ("light-red", Color::LightRed),
    ("light-green", Color::LightGreen),
    ("light-yellow", Color::LightYellow),
    ("light-blue", Color::LightBlue),
    ("light-magenta", Color::LightMagenta),
    ("light-cyan", Color::LightCyan),
    ("white", Color::White),
];

const MODIFIERS: [(&str, Modifier); 5] = [
    ("bold", Modifier::BOLD),
    ("dim", Modifier::DIM),
    ("italic", Modifier::ITALIC),
    ("underline", Modifier::UNDERLINED),
    ("reverse", Modifier::REVERSED),
];

/// Reads a style; `rich` allows `#rrggbb` and the numbers of the 256 colours.
///
/// # Errors
/// The word that means nothing, in a sentence.
pub(super) fn parse(text: &str, rich: bool) -> Result<Style, String> {
    let mut style = Style::new();
    let mut words = text.split_whitespace();
    while let Some(word) = words.next() {
        if let Some((_, modifier)) = MODIFIERS.iter().find(|(name, _)| *name == word) {
            style = style.add_modifier(*modifier);
        } else if word == "on" {
            let color = words.next().ok_or_else(|| t!("theme.nothing_after_on").into_owned())?;
            style = style.bg(self::color(color, rich)?);
        } else {
            style = style.fg(color(word, rich)?);
        }
    }
    Ok(style)
}

fn color(word: &str, rich: bool) -> Result<Color, String> {
    if let Some((_, color)) = COLORS.iter().find(|(name, _)| *name == word) {
        return Ok(*color);
    }
    match exact(word) {
        Some(color) if rich => Ok(color),
        Some(_) => Err(t!("theme.only_rich", word = word).into_owned()),
        None => Err(t!("theme.no_such_word", word = word).into_owned()),
    }
}

/// `#rrggbb`, or a number from 0 to 255.
fn exact(word: &str) -> Option<Color> {
    let Some(hex) = word.strip_prefix('#') else { return word.parse().ok().map(Color::Indexed) };
    let number = u32::from_str_radix(hex, 16).ok().filter(|_| hex.len() == 6)?;
    let [_, r, g, b] = number.to_be_bytes();
    Some(Color::Rgb(r, g, b))
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn a_style_is_words_in_any_order() {
        assert_eq!(parse("", false), Ok(Style::new()));
        assert_eq!(parse("red bold", false), parse("bold red", false));
        let marked = Style::new().fg(Color::Black).bg(Color::LightYellow).add_modifier(Modifier::BOLD);
        assert_eq!(parse("bold black on light-yellow", false), Ok(marked));
        assert_eq!(
            parse("#0072b2 on 255", true),
            Ok(Style::new().fg(Color::Rgb(0, 0x72, 0xb2)).bg(Color::Indexed(255)))
        );
    }

    #[test]
    fn a_word_that_means_nothing_is_named() {
        for (text, rich) in [("bold crimson", true), ("#12", true), ("256", true), ("#0072b2", false), ("7", false)] {
            let word = text.split(' ').next_back().unwrap();
            assert!(parse(text, rich).unwrap_err().contains(word), "{text}");
        }
        assert!(parse("red on", false).is_err());
    }
}
