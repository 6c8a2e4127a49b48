//! What the person has set: held from now on, and kept.
use super::{RunError, Session};
use crate::{
    app::{Keep, Message, Prefs},
    term::Pending,
    words::{Language, t, word},
};

impl Session {
    /// What can wait until the first frame is on the screen.
    pub(super) fn settle_in(&mut self) -> Result<(), RunError> {
        self.app.desk.settings = self.prefs.settings();
        self.guard.listen_to_mouse(self.prefs.kept().mouse)?;
        Ok(())
    }

    /// Looks, answers and speaks from now on as these settings say.
    pub(super) fn prefer(&mut self, prefs: &Prefs) -> Result<(), RunError> {
        if prefs.lang != Language::spoken() {
            prefs.lang.speak();
            // Whoever has the store hears of it with the next question.
            self.book.store.head_async(self.book.key().writer(), |_| {});
        }
        let (look, faults) = self.prefs.look(prefs);
        self.look = look;
        let mut faults = faults;
        if *prefs.keymap != self.keys_of {
            let (keyboard, more) = self.prefs.keyboard(prefs);
            faults.extend(more);
            self.keys_of.clone_from(&prefs.keymap);
            self.keyboard = keyboard;
            self.app.set_keys(self.keyboard.map().clone());
            self.pending = Pending::default();
        }
        if !faults.is_empty() {
            self.app.desk.message = Some(Message::error(faults.join(word("word.also"))));
        }
        self.guard.listen_to_mouse(prefs.mouse)?;
        Ok(())
    }

    pub(super) fn keep(&mut self, what: &Keep) {
        let kept = self.prefs.keep(what);
        let said = match (kept, what) {
            (Err(error), _) => Message::error(error.to_string()),
            (Ok(_), Keep::Toured) => return,
            (Ok(file), _) => Message::done(t!("settings.kept", file = file)),
        };
        self.app.desk.message = Some(said);
    }
}
