//! `wangge rebuild`: the index anew from the journal.
use std::io::Write;

use indicatif::{ProgressBar, ProgressStyle};

use super::{Failure, Place};
use crate::log::disk::rebuild;

pub(super) fn run(place: &Place, out: &mut dyn Write) -> Result<(), Failure> {
    let bar = ProgressBar::no_length();
    bar.set_style(
        ProgressStyle::with_template("重建索引 [{bar:40}] {pos}/{len} 条")
            .unwrap_or_else(|_| ProgressStyle::default_bar())
            .progress_chars("##."),
    );
    let made = rebuild(&place.store, place.clock.now_ms(), &mut |done, total| {
        bar.set_length(total);
        bar.set_position(done);
    });
    bar.finish_and_clear();
    writeln!(out, "索引重建好了，共 {} 条记录", made?)?;
    Ok(())
}
