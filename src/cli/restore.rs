//! `wangge restore`: the store anew from a backup.
use std::io::Write;

use super::{Failure, Place, args};
use crate::log::disk::restore;
use crate::words::t;

pub(super) fn run(place: &Place, args: &args::Restore, out: &mut dyn Write) -> Result<(), Failure> {
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
