//! Carrying effects out: what the app asks of the store comes back through a channel that wakes the loop.
use std::{
    path::{Path, PathBuf},
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
        mpsc::{Receiver, Sender, channel},
    },
    thread,
};

use directories::UserDirs;

use super::{Book, Clock, Files, Journey, Replica, book::open_all};
use crate::words::t;
use crate::{
    app::{Desk, Query, Record, Ticket},
    grid::{
        calendar::Period,
        fact::{Draft, Fact, FactId, Head},
        org::NodeIx,
        pack::Pack,
        state::State,
    },
    log::{Entry, LogError, Notice, Position, StoreLog, Subtree},
    report::{Job, Scope, Weighed, Wording, Written, pasted},
    screen,
    sync::{
        laptop::{Done, Step},
        talk::SyncError,
    },
    term::Waker,
};

/// So many entries are taken in before the screen is drawn again.
const TOGETHER: usize = 512;

/// What came back from the store.
pub(super) enum Reply {
    /// These facts are durable, at these places.
    Saved(Vec<Fact>, Vec<Position>),
    /// These entries are new in the store, others' among them.
    Came(Vec<Entry>),
    /// Somebody else uses the store from now on.
    Joined,
    /// What can be seen here is something else than before.
    Anew,
    /// The state was made anew, as of a position.
    Renewed(Box<State>, Position),
    /// Nothing was written; the chain stands at this head again.
    Failed(String, Head),
    /// These entries were read.
    Rows(Ticket, Vec<Record>),
    /// What entries cost was summed up.
    Weighed(Ticket, Box<Weighed>),
    /// Something that a person should know.
    Notice(String),
    /// How far a sync is.
    Syncing(Step),
    /// What a sync came to.
    Synced(Box<(String, Result<Done, SyncError>)>),
    /// A report is written, or why it is not.
    Exported(Result<String, String>),
    /// What is told to the upper platform, or why nothing is.
    Worded(Result<String, String>),
}

/// The way to the store and back.
pub(super) struct Desktop {
    send: Sender<Reply>,
    replies: Receiver<Reply>,
    waker: Waker,
    /// Which thread follows what others record: the last that was started.
    turn: Arc<AtomicU64>,
}

impl Desktop {
    pub(super) fn new(waker: Waker) -> Desktop {
        let (send, replies) = channel();
        Desktop { send, replies, waker, turn: Arc::default() }
    }

    /// What came back since the last look.
    pub(super) fn replies(&self) -> Vec<Reply> {
        self.replies.try_iter().collect()
    }

    fn answer(&self) -> impl Fn(Reply) + Send + 'static {
        let (send, waker) = (self.send.clone(), self.waker.clone());
        move |reply| {
            // If the loop is gone, nobody waits for the answer.
            let _ = send.send(reply);
            waker.wake();
        }
    }

    /// Hears of everything that a person should know.
    pub(super) fn listen(&self, book: &Book) {
        let answer = self.answer();
        book.store.on_notice(move |notice| {
            match notice {
                // That the index is ready is no news to a person who waits for nothing.
                Notice::IndexReady { .. } => {}
                Notice::Anew => answer(Reply::Anew),
                notice => answer(Reply::Notice(notice.to_string())),
            }
        });
    }

    /// What is called when somebody else begins to use the store.
    pub(super) fn joined(&self) -> impl FnOnce() + Send + 'static {
        let answer = self.answer();
        move || answer(Reply::Joined)
    }

    /// Hears of every entry behind those that the book has.
    pub(super) fn follow(&self, book: &Book) {
        let (entries, answer) = (book.store.tail(Subtree::All, book.heard()), self.answer());
        let turn = self.turn.fetch_add(1, Ordering::Relaxed) + 1;
        let now = self.turn.clone();
        let work = move || {
            while let Ok(first) = entries.recv() {
                if now.load(Ordering::Relaxed) != turn {
                    // Another one follows from another place.
                    return;
                }
                answer(Reply::Came(std::iter::once(first).chain(entries.try_iter().take(TOGETHER)).collect()));
            }
        };
        // Without the thread, others' work is seen at the next start.
        let _spawned = thread::Builder::new().name("wangge-news".to_owned()).spawn(work);
    }

    /// Has the state made anew: by whoever has the store, or from what lies on the disk here.
    pub(super) fn renew(&self, book: &Book, files: &Files, pack: Arc<Pack>) {
        let answer = self.answer();
        let Some((dir, files)) = book.seat.own_dir().map(|dir| (dir.to_owned(), files.clone())) else {
            return book.store.state_async(move |result| {
                let read = |(bytes, position)| Some((State::from_snapshot(bytes, &pack).ok()?, position));
                // Where it can't be had, the old one stays until the next start.
                if let Some((state, position)) = result.ok().and_then(read) {
                    answer(Reply::Renewed(Box::new(state), position));
                }
            });
        };
        let work = move || {
            if let Ok((state, position)) = Book::glimpse_at(&dir, &files) {
                answer(Reply::Renewed(Box::new(state), position));
            }
        };
        let _spawned = thread::Builder::new().name("wangge-anew".to_owned()).spawn(work);
    }

    /// Seals drafts and makes them durable.
    pub(super) fn append(&self, book: &mut Book, drafts: &[Draft], clock: Clock) {
        let now = clock.now_ms();
        let (envelopes, before) = book.seal(drafts, now);
        let answer = self.answer();
        book.store.append_async(envelopes.clone(), before, now, move |result| {
            let saved = result.and_then(|taken| {
                let facts = open_all(&envelopes, taken.received_ms)?;
                Ok(Reply::Saved(facts, taken.positions))
            });
            answer(saved.unwrap_or_else(|error| Reply::Failed(not_saved(&error), before)));
        });
    }

    /// Reads the newest entries before a position.
    pub(super) fn read(&self, book: &Book, desk: &Desk, (ticket, query): (Ticket, &Query)) {
        let subtree = screen::subtree(&desk.state, query.about);
        let before = Position(query.before.unwrap_or(u64::MAX));
        let answer = self.answer();
        book.store.read_back_async(subtree, before, query.limit, move |result| answer(rows(ticket, result)));
    }

    /// Writes a report into a folder, beside the loop: a county's takes a second.
    pub(super) fn export(&self, book: &Book, desk: &Desk, job: Job, (folder, now_ms): (PathBuf, i64)) {
        let (state, log, actor) = (desk.state.clone(), StoreLog(book.store.clone()), desk.actor.clone());
        let store = book.seat.dir().to_owned();
        let answer = self.answer();
        std::thread::spawn(move || {
            let what = job.name(&state);
            let written = job.write((&state, &actor), &log, (&store, now_ms), &folder);
            answer(Reply::Exported(match written {
                Ok(Written { path, rows, lost: 0 }) => {
                    Ok(t!("export.done", path = short(&path), n = rows).into_owned())
                }
                Ok(Written { path, rows, lost }) => {
                    Ok(t!("export.lost", path = short(&path), n = rows, lost = lost).into_owned())
                }
                Err(error) => Err(t!("export.failed", what = what, error = error.told()).into_owned()),
            }));
        });
    }

    /// Syncs the store in a folder with its server, beside the loop.
    pub(super) fn sync(&self, book: &Book, dir: PathBuf, journey: Journey) {
        let (store, answer, host) = (book.store.clone(), self.answer(), journey.host.clone());
        let failed = (self.answer(), host.clone());
        let work = move || {
            let done = Replica::of(&dir, store).map_err(|error| LogError::Unavailable(error.to_string()).into());
            let done = done.and_then(|replica| replica.sync(&journey, &mut |step| answer(Reply::Syncing(step))));
            answer(Reply::Synced(Box::new((host, done))));
        };
        if let Err(error) = thread::Builder::new().name("wangge-sync".to_owned()).spawn(work) {
            let (answer, host) = failed;
            answer(Reply::Synced(Box::new((host, Err(error.into())))));
        }
    }

    /// Sums up what entries cost, beside the loop: a county's year takes a second.
    pub(super) fn weigh(&self, book: &Book, desk: &Desk, (ticket, node, period): (Ticket, NodeIx, Period)) {
        let (state, log, actor) = (desk.state.clone(), StoreLog(book.store.clone()), desk.actor.clone());
        let answer = self.answer();
        let work = move || {
            let weighed = Weighed::of(&Scope::new(&state, node, period, &actor), &log);
            answer(match weighed {
                Ok(weighed) => Reply::Weighed(ticket, Box::new(weighed)),
                Err(error) => Reply::Notice(error.to_string()),
            });
        };
        let _spawned = thread::Builder::new().name("wangge-burden".to_owned()).spawn(work);
    }

    /// Words something for the upper platform, beside the loop.
    pub(super) fn word(&self, book: &Book, desk: &Desk, told: Wording) {
        let (state, log, actor) = (desk.state.clone(), StoreLog(book.store.clone()), desk.actor.clone());
        let answer = self.answer();
        std::thread::spawn(move || {
            answer(Reply::Worded(match pasted((&state, &actor), &log, &told) {
                Ok(text) if text.is_empty() => Err(t!("refusal.no_text").into_owned()),
                Ok(text) => Ok(text),
                Err(error) => Err(t!("copied.failed", error = error).into_owned()),
            }));
        });
    }

    /// Looks one fact up.
    pub(super) fn find(&self, book: &Book, (ticket, id): (Ticket, FactId)) {
        let answer = self.answer();
        book.store.find_async(id, move |found| answer(rows(ticket, found.map(|entry| entry.into_iter().collect()))));
    }
}

/// A path as people write it, from their home on.
fn short(path: &Path) -> String {
    let home = UserDirs::new().map(|dirs| dirs.home_dir().to_owned());
    let rest = home.as_ref().and_then(|home| path.strip_prefix(home).ok());
    rest.map_or_else(|| path.display().to_string(), |rest| format!("~/{}", rest.display()))
}

/// The entries that this build can read, or why there are none.
fn rows(ticket: Ticket, result: Result<Vec<Entry>, LogError>) -> Reply {
    match result {
        Ok(entries) => Reply::Rows(ticket, entries.iter().filter_map(record).collect()),
        Err(error) => Reply::Notice(error.to_string()),
    }
}

fn record(entry: &Entry) -> Option<Record> {
    Some(Record { position: entry.position.0, fact: entry.envelope.open(entry.received_ms).ok()? })
}

/// The sentence for a record that was not saved.
fn not_saved(error: &LogError) -> String {
    t!("run.not_saved", error = error).into_owned()
}
