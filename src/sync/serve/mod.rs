//! The server's side: who listens, who is connected, and the one thread that keeps the state for everybody.
//!
//! ```text
//! listener ── a connection ──> reader ── what is asked ──> keeper ── appends ──> the store's thread
//!                              writer <── what is told ──  keeper <── durable ──
//! ```
//! - `listener`: accepts; refuses who holds too many connections already.
//! - `connection`: one thread reads frames, checks who is there and what was signed; another one writes what is told.
//!   Both have deadlines; what waits for a slow reader is bounded, and past the bound the connection is dropped.
//! - `keeper`: owns the state, judges what is to be taken in, and hands on what became durable to everybody who may
//!   see it.
//!
//! With nothing to do every one of these threads sleeps without a time limit.
mod connection;
mod gate;
mod keeper;
mod limits;
mod listener;
mod outbox;
mod share;
pub mod waiting;

use std::{
    io,
    os::unix::net::UnixStream,
    path::Path,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
        mpsc::{Sender, channel},
    },
    thread::{self, JoinHandle},
    time::Duration,
};

use keeper::{Event, Keeper};
pub use keeper::{House, Kept, Shared};
pub use limits::Limits;
use listener::Listening;
use share::Shares;

use super::socket::{Peer, after};
use crate::{grid::fact::WriterId, log::StoreHandle};

/// The stack of a thread that serves one connection: bounded work on bounded messages.
const STACK: usize = 256 * 1024;
/// How long stopping waits for what was accepted to be told.
const PARTING: Duration = Duration::from_secs(3);

/// What the time is, UTC milliseconds since 1970.
pub type Now = Arc<dyn Fn() -> i64 + Send + Sync>;

/// What is served.
pub struct Served {
    /// The store.
    pub store: StoreHandle,
    /// The store's id.
    pub id: [u8; 16],
    /// The name of the store's pack.
    pub pack: String,
    /// The name under which the owner of the store writes.
    pub writer: WriterId,
    /// What the time is.
    pub now: Now,
    /// What one client may use.
    pub limits: Limits,
}

/// What all threads of a server share.
struct Common {
    served: Served,
    inbox: Sender<Event>,
    /// What each user holds.
    shares: Arc<Shares>,
    next: AtomicU64,
}

impl Common {
    /// A number for a connection that no other one had.
    fn number(&self) -> u64 {
        self.next.fetch_add(1, Ordering::Relaxed)
    }
}

/// A server that runs; it stops when it is told to, or with the process.
pub struct Server {
    common: Arc<Common>,
    listening: Vec<Listening>,
    keeper: Option<JoinHandle<()>>,
}

impl Server {
    /// Serves a store to nobody yet: see [`Server::listen`] and [`Server::take`].
    ///
    /// # Errors
    /// The system gives no more threads.
    pub fn start(served: Served, house: House) -> io::Result<Server> {
        let (inbox, events) = channel();
        let common = Arc::new(Common { served, inbox, shares: Arc::default(), next: AtomicU64::new(1) });
        let keeper = Keeper::new(common.clone(), house);
        let keeper = thread::Builder::new().name("wangge-keeper".to_owned()).spawn(move || keeper.run(events))?;
        Ok(Server { common, listening: Vec::new(), keeper: Some(keeper) })
    }

    /// Listens at a path.
    ///
    /// # Errors
    /// The path can't be listened at.
    pub fn listen(&mut self, path: &Path, mode: u32) -> io::Result<()> {
        self.listening.push(Listening::start(self.common.clone(), path, mode)?);
        Ok(())
    }

    /// Serves whoever is at the other end of this stream.
    ///
    /// # Errors
    /// The stream is none any more.
    pub fn take(&self, stream: UnixStream) -> io::Result<()> {
        let peer = Peer::of(&stream)?;
        connection::start(self.common.clone(), stream, peer)
    }

    /// Takes nothing more, answers what was accepted, saves the state, and sends everybody away. The store stays open.
    pub fn stop(mut self) {
        self.listening.clear();
        let (done, wait) = channel();
        let _gone = self.common.inbox.send(Event::Stop(done));
        // The keeper answers when nothing is on its way to the disk any more.
        let _late = wait.recv_timeout(after(PARTING).saturating_duration_since(after(Duration::ZERO)));
        if let Some(keeper) = self.keeper.take().filter(JoinHandle::is_finished) {
            let _ended = keeper.join();
        }
    }
}
