//! `wangge`: the desk.
use std::{
    io::{self, IsTerminal},
    path::Path,
};

use super::{Failure, Place, welcome};
use crate::words::word;
use crate::{
    grid::calendar::Calendar,
    run::{self, Book, Options, Preferences},
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
    let book = Book::open(&place.store, &place.files, place.clock)?;
    let person = place.actor(&book)?.person;
    open(place, book, &place.store, person, tour)
}

/// Refuses where there is no terminal to draw on.
pub(super) fn need_terminal() -> Result<(), Failure> {
    if io::stdin().is_terminal() && io::stdout().is_terminal() {
        return Ok(());
    }
    Err(Failure::said(word("cli.no_terminal")))
}

/// Opens the desk on a book.
pub(super) fn open(place: &Place, book: Book, dir: &Path, person: Option<String>, tour: bool) -> Result<(), Failure> {
    let mut say: Vec<String> = place.warning.iter().cloned().collect();
    let calendar = place.files.calendar().unwrap_or_else(|error| {
        say.push(error.to_string());
        Calendar::default()
    });
    let prefs = Preferences::new(place.files.clone(), place.prefs());
    let (keyboard, faults) = place.keyboard();
    say.extend(faults);
    let options = Options { prefs, files: place.files.clone(), keyboard, person, calendar, say, tour };
    run::run(book, dir, place.clock, options)?;
    Ok(())
}
