//! `wangge bundle`: records in a signed file, for a USB stick; on a laptop for the server, there for a laptop.
use std::{
    fs::{self, File},
    io::{self, BufReader, BufWriter, Write},
    path::{Path, PathBuf},
};

use serde_json::json;

use super::{Failure, Place, device, sync};
use crate::{
    grid::fact::WriterId,
    log::Log,
    run::Courier,
    sync::{
        batch,
        bundle::{Head, Up, check, write},
        plan::Stop,
        push::Outgoing,
        talk::SyncError,
        upstream::Upstream,
    },
    words::{fault, t, word},
};

#[derive(Debug, clap::Args)]
#[command(next_help_heading = word("cli.heading.arguments"))]
pub(crate) struct Args {
    #[arg(short, long, value_name = word("cli.value.file"), help = word("cli.help.bundle_file"))]
    pub output: PathBuf,
    #[arg(long = "for", value_name = word("cli.value.device_or_file"), help = word("cli.help.bundle_for"))]
    pub device: Option<String>,
    #[arg(long, help = word("cli.help.one_json"))]
    pub json: bool,
}

pub(super) fn run(place: &Place, args: &Args, out: &mut dyn Write) -> Result<(), Failure> {
    let (head, bytes) = match &args.device {
        Some(device) => come_down(place, device, &args.output)?,
        None => go_up(place, &args.output)?,
    };
    let (file, down) = (args.output.display(), head.down.as_ref());
    if args.json {
        let line = json!({
            "file": file.to_string(), "facts": head.entries, "bytes": bytes,
            "device": down.map(|down| down.device.to_string()), "after": down.map(|down| down.after),
            "upto": down.map(|down| down.upto),
        });
        return Ok(writeln!(out, "{line}")?);
    }
    writeln!(out, "{}", t!("cli.bundle.written", file = file, n = head.entries, size = sync::size(bytes)))?;
    match down {
        Some(down) if down.after > 0 => writeln!(out, "{}", t!("cli.bundle.since", after = down.after))?,
        Some(_) => writeln!(out, "{}", t!("cli.bundle.whole"))?,
        None => {}
    }
    Ok(())
}

/// Everything that was recorded here; the server passes over what it has.
fn go_up(place: &Place, path: &Path) -> Result<(Head, u64), Failure> {
    let Some(note) = Upstream::read(&place.store) else { return Err(Failure::said(t!("cli.bundle.no_upstream"))) };
    let replica = sync::open(place)?;
    let log = replica.log();
    let mut chains = Vec::new();
    let mut entries = 0;
    for (writer, key) in replica.own() {
        entries += log.head(*writer)?.seq;
        chains.push(Outgoing::after(&log, *writer, 0, key.as_ref())?);
    }
    let up = Some(Up { after: note.after.0, scope: note.scope });
    let (key, made_ms) = (replica.key().public(), place.clock.now_ms());
    let head = Head { store: note.store, key, made_ms, down: None, entries, up };
    let mut chains = chains.into_iter();
    let mut chain = chains.next();
    let mut next = || -> io::Result<Option<Vec<u8>>> {
        while let Some(outgoing) = &mut chain {
            match outgoing.next_batch().map_err(io::Error::other)? {
                Some(entries) => return Ok(Some(batch::encode(&entries))),
                None => chain = chains.next(),
            }
        }
        Ok(None)
    };
    let bytes = write_file(path, &mut |out| Ok(write(out, &head, replica.key(), &mut next)?));
    replica.close()?;
    Ok((head, bytes?))
}

/// What a laptop may hold and has not got: from where its own file says that it stands, or else everything.
fn come_down(place: &Place, named: &str, path: &Path) -> Result<(Head, u64), Failure> {
    let Some(server) = &place.at_server() else { return Err(Failure::said(t!("cli.bundle.no_server"))) };
    let (writer, up, store) = match Path::new(named).is_file() {
        true => of_file(Path::new(named))?,
        false => {
            let book = place.open()?;
            let writer = device::named(&book.state, named);
            book.close()?;
            (writer?, Up::default(), None)
        }
    };
    let mut courier = Courier::at(server, &place.files)?;
    if store.is_some_and(|store| store != courier.store) {
        return Err(SyncError::Stop(Stop::OtherStore).into());
    }
    let bytes = write_file(path, &mut |out| {
        let mut bytes = 0;
        courier.bundle(writer, (up.after, up.scope), &mut |part| {
            bytes += part.len() as u64;
            out.write_all(part)
        })?;
        Ok(bytes)
    })?;
    courier.wire.bye();
    let read = File::open(path).map_err(|error| sync::unreadable(path, &error))?;
    let head = check(&mut BufReader::new(read));
    Ok((head.map_err(|why| Failure::said(t!("cli.bundle.taken", file = path.display(), why = why)))?, bytes))
}

/// Whose file it is, and where that laptop stands.
fn of_file(path: &Path) -> Result<(WriterId, Up, Option<[u8; 16]>), Failure> {
    let refused = |why: &dyn std::fmt::Display| Failure::said(t!("cli.bundle.taken", file = path.display(), why = why));
    let file = File::open(path).map_err(|error| sync::unreadable(path, &error))?;
    let head = check(&mut BufReader::new(file)).map_err(|fault| refused(&fault))?;
    match (head.down, head.up) {
        // One of an earlier build does not say where it stands: everything, then.
        (None, up) => Ok((WriterId::of_key(&head.key), up.unwrap_or_default(), Some(head.store))),
        (Some(_), _) => Err(refused(&t!("cli.bundle.not_a_laptop_s"))),
    }
}

/// Writes beside the file's place, and puts it there when it is whole.
fn write_file(path: &Path, fill: &mut dyn FnMut(&mut dyn Write) -> Result<u64, Failure>) -> Result<u64, Failure> {
    let mut fresh = path.as_os_str().to_owned();
    fresh.push(".new");
    let failed =
        |error: io::Error| Failure::said(t!("cli.sync.file", file = path.display(), error = fault::of(&error)));
    let mut written = || {
        let mut out = BufWriter::new(File::create(&fresh).map_err(failed)?);
        let bytes = fill(&mut out).map_err(|failure| match failure {
            Failure::Io(error) => failed(error),
            other => other,
        })?;
        let file = out.into_inner().map_err(|error| failed(error.into_error()))?;
        file.sync_all().and_then(|()| fs::rename(&fresh, path)).map_err(failed)?;
        Ok(bytes)
    };
    written().inspect_err(|_| drop(fs::remove_file(&fresh)))
}
