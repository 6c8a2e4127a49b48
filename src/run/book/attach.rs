//! Using a store that another process has open: a server that people share, or another window of the same user.
use std::{
    io,
    path::{Path, PathBuf},
    sync::Arc,
    time::Duration,
};

use rustix::event::{Timespec, poll};

use super::{Book, BookError, DeskKey, PAGE, Seat, Windows, refolded, windows::Room};
use crate::{
    grid::{
        fact::{Body, DeviceKey, Draft, Enrolled},
        state::State,
    },
    log::{
        LogError, Position, Subtree,
        disk::{OpenError, Store, own_key},
    },
    run::{Clock, Files},
    sync::{
        Again, Link, LinkError, Streams, Way,
        message::Kind,
        socket::{self, after},
        store_over,
    },
};

/// How long a store that is held may take to be given up, or its holder to let us in: a subcommand is done by then, and a
/// desk has drawn its first frame.
const PATIENCE: Duration = Duration::from_secs(2);

impl Book {
    /// Opens the store in a folder; where another process of this user has it open, uses it through that.
    pub fn reach(dir: &Path, files: &Files, clock: Clock, kind: Kind) -> Result<Book, BookError> {
        let end = after(PATIENCE);
        loop {
            let held = match Book::open(dir, files, clock) {
                Err(BookError::Store(held @ OpenError::Held { .. })) => held,
                opened => return opened,
            };
            match socket::connect(&dir.join("socket")) {
                Ok(stream) => match Book::beside(dir, stream, (files, clock), kind) {
                    // Whoever had it has just left.
                    Err(BookError::Link(LinkError::Ended | LinkError::Io(_))) => {}
                    attached => return attached,
                },
                Err(_) if after(Duration::ZERO) >= end => return Err(held.into()),
                Err(_) => wait_a_moment(),
            }
            if after(Duration::ZERO) >= end {
                return Err(held.into());
            }
        }
    }

    /// Uses a private store beside the window that has it.
    fn beside(
        dir: &Path,
        stream: std::os::unix::net::UnixStream,
        (files, clock): (&Files, Clock),
        kind: Kind,
    ) -> Result<Book, BookError> {
        let lent = DeskKey::take(dir, "device").map_err(|e| BookError::Key(dir.display().to_string(), e))?;
        let key = lent.key.clone();
        let link = open_link(stream, kind, |_| Ok(key.clone()))?;
        let windows = Windows::default();
        let seat = Seat::Window { dir: dir.to_owned() };
        let way = back_to_own(dir, &key, kind, (files.clone(), clock), windows.clone());
        let mut book = Book::over_link(link, way, key, (seat, kind), files)?;
        book.folder = dir.join(format!("desk-{}", lent.number));
        book.windows = windows;
        let mut book = book.with_key(lent)?;
        if kind == Kind::Desk {
            book.introduce(clock.now_ms())?;
        }
        Ok(book)
    }

    /// Says that this window's key is one more of its device, where that is enrolled at a server: what is recorded here
    /// is to count there.
    pub(super) fn introduce(&mut self, now_ms: i64) -> Result<(), LogError> {
        let Seat::Window { dir } = &self.seat else { return Ok(()) };
        if self.state.device(self.key.writer()).is_some() {
            return Ok(());
        }
        let Some(key) = own_key(dir) else { return Ok(()) };
        let Some(device) = self.state.device(key.writer()) else { return Ok(()) };
        let (person, name) = (device.person.clone(), device.name.clone());
        let draft = Draft {
            occurred: self.state.local_day(now_ms),
            by: Some(person.clone()),
            at: None,
            subject: Some(person),
            replaces: None,
            reason: None,
            effort: None,
            body: Body::Enrolled(Enrolled::as_window(self.key.public(), name, &key)),
        };
        self.write(&[draft], now_ms).map(drop)
    }

    /// Uses the store of the server at this socket.
    pub fn attach(socket: &Path, files: &Files, kind: Kind) -> Result<Book, BookError> {
        let stream = socket::connect(socket).map_err(LinkError::from)?;
        let keys = files.data.join("keys");
        let mut lent = None;
        let link = open_link(stream, kind, |store| {
            let name: String = store.iter().map(|byte| format!("{byte:02x}")).collect();
            let taken = DeskKey::take(&keys, &name).map_err(|e| BookError::Key(keys.display().to_string(), e))?;
            Ok(lent.insert((name, taken)).1.key.clone())
        })?;
        let Some((name, lent)) = lent else { return Err(LinkError::Order.into()) };
        let (person, owner) = (link.welcome.person.clone(), link.welcome.owner);
        let whole = link.welcome.scope == [0; 16];
        let seat = Seat::Shared { socket: socket.to_owned(), person, owner, whole };
        let way = back_to_server(socket, &lent.key, kind);
        let mut book = Book::over_link(link, way, lent.key.clone(), (seat, kind), files)?;
        book.folder = files.data.join("desks").join(format!("{name}-{}", lent.number));
        book.with_key(lent)
    }

    fn over_link(
        mut link: Link,
        way: Way,
        key: DeviceKey,
        (seat, kind): (Seat, Kind),
        files: &Files,
    ) -> Result<Book, BookError> {
        let (bytes, position) = link.state()?;
        let name = link.welcome.pack.clone();
        let pack = Arc::new(files.pack(&name).ok_or(BookError::NoPack(name))??);
        let state = State::from_snapshot(bytes, &pack).map_err(|_| BookError::OtherPack)?;
        let head = link.welcome.at.into();
        let store = store_over(link, way).map_err(LinkError::from)?;
        let mut book = Book::over(store, state, key, head, seat);
        book.progress = super::Progress::from(Position(position));
        if kind != Kind::Desk {
            book.catch_up()?;
        }
        Ok(book)
    }

    /// Folds what has come since the state was made: it is made once for all who come at about the same time. A desk
    /// hears it as it hears everything; whoever asks once must know it before.
    fn catch_up(&mut self) -> Result<(), LogError> {
        let mut again = false;
        let mut after = self.heard();
        loop {
            let entries = self.store.read(Subtree::All, after, PAGE)?;
            let Some(last) = entries.last() else { break };
            after = last.position;
            let new = self.news(&entries);
            again |= new.iter().fold(false, |again, fact| self.state.apply(fact).again | again);
        }
        if again {
            self.state = refolded(&self.store, &self.state)?;
        }
        Ok(())
    }

    /// Keeps the key's lock for as long as the book lives, and makes the folder for what is this desk's own.
    fn with_key(mut self, lent: DeskKey) -> Result<Book, BookError> {
        use std::os::unix::fs::DirBuilderExt;
        let made = std::fs::DirBuilder::new().recursive(true).mode(0o700).create(&self.folder);
        made.map_err(|e| BookError::Key(self.folder.display().to_string(), e))?;
        self._lent = Some(lent);
        Ok(self)
    }
}

fn open_link(
    stream: std::os::unix::net::UnixStream,
    kind: Kind,
    key: impl FnOnce(&[u8; 16]) -> Result<DeviceKey, BookError>,
) -> Result<Link, BookError> {
    let streams = Streams::of_socket(stream).map_err(LinkError::from)?;
    Link::open(streams, kind, &rustix::system::uname().nodename().to_string_lossy(), key)
}

/// The way back to a server: through its socket, when somebody listens there again.
fn back_to_server(socket: &Path, key: &DeviceKey, kind: Kind) -> Way {
    let (socket, key) = (socket.to_owned(), key.clone());
    Box::new(move || link_again(&socket, &key, kind))
}

fn link_again(socket: &Path, key: &DeviceKey, kind: Kind) -> Result<Again, LinkError> {
    let stream = socket::connect(socket)?;
    let link = open_link(stream, kind, |_| Ok(key.clone())).map_err(|error| match error {
        BookError::Link(error) => error,
        other => io::Error::other(other.to_string()).into(),
    })?;
    Ok(Again::Link(Box::new(link)))
}

/// The way back to a private store: through the window that has it, or by opening it where none has.
fn back_to_own(dir: &Path, key: &DeviceKey, kind: Kind, (files, clock): (Files, Clock), windows: Windows) -> Way {
    let (dir, key): (PathBuf, _) = (dir.to_owned(), key.clone());
    Box::new(move || {
        if let Ok(again) = link_again(&dir.join("socket"), &key, kind) {
            return Ok(again);
        }
        let opened = Store::open(&dir, clock.now_ms()).map_err(|error| io::Error::other(error.to_string()))?;
        let (store, id) = (opened.store.clone(), opened.id());
        if kind == Kind::Desk {
            let pack = super::pack_of(&mut opened.everything(), &files, &dir).map(|pack| pack.id.clone());
            let room = Room { store: store.clone(), id, pack: pack.unwrap_or_default(), writer: opened.writer };
            // This window hears what others record already.
            windows.open(&dir, room, (files.clone(), clock), || {});
        }
        Ok(Again::Own(store))
    })
}

/// Waits a moment for whoever holds the store to give it up or to listen; neither tells.
pub(super) fn wait_a_moment() {
    let moment = Timespec { tv_sec: 0, tv_nsec: 20_000_000 };
    let _over = poll(&mut [], Some(&moment));
}
