//! Sync (同步): how a store is used from outside the process that owns it.
//!
//! A client and a server exchange [`Message`]s in frames ([`frame`]) over any pair of byte streams: a Unix socket, or the
//! standard input and output of `ssh HOST wangge attach`. The server speaks first, with a challenge; the client answers
//! with its device's key and a proof ([`message::Hello`]); then the client asks and the server tells.
//!
//! A laptop (笔记本) has a store of its own and meets the server now and then: what both have makes the [`plan`], which
//! [`laptop`] carries out over any wire ([`stream`], which [`ssh`] leads to another machine) by [`push`] and [`pull`]; entries travel in batches ([`batch`]), also in
//! the file of a [`bundle`]. What was pulled is noted ([`upstream`]).
//! The server judges what comes by [`intake`] and chooses what goes by [`outlet`].
//!
//! Everything that comes from the other side is bounded before it is believed: a frame by [`frame::LONGEST`], what is
//! decoded from it by its own length.
pub mod batch;
pub mod bundle;
pub mod frame;
mod hello;
pub mod intake;
mod known;
pub mod laptop;
mod link;
pub mod message;
pub mod outlet;
pub mod plan;
pub mod pull;
pub mod push;
mod remote;
pub mod serve;
pub mod socket;
pub mod ssh;
pub mod stream;
pub mod talk;
pub mod upstream;

pub use link::{Hearing, Link, LinkError, Streams, Wire};
pub use message::Message;
pub use remote::{Again, Way, store_over};
