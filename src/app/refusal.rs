//! Why a command can't run: asked before it runs, shown by palette and help, and by its key instead of nothing.
use super::{COMMANDS, Command, CommandRow, Context, Desk, Keys, Screen};
use crate::words::t;

/// Where help or the palette was asked for: its context, and every command with its keys and whether it runs there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Here {
    /// The context of the screen below.
    pub context: Context,
    /// All commands, in the order of the table.
    pub entries: Vec<Entry>,
}

/// A command where help or the palette was asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The command.
    pub command: Command,
    /// What its keys are called there, or else in the first place where it has some.
    pub keys: Vec<String>,
    /// Why it can't run there; none where it can.
    pub refusal: Option<String>,
}

impl Here {
    /// Asks about every command.
    pub fn new(context: Context, keys: &dyn Keys, refuses: impl Fn(Command) -> Option<String>) -> Here {
        let entry = |row: &CommandRow| {
            let places = std::iter::once(&context).chain(row.contexts);
            let keys = places.map(|place| keys.labels(*place, row.command)).find(|keys| !keys.is_empty());
            Entry { command: row.command, keys: keys.unwrap_or_default(), refusal: refuses(row.command) }
        };
        Here { context, entries: COMMANDS.iter().map(entry).collect() }
    }
}

/// Why a command can't run on a screen, as far as that screen knows; none where it can. What means the same everywhere
/// always can.
pub fn refusal_on<V: Screen + ?Sized>(screen: &V, command: Command, desk: &Desk) -> Option<String> {
    match command {
        Command::Repaint | Command::Suspend | Command::Reload | Command::Mouse => None,
        Command::Help | Command::Palette => None,
        _ if !command.applies(screen.context()) => Some(elsewhere(command)),
        Command::Settings | Command::Tour | Command::Jump | Command::Sync => None,
        Command::CopyText if !screen.takes_text() => screen.told(desk).err(),
        _ => screen.refuses(command, desk),
    }
}

/// The sentence for a command that means nothing to the screen that was asked.
pub fn useless(command: Command) -> String {
    t!("refusal.useless", name = command.row().name()).into_owned()
}

/// The sentence for a command that means something in other places only.
fn elsewhere(command: Command) -> String {
    let row = command.row();
    let places: Vec<String> = row.contexts.iter().map(|context| context.label().into_owned()).collect();
    t!("refusal.elsewhere", name = row.name(), places = places.join(&t!("refusal.or"))).into_owned()
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn every_command_has_its_keys_and_what_is_refused_its_reason() {
        struct OneKey;
        impl Keys for OneKey {
            fn labels(&self, context: Context, command: Command) -> Vec<String> {
                let is_bound = (context, command) == (Context::Form, Command::SaveForm);
                is_bound.then(|| "F2".to_owned()).into_iter().collect()
            }
        }
        let refuses = |command| (command == Command::SaveForm).then(|| elsewhere(command));
        let here = Here::new(Context::Desk, &OneKey, refuses);
        let entry = |command| here.entries.iter().find(|entry| entry.command == command).unwrap();
        assert_eq!(entry(Command::SaveForm).keys, ["F2"]);
        assert_eq!(entry(Command::SaveForm).refusal.as_deref(), Some("「保存」只在表单里用得上"));
        assert_eq!((entry(Command::Undo).keys.len(), &entry(Command::Undo).refusal), (0, &None));
        assert_eq!(useless(Command::Undo), "这里用不上「撤销」");
        assert_eq!(elsewhere(Command::Training), "「记培训」只在案头、列表里用得上");
    }
}
