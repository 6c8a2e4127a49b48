//! `wangge`: the desk.
use std::io::{self, IsTerminal};

use super::{Failure, Place, welcome};
use crate::words::word;
use crate::{
    app::GlyphSet,
    grid::calendar::Calendar,
    run::{self, Book, Options, Preferences},
    sync::message::Kind,
    ui::text::Ambiguous,
    words::t,
};

/// Opens the desk on the store; where there is none yet, offers to create one.
pub(super) fn run(place: &Place) -> Result<(), Failure> {
    if !welcome::has_store(place) {
        return welcome::offer(place);
    }
    show(place, false)
}

/// Opens the desk on the store that is there, with the tour where it is asked for.
pub(super) fn show(place: &Place, tour: bool) -> Result<(), Failure> {
    need_terminal()?;
    let book = place.reach(Kind::Desk)?;
    let person = place.actor(&book)?.person;
    open(place, book, person, tour)
}

/// Refuses where there is no terminal to draw on.
pub(super) fn need_terminal() -> Result<(), Failure> {
    if io::stdin().is_terminal() && io::stdout().is_terminal() {
        return Ok(());
    }
    Err(Failure::said(word("cli.no_terminal")))
}

/// Opens the desk on a book.
pub(super) fn open(place: &Place, book: Book, person: Option<String>, tour: bool) -> Result<(), Failure> {
    let mut say: Vec<String> = place.warning.iter().cloned().collect();
    say.extend(locale_warning(|name| std::env::var(name).ok()));
    let calendar = place.files.calendar().unwrap_or_else(|error| {
        say.push(error.to_string());
        Calendar::default()
    });
    let prefs = Preferences::new(place.files.clone(), place.prefs());
    let (keyboard, faults) = place.keyboard();
    say.extend(faults);
    let ambiguous = ambiguous(place);
    let files = place.files.clone();
    let host = std::env::var("WANGGE_HOST").ok().filter(|host| !host.is_empty());
    let server = (super::sync::program(), host.or_else(|| place.config.host.clone()));
    let options = Options { prefs, files, keyboard, person, calendar, ambiguous, say, tour, server };
    run::run(book, place.clock, options)?;
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
    let set = config.width.or(plain(config.glyph_set() == GlyphSet::Ascii));
    args.width.as_ref().map(told).or(plain(args.ascii)).or(set)
}
