//! The command table: one line feeds the keymap, the help, the hints, the palette and the manual.
mod context;
mod table;

pub use context::Context;
pub use table::{COMMANDS, Command, CommandRow};

/// The keymap, as far as screens need it.
pub trait Keys {
    /// How the keys of a command are called here, the most usual first; none where it has no key.
    fn labels(&self, context: Context, command: Command) -> Vec<String>;

    /// How its most usual key is called.
    fn label(&self, context: Context, command: Command) -> Option<String> {
        self.labels(context, command).into_iter().next()
    }
}

/// No keys at all: before a keymap is read.
#[derive(Clone, Copy, Debug, Default)]
pub struct NoKeys;

impl Keys for NoKeys {
    fn labels(&self, _: Context, _: Command) -> Vec<String> {
        Vec::new()
    }
}

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

    use unicode_width::UnicodeWidthStr;

    use super::*;
    use crate::words::Language;

    #[test]
    fn every_command_has_a_name_of_its_own_and_words_for_people() {
        let mut ids = BTreeSet::new();
        for row in COMMANDS {
            assert!(ids.insert(row.id), "{} twice", row.id);
            assert_eq!(row.command.row().id, row.id);
            assert_eq!(Command::from_id(row.id), Some(row.command));
            for language in Language::ALL {
                let (name, help) = row.words_in(language);
                assert!(help.ends_with(['。', '.']) && !help.contains('\n'), "{help}");
                // 80 columns leave 48 for it beside the key and the name.
                assert!(help.width() <= 48, "{help}");
                assert!((2..=10).contains(&name.width()), "{name}");
            }
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
