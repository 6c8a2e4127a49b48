//! Accepting connections, and refusing who holds too many.
use std::{
    io,
    os::unix::net::{UnixListener, UnixStream},
    path::{Path, PathBuf},
    sync::Arc,
    thread,
    time::Duration,
};

use rustix::{
    event::{PollFd, PollFlags, Timespec, poll},
    fd::OwnedFd,
    io::Errno,
    pipe::{PipeFlags, pipe_with},
};

use super::{Common, STACK, connection, outbox::Outbox};
use crate::{
    sync::{
        message::{Tell, Why},
        socket::{self, Peer},
    },
    words::{in_all, t},
};

/// When the system gives no more files or threads, the next client waits so long.
const EXHAUSTED: Timespec = Timespec { tv_sec: 0, tv_nsec: 100_000_000 };

/// A place where somebody listens; it ends when this is dropped.
pub(super) struct Listening {
    path: PathBuf,
    /// Wakes the thread by closing.
    stop: Option<OwnedFd>,
    thread: Option<thread::JoinHandle<()>>,
}

impl Listening {
    pub(super) fn start(common: Arc<Common>, path: &Path, mode: u32) -> io::Result<Listening> {
        let listener = socket::listen(path, mode)?;
        listener.set_nonblocking(true)?;
        let (wake, stop) = pipe_with(PipeFlags::CLOEXEC)?;
        let work = move || accept(&common, &listener, &wake);
        let thread = thread::Builder::new().name("wangge-listen".to_owned()).stack_size(STACK).spawn(work)?;
        Ok(Listening { path: path.to_owned(), stop: Some(stop), thread: Some(thread) })
    }
}

impl Drop for Listening {
    fn drop(&mut self) {
        // Nobody is to find a socket at which nobody listens.
        let _gone = std::fs::remove_file(&self.path);
        self.stop = None;
        if let Some(thread) = self.thread.take() {
            let _ended = thread.join();
        }
    }
}

fn accept(common: &Arc<Common>, listener: &UnixListener, stop: &OwnedFd) {
    loop {
        let mut fds = [PollFd::new(listener, PollFlags::IN), PollFd::new(stop, PollFlags::IN)];
        match poll(&mut fds, None) {
            Ok(_) | Err(Errno::INTR) => {}
            Err(_) => return,
        }
        if !fds[1].revents().is_empty() {
            return;
        }
        match listener.accept() {
            Ok((stream, _)) => admit(common, stream),
            Err(error) if matches!(error.kind(), io::ErrorKind::WouldBlock | io::ErrorKind::Interrupted) => {}
            Err(_) => {
                // Out of files: whoever leaves gives some back.
                let mut fds = [PollFd::new(stop, PollFlags::IN)];
                let _over = poll(&mut fds, Some(&EXHAUSTED));
            }
        }
    }
}

fn admit(common: &Arc<Common>, stream: UnixStream) {
    let Ok(peer) = Peer::of(&stream) else { return };
    let limits = &common.served.limits;
    let (own, all) = common.shares.connections(peer.uid);
    // Nothing is known yet of who reads it.
    let text = match (own >= limits.per_user, all >= limits.connections) {
        (true, _) => in_all(|| t!("sync.refused.yours", n = own)),
        (_, true) => in_all(|| t!("sync.refused.all", n = all)),
        _ => {
            let _ended = stream.set_nonblocking(false).and_then(|()| connection::start(common.clone(), stream, peer));
            return;
        }
    };
    let refused = Outbox::new(stream, usize::MAX);
    refused.tell(&Tell::Refused { of: 0, why: Why::TooMuch, text });
    refused.close();
    // It fits into the socket's own room: nobody is waited for.
    refused.write(Duration::from_millis(100));
}
