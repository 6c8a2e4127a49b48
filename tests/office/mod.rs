//! An office: a real server process over a store of the pack Lanxi, and clients that speak to its socket.
//!
//! What it is killed, cut and loaded with is in `chaos`, `load` and `ssh`.
mod client;
mod server;

pub use client::{Client, Taken};
pub use server::{Office, pack, pause, visit_of};
