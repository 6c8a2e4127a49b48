//! `wangge backup`: the store as one file.
use std::{io::Write, path::PathBuf};

use super::{Failure, Place};
use crate::log::disk::backup;
use crate::words::{t, word};

#[derive(Debug, clap::Args)]
#[command(next_help_heading = word("cli.heading.arguments"))]
pub(crate) struct Args {
    #[arg(value_name = word("cli.value.file"), help = word("cli.help.backup_file"))]
    pub file: Option<PathBuf>,
}

/// The county's zone, for the file's name only.
const EIGHT_HOURS: i32 = 8 * 3600;

pub(super) fn run(place: &Place, args: &Args, out: &mut dyn Write) -> Result<(), Failure> {
    let by_day = || PathBuf::from(format!("wangge-{}.wgb", place.clock.today(EIGHT_HOURS)));
    let file = args.file.clone().unwrap_or_else(by_day);
    let made = backup(&place.store, &file, &mut |_| {})?;
    writeln!(out, "{}", t!("cli.backup.done", n = made.facts, file = file.display(), bytes = made.bytes))?;
    out.flush()?;
    match made.damage {
        None => Ok(()),
        Some(damage) => Err(Failure::said(t!("cli.backup.damaged", damage = damage).into_owned())),
    }
}
