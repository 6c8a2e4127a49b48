//! `wangge rebuild`: the index anew from the journal.
use std::io::Write;

use indicatif::{ProgressBar, ProgressStyle};

use super::{Failure, Place};
use crate::log::disk::rebuild;
use crate::words::{t, word};

pub(super) fn run(place: &Place, out: &mut dyn Write) -> Result<(), Failure> {
    let bar = ProgressBar::no_length();
    bar.set_style(
        ProgressStyle::with_template(word("cli.rebuild.progress"))
            .unwrap_or_else(|_| ProgressStyle::default_bar())
            .progress_chars("##."),
    );
    let made = rebuild(&place.store, place.clock.now_ms(), &mut |done, total| {
        bar.set_length(total);
        bar.set_position(done);
    });
    bar.finish_and_clear();
    writeln!(out, "{}", t!("cli.rebuild.done", n = made?))?;
    Ok(())
}
