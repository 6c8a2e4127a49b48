//! An office: a real server process over a store of the pack Lanxi, and clients that speak to its socket.
//!
//! What it is killed, cut and loaded with is in `chaos`, `load` and `ssh`.
#![allow(clippy::expect_used, clippy::unwrap_used)]
#![allow(clippy::disallowed_methods, reason = "deadlines of waits on real processes are measured with a real clock")]
mod client;
mod server;

pub use client::Client;
pub use server::{Office, entries, pack, pause, visit_of};
