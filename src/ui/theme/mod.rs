//! Styles by role: the client's own colours plus a few of its 16, as a theme file says.
//!
//! The themes that come with the program lie in `data/themes/`, which `default.toml` explains. No theme needs more than
//! 16 colours (rule 13), and none sets a background but for short marks, so that light terminals stay light.
mod builtin;
mod read;
mod role;
#[cfg(test)]
mod sight;
mod style;
#[cfg(test)]
mod tests;

pub use builtin::{DEFAULT, MONO, builtin, names};
use ratatui::style::Style;
pub use read::{Depth, Fault, Label, label, read};
pub use role::Role;

/// Maps roles to styles.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Theme {
    styles: [Style; Role::ALL.len()],
}

impl Theme {
    /// The default theme, or without colour (`NO_COLOR`) the one that has none.
    pub fn new(color: bool) -> Theme {
        builtin(if color { DEFAULT } else { MONO }, Depth::Sixteen).unwrap_or(Theme::PLAIN)
    }

    /// Everything in the terminal's own colours.
    const PLAIN: Theme = Theme { styles: [Style::new(); Role::ALL.len()] };

    /// The style of a role.
    pub fn style(&self, role: Role) -> Style {
        self.styles[role as usize]
    }

    fn set(&mut self, role: Role, style: Style) {
        self.styles[role as usize] = style;
    }
}
