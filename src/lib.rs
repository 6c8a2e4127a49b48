//! `wangge` (网格): the terminal desk of a 统计网格.
//!
//! The layers, from the bottom up; a room imports only from rooms below it (`tests/layers.rs` reads the `use`
//! lines and fails otherwise):
//!
//! | room | what it is |
//! |---|---|
//! | [`words`] | the two languages of the interface; says keys in the one that is spoken |
//! | [`grid`] | the rules: pure, no terminal, disk, network or clock |
//! | [`log`] | the trait [`log::Log`] and its backends; durability lives here |
//! | [`sync`] | one store for several: frames and messages between a server and its clients, and how laptops sync |
//! | [`sheet`] | spreadsheet rows to intents |
//! | [`report`] | the period packs: model, xlsx, html, csv, text |
//! | [`app`] | messages, effects, the command table, the screen stack; no terminal, no I/O |
//! | [`ui`] | width-safe text, glyph sets, theme, widgets over a cell buffer |
//! | [`screen`] | one folder per screen: state, update, view |
//! | [`term`] | bytes to keys, keymap, painting, raw mode, signals |
//! | [`run`] | the loop: input, update, effects, draw |
//! | [`cli`] | one file per subcommand |
rust_i18n::i18n!("data/locales", fallback = "zh");

pub mod app;
pub mod cli;
pub mod grid;
pub mod log;
pub mod report;
pub mod run;
pub mod screen;
pub mod sheet;
pub mod sync;
pub mod term;
pub mod ui;
pub mod words;
