//! What a person can set about the desk, and what there is to choose from.
use serde::Deserialize;

use crate::words::Language;

/// Which marks are drawn.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum GlyphSet {
    /// As the terminal allows.
    #[default]
    Auto,
    /// The few symbols that every client draws one cell wide.
    Unicode,
    /// ASCII only.
    Ascii,
}

impl GlyphSet {
    /// All of them.
    pub const ALL: [GlyphSet; 3] = [GlyphSet::Auto, GlyphSet::Unicode, GlyphSet::Ascii];

    /// The name in the configuration.
    pub const fn id(self) -> &'static str {
        match self {
            GlyphSet::Auto => "auto",
            GlyphSet::Unicode => "unicode",
            GlyphSet::Ascii => "ascii",
        }
    }
}

/// What a person can set about the desk.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Prefs {
    /// The theme's name.
    pub theme: String,
    /// The language.
    pub lang: Language,
    /// The keymap's name or file.
    pub keymap: String,
    /// The marks.
    pub glyphs: GlyphSet,
    /// Whether the mouse is listened to (rule 16: off unless switched on).
    pub mouse: bool,
}

impl Default for Prefs {
    fn default() -> Prefs {
        Prefs {
            theme: "default".to_owned(),
            lang: Language::default(),
            keymap: "default".to_owned(),
            glyphs: GlyphSet::default(),
            mouse: false,
        }
    }
}

/// A theme that can be chosen.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ThemeChoice {
    /// Its name.
    pub id: String,
    /// What it calls itself in each language, in the order of [`Language::ALL`].
    pub names: [Option<String>; Language::ALL.len()],
}

impl ThemeChoice {
    /// What it is called in the language that is spoken.
    pub fn label(&self) -> &str {
        self.names[Language::spoken() as usize].as_deref().unwrap_or(&self.id)
    }
}

/// What is set, and what there is to choose from.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Settings {
    /// What holds now.
    pub now: Prefs,
    /// The themes.
    pub themes: Vec<ThemeChoice>,
    /// The keymaps, by name.
    pub keymaps: Vec<String>,
    /// The file in which settings are kept.
    pub file: String,
    /// Whether the environment forbids colours (`NO_COLOR`).
    pub no_color: bool,
}

/// What is to be remembered in the configuration.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Keep {
    /// These settings.
    Prefs(Prefs),
    /// Who acts: a person's id, and the name that is written where nobody else has it.
    Person(String),
    /// That the tour was seen, or skipped.
    Toured,
}
