//! What can be set, a row each.
use std::borrow::Cow;

use crate::{
    app::{Desk, GlyphSet, Prefs, Settings},
    words::{Language, t},
};

/// A row of the settings.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Row {
    Theme,
    Language,
    Keymap,
    Glyphs,
    Mouse,
    Who,
    Tour,
}

impl Row {
    pub(super) const ALL: [Row; 7] =
        [Row::Theme, Row::Language, Row::Keymap, Row::Glyphs, Row::Mouse, Row::Who, Row::Tour];

    /// Whether it leads on instead of having values to go through.
    pub(super) fn leads(self) -> bool {
        matches!(self, Row::Who | Row::Tour)
    }

    pub(super) fn label(self) -> Cow<'static, str> {
        match self {
            Row::Theme => t!("settings.theme"),
            Row::Language => t!("settings.language"),
            Row::Keymap => t!("settings.keymap"),
            Row::Glyphs => t!("settings.glyphs"),
            Row::Mouse => t!("settings.mouse"),
            Row::Who => t!("settings.who"),
            Row::Tour => t!("settings.tour"),
        }
    }

    /// What the row is set to.
    pub(super) fn value(self, desk: &Desk) -> String {
        let (settings, now) = (&desk.settings, &desk.settings.now);
        match self {
            Row::Theme => {
                let known = settings.themes.iter().find(|theme| theme.id == now.theme);
                known.map_or(now.theme.as_str(), |theme| theme.label()).to_owned()
            }
            Row::Language => now.lang.label().to_owned(),
            Row::Keymap => match now.keymap.as_str() {
                "default" => t!("settings.keymap_default").into_owned(),
                "vim" => t!("settings.keymap_vim").into_owned(),
                "excel" => t!("settings.keymap_excel").into_owned(),
                own => own.to_owned(),
            },
            Row::Glyphs => match now.glyphs {
                GlyphSet::Auto => t!("settings.glyphs_auto").into_owned(),
                GlyphSet::Unicode => t!("settings.glyphs_unicode").into_owned(),
                GlyphSet::Ascii => t!("settings.glyphs_ascii").into_owned(),
            },
            Row::Mouse if now.mouse => t!("settings.on").into_owned(),
            Row::Mouse => t!("settings.off").into_owned(),
            Row::Who => match (desk.my_name(), desk.my_post()) {
                (Some(name), Some(post)) => {
                    format!("{name} {}", desk.pack().names.post_at(desk.state.org().node(desk.home), post))
                }
                (Some(name), None) => name.to_owned(),
                (None, _) => t!("settings.nobody").into_owned(),
            },
            Row::Tour => t!("settings.tour_begin").into_owned(),
        }
    }

    /// A few words on what it means.
    pub(super) fn about(self, desk: &Desk) -> Cow<'static, str> {
        match self {
            Row::Theme if desk.settings.no_color => t!("settings.about_no_color"),
            Row::Theme => t!("settings.about_theme"),
            Row::Language => t!("settings.about_language"),
            Row::Keymap => t!("settings.about_keymap"),
            Row::Glyphs => t!("settings.about_glyphs"),
            Row::Mouse => t!("settings.about_mouse"),
            Row::Who if desk.state.org().people().next().is_none() => t!("settings.about_no_people"),
            Row::Who => t!("settings.about_who"),
            Row::Tour => t!("settings.about_tour"),
        }
    }

    /// The settings with the next value of this row, or the one before; none where it has no other.
    pub(super) fn turned(self, n: isize, settings: &Settings) -> Option<Prefs> {
        let mut next = settings.now.clone();
        match self {
            Row::Theme => {
                let at = settings.themes.iter().position(|theme| theme.id == next.theme);
                next.theme = turned(&settings.themes, at, n)?.id.clone();
            }
            Row::Language => {
                let at = Language::ALL.iter().position(|language| *language == next.lang);
                next.lang = *turned(&Language::ALL, at, n)?;
            }
            Row::Keymap => {
                let at = settings.keymaps.iter().position(|keymap| *keymap == next.keymap);
                next.keymap = turned(&settings.keymaps, at, n)?.clone();
            }
            Row::Glyphs => {
                let at = GlyphSet::ALL.iter().position(|set| *set == next.glyphs);
                next.glyphs = *turned(&GlyphSet::ALL, at, n)?;
            }
            Row::Mouse => next.mouse = !next.mouse,
            Row::Who | Row::Tour => return None,
        }
        (next != settings.now).then_some(next)
    }
}

/// The choice `n` places from the one at `at`, round and round; the first where nothing known is set.
fn turned<T>(choices: &[T], at: Option<usize>, n: isize) -> Option<&T> {
    let len = choices.len() as isize;
    let next = at.map_or(0, |at| (at as isize + n).rem_euclid(len.max(1)));
    choices.get(next as usize)
}
