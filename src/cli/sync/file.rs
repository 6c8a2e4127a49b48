//! Taking the file of a bundle in.
use std::{
    fs::File,
    io::{BufReader, Seek},
    path::Path,
};

use indicatif::ProgressBar;

use super::{Failure, Place, Went, draw, open, unreadable};
use crate::{
    grid::fact::WriterId,
    log::Position,
    run::{Book, BookError},
    sync::{
        batch,
        bundle::{Batches, BundleFault, Down, Head, check},
        laptop::{Done, Step},
        plan::Stop,
        pull,
        talk::SyncError,
        upstream::{Upstream, note_synced},
    },
    words::t,
};

/// Checks the whole file first, and then takes it in.
pub(super) fn take(place: &Place, path: &Path, bar: &ProgressBar) -> Result<Went, Failure> {
    let mut file = BufReader::new(File::open(path).map_err(|error| unreadable(path, &error))?);
    let refused =
        |fault: BundleFault| Failure::said(t!("cli.bundle.taken", file = path.display(), why = fault).into_owned());
    let head = check(&mut file).map_err(refused)?;
    file.rewind().map_err(|error| unreadable(path, &error))?;
    let mut batches = Batches::of(&mut file).map_err(refused)?;
    let done = match head.down.clone() {
        Some(down) => come_down(place, path, (&head, &down), &mut batches, bar)?,
        None => super::up::hand_over(place, &head, &mut batches, bar)?,
    };
    let back = head.up.as_ref().map(|_| path.to_owned());
    Ok(Went { done, at_server: head.down.is_none(), back, ..Went::default() })
}

/// Takes in what a server wrote for this laptop.
fn come_down(
    place: &Place,
    path: &Path,
    (head, down): (&Head, &Down),
    batches: &mut Batches<'_>,
    bar: &ProgressBar,
) -> Result<Done, Failure> {
    let note = Upstream::read(&place.store);
    if note.as_ref().is_some_and(|note| note.store != head.store) {
        return Err(SyncError::Stop(Stop::OtherStore).into());
    }
    let shown = path.display();
    if !is_server_s(place, WriterId::of_key(&head.key))? {
        return Err(Failure::said(t!("cli.bundle.not_server", file = shown)));
    }
    let Some(after) = down.reaches(note.as_ref()) else {
        let have = down.have(note.as_ref());
        return Err(Failure::said(t!("cli.bundle.gap", file = shown, after = down.after, have = have)));
    };
    let replica = open(place)?;
    if !replica.own().contains_key(&down.device) {
        return Err(Failure::said(t!("cli.bundle.not_for_us", file = shown, device = down.device)));
    }
    let (mut log, own) = (replica.log(), replica.heads()?);
    let mut done = Done::default();
    while let Some(bytes) = batches
        .next_batch()
        .map_err(|fault| Failure::said(t!("cli.bundle.taken", file = shown, why = fault).into_owned()))?
    {
        done.pulled.bytes += bytes.len() as u64;
        let entries = batch::decode(&bytes).map_err(SyncError::from)?;
        let upto = entries.last().map_or(Position(0), |last| last.position);
        pull::take(&mut log, entries, &own, &mut done.pulled)?;
        draw(bar, Step::Down { facts: done.pulled.facts, upto, end: Position(down.upto) });
    }
    replica.keep(&Upstream { store: head.store, after, scope: down.scope }).map_err(SyncError::from)?;
    // Without it the overview can't say how old what it shows of others is.
    let _unnoted = note_synced(&place.store, head.made_ms);
    replica.close()?;
    Ok(done)
}

/// Whether the device speaks for the server of the store here; a store that is empty takes the first one that comes.
fn is_server_s(place: &Place, writer: WriterId) -> Result<bool, Failure> {
    if !place.store.join("journal").is_dir() {
        return Ok(true);
    }
    match Book::glimpse(&place.store, &place.files) {
        Ok(state) => Ok(state.is_server(writer)),
        Err(BookError::Empty(_)) => Ok(true),
        Err(error) => Err(error.into()),
    }
}
