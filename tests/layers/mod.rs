//! The layers: a room names only rooms below it, and what touches the world has one home.
#![allow(clippy::expect_used)]
mod paths;
mod rules;

use std::{fs, path::Path};

use rules::{File, ORDER};

#[test]
fn rooms_name_only_rooms_below_them() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    collect(&root, &root, &mut files);
    assert!(files.iter().any(|f| f.name == "lib.rs"), "found no sources under {}", root.display());
    let found = rules::violations(&files);
    assert!(found.is_empty(), "{}\nThe rooms from the bottom up: {}", found.join("\n"), ORDER.join(" < "));
}

fn collect(root: &Path, dir: &Path, files: &mut Vec<File>) {
    for entry in fs::read_dir(dir).expect("a folder of src/") {
        let path = entry.expect("an entry of src/").path();
        if path.is_dir() {
            collect(root, &path, files);
        } else if path.extension().is_some_and(|e| e == "rs") {
            let name = path.strip_prefix(root).expect("below src/").to_str().expect("an ASCII name").to_owned();
            let text = fs::read_to_string(&path).expect("a readable source");
            let source = paths::read(&text).unwrap_or_else(|why| panic!("{name} {why}"));
            files.push(File::new(&name, source));
        }
    }
}

/// What the check says about one made-up file, beside a screen `tree`, what screens share, and a macro of `run`.
fn verdict(name: &str, text: &str) -> Vec<String> {
    let file = |name: &str, text: &str| File::new(name, paths::read(text).expect("Rust"));
    rules::violations(&[
        file(name, text),
        file("screen/tree/view.rs", ""),
        file("screen/canvas.rs", ""),
        file("screen/canvas/pen.rs", ""),
        file("run.rs", "macro_rules! turn { () => {} }"),
    ])
}

/// The cases that must fail, each with a part of what is said about it.
#[test]
fn the_check_finds_what_it_is_for() {
    let cases = [
        ("grid/decide.rs", "use crate::log::Log;", "goes up from `grid`"),
        ("grid/decide.rs", "use crate::{fact::Fact, log};", "names `fact` of the crate's root"),
        ("grid/a.rs", "use crate::{grid::fact, log::{self, Log}};", "`crate::log` goes up"),
        ("grid/a/mod.rs", "use super::super::app::Effect;", "goes up from `grid`"),
        ("grid/a.rs", "mod tests { use super::super::super::ui::width; }", "goes up from `grid`"),
        ("grid/a.rs", "fn f() -> crate::app::Effect { todo!() }", "goes up from `grid`"),
        ("grid/a.rs", "fn f() { println!(\"{}\", crate::cli::NAME); }", "goes up from `grid`"),
        ("grid/a.rs", "pub(in crate::grid) fn f() -> Vec<<crate::run::A as B>::C> { x }", "goes up from `grid`"),
        ("log/a.rs", "use crate::sheet::Row as R;", "goes up from `log`"),
        ("app/a.rs", "use crate::screen;", "goes up from `app`"),
        ("term/a.rs", "use crate::run;", "goes up from `term`"),
        ("term/a.rs", "crate::turn!();", "goes up from `term`"),
        ("cli/a.rs", "use crate::*;", "names `*` of the crate's root"),
        ("cli/a.rs", "use crate::helpers::x;", "names `helpers` of the crate's root"),
        ("helpers.rs", "", "is no room"),
        ("screen/home/view.rs", "use crate::screen::tree::State;", "another screen, seen from `home`"),
        ("screen/home/mod.rs", "use super::tree;", "another screen"),
        ("screen/home/view.rs", "fn f() { super::super::tree::view::draw() }", "another screen"),
        ("grid/a.rs", "use std::{collections::BTreeMap, fs::File};", "`std::fs::File` is not for `grid`"),
        ("grid/a.rs", "use std::time::{Duration, Instant};", "`std::time::Instant` is not for `grid`"),
        ("grid/a.rs", "use std::time;", "is not for `grid`"),
        ("grid/a.rs", "use std::time::*;", "is not for `grid`"),
        ("grid/a.rs", "fn f() { let _ = std::env::var(\"TZ\"); }", "is not for `grid`"),
        ("grid/a.rs", "#[cfg(test)] mod tests { fn f() { ::std::net::f(); } }", "is not for `grid`"),
        ("grid/a.rs", "extern crate rustix;", "is not for `grid`"),
        ("app/a.rs", "use ratatui::layout::Rect;", "is not for `app`"),
        ("app/a.rs", "use std::fs;", "is not for `app`"),
        ("ui/a.rs", "use ratatui::crossterm::event;", "only for term"),
        ("run.rs", "use crossterm::terminal;", "only for term"),
        ("screen/home/update.rs", "fn f(e: termina::Event) {}", "only for term"),
        ("cli/a.rs", "fn f() { sled::open(\"x\"); }", "only for log"),
        ("main.rs", "use sled;", "only for log"),
    ];
    for (name, text, wanted) in cases {
        let said = verdict(name, text);
        assert!(said.iter().any(|s| s.contains(wanted)), "{name} with {text:?}\nwanted: {wanted}\nsaid: {said:#?}");
    }
}

/// What looks like a violation and is none.
#[test]
fn the_check_lets_the_rest_pass() {
    let cases = [
        ("grid/a.rs", "// use crate::log::Log;\n/// See [`crate::app`].\nfn f() { g(\"crate::run\") }"),
        ("grid/a.rs", "use std::time::Duration; use super::fact::{self, Fact}; use self::inner::X;"),
        ("grid/a.rs", "fn f<'a>() -> impl Iterator<Item = u8> + use<'a> { x }"),
        ("grid/a.rs", "#[cfg(test)] mod tests { use super::*; }"),
        ("log/disk/a.rs", "use sled::Db; use crate::grid::fact; use crate::log::Log; use super::journal;"),
        ("app/a.rs", "fn f() { super::stack::top(); crate::grid::state::f() }"),
        ("screen/home/view.rs", "use super::state::State; use crate::screen::canvas::View; use crate::ui::width;"),
        ("screen/home/view.rs", "use crate::screen::canvas::pen::Pen;"),
        ("screen/mod.rs", "use tree::Tree; use self::tree::x; use crate::screen::tree;"),
        ("term/a.rs", "use crossterm::cursor; use ratatui::crossterm::event; use termina::Parser;"),
        ("cli/a.rs", "fn f() { crate::turn!() }"),
        ("main.rs", "use wangge::cli; fn main() { wangge::run::f() }"),
        ("lib.rs", "pub mod grid; pub use self::cli::x;"),
    ];
    for (name, text) in cases {
        assert_eq!(verdict(name, text), Vec::<String>::new(), "{name} with {text:?}");
    }
}
