//! One sync over `ssh HOST wangge attach`.
use indicatif::ProgressBar;

use super::{Failure, Place, draw, keeper, machine, open, own};
use crate::{
    log::{StoreLog, disk::Opened},
    sync::{
        laptop::{Done, Laptop, sync},
        message::Kind,
        ssh::{Asking, Ssh},
        talk::{LinkFault, SyncError},
        upstream::Upstream,
    },
};

/// Connects, syncs and closes the store again, whatever came of it: what follows opens it anew.
pub(super) fn once(place: &Place, host: &str, bar: &ProgressBar) -> Result<Done, Failure> {
    let opened = open(place)?;
    let done = over(place, host, bar, &opened);
    // What was taken in is durable already; closing saves the index.
    let closed = opened.store.close();
    let done = done?;
    closed?;
    Ok(done)
}

fn over(place: &Place, host: &str, bar: &ProgressBar, opened: &Opened) -> Result<Done, Failure> {
    let (ssh, mut stream) = Ssh::start(&program(), host, Asking::AtTerminal)?;
    let (store, welcome) = match stream.hello(|_| Ok(opened.key.clone()), Kind::Laptop, &machine()) {
        Err(SyncError::Link(LinkFault::Gone)) => return Err(ssh.ended().into()),
        welcome => welcome?,
    };
    let mut log = StoreLog(opened.store.clone());
    let mut keep = keeper(&place.store);
    let (note, own) = (Upstream::read(&place.store), own(opened));
    let mut laptop = Laptop { log: &mut log, own, note, keep: &mut keep };
    let done = sync(&mut laptop, &mut stream, (store, &welcome), &mut |step| draw(bar, step));
    drop(stream.bye());
    Ok(done?)
}

/// The program that reaches another machine, and its first arguments: `ssh`, or what `WANGGE_SSH` says.
fn program() -> Vec<String> {
    let named = std::env::var("WANGGE_SSH").unwrap_or_default();
    named.split_whitespace().map(str::to_owned).collect()
}
