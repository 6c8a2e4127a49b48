//! The themes that come with the program.
use super::{Depth, Theme, read};

/// The theme that is used where none is chosen.
pub const DEFAULT: &str = "default";
/// The theme without colours.
pub const MONO: &str = "mono";

const TEXTS: [(&str, &str); 6] = [
    (DEFAULT, include_str!("../../../data/themes/default.toml")),
    ("dark", include_str!("../../../data/themes/dark.toml")),
    ("light", include_str!("../../../data/themes/light.toml")),
    ("high-contrast", include_str!("../../../data/themes/high-contrast.toml")),
    ("color-blind", include_str!("../../../data/themes/color-blind.toml")),
    (MONO, include_str!("../../../data/themes/mono.toml")),
];

/// The names of the themes that come with the program, each with the text of its file.
pub fn names() -> impl Iterator<Item = (&'static str, &'static str)> {
    TEXTS.into_iter()
}

/// The theme of this name that comes with the program.
pub fn builtin(name: &str, depth: Depth) -> Option<Theme> {
    let (_, text) = TEXTS.into_iter().find(|(known, _)| *known == name)?;
    // These files say every role and have no faults; a test reads them.
    Some(read(name, text, Theme::PLAIN, depth).0)
}
