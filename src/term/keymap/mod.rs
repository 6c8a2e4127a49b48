//! Which key means which command where: the two keymaps that come with the program, a person's own lines over them,
//! and keys pressed one after the other.
mod guide;
mod line;
mod load;

use crate::app::{Code, Command, Context, Key, Keys};

pub use guide::guide;
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
    /// What the keys are called.
    pub fn label(&self) -> String {
        label(&self.0)
    }

    /// Whether no sequence has begun.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// A key that goes on from a sequence that has begun.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Way {
    /// The key.
    pub key: Key,
    /// The command that it leads to, or the first of those that it is on the way to.
    pub command: Command,
    /// How many commands it is on the way to; 1 where it leads to one at once.
    pub leads_to: usize,
}

/// What a key led to.
#[derive(Debug, PartialEq, Eq)]
pub enum Pressed {
    /// It means this.
    Run(Command),
    /// A sequence has begun; these keys go on from here.
    Pending(Vec<Way>),
    /// No sequence goes on like this; what was pressed, as people call it.
    Broken(String),
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
            let pressed = std::mem::take(&mut pending.0);
            return match key.typed() {
                Some(c) if !c.is_ascii() => Pressed::InputMethod,
                // Esc takes the keys before it back.
                _ if pressed.len() > 1 && key.code != Code::Esc => Pressed::Broken(label(&pressed)),
                _ => Pressed::None,
            };
        };
        if found.keys.len() == typed.len() {
            let command = found.command;
            pending.0.clear();
            return command.map_or(Pressed::None, Pressed::Run);
        }
        let depth = typed.len();
        let mut ways: Vec<Way> = Vec::new();
        for binding in on_the_way.iter().filter(|b| b.context == found.context && b.keys.len() > depth) {
            let key = binding.keys[depth];
            match (binding.command, ways.iter_mut().find(|way| way.key == key)) {
                (Some(_), Some(way)) => way.leads_to += 1,
                (Some(command), None) => ways.push(Way { key, command, leads_to: 1 }),
                (None, _) => {}
            }
        }
        Pressed::Pending(ways)
    }

    /// The command of a key by itself; none where it has none, or begins a sequence.
    pub fn meaning(&self, context: Context, key: Key) -> Option<Command> {
        self.here(context).find(|b| b.keys == [key.folded()]).and_then(|b| b.command)
    }

    /// What `key` means in `context` while somebody asks what keys mean: only what moves there or leaves runs, and that
    /// not by characters; the key that asks for help leaves as well. Everything else is for the one who asks.
    pub fn ask(&self, context: Context, key: Key) -> Pressed {
        match self.meaning(context, key) {
            Some(Command::Help) if context == Context::Help => Pressed::Run(Command::Help),
            Some(command) if !key.edits() && moves(command) => Pressed::Run(command),
            _ => Pressed::None,
        }
    }

    /// The keys of `command` in `context`, in the order of the file, those of a later file first; empty if it has none
    /// there.
    pub fn keys(&self, context: Context, command: Command) -> Vec<&[Key]> {
        let mut out: Vec<&Binding> = Vec::new();
        for binding in self.here(context).filter(|b| b.command == Some(command)) {
            let hidden = self.here(context).take_while(|b| b.context != binding.context).any(|b| {
                // A key of the place itself hides the same key, and what begins with it, among the global ones.
                binding.keys.starts_with(&b.keys) || b.keys.starts_with(&binding.keys)
            });
            if !hidden {
                out.push(binding);
            }
        }
        out.sort_by_key(|binding| std::cmp::Reverse(binding.place.0));
        out.into_iter().map(|binding| &binding.keys[..]).collect()
    }

    /// How many keys the file that was laid over last binds or frees.
    pub fn of_last_file(&self) -> usize {
        let last = self.bindings.iter().map(|binding| binding.place.0).max();
        self.bindings.iter().filter(|binding| Some(binding.place.0) == last).count()
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

impl Keys for Keymap {
    fn labels(&self, context: Context, command: Command) -> Vec<String> {
        self.keys(context, command).into_iter().map(label).collect()
    }
}

/// What keys pressed one after the other are called.
fn label(keys: &[Key]) -> String {
    keys.iter().map(|key| key.label()).collect::<Vec<_>>().join(" ")
}

/// Whether a command moves within a list or leaves it.
fn moves(command: Command) -> bool {
    use Command::{Back, Down, End, Home, NextFocus, Open, PageDown, PageUp, PrevFocus, Up};
    matches!(command, Up | Down | PageUp | PageDown | Home | End | Open | Back | NextFocus | PrevFocus)
}

#[cfg(test)]
mod tests;
