//! A person at the keys of the keymap that comes with the program, counted.
use wangge::{
    app::{Effect, Event, Key},
    grid::fact::Fact,
    term::{Keymap, Pending, Pressed},
};

use super::Seat;

/// A seat with its keys.
pub struct Typist {
    pub seat: Seat,
    map: Keymap,
    pending: Pending,
    /// How many keys were pressed, texts aside.
    pub keys: usize,
    /// How many keys were pressed, those of texts as well, and pastes.
    pub pressed: usize,
    /// The moment, UTC milliseconds since 1970; every key takes a second.
    pub now_ms: i64,
    /// What was asked of the loop.
    pub effects: Vec<Effect>,
}

impl Typist {
    pub fn at(seat: Seat) -> Typist {
        let map = Keymap::builtin("default").expect("it comes with the program");
        Typist { seat, map, pending: Pending::default(), keys: 0, pressed: 0, now_ms: 0, effects: Vec::new() }
    }

    fn tick(&mut self) {
        self.pressed += 1;
        self.now_ms += 1000;
        self.seat.app.pressed(self.now_ms);
    }

    fn key(&mut self, key: Key) {
        self.tick();
        let (context, typing) = (self.seat.app.context(), self.seat.app.takes_text());
        let effects = match self.map.press(&mut self.pending, context, typing, key) {
            Pressed::Run(command) => self.seat.app.event(Event::Command(command)),
            Pressed::None if typing => self.seat.app.event(Event::Text(key)),
            Pressed::None | Pressed::Pending(_) => Vec::new(),
            other => panic!("{key} led to {other:?}"),
        };
        self.effects.extend(effects);
    }

    /// Presses keys by name, each counted.
    pub fn press(&mut self, names: &str) -> &mut Typist {
        for name in names.split_whitespace() {
            self.keys += 1;
            self.key(name.parse().expect("a key"));
        }
        self
    }

    /// Types a text, which counts for nothing: it takes as long as it is.
    pub fn text(&mut self, text: &str) -> &mut Typist {
        text.chars().for_each(|c| self.key(Key::char(c)));
        self
    }

    /// Pastes a text.
    pub fn paste(&mut self, text: &str) -> &mut Typist {
        self.tick();
        let effects = self.seat.app.event(Event::Paste(text.to_owned()));
        self.effects.extend(effects);
        self
    }

    /// Makes durable what was asked to be recorded since the last time, and tells the app.
    pub fn saved(&mut self) -> Vec<Fact> {
        let effects = std::mem::take(&mut self.effects);
        let facts = self.seat.seal(&effects);
        self.effects = self.seat.app.saved(Ok(facts.clone()));
        facts
    }

    /// The screen; behind a wide character stands no blank.
    pub fn sees(&mut self, cols: u16, rows: u16) -> String {
        let screen = self.seat.screen(cols, rows);
        let mut out = String::new();
        let mut chars = screen.chars().peekable();
        while let Some(c) = chars.next() {
            out.push(c);
            if unicode_width::UnicodeWidthChar::width(c) == Some(2) && chars.peek() == Some(&' ') {
                chars.next();
            }
        }
        out
    }

    /// Fails unless the screen shows a text.
    pub fn shows(&mut self, text: &str) -> &mut Typist {
        let screen = self.sees(80, 24);
        assert!(screen.contains(text), "no {text} in\n{screen}");
        self
    }

    /// Fails if the screen shows a text.
    pub fn hides(&mut self, text: &str) -> &mut Typist {
        let screen = self.sees(80, 24);
        assert!(!screen.contains(text), "{text} in\n{screen}");
        self
    }
}
