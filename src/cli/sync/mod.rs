//! `wangge sync`: a laptop's store and its server, over `ssh` or by a file.
mod file;
mod tell;
mod up;

use std::{io::Write, path::Path};

#[derive(Debug, clap::Args)]
#[command(next_help_heading = word("cli.heading.arguments"))]
pub(crate) struct Args {
    #[arg(value_name = word("cli.value.host_or_file"), help = word("cli.help.sync_target"))]
    pub target: String,
    #[arg(long, help = word("cli.help.one_json"))]
    pub json: bool,
}

pub(super) use tell::size;

use indicatif::{ProgressBar, ProgressStyle};

use super::{Failure, Place};
use crate::{
    log::disk::OpenError,
    run::{BookError, Journey, Replica},
    sync::{
        laptop::{Done, Step},
        ssh::{Asking, PATIENCE},
    },
    words::{fault, t, word},
};

pub(super) fn run(place: &Place, args: &Args, out: &mut dyn Write) -> Result<(), Failure> {
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
    let (done, shared) = once(place, host, bar)?;
    if done.forked.is_empty() {
        return Ok(Went { done, ..Went::default() });
    }
    if shared {
        return Err(Failure::said(t!("cli.sync.forked_open")));
    }
    let aside = crate::log::disk::set_aside(&place.store, place.clock.now_ms())?;
    let mut went = Went { done, aside: Some(aside), ..Went::default() };
    // The server has everything that was recorded here; the new store has a key of its own, which somebody must enrol.
    match once(place, host, bar) {
        Ok((again, _)) => went.done.pulled = again.pulled,
        Err(failure) => went.unfilled = Some(failure),
    }
    Ok(went)
}

/// Connects, syncs and closes the store again; says whether a desk has it open.
fn once(place: &Place, host: &str, bar: &ProgressBar) -> Result<(Done, bool), Failure> {
    let replica = open(place)?;
    let shared = replica.is_shared();
    let (program, host) = (program(), host.to_owned());
    let journey =
        Journey { program, host, asking: Asking::AtTerminal, patience: PATIENCE, begins_ms: place.clock.now_ms() };
    let done = replica.sync(&journey, &mut |step| draw(bar, step));
    // What was taken in is durable already; closing saves the index.
    let closed = replica.close();
    let done = done?;
    closed?;
    Ok((done, shared))
}

/// The program that reaches another machine, and its first arguments: `ssh`, or what `WANGGE_SSH` says.
pub(super) fn program() -> Vec<String> {
    let named = std::env::var("WANGGE_SSH").unwrap_or_default();
    named.split_whitespace().map(str::to_owned).collect()
}

/// Opens the store, or makes an empty one that the first sync fills; goes through the desk that has it open.
pub(super) fn open(place: &Place) -> Result<Replica, Failure> {
    if place.server.is_none() && place.at_server().is_some() {
        return Err(Failure::said(t!("cli.sync.served", dir = place.store.display())));
    }
    match Replica::open(&place.store, place.clock.now_ms()) {
        Err(BookError::Store(OpenError::Held { pid, since, .. })) => {
            Err(Failure::said(t!("cli.sync.in_use", pid = pid, since = since).into_owned()))
        }
        opened => Ok(opened?),
    }
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

/// A failure to read or write a file, as a sentence.
pub(super) fn unreadable(path: &Path, error: &std::io::Error) -> Failure {
    Failure::said(t!("cli.sync.file", file = path.display(), error = fault::of(error)).into_owned())
}
