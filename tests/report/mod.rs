//! Reports as superiors get them: files that `wangge export` writes, opened again and held against what the program says
//! elsewhere.
//!
//! `look.sh` beside this file turns every format into pictures, to be looked at.
#![allow(clippy::expect_used)]
mod assessment;
mod burden;
mod desk;
mod model;
mod numbers;
mod paste;
mod reads;
mod table;
mod template;

use std::{
    fs,
    path::{Path, PathBuf},
    sync::{Arc, OnceLock},
};

use wangge::{
    grid::{
        calendar::Calendar,
        org::NodeIx,
        pack::{HOLIDAYS, Pack},
    },
    run::{
        Clock,
        sample::{found, work},
    },
};

use crate::pty::{Home, NOW};

/// A county with three months of work, as a home to copy the store from.
fn county() -> &'static Path {
    static COUNTY: OnceLock<Home> = OnceLock::new();
    let home = COUNTY.get_or_init(|| {
        let home = Home::new();
        let clock = Clock::fixed(NOW).expect("a moment");
        let pack = Arc::new(Pack::builtin("lanxi").expect("built in").expect("sound"));
        let calendar = Calendar::parse(HOLIDAYS).expect("holidays");
        let today = clock.today(pack.utc_offset);
        let from = "2026-09-01".parse().expect("a day");
        let mut book = found(&home.path().join("store"), pack, clock, 240, from).expect("a store");
        work(&mut book, &calendar, NodeIx(u32::MAX), today).expect("work");
        let org = book.state.org();
        let grid = org.node_ix("330781001-G01").expect("a grid");
        let unit = org.members_on(grid, today).next().map(|unit| org.unit(unit).id.clone()).expect("a unit");
        book.close().expect("closed");
        by_hand(&home, &unit);
        home
    });
    home.path()
}

/// What the made-up work has none of: a late entry, a ledger that disagrees, spending without a voucher, a change.
fn by_hand(home: &Home, unit: &str) {
    let grid = "330781001-G01";
    for args in [
        &["visit", unit, "--on", "2026-09-15", "--why", "当时出差", "--note", "电话 13812345678"][..],
        &["ledger", "--unit", unit, "--period", "2026-09", "--raw", "--explanation", "9月产值漏记一笔"],
        &["spending", grid, "--amount", "1280.50", "--activity", "统计之家活动", "--attended", "18"],
        &["change", grid, "--title", "统计员转岗"],
    ] {
        done(home, &[&["record"], args].concat());
    }
}

/// A home whose store is that county.
fn home() -> Home {
    let home = Home::new();
    copy(&county().join("store"), &home.path().join("store"));
    home
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("a folder");
    for entry in fs::read_dir(from).expect("a folder") {
        let entry = entry.expect("an entry");
        let target = to.join(entry.file_name());
        match entry.file_type().expect("a type").is_dir() {
            true => copy(&entry.path(), &target),
            false => drop(fs::copy(entry.path(), target).expect("a copy")),
        }
    }
}

/// What a command says that does what it is asked.
#[track_caller]
fn done(home: &Home, args: &[&str]) -> Vec<u8> {
    let args = [args, &["--store", "store"]].concat();
    let output = home.wangge(&args).command().output().expect("wangge runs");
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!((output.status.code(), said.as_str()), (Some(0), ""), "{args:?}");
    output.stdout
}

/// The sentence of a command that refuses.
#[track_caller]
fn refused(home: &Home, args: &[&str]) -> String {
    let args = [args, &["--store", "store"]].concat();
    let output = home.wangge(&args).command().output().expect("wangge runs");
    assert_eq!(output.status.code(), Some(1), "{args:?}");
    String::from_utf8(output.stderr).expect("UTF-8").trim_end().to_owned()
}

fn in_home(home: &Home, name: &str) -> PathBuf {
    home.path().join(name)
}
