//! The help: every key, those that can be used now first; typing finds a command, pressing a key finds what it does.
mod lines;
mod view;

use self::lines::Line;
use crate::{
    app::{Act, Action, Command, Context, Desk, Event, Here, Screen},
    screen::{
        narrow::{Narrowed, narrow},
        refuse::unless_known,
    },
    ui::field::Field,
};

/// The help over another screen.
pub(super) struct Help {
    here: Here,
    query: Field,
    lines: Vec<Line>,
    top: usize,
    /// How many lines were shown when it was last drawn.
    shown: usize,
}

impl Help {
    /// The help for somebody who asked `here`.
    pub(super) fn new(here: Here) -> Help {
        let lines = lines::lines(&here, "");
        Help { here, query: Field::default(), lines, top: 0, shown: 1 }
    }

    fn look(&mut self) {
        self.lines = lines::lines(&self.here, self.query.value());
        self.top = 0;
    }

    fn scroll(&mut self, command: Command) {
        let last = self.lines.len().saturating_sub(self.shown);
        let top = match command {
            Command::Up => self.top.saturating_sub(1),
            Command::Down => self.top + 1,
            Command::PageUp => self.top.saturating_sub(self.shown),
            Command::PageDown => self.top + self.shown,
            Command::Home => 0,
            Command::End => last,
            _ => self.top,
        };
        self.top = top.min(last);
    }
}

impl Screen for Help {
    fn context(&self) -> Context {
        Context::Help
    }

    fn takes_text(&self) -> bool {
        true
    }

    fn asks_keys(&self) -> bool {
        true
    }

    fn refuses(&self, command: Command, _: &Desk) -> Option<String> {
        unless_known(command, &[Command::Open, Command::Help, Command::Palette])
    }

    fn on(&mut self, event: Event, _: &Desk) -> Vec<Action> {
        // A key that types nothing is looked for.
        match narrow(&mut self.query, &event, true) {
            Narrowed::Left => return vec![Action::Close],
            Narrowed::Changed => self.look(),
            Narrowed::Elsewhere => {}
        }
        match event {
            Event::Command(Command::Back) if !self.query.value().is_empty() => {
                self.query = Field::default();
                self.look();
            }
            Event::Command(Command::Back | Command::Help | Command::Open) => return vec![Action::Close],
            Event::Command(Command::Palette) => return vec![Action::Close, Action::Run(Command::Palette)],
            Event::Command(command) => self.scroll(command),
            Event::Point(pointer) if pointer.act == Act::WheelDown => (0..3).for_each(|_| self.scroll(Command::Down)),
            Event::Point(pointer) if pointer.act == Act::WheelUp => (0..3).for_each(|_| self.scroll(Command::Up)),
            _ => {}
        }
        Vec::new()
    }
}
