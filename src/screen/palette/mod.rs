//! The palette: every command by name, pinyin or key, with why it can't run where it can't; Enter runs it.
mod view;

use crate::{
    app::{Action, Command, Context, Desk, Entry, Event, Here, Message, Screen},
    screen::{
        lookup::{self, Hit},
        narrow::{Narrowed, narrow},
        refuse::{unless_known, unless_row},
    },
    ui::{
        field::Field,
        list::{Pointed, Window},
    },
};

/// The list of all commands over another screen.
pub(super) struct Palette {
    here: Here,
    query: Field,
    found: Vec<Hit>,
    window: Window,
}

impl Palette {
    /// All commands as they stand `here`; what can run comes first.
    pub(super) fn new(here: Here) -> Palette {
        let mut palette = Palette { here, query: Field::default(), found: Vec::new(), window: Window::default() };
        palette.look();
        palette
    }

    fn look(&mut self) {
        self.found = lookup::find(&self.here, self.query.value());
        self.window = Window::default();
    }

    /// The command under the cursor.
    fn entry(&self) -> Option<&Entry> {
        self.found.get(self.window.at).and_then(|hit| self.here.entries.get(hit.entry))
    }

    fn run(&self) -> Vec<Action> {
        match self.entry() {
            Some(Entry { refusal: Some(why), .. }) => vec![Action::Say(Message::note(why.clone()))],
            Some(entry) => vec![Action::Close, Action::Run(entry.command)],
            None => Vec::new(),
        }
    }
}

impl Screen for Palette {
    fn context(&self) -> Context {
        Context::Prompt
    }

    fn takes_text(&self) -> bool {
        true
    }

    fn asks_keys(&self) -> bool {
        true
    }

    fn refuses(&self, command: Command, _: &Desk) -> Option<String> {
        match command {
            Command::Open => unless_row(!self.found.is_empty()),
            _ => unless_known(command, &[Command::Palette]),
        }
    }

    fn on(&mut self, event: Event, _: &Desk) -> Vec<Action> {
        // A key that types nothing is looked for.
        match narrow(&mut self.query, &event, true) {
            Narrowed::Left => return vec![Action::Close],
            Narrowed::Changed => self.look(),
            Narrowed::Elsewhere => {}
        }
        match event {
            Event::Command(Command::Open) => return self.run(),
            Event::Command(Command::Back | Command::Palette) => return vec![Action::Close],
            Event::Point(pointer) if self.window.point(pointer, self.found.len()) == Pointed::Again => {
                return self.run();
            }
            Event::Command(command) => drop(self.window.walk(command, self.found.len())),
            _ => {}
        }
        Vec::new()
    }
}
