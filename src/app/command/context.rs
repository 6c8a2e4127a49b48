//! Where a key is pressed.
use std::borrow::Cow;

use Context::{Board, Desk, Form, Global, Help, List, Lists, Prompt};

use crate::words::t;

/// Where a key is pressed: which bindings hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Context {
    /// Everywhere, after the bindings of the place itself.
    Global,
    /// The tree and the detail pane.
    Desk,
    /// The visits board: enterprises by months.
    Board,
    /// A list on its own, such as a history.
    List,
    /// The working lists.
    Lists,
    /// A form; characters go to the text field that has the focus.
    Form,
    /// The help.
    Help,
    /// A one-line question, such as the filter.
    Prompt,
}

impl Context {
    /// All of them, in the order in which help lists them.
    pub const ALL: [Context; 8] = [Desk, Board, List, Lists, Form, Help, Prompt, Global];

    /// The name in keymap files, for example `desk`.
    pub fn id(self) -> &'static str {
        match self {
            Global => "global",
            Desk => "desk",
            Board => "board",
            List => "list",
            Lists => "lists",
            Form => "form",
            Help => "help",
            Prompt => "prompt",
        }
    }

    /// What people call it.
    pub fn label(self) -> Cow<'static, str> {
        match self {
            Global => t!("context.global"),
            Desk => t!("context.desk"),
            Board => t!("context.board"),
            List => t!("context.list"),
            Lists => t!("context.lists"),
            Form => t!("context.form"),
            Help => t!("context.help"),
            Prompt => t!("context.prompt"),
        }
    }

    /// The context of that name in keymap files.
    pub fn from_id(id: &str) -> Option<Context> {
        Context::ALL.into_iter().find(|context| context.id() == id)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn contexts_are_found_by_their_id() {
        for context in Context::ALL {
            assert_eq!(Context::from_id(context.id()), Some(context));
        }
    }
}
