//! A book whose store is served to the people of a county.
use std::{
    os::unix::ffi::OsStrExt,
    path::{Path, PathBuf},
};

use super::{Book, BookError, Seat};
use crate::{
    grid::fact::{Body, Draft, StoreOpened},
    log::{LogError, StoreHandle, disk},
    run::Clock,
    sync::{
        LinkError,
        serve::{House, Kept, Limits, Served, Server, Shared},
    },
};

/// Everybody may knock; the kernel says who does.
const EVERYBODY: u32 = 0o666;

/// The file in a store's folder that says at which socket it is served.
const SERVED: &str = "served";

/// A store that is being served.
pub struct Serving {
    server: Server,
    store: StoreHandle,
    dir: PathBuf,
}

impl Book {
    /// The socket at which the store in a folder is served, or was when its server last ran: for whoever names the store
    /// while the server has it.
    pub fn served_at(dir: &Path) -> Option<PathBuf> {
        let text = std::fs::read_to_string(dir.join(SERVED)).ok()?;
        Some(PathBuf::from(text.trim_end_matches('\n'))).filter(|socket| socket.is_absolute())
    }
}

impl Book {
    /// Serves the store at a socket; the book is the server's from now on.
    ///
    /// # Errors
    /// The socket can't be listened at, or the system gives no more threads.
    pub fn serve(mut self, clock: Clock, socket: &Path, limits: Limits) -> Result<Serving, BookError> {
        self.speak(clock.now_ms())?;
        let Seat::Own { dir, id } = &self.seat else { return Err(LogError::Unavailable(String::new()).into()) };
        let pack = self.state.pack().id.clone();
        let now = std::sync::Arc::new(move || clock.now_ms());
        let (store, writer) = (self.store.clone(), self.chain.writer);
        let served = Served { store: store.clone(), id: *id, pack, writer, now, limits };
        let kept = Kept { position: self.progress.whole(), state: self.state };
        let shared = Shared { kept, key: self.key, head: self.chain.head, dir: dir.clone() };
        let mut server = Server::start(served, House::Shared(Box::new(shared))).map_err(LinkError::from)?;
        let unheard = |error| BookError::Socket(socket.display().to_string(), error);
        server.listen(socket, EVERYBODY).map_err(unheard)?;
        let dir = dir.clone();
        // Without it, who names the store is told only that it is in use.
        let named = std::path::absolute(socket).unwrap_or_else(|_| socket.to_owned());
        let line = [named.as_os_str().as_bytes(), b"\n"];
        let _untold = disk::Files::new().replace(&dir.join(SERVED), &line);
        Ok(Serving { server, store, dir })
    }
}

impl Book {
    /// Sees to it that this device speaks for the server: a store that was brought back from a backup goes on under a new
    /// key, and what is said under that counts once the store says so.
    ///
    /// # Errors
    /// The store can't be written.
    pub fn speak(&mut self, now_ms: i64) -> Result<(), LogError> {
        if self.state.is_server(self.chain.writer) {
            return Ok(());
        }
        let Some(opened) = self.state.opened().cloned() else { return Ok(()) };
        let root = self.state.org().roots().first().map(|root| self.state.org().node(*root).id.clone());
        let draft = Draft {
            occurred: self.state.local_day(now_ms),
            by: None,
            at: root,
            subject: None,
            replaces: None,
            reason: None,
            effort: None,
            body: Body::StoreOpened(StoreOpened { key: self.key.public().to_vec(), ..opened }),
        };
        self.append(&[draft], now_ms).map(drop)
    }
}

impl Serving {
    /// Takes nothing more, answers what was accepted, saves the state, and closes the store.
    ///
    /// # Errors
    /// The store did not close in time.
    pub fn stop(self) -> Result<(), LogError> {
        self.server.stop();
        // One that is left counts only as long as somebody has the store.
        let _gone = std::fs::remove_file(self.dir.join(SERVED));
        self.store.close()
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::{
        grid::{
            decide::{Setup, decide_setup},
            pack::Pack,
        },
        log::disk::{backup, restore},
        run::Files,
    };

    #[test]
    fn a_store_that_was_brought_back_speaks_under_its_new_key_once_it_serves() {
        let temp = tempfile::tempdir().unwrap();
        let (dir, file) = (temp.path().join("store"), temp.path().join("copy.wgb"));
        let clock = Clock::fixed("2026-11-23T09:00:00+08:00").unwrap();
        let pack = Arc::new(Pack::builtin("sample").unwrap().unwrap());
        let drafts = decide_setup(&pack, Setup { from: "2026-11-01".parse().unwrap(), sample: true });
        let mut book = Book::create(&dir, pack, &drafts, clock).unwrap();
        let founder = book.key().writer();
        let count = book.state.count();
        book.speak(clock.now_ms()).unwrap();
        assert_eq!((book.state.is_server(founder), book.state.count()), (true, count), "nothing to say");
        book.close().unwrap();
        backup(&dir, &file, &mut |_| {}).unwrap();
        let again = temp.path().join("again");
        restore(&file, &again, clock.now_ms(), &mut |_| {}).unwrap();
        let files = Files::in_folders(Vec::new(), temp.path().to_owned());
        let mut book = Book::open(&again, &files, clock).unwrap();
        let own = book.key().writer();
        assert!(own != founder && !book.state.is_server(own));
        book.speak(clock.now_ms()).unwrap();
        assert!(book.state.is_server(own) && book.state.is_server(founder));
        assert_eq!(book.state.opened().map(|opened| opened.sample), Some(true));
    }
}
