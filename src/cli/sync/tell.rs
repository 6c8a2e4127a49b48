//! What a sync came to, in words or as one line of JSON.
use std::io::Write;

use serde_json::json;

use super::{
    super::{held, reader},
    Failure, Place, Went,
};
use crate::app::HeldRow;
use crate::{
    run::{Book, BookError},
    sync::{message::Kind, plan::Again},
    term::plain,
    words::{t, word},
};

pub(super) fn report(place: &Place, went: Went, json: bool, out: &mut dyn Write) -> Result<(), Failure> {
    for notice in &went.done.notices {
        eprintln!("{}", plain(notice));
    }
    let book = if went.at_server { None } else { open(place)? };
    let held = book.as_ref().map(|book| held::waiting(&book.state)).unwrap_or_default();
    let told = Told { place, went: &went, book: book.as_ref(), held: &held };
    match json {
        true => told.one_line(out)?,
        false => told.words(out)?,
    }
    out.flush()?;
    book.map_or(Ok(()), Book::close)?;
    went.unfilled.map_or(Ok(()), Err)
}

/// The store as it is now; none while nothing has come down yet.
fn open(place: &Place) -> Result<Option<Book>, Failure> {
    match Book::reach(&place.store, &place.files, place.clock, Kind::Command) {
        Ok(book) => Ok(Some(book)),
        Err(BookError::Empty(_)) => Ok(None),
        Err(error) => Err(error.into()),
    }
}

/// What there is to tell.
struct Told<'a> {
    place: &'a Place,
    went: &'a Went,
    book: Option<&'a Book>,
    /// What waits until somebody decides.
    held: &'a [HeldRow],
}

impl Told<'_> {
    fn words(&self, out: &mut dyn Write) -> Result<(), Failure> {
        let Told { place, went, book, held } = *self;
        let done = &went.done;
        let (up, down) = (done.pushed.facts, done.pulled.facts);
        writeln!(
            out,
            "{}",
            match (up, down) {
                (0, 0) => t!("cli.sync.even").into_owned(),
                _ => t!(
                    "cli.sync.done",
                    up = up,
                    up_size = size(done.pushed.bytes),
                    down = down,
                    down_size = size(done.pulled.bytes)
                )
                .into_owned(),
            }
        )?;
        match done.again {
            Some(Again::Scope) => writeln!(out, "{}", t!("cli.sync.scope"))?,
            Some(Again::ServerBehind) => writeln!(out, "{}", t!("cli.sync.server_behind"))?,
            Some(Again::First) | None => {}
        }
        if done.regained > 0 {
            writeln!(out, "{}", t!("cli.sync.regained", n = done.regained))?;
        }
        if let Some(aside) = &went.aside {
            writeln!(out, "{}", t!("cli.sync.forked", aside = aside.display()))?;
        }
        if went.at_server && !done.pushed.held.is_empty() {
            writeln!(out, "{}", t!("cli.sync.held", n = done.pushed.held.len()))?;
            for line in &done.pushed.held {
                writeln!(out, "  {}  {}", line.of, line.text)?;
            }
        }
        if let Some(back) = &went.back {
            writeln!(out, "{}", t!("cli.bundle.back", file = back.display()))?;
        }
        if let (Some(book), false) = (book, held.is_empty()) {
            writeln!(out, "{}", t!("cli.sync.held", n = held.len()))?;
            let actor = place.actor(book)?;
            let viewer = reader(&book.state, None, &actor);
            for row in held {
                held::text(&viewer, &actor, row, out)?;
            }
            writeln!(out, "{}", t!("cli.sync.held_next"))?;
        }
        Ok(())
    }

    fn one_line(&self, out: &mut dyn Write) -> Result<(), Failure> {
        let Told { place, went, book, held } = *self;
        let done = &went.done;
        let mut lines = Vec::new();
        if let Some(book) = book {
            let viewer = reader(&book.state, None, &place.actor(book)?);
            lines.extend(held.iter().map(|row| held::json_of(&viewer, row)));
        }
        let again = done.again.map(|again| match again {
            Again::First => "first",
            Again::Scope => "scope",
            Again::ServerBehind => "server-behind",
        });
        let line = json!({
            "up": done.pushed.facts,
            "down": done.pulled.facts,
            "bytes_up": done.pushed.bytes,
            "bytes_down": done.pulled.bytes,
            "regained": done.regained,
            "again": again,
            "forked": !done.forked.is_empty(),
            "aside": went.aside.as_ref().map(|aside| aside.display().to_string()),
            "held": lines,
        });
        writeln!(out, "{line}")?;
        Ok(())
    }
}

/// So many bytes, as people read them.
pub(in super::super) fn size(bytes: u64) -> String {
    let kilo = bytes.div_ceil(1024);
    if kilo < 10_000 { format!("{kilo} KB") } else { format!("{} {}", kilo / 1024, word("cli.sync.mega")) }
}
