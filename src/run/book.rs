//! The book (账本): a store together with the state that its facts amount to; see [`Seat`] for whose store it is.
mod attach;
mod courier;
mod keys;
mod progress;
mod replica;
mod seat;
mod serve;
mod windows;

use std::{
    io,
    path::{Path, PathBuf},
    sync::Arc,
};

pub use courier::Courier;
use keys::DeskKey;
use progress::Progress;
pub use replica::{Journey, Replica};
pub use seat::Seat;
pub use serve::Serving;
use windows::Windows;

use super::{Clock, Files};
use crate::words::t;
use crate::{
    grid::{
        decide::RosterError,
        fact::{Body, Chain, DeviceKey, Draft, Envelope, Fact, Head},
        pack::{Pack, PackError},
        state::State,
    },
    log::{
        Entry, LogError, Position, StoreHandle, Subtree, Taken,
        disk::{OpenError, Store, Tail, glimpse, own_key},
    },
    sync::LinkError,
    words::fault,
};

/// After this many new facts the state is saved at closing, so that the next start needs no replay.
const SAVED_AT_CLOSE: u64 = 512;
/// After this many it is saved while the book is in use: writing a big state takes some milliseconds, in which the
/// screen stands still, and so many facts are replayed in some tens.
const SAVED_IN_USE: u64 = 16_384;
const A_DAY_MS: i64 = 24 * 3_600_000;
/// How many facts are read at once when all of them are folded again.
const PAGE: usize = 10_000;

/// Why a book can't be opened: one sentence for a person.
#[derive(Debug, thiserror::Error)]
pub enum BookError {
    /// The store.
    #[error("{0}")]
    Store(#[from] OpenError),
    /// The log.
    #[error("{0}")]
    Log(#[from] LogError),
    /// The pack is broken.
    #[error("{0}")]
    Pack(#[from] PackError),
    /// The pack is not here.
    #[error("{}", t!("run.book.no_pack", pack = .0))]
    NoPack(String),
    /// The store has no first fact.
    #[error("{}", t!("run.book.empty", dir = .0))]
    Empty(String),
    /// The server.
    #[error("{0}")]
    Link(#[from] LinkError),
    /// The socket at which a server is to be found.
    #[error("{}", t!("run.book.no_socket", socket = .0, why = fault::of(.1)))]
    Socket(String, io::Error),
    /// The key with which this desk signs.
    #[error("{}", t!("run.book.no_key", dir = .0, why = fault::of(.1)))]
    Key(String, io::Error),
    /// The server's state is none that this build and its pack can read.
    #[error("{}", t!("run.book.other_pack"))]
    OtherPack,
    /// The rows of a roster don't fit.
    #[error("{}", .0.first().map_or("", |first| &first.what))]
    Roster(Vec<RosterError>),
}

/// A store together with its state.
pub struct Book {
    /// What the facts amount to.
    pub state: State,
    /// The way to the store.
    pub store: StoreHandle,
    /// What a person should know, a sentence each.
    pub notices: Vec<String>,
    /// Whose store it is, and how it is used.
    pub seat: Seat,
    chain: Chain,
    key: DeviceKey,
    progress: Progress,
    saved_at: Option<Position>,
    /// Where this desk keeps what is its own: what was typed and is not recorded yet.
    folder: PathBuf,
    windows: Windows,
    /// The lock on the key, where the store's own key is another process's.
    _lent: Option<DeskKey>,
}

impl Book {
    /// Makes a new store and writes its first facts.
    pub fn create(dir: &Path, pack: Arc<Pack>, drafts: &[Draft], clock: Clock) -> Result<Book, BookError> {
        Store::create(dir)?;
        let opened = Store::open(dir, clock.now_ms())?;
        let seat = Seat::own(dir, opened.id());
        let mut book = Book::over(opened.store, State::new(pack), opened.key, Head::default(), seat);
        let mut drafts = drafts.to_vec();
        for draft in &mut drafts {
            if let Body::StoreOpened(opened) = &mut draft.body {
                opened.key = book.key.public().to_vec();
            }
        }
        book.append(&drafts, clock.now_ms())?;
        Ok(book)
    }

    /// Opens a store: the saved state and the facts behind it, or else all facts.
    pub fn open(dir: &Path, files: &Files, clock: Clock) -> Result<Book, BookError> {
        let mut opened = Store::open(dir, clock.now_ms())?;
        let seat = Seat::own(dir, opened.id());
        let pack = Arc::new(pack_of(&mut opened.everything(), files, dir)?);
        let saved = opened.snapshot.take().and_then(|(bytes, at)| Some((State::from_snapshot(bytes, &pack).ok()?, at)));
        let saved_at = saved.as_ref().map(|(_, at)| *at);
        let everything = opened.everything();
        let (mut state, tail) = match saved {
            Some((state, _)) => (state, opened.tail),
            None => (State::new(pack), opened.everything()),
        };
        // What came behind the snapshot may say that something in it does not count.
        if fold(&mut state, tail)? {
            state = state.afresh();
            fold(&mut state, everything)?;
        }
        let head = opened.heads.get(&opened.writer).copied().unwrap_or_default();
        let mut book = Book::over(opened.store, state, opened.key, head, seat);
        book.progress = Progress::from(opened.position);
        book.saved_at = saved_at;
        book.notices = opened.notices.iter().map(ToString::to_string).collect();
        if saved_at.is_none() && book.unsaved() >= SAVED_AT_CLOSE {
            // All facts were folded again: the next start is not to do that, however this one ends.
            book.save(book.state.to_snapshot());
        }
        Ok(book)
    }

    /// The state of a store, read beside whoever has it open: nothing is locked, written or mended.
    pub fn glimpse(dir: &Path, files: &Files) -> Result<State, BookError> {
        Book::glimpse_at(dir, files).map(|(state, _)| state)
    }

    /// [`Book::glimpse`], and the position of the last fact in it.
    pub(super) fn glimpse_at(dir: &Path, files: &Files) -> Result<(State, Position), BookError> {
        let mut seen = glimpse(dir)?;
        let pack = Arc::new(pack_of(&mut seen.everything, files, dir)?);
        let saved = seen.snapshot.take().and_then(|(bytes, _)| State::from_snapshot(bytes, &pack).ok());
        let (mut state, tail, position) = match saved {
            Some(state) => (state, seen.tail, seen.position),
            None => {
                // The snapshot is none of this build's: all facts are folded.
                let seen = glimpse(dir)?;
                (State::new(pack), seen.everything, seen.position)
            }
        };
        if fold(&mut state, tail)? {
            state = state.afresh();
            let seen = glimpse(dir)?;
            fold(&mut state, seen.everything)?;
            return Ok((state, seen.position));
        }
        Ok((state, position))
    }

    fn over(store: StoreHandle, state: State, key: DeviceKey, head: Head, seat: Seat) -> Book {
        let chain = Chain::new(key.writer(), head);
        let folder = seat.dir().to_owned();
        Book {
            state,
            store,
            notices: Vec::new(),
            seat,
            chain,
            key,
            progress: Progress::default(),
            saved_at: None,
            folder,
            windows: Windows::default(),
            _lent: None,
        }
    }

    /// Where this desk keeps what is its own.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// What this device signs with.
    pub fn key(&self) -> &DeviceKey {
        &self.key
    }

    /// Whose device this is, by the person's id, where a server has enrolled it: what is recorded here is theirs.
    pub fn whose(&self) -> Option<&str> {
        let writer = match &self.seat {
            Seat::Shared { .. } => return None,
            Seat::Own { .. } => self.key.writer(),
            Seat::Window { dir } => own_key(dir)?.writer(),
        };
        self.state.device(writer).map(|device| device.person.as_str())
    }

    /// Seals drafts as the next envelopes of this device and signs the last one, which covers the others; returns them
    /// with the head that they follow.
    pub fn seal(&mut self, drafts: &[Draft], now_ms: i64) -> (Vec<Envelope>, Head) {
        let before = self.chain.head;
        // A clock that was put back a little does not make the later word the earlier one.
        let last_ms = self.state.recorded_until(self.chain.writer).filter(|last| *last - now_ms <= A_DAY_MS);
        let recorded_ms = last_ms.map_or(now_ms, |last| last.max(now_ms));
        (self.chain.seal_group(drafts, recorded_ms, &self.key), before)
    }

    /// What was sealed was not written: the next envelopes follow `head` again.
    pub fn unseal(&mut self, head: Head) {
        self.chain.head = head;
    }

    /// Takes note that own facts are durable at these places; says whether they are new.
    pub fn grown_by(&mut self, places: &[Position]) -> bool {
        places.iter().filter(|place| self.progress.add(**place)).count() > 0
    }

    /// The facts that are new among these entries; those that this build can't read are passed over.
    pub fn news(&mut self, entries: &[Entry]) -> Vec<Fact> {
        let new = entries.iter().filter(|entry| self.progress.add(entry.position));
        new.filter_map(|entry| entry.envelope.open(entry.received_ms).ok()).collect()
    }

    /// Takes note that the state was made anew as of this position.
    pub fn renewed(&mut self, position: Position) {
        self.progress = Progress::from(position);
        // What was saved before is not what counts now.
        self.saved_at = None;
    }

    /// The position up to which all facts are in the state.
    pub fn heard(&self) -> Position {
        self.progress.whole()
    }

    /// Seals, writes and folds drafts, and waits until they are durable.
    pub fn append(&mut self, drafts: &[Draft], now_ms: i64) -> Result<Vec<Fact>, LogError> {
        self.introduce(now_ms)?;
        self.write(drafts, now_ms)
    }

    fn write(&mut self, drafts: &[Draft], now_ms: i64) -> Result<Vec<Fact>, LogError> {
        let (envelopes, before) = self.seal(drafts, now_ms);
        match self.store.take_in(envelopes.clone(), before, now_ms) {
            Ok(Taken { positions, received_ms }) => {
                self.grown_by(&positions);
                let facts = open_all(&envelopes, received_ms)?;
                let again = facts.iter().fold(false, |again, fact| self.state.apply(fact).again | again);
                if again && self.seat.is_whole() {
                    self.state = refolded(&self.store, &self.state)?;
                }
                Ok(facts)
            }
            Err(error) => {
                self.unseal(before);
                Err(error)
            }
        }
    }

    /// How many facts a start would have to replay.
    fn unsaved(&self) -> u64 {
        self.progress.whole().0.saturating_sub(self.saved_at.map_or(0, |at| at.0))
    }

    /// Whether saving the state pays, and the state is that of a position.
    fn pays(&self, least: u64) -> bool {
        self.seat.is_whole() && self.progress.is_whole() && self.unsaved() >= least
    }

    /// If it fails, the store gives a notice and the next start replays more.
    fn save(&mut self, snapshot: Vec<u8>) {
        let position = self.progress.whole();
        self.saved_at = Some(position);
        self.store.checkpoint_async(snapshot, position, |_| {});
    }

    /// Saves the state of a book in use, if a great deal has been added since the last time; `state` is as of the last
    /// fact.
    pub fn checkpoint(&mut self, state: &State) {
        if self.pays(SAVED_IN_USE) {
            self.save(state.to_snapshot());
        }
    }

    /// Saves the state where it pays, and closes the store; `state` is as of the last fact.
    pub fn close_with(mut self, state: &State) -> Result<(), LogError> {
        if self.pays(SAVED_AT_CLOSE) {
            self.save(state.to_snapshot());
        }
        // Nobody is to be let in to a store that is about to close.
        self.windows.shut();
        self.store.close()
    }

    /// [`Book::close_with`] the book's own state.
    pub fn close(mut self) -> Result<(), LogError> {
        let empty = State::new(self.state.pack().clone());
        let state = std::mem::replace(&mut self.state, empty);
        self.close_with(&state)
    }
}

/// The facts in these envelopes.
pub(super) fn open_all(envelopes: &[Envelope], received_ms: i64) -> Result<Vec<Fact>, LogError> {
    let open = |envelope: &Envelope| envelope.open(received_ms).map_err(|e| LogError::Unavailable(e.to_string()));
    envelopes.iter().map(open).collect()
}

/// Folds a tail into a state; an envelope that this build can't read is counted and kept in the log. Says whether all
/// facts are to be folded again, into [`State::afresh`].
fn fold(state: &mut State, tail: Tail) -> Result<bool, LogError> {
    let mut again = false;
    for entry in tail {
        let entry = entry?;
        if let Ok(fact) = entry.envelope.open(entry.received_ms) {
            again |= state.apply(&fact).again;
        }
    }
    Ok(again)
}

/// The state of all facts of a store folded again, after [`crate::grid::state::Touched::again`].
///
/// # Errors
/// The store can't be read.
pub fn refolded(store: &StoreHandle, state: &State) -> Result<State, LogError> {
    let mut state = state.afresh();
    let mut after = Position(0);
    loop {
        let entries = store.read(Subtree::All, after, PAGE)?;
        let Some(last) = entries.last() else { return Ok(state) };
        after = last.position;
        for entry in &entries {
            if let Ok(fact) = entry.envelope.open(entry.received_ms) {
                state.apply(&fact);
            }
        }
    }
}

/// The pack that the store's first fact names.
fn pack_of(everything: &mut Tail, files: &Files, dir: &Path) -> Result<Pack, BookError> {
    let first = everything.next().transpose()?;
    let body = first.and_then(|entry| entry.envelope.open(entry.received_ms).ok()).map(|fact| fact.draft.body);
    match body {
        Some(Body::StoreOpened(record)) => Ok(files.pack(&record.pack).ok_or(BookError::NoPack(record.pack))??),
        _ => Err(BookError::Empty(dir.display().to_string())),
    }
}
