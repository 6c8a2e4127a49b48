//! `wangge sync`: a laptop's store and its server, over `ssh` or by a file.
mod file;
mod ssh;
mod tell;
mod up;

use std::{collections::BTreeMap, io::Write, path::Path};

pub(super) use tell::size;

use indicatif::{ProgressBar, ProgressStyle};

use super::{Failure, Place, args};
use crate::{
    grid::fact::{DeviceKey, WriterId},
    log::disk::{Files, OpenError, Opened, Store},
    sync::{
        laptop::{Done, Step},
        upstream::Upstream,
    },
    words::{fault, t, word},
};

pub(super) fn run(place: &Place, args: &args::Sync, out: &mut dyn Write) -> Result<(), Failure> {
    let bar = bar();
    let went = match Path::new(&args.target).is_file() {
        true => file::take(place, Path::new(&args.target), &bar),
        false => over_ssh(place, &args.target, &bar),
    };
    bar.finish_and_clear();
    tell::report(place, went?, args.json, out)
}

/// What a sync came to.
#[derive(Debug, Default)]
pub(super) struct Went {
    pub(super) done: Done,
    /// Where the old store stands, where this one had to be founded anew.
    pub(super) aside: Option<std::path::PathBuf>,
    /// Whether a file was handed over to the server of this machine, and no store of one's own was synced.
    pub(super) at_server: bool,
    /// The laptop's file that was handed over, where it says from where its way back begins.
    pub(super) back: Option<std::path::PathBuf>,
    /// Why the new store could not be filled yet.
    pub(super) unfilled: Option<Failure>,
}

/// Syncs; a store whose key was used twice is set aside and founded anew.
fn over_ssh(place: &Place, host: &str, bar: &ProgressBar) -> Result<Went, Failure> {
    let done = ssh::once(place, host, bar)?;
    if done.forked.is_empty() {
        return Ok(Went { done, ..Went::default() });
    }
    let aside = crate::log::disk::set_aside(&place.store, place.clock.now_ms())?;
    let mut went = Went { done, aside: Some(aside), ..Went::default() };
    // The server has everything that was recorded here; the new store has a key of its own, which somebody must enrol.
    match ssh::once(place, host, bar) {
        Ok(again) => went.done.pulled = again.pulled,
        Err(failure) => went.unfilled = Some(failure),
    }
    Ok(went)
}

/// Opens the store, or makes an empty one that the first sync fills.
pub(super) fn open(place: &Place) -> Result<Opened, Failure> {
    let dir = &place.store;
    if !dir.join("journal").is_dir() {
        Store::create_announced(dir)?;
    }
    match Store::open(dir, place.clock.now_ms()) {
        Err(OpenError::Held { pid, since, .. }) => {
            Err(Failure::said(t!("cli.sync.in_use", pid = pid, since = since).into_owned()))
        }
        opened => Ok(opened?),
    }
}

/// The chains that are written in a store, with the key that is this process's.
pub(super) fn own(opened: &Opened) -> BTreeMap<WriterId, Option<DeviceKey>> {
    let others = opened.heads.keys().map(|writer| (*writer, None));
    others.chain([(opened.writer, Some(opened.key.clone()))]).collect()
}

/// What makes a note about the server durable.
fn keeper(dir: &Path) -> impl FnMut(&Upstream) -> std::io::Result<()> {
    let files = Files::new();
    move |note| note.write(dir, &files)
}

fn bar() -> ProgressBar {
    let bar = ProgressBar::no_length();
    let style =
        ProgressStyle::with_template(word("cli.sync.progress")).unwrap_or_else(|_| ProgressStyle::default_bar());
    bar.set_style(style.progress_chars("##."));
    bar
}

/// Draws how far a sync is.
fn draw(bar: &ProgressBar, step: Step) {
    let (words, at, of) = match step {
        Step::Up { done, all } => ("cli.sync.up", done, all),
        Step::Down { upto, end, .. } => ("cli.sync.down", upto.0.min(end.0), end.0),
    };
    bar.set_message(match words {
        "cli.sync.up" => word("cli.sync.up"),
        _ => word("cli.sync.down"),
    });
    bar.set_length(of);
    bar.set_position(at);
}

/// What people call this machine.
fn machine() -> String {
    let name = std::fs::read_to_string("/proc/sys/kernel/hostname").unwrap_or_default();
    name.trim().to_owned()
}

/// A failure to read or write a file, as a sentence.
pub(super) fn unreadable(path: &Path, error: &std::io::Error) -> Failure {
    Failure::said(t!("cli.sync.file", file = path.display(), error = fault::of(error)).into_owned())
}
