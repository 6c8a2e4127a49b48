//! Styles by role: default colours of the client plus a few of the 16, readable on dark and on light.
use ratatui::style::{Color, Modifier, Style};

/// What a piece of text is, as far as its look goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// Plain text.
    Text,
    /// The heading of the screen or of a pane.
    Title,
    /// The reversed part of the row under the cursor.
    Selection,
    /// The same in a pane that has not the focus: bold, so that only one place is reversed.
    SelectionAway,
    /// Overdue; a mark says so as well.
    Overdue,
    /// Due soon.
    DueSoon,
    /// Met.
    Met,
    /// Met late, or entered late (补录).
    Late,
    /// Less important.
    Dim,
    /// The name of a field or a column.
    Label,
    /// Something was refused or failed.
    Error,
    /// Something was done.
    Done,
    /// A key in the hint line.
    Key,
    /// The frame of a popup.
    Border,
    /// The part of a name in which what was typed is found.
    Match,
    /// The active tab.
    Tab,
    /// The text field that has the focus.
    Field,
}

/// Maps roles to styles; without colour only bold, dim, underline and reverse are used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Theme {
    color: bool,
}

impl Theme {
    /// A theme with colour, or without (`NO_COLOR`).
    pub const fn new(color: bool) -> Theme {
        Theme { color }
    }

    /// The style of a role. Foreground colours are those of the 16 that stand out from black and from white alike;
    /// yellow, white and cyan do not, so no text depends on them. The background is never set.
    pub fn style(self, role: Role) -> Style {
        let plain = Style::new();
        let (style, color) = match role {
            Role::Text => (plain, None),
            Role::Title | Role::Label => (plain.add_modifier(Modifier::BOLD), None),
            Role::Selection => (plain.add_modifier(Modifier::REVERSED), None),
            Role::SelectionAway => (plain.add_modifier(Modifier::BOLD), None),
            Role::Overdue | Role::Error => (plain.add_modifier(Modifier::BOLD), Some(Color::Red)),
            Role::DueSoon => (plain.add_modifier(Modifier::BOLD), Some(Color::Magenta)),
            Role::Met | Role::Done => (plain, Some(Color::Green)),
            Role::Late => (plain, Some(Color::Magenta)),
            Role::Dim | Role::Border => (plain.add_modifier(Modifier::DIM), None),
            Role::Key => (plain.add_modifier(Modifier::BOLD), Some(Color::Blue)),
            Role::Match => (plain.add_modifier(Modifier::BOLD | Modifier::UNDERLINED), None),
            Role::Tab => (plain.add_modifier(Modifier::BOLD | Modifier::UNDERLINED), None),
            Role::Field => (plain.add_modifier(Modifier::UNDERLINED), None),
        };
        match color {
            Some(color) if self.color => style.fg(color),
            _ => style,
        }
    }

    /// Whether colours are used.
    pub fn has_color(self) -> bool {
        self.color
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ALL: [Role; 17] = [
        Role::Text,
        Role::Title,
        Role::Selection,
        Role::SelectionAway,
        Role::Overdue,
        Role::DueSoon,
        Role::Met,
        Role::Late,
        Role::Dim,
        Role::Label,
        Role::Error,
        Role::Done,
        Role::Key,
        Role::Border,
        Role::Match,
        Role::Tab,
        Role::Field,
    ];

    #[test]
    fn no_role_sets_a_background_or_a_colour_that_vanishes_on_white_or_black() {
        for role in ALL {
            let style = Theme::new(true).style(role);
            assert_eq!(style.bg, None, "{role:?}");
            assert!(
                matches!(style.fg, None | Some(Color::Red | Color::Green | Color::Magenta | Color::Blue)),
                "{role:?}"
            );
        }
    }

    #[test]
    fn without_colour_overdue_is_still_bold_and_the_selection_reversed() {
        let mono = Theme::new(false);
        for role in ALL {
            assert_eq!(mono.style(role).fg, None, "{role:?}");
        }
        assert!(mono.style(Role::Overdue).add_modifier.contains(Modifier::BOLD));
        assert!(mono.style(Role::Selection).add_modifier.contains(Modifier::REVERSED));
    }
}
