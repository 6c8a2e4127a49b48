//! `wangge restore`: the store anew from a backup.
use std::{io::Write, path::PathBuf};

use super::{Failure, Place};
use crate::log::disk::restore;
use crate::words::{t, word};

#[derive(Debug, clap::Args)]
#[command(next_help_heading = word("cli.heading.arguments"))]
pub(crate) struct Args {
    #[arg(value_name = word("cli.value.file"), help = word("cli.help.restore_file"))]
    pub file: PathBuf,
}

pub(super) fn run(place: &Place, args: &Args, out: &mut dyn Write) -> Result<(), Failure> {
    let done = restore(&args.file, &place.store, place.clock.now_ms(), &mut |_| {})?;
    writeln!(out, "{}", t!("cli.restore.done", n = done.facts, store = place.store.display()))?;
    if done.joined > 0 {
        writeln!(out, "{}", t!("cli.restore.joined", n = done.joined))?;
    }
    if let Some(aside) = &done.aside {
        writeln!(out, "{}", t!("cli.restore.aside", path = aside.display()))?;
    }
    if done.left > 0 {
        writeln!(out, "{}", t!("cli.restore.left", n = done.left))?;
    }
    Ok(())
}
