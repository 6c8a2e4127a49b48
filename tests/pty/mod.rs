//! A person at a terminal: starts the built program in a real PTY, types, looks at the screen.
//!
//! [`Home`] is where the program lives, [`Launch`] says how it starts, [`Terminal`] is the terminal that it runs in,
//! [`Frame`] what one sees there; [`Link`] is a slow line between the two. Nothing here sleeps: every wait is for bytes, for a condition on the screen, or for
//! the process to end, and has a deadline.
#![allow(clippy::expect_used, clippy::unwrap_used)]
#![allow(clippy::disallowed_methods, reason = "deadlines of waits on a real process are measured with a real clock")]
mod frame;
mod home;
mod keymap;
pub mod keys;
pub mod link;
mod mouse;
mod proof;
mod rules;
mod terminal;

pub use frame::{Frame, Style};
pub use home::{Home, Launch, NOW};
pub use link::Link;
pub use terminal::{Exit, Mark, Terminal};
