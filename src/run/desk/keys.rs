//! What the person does: keys and the mouse.
use std::time::Duration;

use super::{End, RunError, Session, after};
use crate::{
    app::{Act, Command, Event, Key, Message, Pointer},
    term::{Pending, Pressed},
    words::t,
};

impl Session {
    pub(super) fn key(&mut self, key: Key) -> Result<Option<End>, RunError> {
        self.pace.pressed(after(Duration::ZERO));
        self.app.pressed(self.clock.now_ms());
        let said = self.look_at_keys();
        let end = self.press(key)?;
        if let Some(said) = said {
            self.say(Message::note(said));
        }
        Ok(end)
    }

    fn press(&mut self, key: Key) -> Result<Option<End>, RunError> {
        let (context, typing) = (self.app.context(), self.app.takes_text());
        let keymap = self.keyboard.map();
        let pressed = match self.app.asks_keys() {
            true => {
                // A garbled screen is drawn again even where the key is asked about (rule 15).
                if keymap.meaning(context, key) == Some(Command::Repaint) && !key.edits() {
                    self.painter.repaint();
                }
                keymap.ask(context, key)
            }
            false => keymap.press(&mut self.pending, context, typing, key),
        };
        // The popup of the keys that go on has been answered, whatever by.
        self.dirty |= !std::mem::take(&mut self.ways).is_empty();
        match pressed {
            Pressed::Run(command) => self.give(Event::Command(command)),
            Pressed::Pending(ways) => {
                self.ways = ways;
                self.app.desk.message = None;
                self.dirty = true;
                Ok(None)
            }
            Pressed::Broken(keys) => Ok(self.say(Message::note(t!("which.unknown", keys = keys)))),
            Pressed::InputMethod => Ok(self.say(Message::note(t!("which.input_method")))),
            Pressed::None if typing => self.give(Event::Text(key)),
            Pressed::None => Ok(None),
        }
    }

    /// Runs the command of the hint or tab that was clicked; everything else is the screen's.
    pub(super) fn point(&mut self, pointer: Pointer) -> Result<Option<End>, RunError> {
        if matches!(pointer.act, Act::Click) {
            self.app.pressed(self.clock.now_ms());
        }
        match self.shown.command_at(pointer.x, pointer.y).filter(|_| pointer.act == Act::Click) {
            Some(command) => self.give(Event::Command(command)),
            None => self.give(Event::Point(pointer)),
        }
    }

    pub(super) fn paste(&mut self, text: String) -> Result<Option<End>, RunError> {
        self.app.pressed(self.clock.now_ms());
        self.give(Event::Paste(text))
    }

    /// Takes over the person's own keys where their file has changed; returns what is to be said of it.
    pub(super) fn look_at_keys(&mut self) -> Option<String> {
        let said = self.keyboard.look(after(Duration::ZERO))?;
        self.app.set_keys(self.keyboard.map().clone());
        self.pending = Pending::default();
        Some(said)
    }
}
