//! `wangge init`: a store with the pack's organisation.
use std::{io::Write, sync::Arc};

use chrono::Datelike;

use super::{Failure, Place, find};
use crate::words::{t, word};
use crate::{
    grid::{
        decide::{Setup, decide_setup},
        org::Form,
    },
    run::{Book, BookError},
};

#[derive(Debug, clap::Args)]
#[command(next_help_heading = word("cli.heading.arguments"))]
pub(crate) struct Args {
    #[arg(long, value_name = word("cli.value.name"), help = word("cli.help.init_pack"))]
    pub pack: String,
    #[arg(long, value_name = word("cli.value.date"), help = word("cli.help.init_from"))]
    pub from: Option<String>,
}

pub(super) fn run(place: &Place, args: &Args, out: &mut dyn Write) -> Result<(), Failure> {
    let book = create(place, &args.pack, args.from.as_deref())?;
    let org = book.state.org();
    let grids = org.nodes().filter(|(_, node)| node.is_grid()).count();
    let level = book.state.pack().names.level(3, Form::Vertical);
    writeln!(
        out,
        "{}",
        t!(
            "cli.init.done",
            store = place.store.display(),
            nodes = org.nodes().len(),
            level = level,
            grids = grids,
            villages = org.units().len()
        )
    )?;
    book.close()?;
    Ok(())
}

/// Makes the store and writes its first facts.
pub(super) fn create(place: &Place, pack: &str, from: Option<&str>) -> Result<Book, Failure> {
    let pack = place.files.pack(pack).ok_or_else(|| BookError::NoPack(pack.to_owned()))?.map_err(BookError::from)?;
    let today = place.clock.today(pack.utc_offset);
    let from = match from {
        Some(_) => find::day(from, today)?,
        None => today.with_day(1).unwrap_or(today),
    };
    let drafts = decide_setup(&pack, Setup { from, sample: false });
    Ok(Book::create(&place.store, Arc::new(pack), &drafts, place.clock)?)
}
