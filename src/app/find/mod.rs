//! Finding by name: Chinese, full pinyin, initials, mixed; with all readings of a character, and local short names.
//!
//! A [`Finder`] looks through a short list; [`Names`] holds an [`Index`] of everything in the store, so that a keystroke
//! is answered in milliseconds however many names there are. Both follow one rule, `pattern`: what is typed is read
//! character by character of a name, and every character may stand for itself, for its initial, or for a whole reading.
mod alias;
mod finder;
mod found;
mod index;
mod names;
mod own;
mod pattern;
mod reading;
mod scan;
#[cfg(test)]
mod tests;

pub use alias::{AliasFault, Aliases};
pub use finder::Finder;
pub use found::{Found, Rank};
pub use index::Index;
pub use names::{Answer, Kind, Names};
pub use own::Own;
pub use pattern::Pattern;
pub use reading::{plain, readings};
