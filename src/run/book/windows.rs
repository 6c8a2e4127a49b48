//! Other windows of the same user: let in by the process that has the store open.
use std::{
    io,
    os::unix::net::UnixStream,
    path::Path,
    sync::{Arc, Mutex, PoisonError},
};

use super::{Book, Seat};
use crate::{
    grid::fact::WriterId,
    log::StoreHandle,
    run::{Clock, Files},
    sync::serve::{House, Kept, Limits, Served, Server},
};

/// Only its user's processes reach a private store.
const PRIVATE: u32 = 0o600;

/// The server for other windows, once there is one; shared with the thread that takes the store over.
#[derive(Clone, Default)]
pub(super) struct Windows(Arc<Mutex<Option<Server>>>);

/// What a store is served with.
pub(super) struct Room {
    pub(super) store: StoreHandle,
    pub(super) id: [u8; 16],
    pub(super) pack: String,
    pub(super) writer: WriterId,
}

impl Windows {
    /// Lets other windows in; `joined` is called when the first one comes. Where nobody can be let in, this window works
    /// all the same, and a second one is told who has the store.
    pub(super) fn open(
        &self,
        dir: &Path,
        room: Room,
        (files, clock): (Files, Clock),
        joined: impl FnOnce() + Send + 'static,
    ) {
        let Room { store, id, pack, writer } = room;
        // One user may have as many windows as the server takes.
        let limits = Limits { per_user: Limits::default().connections, ..Limits::default() };
        let now = Arc::new(move || clock.now_ms());
        let folder = dir.to_owned();
        let house = House::Own(Box::new(move || {
            joined();
            let glimpse = || Book::glimpse_at(&folder, &files);
            // What is just being replaced is in its place at the second look.
            let (state, position) = glimpse().or_else(|_| glimpse()).map_err(|error| error.to_string())?;
            Ok(Kept { state, position })
        }));
        let Ok(mut server) = Server::start(Served { store, id, pack, writer, now, limits }, house) else { return };
        if server.listen(&dir.join("socket"), PRIVATE).is_ok() {
            *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(server);
        }
    }

    /// Lets nobody in any more, and sends away who is there.
    pub(super) fn shut(&self) {
        let server = self.0.lock().unwrap_or_else(PoisonError::into_inner).take();
        if let Some(server) = server {
            server.stop();
        }
    }
}

impl Book {
    /// A way in for one more client of the same user: the other end of what is returned is served as if it had connected.
    ///
    /// # Errors
    /// Nobody is let in, or the system gives no more files.
    pub fn door(&self) -> io::Result<UnixStream> {
        let (inside, outside) = UnixStream::pair()?;
        let server = self.windows.0.lock().unwrap_or_else(PoisonError::into_inner);
        server.as_ref().ok_or(io::ErrorKind::NotConnected)?.take(inside)?;
        Ok(outside)
    }

    /// Lets other windows of the same user use the store through this process, where this process has it open; `joined`
    /// is called when the first one comes, and this one is to hear from then on what the others record.
    pub fn let_in(&self, files: &Files, clock: Clock, joined: impl FnOnce() + Send + 'static) {
        let Seat::Own { dir, id } = &self.seat else { return };
        let pack = self.state.pack().id.clone();
        let room = Room { store: self.store.clone(), id: *id, pack, writer: self.chain.writer };
        self.windows.open(dir, room, (files.clone(), clock), joined);
    }
}
