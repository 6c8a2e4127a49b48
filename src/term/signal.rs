//! Signals as flags that the input loop looks at, through a pipe that wakes it.
use std::io;
use std::os::fd::OwnedFd;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use signal_hook::consts::{SIGCONT, SIGHUP, SIGINT, SIGTERM, SIGTSTP, SIGWINCH};
use signal_hook::{SigId, flag, low_level};

/// What came in since the last look.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Seen {
    /// SIGHUP: the link is gone.
    pub(super) hangup: bool,
    /// SIGTERM or SIGINT from outside (Ctrl-C is a key in raw mode).
    pub(super) terminate: bool,
    /// SIGWINCH.
    pub(super) resized: bool,
    /// SIGCONT.
    pub(super) continued: bool,
    /// SIGTSTP from outside (Ctrl-Z is a key in raw mode).
    pub(super) stop: bool,
}

/// The handlers; dropping it takes them away again.
#[derive(Debug, Default)]
pub(super) struct Signals {
    flags: [Arc<AtomicBool>; 5],
    ids: Vec<SigId>,
}

impl Signals {
    /// Installs the handlers; each signal also writes a byte to `wake`. Nothing stops the process by itself any more.
    pub(super) fn install(wake: &OwnedFd) -> io::Result<Signals> {
        let mut signals = Signals::default();
        for (signal, which) in [(SIGHUP, 0), (SIGTERM, 1), (SIGINT, 1), (SIGWINCH, 2), (SIGCONT, 3), (SIGTSTP, 4)] {
            // In this order: whoever is woken finds the flag set.
            signals.ids.push(flag::register(signal, Arc::clone(&signals.flags[which]))?);
            signals.ids.push(low_level::pipe::register(signal, wake.try_clone()?)?);
        }
        Ok(signals)
    }

    /// What came in since the last call.
    pub(super) fn take(&self) -> Seen {
        let [hangup, terminate, resized, continued, stop] =
            [0, 1, 2, 3, 4].map(|i| self.flags[i].swap(false, Ordering::SeqCst));
        Seen { hangup, terminate, resized, continued, stop }
    }
}

impl Drop for Signals {
    fn drop(&mut self) {
        for id in self.ids.drain(..) {
            low_level::unregister(id);
        }
    }
}
