//! The loop and what it stands on: input, update, effects, draw; and the edge where clock, files and store are.
mod book;
mod clock;
mod desk;
mod drafts;
mod effects;
mod files;
mod keyboard;
mod packs;
pub mod sample;

pub use book::{Book, BookError};
pub use clock::Clock;
pub use desk::{Options, RunError, run};
pub use files::{Config, Files};
pub use keyboard::Keyboard;
pub use packs::{PACK_FILES, PackText};
