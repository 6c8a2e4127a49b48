//! A book whose store is served to the people of a county.
use std::path::Path;

use super::{Book, BookError, Seat};
use crate::{
    log::{LogError, StoreHandle},
    run::Clock,
    sync::{
        LinkError,
        serve::{House, Kept, Limits, Served, Server, Shared},
    },
};

/// Everybody may knock; the kernel says who does.
const EVERYBODY: u32 = 0o666;

/// A store that is being served.
pub struct Serving {
    server: Server,
    store: StoreHandle,
}

impl Book {
    /// Serves the store at a socket; the book is the server's from now on.
    ///
    /// # Errors
    /// The socket can't be listened at, or the system gives no more threads.
    pub fn serve(self, clock: Clock, socket: &Path, limits: Limits) -> Result<Serving, BookError> {
        let Seat::Own { dir, id } = &self.seat else { return Err(LogError::Unavailable(String::new()).into()) };
        let pack = self.state.pack().id.clone();
        let now = std::sync::Arc::new(move || clock.now_ms());
        let (store, writer) = (self.store.clone(), self.chain.writer);
        let served = Served { store: store.clone(), id: *id, pack, writer, now, limits };
        let kept = Kept { position: self.progress.whole(), state: self.state };
        let shared = Shared { kept, key: self.key, head: self.chain.head, dir: dir.clone() };
        let mut server = Server::start(served, House::Shared(Box::new(shared))).map_err(LinkError::from)?;
        server.listen(socket, EVERYBODY).map_err(LinkError::from)?;
        Ok(Serving { server, store })
    }
}

impl Serving {
    /// Takes nothing more, answers what was accepted, saves the state, and closes the store.
    ///
    /// # Errors
    /// The store did not close in time.
    pub fn stop(self) -> Result<(), LogError> {
        self.server.stop();
        self.store.close()
    }
}
