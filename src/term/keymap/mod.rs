//! Which key means which command where: the two keymaps that come with the program, a person's own lines over them,
//! and keys pressed one after the other.
mod line;
mod load;

use crate::app::{Command, CommandRow, Context, Key};
use crate::ui::hint::Hint;

pub use load::Fault;

/// Keys and what they mean.
#[derive(Clone, Debug)]
pub struct Keymap {
    bindings: Vec<Binding>,
}

#[derive(Clone, Debug)]
struct Binding {
    context: Context,
    keys: Vec<Key>,
    /// None where a person freed the key.
    command: Option<Command>,
    /// Where it was written: which file, counted from 0, and which line, from 1.
    place: (usize, usize),
}

/// The keys of a sequence that has begun.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Pending(Vec<Key>);

impl Pending {
    /// Whether no sequence has begun.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// What a key led to.
#[derive(Debug, PartialEq, Eq)]
pub enum Pressed {
    /// It means this.
    Run(Command),
    /// A sequence has begun; these keys go on from here, each with the command it leads to or is on the way to.
    Pending(Vec<(Key, Command)>),
    /// The key means nothing here: a text field may take it; elsewhere nothing happens.
    None,
    /// A hanzi outside a text field: the input method is on, say `请切换到英文输入`.
    InputMethod,
}

impl Keymap {
    /// What `key` means in `context` after the keys in `pending`, which is kept up to date.
    ///
    /// While `typing` (a text field has the focus) characters and the keys that move or delete within a text mean
    /// nothing here and go to the field, as they were typed; otherwise full-width keys stand for their ASCII ones. A key that does not go on from the pending ones
    /// drops them and does nothing else.
    pub fn press(&self, pending: &mut Pending, context: Context, typing: bool, key: Key) -> Pressed {
        if typing && key.edits() {
            pending.0.clear();
            return Pressed::None;
        }
        let key = key.folded();
        pending.0.push(key);
        let typed = &pending.0;
        let on_the_way: Vec<&Binding> = self.here(context).filter(|b| b.keys.starts_with(typed)).collect();
        let Some(found) = on_the_way.first() else {
            let first = pending.0.len() == 1;
            pending.0.clear();
            return match key.typed() {
                Some(c) if first && !c.is_ascii() => Pressed::InputMethod,
                _ => Pressed::None,
            };
        };
        if found.keys.len() == typed.len() {
            let command = found.command;
            pending.0.clear();
            return command.map_or(Pressed::None, Pressed::Run);
        }
        let depth = typed.len();
        let mut next: Vec<(Key, Command)> = Vec::new();
        for binding in on_the_way.iter().filter(|b| b.context == found.context && b.keys.len() > depth) {
            if let Some(command) = binding.command.filter(|_| !next.iter().any(|(key, _)| *key == binding.keys[depth]))
            {
                next.push((binding.keys[depth], command));
            }
        }
        Pressed::Pending(next)
    }

    /// What the keys of `command` are called in `context`, in the order of the file; empty if it has none there.
    pub fn labels(&self, context: Context, command: Command) -> Vec<String> {
        let mut out: Vec<String> = Vec::new();
        for binding in self.here(context).filter(|b| b.command == Some(command)) {
            let hidden = self.here(context).take_while(|b| b.context != binding.context).any(|b| {
                // A key of the place itself hides the same key, and what begins with it, among the global ones.
                binding.keys.starts_with(&b.keys) || b.keys.starts_with(&binding.keys)
            });
            if !hidden {
                let keys: Vec<String> = binding.keys.iter().map(|key| key.label()).collect();
                out.push(keys.join(" "));
            }
        }
        out
    }

    /// The hints for these commands in `context`, with the first key of each; those without a key are left out.
    pub fn hints(&self, context: Context, commands: &[Command]) -> Vec<Hint> {
        let hint = |command: &Command| {
            let key = self.labels(context, *command).into_iter().next()?;
            Some(Hint { key, word: command.row().name() })
        };
        commands.iter().filter_map(hint).collect()
    }

    /// The keys of a row of the help, separated by blanks.
    pub fn help_keys(&self, context: Context, row: &CommandRow) -> String {
        self.labels(context, row.command).join(" ")
    }

    /// The bindings that hold in `context`: its own, then the global ones of commands that mean something there.
    fn here(&self, context: Context) -> impl Iterator<Item = &Binding> {
        let own = self.bindings.iter().filter(move |b| b.context == context);
        let global = self.bindings.iter().filter(move |b| {
            let means = b.command.is_some_and(|command| command.applies(context));
            context != Context::Global && b.context == Context::Global && means
        });
        own.chain(global)
    }
}

#[cfg(test)]
mod tests;
