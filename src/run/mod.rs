//! The loop and what it stands on: input, update, effects, draw; and the edge where clock, files and store are.
mod book;
mod clock;
mod config;
mod desk;
mod drafts;
mod effects;
mod files;
mod keyboard;
mod names;
mod pace;
mod packs;
mod prefs;
pub mod sample;
pub mod welcome;

pub use book::{Book, BookError, Courier, Journey, Replica, Seat, Serving, refolded};
pub use clock::Clock;
pub use config::{Config, KeepError};
pub use desk::{Options, RunError, run};
pub use files::Files;
pub use keyboard::Keyboard;
pub use names::ListFile;
pub use packs::{PACK_FILES, PackText};
pub use prefs::Preferences;
