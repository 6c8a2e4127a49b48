//! `wangge bundle`: records in a signed file, for a USB stick.
use std::{
    fs,
    io::{self, BufWriter, Write},
    path::Path,
};

use serde_json::json;

use super::{Failure, Place, args, sync};
use crate::{
    grid::fact::DeviceKey,
    log::{Entry, Log, StoreLog},
    sync::{
        bundle::{Head, write},
        push::Outgoing,
        upstream::Upstream,
    },
    words::{fault, t},
};

pub(super) fn run(place: &Place, args: &args::Bundle, out: &mut dyn Write) -> Result<(), Failure> {
    let (entries, bytes) = go_up(place, &args.output)?;
    match args.json {
        true => {
            writeln!(out, "{}", json!({ "file": args.output.display().to_string(), "facts": entries, "bytes": bytes }))?
        }
        false => {
            let (file, size) = (args.output.display(), sync::size(bytes));
            writeln!(out, "{}", t!("cli.bundle.written", file = file, n = entries, size = size))?;
        }
    }
    Ok(())
}

/// Everything that was recorded here; the server passes over what it has. Returns how many facts and bytes.
fn go_up(place: &Place, path: &Path) -> Result<(u64, u64), Failure> {
    let Some(note) = Upstream::read(&place.store) else { return Err(Failure::said(t!("cli.bundle.no_upstream"))) };
    let opened = sync::open(place)?;
    let log = StoreLog(opened.store.clone());
    let own = sync::own(&opened);
    let mut chains = Vec::new();
    let mut entries = 0;
    for (writer, key) in &own {
        entries += log.head(*writer)?.seq;
        chains.push(Outgoing::after(&log, *writer, 0, key.as_ref())?);
    }
    let head = Head { store: note.store, key: opened.key.public(), made_ms: place.clock.now_ms(), down: None, entries };
    let mut chains = chains.into_iter();
    let mut chain = chains.next();
    let mut next = || -> io::Result<Option<Vec<Entry>>> {
        while let Some(outgoing) = &mut chain {
            match outgoing.next_batch().map_err(io::Error::other)? {
                Some(entries) => return Ok(Some(entries)),
                None => chain = chains.next(),
            }
        }
        Ok(None)
    };
    let bytes = write_file(path, &head, &opened.key, &mut next);
    opened.store.close()?;
    Ok((entries, bytes?))
}

/// Writes beside the file's place, and puts it there when it is whole.
fn write_file(
    path: &Path,
    head: &Head,
    key: &DeviceKey,
    next: &mut dyn FnMut() -> io::Result<Option<Vec<Entry>>>,
) -> Result<u64, Failure> {
    let mut fresh = path.as_os_str().to_owned();
    fresh.push(".new");
    let written = fs::File::create(&fresh).and_then(|file| {
        let mut out = BufWriter::new(file);
        let bytes = write(&mut out, head, key, next)?;
        out.into_inner().map_err(io::IntoInnerError::into_error)?.sync_all()?;
        fs::rename(&fresh, path)?;
        Ok(bytes)
    });
    written.map_err(|error| {
        let _gone = fs::remove_file(&fresh);
        Failure::said(t!("cli.sync.file", file = path.display(), error = fault::of(&error)))
    })
}
