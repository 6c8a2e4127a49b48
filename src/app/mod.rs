//! The desk without a terminal: messages, effects, the command table, the screen stack. No terminal, no I/O.
//!
//! A key becomes a [`Command`]; the top screen answers an [`Event`] with [`Action`]s; the [`App`] decides what is to be
//! recorded and hands the rest out as [`Effect`]s, which [`crate::run`] carries out.
pub mod command;
mod counted;
mod day;
mod describe;
mod desk;
mod draft;
pub mod fill;
pub mod find;
mod held;
pub mod key;
pub mod lists;
mod memory;
mod message;
mod meter;
mod pointer;
mod prefs;
mod refusal;
mod route;
mod stack;
mod tour;
mod undo;
pub mod when;
pub mod who;

pub use command::{COMMANDS, Command, CommandRow, Context, Keys, NoKeys};
pub use counted::counted;
pub use day::weekday;
pub use describe::{describe, is_late, recorded};
pub use desk::{Desk, Done, own_node};
pub use draft::{Draft, put as put_draft};
pub use held::{Beside, HeldRow, held_label, held_rows};
pub use key::{Code, Key};
pub use memory::Memory;
pub use message::{Kind, Message};
pub use pointer::{Act, Pointer};
pub use prefs::{GlyphSet, Keep, Prefs, Settings, ThemeChoice};
pub use refusal::{Entry, Here, refusal_on, useless};
pub use route::{About, Action, Batch, Behind, Effect, Event, Fill, Query, Record, Route, Spot, Ticket};
pub use stack::{App, Screen};
pub use tour::Tour;
pub use undo::nothing_to_undo;
