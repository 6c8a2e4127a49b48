//! Sessions: what a person does and sees, as text files (`tests/sessions/*.txt`, format in `script.rs`).
//!
//! `UPDATE_SESSIONS=1 cargo test sessions` writes the frames that the program shows into the files, and the clips
//! into the README; look at the difference before you commit it.
#![allow(clippy::expect_used, clippy::unwrap_used)]
mod clip;
mod player;
mod proof;
mod script;
