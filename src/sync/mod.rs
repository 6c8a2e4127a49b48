//! Sync (同步): how a store is used from outside the process that owns it.
//!
//! A client and a server exchange [`Message`]s in frames ([`frame`]) over any pair of byte streams: a Unix socket, or the
//! standard input and output of `ssh HOST wangge attach`. The server speaks first, with a challenge; the client answers
//! with its device's key and a proof ([`message::Hello`]); then the client asks and the server tells.
//!
//! Everything that comes from the other side is bounded before it is believed: a frame by [`frame::LONGEST`], what is
//! decoded from it by its own length.
pub mod frame;
mod link;
pub mod message;
mod remote;
pub mod serve;
pub mod socket;

pub use link::{Hearing, Link, LinkError, Streams, Wire};
pub use message::Message;
pub use remote::{Again, Way, store_over};
