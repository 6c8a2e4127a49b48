//! `wangge`: the desk.
use std::{
    io::{self, BufRead, IsTerminal, Write},
    path::Path,
};

use super::{Failure, Place, demo, init};
use crate::{
    grid::calendar::Calendar,
    run::{self, Book, Options},
    term::Keymap,
    ui::text::Ambiguous,
    words::t,
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
    say.extend(locale_warning(|name| std::env::var(name).ok()));
    let calendar = place.files.calendar().unwrap_or_else(|error| {
        say.push(error.to_string());
        Calendar::default()
    });
    let keymap = keymap(place, &mut say);
    let options = Options {
        keymap,
        person,
        calendar,
        ascii: place.args.ascii || place.config.ascii,
        ambiguous: ambiguous(place),
        color: std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty()),
        say,
    };
    run::run(book, dir, place.clock, options)?;
    Ok(())
}

/// One sentence where the locale does not name UTF-8 (`C`, `POSIX`, unset, GBK): what we write is UTF-8 all the same (rule
/// 14), and other programs in the same shell may not show it.
fn locale_warning(variable: impl Fn(&str) -> Option<String>) -> Option<String> {
    let set = |name: &&str| variable(name).filter(|value| !value.is_empty());
    let value = ["LC_ALL", "LC_CTYPE", "LANG"].iter().find_map(set);
    let names_utf8 = |value: &String| ["utf-8", "utf8"].iter().any(|name| value.to_ascii_lowercase().ends_with(name));
    if value.as_ref().is_some_and(names_utf8) {
        return None;
    }
    let value = value.unwrap_or_else(|| t!("terminal.unset").into_owned());
    Some(t!("terminal.not_utf8_locale", value = value).into_owned())
}

/// How wide ambiguous characters are: by the arguments, then by the configuration; else the terminal is asked.
fn ambiguous(place: &Place) -> Option<Ambiguous> {
    let told = |width: &String| if width == "wide" { Ambiguous::Wide } else { Ambiguous::Narrow };
    // Who asks for plain marks has a terminal in doubt: it is asked nothing.
    let plain = |ascii: bool| ascii.then_some(Ambiguous::Narrow);
    let (args, config) = (&place.args, &place.config);
    args.width.as_ref().map(told).or(plain(args.ascii)).or(config.width).or(plain(config.ascii))
}

/// The named keymap, or the default one with the user's own lines over it; faults are told and left out.
fn keymap(place: &Place, say: &mut Vec<String>) -> Keymap {
    let named = place.args.keymap.as_ref().or(place.config.keymap.as_ref());
    let builtin = named.and_then(|name| Keymap::builtin(name));
    let path = named.filter(|_| builtin.is_none()).map(Path::new);
    // The default keymap comes with the program.
    let mut keymap = builtin.or_else(|| Keymap::builtin("default")).unwrap_or_else(|| unreachable!("it is embedded"));
    match place.files.keymap_text(path) {
        Some(Ok((path, text))) => {
            say.extend(keymap.merge(&path.display().to_string(), &text).iter().map(ToString::to_string));
        }
        Some(Err(sentence)) => say.push(sentence),
        None => {}
    }
    keymap
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
