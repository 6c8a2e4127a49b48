//! The manual and the README, held against the program: every page is in the table of contents, links lead somewhere,
//! quoted keys do what is said, and the generated parts are what the program makes of its data.
//!
//! `UPDATE_DOCS=1 cargo test --test all docs::` writes the generated parts. Frames are clips (`tests/sessions/clip.rs`).
//! Command lines are read by the parser itself, in `src/cli/manual.rs`.
#![allow(clippy::expect_used, clippy::unwrap_used)]
mod book;
mod clauses;
mod files;
mod generated;
mod keys;
mod links;
mod page;

pub use generated::put;
pub use page::{Page, pages};
