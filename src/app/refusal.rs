//! Why a command can't run: asked before it runs, shown by palette and help, and by its key instead of nothing.
use super::{COMMANDS, Command, Context};
use crate::words::t;

/// Where help or the palette was asked for: its context, and what can't run there, each with the reason.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Here {
    /// The context of the screen below.
    pub context: Context,
    refused: Vec<(Command, String)>,
}

impl Here {
    /// Asks about every command.
    pub fn new(context: Context, refuses: impl Fn(Command) -> Option<String>) -> Here {
        let refused = COMMANDS.iter().filter_map(|row| Some((row.command, refuses(row.command)?)));
        Here { context, refused: refused.collect() }
    }

    /// Why the command can't run there; none where it can.
    pub fn refusal(&self, command: Command) -> Option<&str> {
        self.refused.iter().find(|(refused, _)| *refused == command).map(|(_, why)| why.as_str())
    }
}

/// The sentence for a command that means nothing to the screen that was asked.
pub fn useless(command: Command) -> String {
    t!("refusal.useless", name = command.row().name()).into_owned()
}

/// The sentence for a command that means something in other places only.
pub(super) fn elsewhere(command: Command) -> String {
    let row = command.row();
    let places: Vec<String> = row.contexts.iter().map(|context| context.label().into_owned()).collect();
    t!("refusal.elsewhere", name = row.name(), places = places.join(&t!("refusal.or"))).into_owned()
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn what_is_refused_is_told_with_its_reason_and_the_rest_runs() {
        let here = Here::new(Context::Desk, |command| (command == Command::SaveForm).then(|| elsewhere(command)));
        assert_eq!(here.refusal(Command::SaveForm).unwrap(), "「保存」只在表单里用得上");
        assert_eq!(here.refusal(Command::Undo), None);
        assert_eq!(useless(Command::Undo), "这里用不上「撤销」");
        assert_eq!(elsewhere(Command::Training), "「记培训」只在案头、列表里用得上");
    }
}
