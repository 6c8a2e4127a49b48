//! What one client may use, so that it can't keep the others waiting.
use std::time::Duration;

/// The bounds of a server; the default is right outside tests.
#[derive(Clone, Debug)]
pub struct Limits {
    /// How many connections there are at most.
    pub connections: usize,
    /// How many of them one user holds at most.
    pub per_user: usize,
    /// How long a client may take to say who it is.
    pub hello: Duration,
    /// How long a frame may take from its first byte to its last.
    pub frame: Duration,
    /// How long a client may take to read one message.
    pub write: Duration,
    /// How many bytes wait for a slow reader before it is dropped.
    pub waiting: usize,
    /// How many questions may be unanswered before nothing more is read.
    pub unanswered: usize,
    /// How many appends a client sends a second, or other questions by what they cost; more than that waits unread.
    pub appends_per_second: u32,
    /// The largest append in bytes, over all its messages.
    pub append: usize,
    /// How many bytes of one user may have come that are not taken in yet, over all their connections.
    pub untaken: usize,
}

impl Default for Limits {
    fn default() -> Limits {
        Limits {
            connections: 1024,
            per_user: 32,
            hello: Duration::from_secs(5),
            frame: Duration::from_secs(10),
            write: Duration::from_secs(10),
            waiting: 4 * 1024 * 1024,
            unanswered: 32,
            appends_per_second: 1000,
            append: 64 * 1024 * 1024,
            untaken: 96 * 1024 * 1024,
        }
    }
}

/// The longest frame of a client that has not said who it is.
pub(super) const HELLO: usize = 4096;
