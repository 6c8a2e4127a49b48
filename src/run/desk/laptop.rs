//! A laptop's desk and its server: a sync that is asked for at the desk, told in the message line.
use super::Session;
use crate::{
    app::Message,
    run::{Journey, Seat},
    sync::{
        laptop::{Done, Step},
        ssh::{Asking, PATIENCE},
        talk::SyncError,
        upstream,
    },
    words::{t, word},
};

impl Session {
    /// Begins a sync, or says what stands against it.
    pub(super) fn sync(&mut self) {
        let (Seat::Own { dir, .. } | Seat::Window { dir }) = &self.book.seat else {
            self.say(Message::note(word("run.sync.shared")));
            return;
        };
        if self.syncing {
            self.say(Message::note(word("run.sync.already")));
            return;
        }
        let (program, named) = self.server.clone();
        let Some(host) = named.or_else(|| upstream::host(dir)) else {
            self.say(Message::error(word("run.sync.no_host")));
            return;
        };
        let dir = dir.clone();
        if let Seat::Own { .. } = self.book.seat {
            // What comes down is heard like what another window records.
            self.desktop.follow(&self.book);
        }
        self.syncing = true;
        self.say(Message::note(t!("run.sync.connecting", host = host)));
        let journey =
            Journey { program, host, asking: Asking::Never, patience: PATIENCE, begins_ms: self.clock.now_ms() };
        self.desktop.sync(&self.book, dir, journey);
    }
}

/// How far a sync is.
pub(super) fn how_far(step: Step) -> String {
    match step {
        Step::Up { done, all } => t!("run.sync.up", done = done, all = all).into_owned(),
        Step::Down { facts, upto, end } => {
            t!("run.sync.down", n = facts, upto = upto.0.min(end.0), end = end.0).into_owned()
        }
    }
}

/// What a sync came to.
pub(super) fn told((host, result): (String, Result<Done, SyncError>)) -> Message {
    let done = match result {
        Ok(done) => done,
        Err(error) => return Message::error(error.to_string()),
    };
    let (up, down, held) = (done.pushed.facts, done.pulled.facts, done.pushed.held.len());
    let said = match (up, down, held) {
        _ if !done.forked.is_empty() => return Message::error(t!("run.sync.forked", host = host)),
        (0, 0, _) => t!("run.sync.even"),
        (_, _, 0) => t!("run.sync.done", up = up, down = down),
        _ => t!("run.sync.held", up = up, down = down, held = held),
    };
    match done.notices.last() {
        Some(notice) => Message::note(format!("{said}{}{notice}", word("word.also"))),
        None => Message::done(said),
    }
}
