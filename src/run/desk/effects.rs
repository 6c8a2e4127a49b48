//! What the app asks for, carried out; and what comes back from the store.
use super::{End, RunError, STUCK_AFTER, Session, TYPING_PAUSE, after, laptop};
use crate::{
    app::{Effect, Message, Route},
    run::{Files, Seat, effects::Reply},
    sync::upstream::synced_ms,
    term,
    words::t,
};

impl Session {
    /// Hears what others record: at once where another process has the store, else when somebody joins.
    pub(super) fn meet_others(&mut self, files: &Files) {
        match self.book.seat {
            Seat::Own { .. } => {
                let joined = self.desktop.joined();
                self.book.let_in(files, self.clock, joined);
            }
            Seat::Window { .. } | Seat::Shared { .. } => self.desktop.follow(&self.book),
        }
    }

    pub(super) fn reply(&mut self, reply: Reply) -> Result<Option<End>, RunError> {
        let effects = match reply {
            Reply::Saved(facts, places) => {
                self.sent = None;
                let effects = match self.book.grown_by(&places) {
                    true => self.app.saved(Ok(facts)),
                    // They came back with what others recorded first.
                    false => self.app.told(Ok(facts)),
                };
                self.book.checkpoint(&self.app.desk.state);
                effects
            }
            Reply::Failed(sentence, head) => {
                self.sent = None;
                self.book.unseal(head);
                self.app.saved(Err(sentence))
            }
            Reply::Came(entries) => {
                let facts = self.book.news(&entries);
                if facts.is_empty() {
                    return Ok(None);
                }
                let effects = self.app.came(&facts);
                self.book.checkpoint(&self.app.desk.state);
                effects
            }
            Reply::Joined => {
                self.desktop.follow(&self.book);
                return Ok(None);
            }
            Reply::Anew => {
                self.app.desk.stale = true;
                Vec::new()
            }
            Reply::Renewed(state, position) => {
                self.book.renewed(position);
                let effects = self.app.renew(*state);
                // What came since then comes again.
                self.desktop.follow(&self.book);
                effects
            }
            Reply::Weighed(ticket, weighed) => self.app.weighed(ticket, *weighed),
            Reply::Rows(ticket, rows) => self.app.rows(ticket, rows),
            Reply::Exported(told) => {
                self.app.desk.message = Some(told.map_or_else(Message::error, Message::done));
                Vec::new()
            }
            Reply::Syncing(step) => {
                self.app.desk.message = Some(Message::note(laptop::how_far(step)));
                Vec::new()
            }
            Reply::Synced(told) => {
                self.syncing = false;
                self.app.desk.synced_ms = synced_ms(self.book.seat.dir());
                self.app.desk.message = Some(laptop::told(*told));
                Vec::new()
            }
            Reply::Worded(Ok(text)) => {
                let multiplexed = term::is_multiplexed();
                term::send(&term::to_clipboard(&text, multiplexed))?;
                self.app.show(&Route::Copied { text, multiplexed })
            }
            Reply::Worded(Err(sentence)) => {
                self.app.desk.message = Some(Message::note(sentence));
                Vec::new()
            }
            Reply::Notice(sentence) => {
                self.app.desk.message = Some(Message::note(sentence));
                Vec::new()
            }
        };
        self.dirty = true;
        if std::mem::take(&mut self.app.desk.stale) {
            let pack = self.app.desk.pack().clone();
            self.desktop.renew(&self.book, &self.files, pack);
        }
        self.carry_out(effects)
    }

    pub(super) fn carry_out(&mut self, effects: Vec<Effect>) -> Result<Option<End>, RunError> {
        for effect in effects {
            match effect {
                Effect::Append(drafts) => {
                    self.desktop.append(&mut self.book, &drafts, self.clock);
                    self.sent = Some(after(STUCK_AFTER));
                }
                Effect::Find(ticket, id) => self.desktop.find(&self.book, (ticket, id)),
                Effect::Weigh(ticket, node, period) => {
                    self.desktop.weigh(&self.book, &self.app.desk, (ticket, node, period));
                }
                Effect::Read(ticket, query) => self.desktop.read(&self.book, &self.app.desk, (ticket, &query)),
                Effect::KeepDraft(draft) => {
                    self.drafts.keep(*draft);
                    self.pause = Some(after(TYPING_PAUSE));
                }
                Effect::DropDraft(number) => {
                    self.drafts.drop(number);
                    self.pause = None;
                }
                Effect::KeepMemory(memory) => self.typed.keep(&memory),
                Effect::KeepLists(lists) => {
                    if let Some(Err(sentence)) = self.lists.as_ref().map(|file| file.write(&lists)) {
                        self.say(Message::error(sentence));
                    }
                }
                Effect::Prefer(prefs) => self.prefer(&prefs)?,
                Effect::Keep(what) => self.keep(&what),
                Effect::Reload => {
                    self.keyboard.forget();
                    if let Some(said) = self.look_at_keys() {
                        self.say(Message::note(said));
                    }
                }
                Effect::Export(job) => {
                    let what = job.name(&self.app.desk.state);
                    self.say(Message::note(t!("export.working", what = what)));
                    self.desktop.export(&self.book, &self.app.desk, job, (self.reports.clone(), self.clock.now_ms()));
                }
                Effect::Sync => self.sync(),
                Effect::Copy(told) => self.desktop.word(&self.book, &self.app.desk, told),
                Effect::Repaint => {
                    self.painter.repaint();
                    self.pace.repaint();
                }
                Effect::Suspend => {
                    if let Some(end) = self.suspend()? {
                        return Ok(Some(end));
                    }
                }
                Effect::Quit => return Ok(Some(End::Quit)),
            }
        }
        Ok(None)
    }
}
