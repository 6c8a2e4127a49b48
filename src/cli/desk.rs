//! `wangge`: the desk.
use std::{
    io::{self, BufRead, IsTerminal, Write},
    path::Path,
};

use super::{Failure, Place, demo, init};
use crate::{
    grid::calendar::Calendar,
    run::{self, Book, Options},
};

/// Opens the desk on the store; where there is none yet, offers to create one.
pub(super) fn run(place: &Place) -> Result<(), Failure> {
    if !place.store.join("journal").is_dir() && !offer(place)? {
        return Ok(());
    }
    need_terminal()?;
    let book = Book::open(&place.store, &place.files, place.clock)?;
    let person = place.actor(&book)?.person;
    open(place, book, &place.store, person)
}

/// Refuses where there is no terminal to draw on.
pub(super) fn need_terminal() -> Result<(), Failure> {
    if io::stdin().is_terminal() && io::stdout().is_terminal() {
        return Ok(());
    }
    Err(Failure::said("这里不是终端窗口，画不了案头；请在终端里直接运行，或用 wangge due、wangge record 等命令"))
}

/// Opens the desk on a book.
pub(super) fn open(place: &Place, book: Book, dir: &Path, person: Option<String>) -> Result<(), Failure> {
    let mut say: Vec<String> = place.warning.iter().cloned().collect();
    let calendar = place.files.calendar().unwrap_or_else(|error| {
        say.push(error.to_string());
        Calendar::default()
    });
    let (keyboard, faults) = place.keyboard();
    say.extend(faults);
    let options = Options {
        keyboard,
        person,
        calendar,
        ascii: place.args.ascii || place.config.ascii,
        color: std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty()),
        say,
    };
    run::run(book, dir, place.clock, options)?;
    Ok(())
}

/// Asks what to do where there is no store yet; false when nothing is to be opened.
fn offer(place: &Place) -> Result<bool, Failure> {
    let dir = place.store.display();
    if !io::stdin().is_terminal() || !io::stdout().is_terminal() {
        return Err(Failure::said(format!(
            "{dir} 里还没有账本；请先运行 wangge init --pack lanxi，或看演示 wangge demo"
        )));
    }
    println!("{dir} 里还没有账本。\n");
    println!("  1  新建一个（按兰溪市的架构）");
    println!("  2  先看演示");
    println!("  q  退出\n");
    print!("请按 1、2 或 q，再按回车：");
    io::stdout().flush()?;
    let mut answer = String::new();
    io::stdin().lock().read_line(&mut answer)?;
    match answer.trim() {
        "1" | "１" => {
            // Only a store that is closed can be opened.
            init::create(place, "lanxi", None)?.close()?;
            Ok(true)
        }
        "2" | "２" => demo::run(place, &super::args::Demo { units: 2000 }).map(|()| false),
        _ => Ok(false),
    }
}
