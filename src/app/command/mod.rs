//! The command table: one line feeds the keymap, the help, the hints, the palette and the manual.
mod context;
mod table;

pub use context::Context;
pub use table::{COMMANDS, Command, CommandRow};

impl Command {
    /// The row of this command.
    pub fn row(self) -> &'static CommandRow {
        // Both come from one list, in one order.
        &COMMANDS[self as usize]
    }

    /// The command of that name in keymap files.
    pub fn from_id(id: &str) -> Option<Command> {
        COMMANDS.iter().find(|row| row.id == id).map(|row| row.command)
    }

    /// The tab that it asks for, from 0.
    pub fn tab(self) -> Option<usize> {
        (self as usize).checked_sub(Command::Tab1 as usize).filter(|n| *n < 9)
    }

    /// The command that asks for a tab, from 0.
    pub fn of_tab(n: usize) -> Option<Command> {
        COMMANDS.get(Command::Tab1 as usize + n).map(|row| row.command).filter(|command| command.tab() == Some(n))
    }

    /// Whether it means something in the context.
    pub fn applies(self, context: Context) -> bool {
        let contexts = self.row().contexts;
        contexts.contains(&context) || contexts.contains(&Context::Global)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_command_has_a_name_of_its_own_and_words_for_people() {
        let mut ids = BTreeSet::new();
        for row in COMMANDS {
            assert!(ids.insert(row.id), "{} twice", row.id);
            assert_eq!(row.command.row().id, row.id);
            assert_eq!(Command::from_id(row.id), Some(row.command));
            assert!((2..=5).contains(&row.name().chars().count()), "{}", row.name());
            assert!(row.help().ends_with('。') && !row.help().contains('\n'), "{}", row.help());
            // 80 columns leave 48 for it beside the key and the name.
            assert!(unicode_width::UnicodeWidthStr::width(&*row.help()) <= 48, "{}", row.help());
            assert!(!row.contexts.is_empty(), "{}", row.id);
        }
    }

    #[test]
    fn tabs_are_told_by_their_place() {
        assert_eq!(Command::Tab1.tab(), Some(0));
        assert_eq!(Command::Tab9.tab(), Some(8));
        assert_eq!((Command::of_tab(8), Command::of_tab(9)), (Some(Command::Tab9), None));
        assert_eq!(Command::Quit.tab(), None);
        assert_eq!(Command::VisitToday.tab(), None);
    }
}
