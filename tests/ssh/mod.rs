//! The whole way: real OpenSSH on loopback, real Unix users, the program as each of them has it.
//!
//! The test makes its users and removes them, and starts an sshd of its own on a high port with its own host key. That
//! needs root and Debian's openssh-server; `sh tests/run.sh` brings them, and says NOT RUN where it can't. Here nothing is
//! skipped: without root these tests fail and say so.
#![allow(clippy::expect_used, clippy::unwrap_used)]
#![allow(clippy::disallowed_methods, reason = "deadlines of waits on real processes are measured with a real clock")]
mod county;
mod rights;
mod seen;
mod sshd;
mod sync;
mod users;
mod way;

pub use sshd::Sshd;
pub use users::Users;

/// Waits until something holds.
#[track_caller]
fn wait(what: &str, mut holds: impl FnMut() -> bool) {
    let end = std::time::Instant::now() + std::time::Duration::from_secs(30);
    while !holds() {
        assert!(std::time::Instant::now() < end, "waited in vain for {what}");
        let mut none = [];
        rustix::event::poll(&mut none, Some(&rustix::event::Timespec { tv_sec: 0, tv_nsec: 20_000_000 }))
            .expect("poll");
    }
}
