//! `wangge device`: whose the devices are that sign, and which of them no longer write.
mod listing;

use std::{collections::BTreeMap, io::Write};

use serde_json::json;

use super::{Failure, Place, account::name, args::template, find, log::written, reader, sync, to::To};
use crate::words::{t, word};
use crate::{
    grid::{
        decide::{Intent, decide, rights::may_enroll},
        fact::{HeldWhy, WriterId, key_code, parse_key_code},
        state::{Device, State},
    },
    log::{
        StoreLog,
        disk::{OpenError, Store},
    },
    report::Viewer,
    run::{Book, BookError, Courier},
    sync::{message::Waiting, serve::waiting},
    ui::text::pad_right,
};

#[derive(Debug, clap::Args)]
#[command(next_help_heading = word("cli.heading.arguments"))]
pub(crate) struct Args {
    #[command(subcommand)]
    pub what: Option<DeviceWhat>,
    #[arg(long, help = word("cli.help.json"))]
    pub json: bool,
    #[command(flatten)]
    pub table: To,
}

/// What is done with devices.
#[derive(Debug, clap::Subcommand)]
pub(crate) enum DeviceWhat {
    #[command(about = word("cli.about.device_enroll"), help_template = template(),
              next_help_heading = word("cli.heading.arguments"))]
    Enroll {
        #[arg(value_name = word("cli.value.code"), help = word("cli.help.code"))]
        code: String,
        #[arg(long = "person", value_name = word("cli.value.person"), help = word("cli.help.whose"))]
        whose: String,
        #[arg(long, value_name = word("cli.value.name"), help = word("cli.help.device_name"))]
        name: Option<String>,
    },
    #[command(about = word("cli.about.device_revoke"), help_template = template(),
              next_help_heading = word("cli.heading.arguments"))]
    Revoke {
        #[arg(value_name = word("cli.value.device"), help = word("cli.help.device"))]
        device: String,
        #[arg(long, value_name = word("cli.value.date"), help = word("cli.help.revoke_from"),
              allow_hyphen_values = true)]
        from: String,
        #[arg(long, value_name = word("cli.value.text"), help = word("cli.help.reason"))]
        reason: String,
    },
}

/// The fewest digits by which a device is named.
const SHORTEST: usize = 4;

pub(super) fn run(place: &Place, args: &Args, out: &mut dyn Write) -> Result<(), Failure> {
    let file = args.table.for_list(args.what.is_some())?;
    // Asked first: a connection of its own, under the key that the book will use.
    let at_server = match (&args.what, &place.at_server()) {
        (None, Some(socket)) => Courier::at(socket, &place.files).and_then(|mut courier| courier.waiting()).ok(),
        _ => None,
    };
    let mut book = match place.open() {
        Err(Failure::Book(BookError::Empty(_) | BookError::Store(OpenError::Missing { .. })))
            if args.what.is_none() =>
        {
            return bare(place, args.json, out);
        }
        book => book?,
    };
    let done = match &args.what {
        None => {
            let laptops = at_server.unwrap_or_else(|| waiting_here(place, &book));
            let viewer = reader(&book.state, None, &place.actor(&book)?);
            match file {
                Some(file) => {
                    let root = find::node_or_root(&book.state, None)?;
                    let listing = listing::of(&book.state, root, &laptops);
                    file.write(&viewer, &StoreLog(book.store.clone()), &[listing], out)
                }
                None => list(&book, &viewer, args.json, out)
                    .and_then(|()| laptops.iter().try_for_each(|laptop| waits(&viewer, laptop, args.json, out))),
            }
        }
        Some(DeviceWhat::Enroll { code, whose, name: called }) => {
            let key = parse_key_code(code).ok_or_else(|| Failure::said(word("cli.device.no_code")))?;
            let person = find::person(&book.state, whose)?;
            let name =
                called.clone().unwrap_or_else(|| t!("cli.device.called", who = name(&book.state, &person)).into());
            change(place, &mut book, &Intent::Enroll { person, key, name }, args.json, out)
        }
        Some(DeviceWhat::Revoke { device, from, reason }) => {
            let writer = named(&book.state, device)?;
            let today = place.keeper(&book)?.today;
            let from_ms = book.state.instant_of(find::day(Some(from), today)?);
            change(place, &mut book, &Intent::Revoke { writer, from_ms, reason: reason.clone() }, args.json, out)
        }
    };
    book.close()?;
    done
}

/// The device of a store that the first sync will make.
fn bare(place: &Place, json: bool, out: &mut dyn Write) -> Result<(), Failure> {
    let dir = &place.store;
    let key = match dir.join("journal").is_dir() {
        true => {
            let replica = sync::open(place)?;
            let key = replica.key().public();
            replica.close()?;
            key
        }
        false => Store::announce(dir)?,
    };
    own(key, json, out)?;
    match json {
        true => Ok(()),
        false => Ok(writeln!(out, "{}", t!("cli.device.bare", code = key_code(&key)))?),
    }
}

fn own(key: [u8; 32], json: bool, out: &mut dyn Write) -> Result<(), Failure> {
    let (device, code) = (WriterId::of_key(&key), key_code(&key));
    match json {
        true => writeln!(out, "{}", json!({ "own": true, "device": device.to_string(), "code": code }))?,
        false => writeln!(out, "{}", t!("cli.device.own", device = device, code = code))?,
    }
    Ok(())
}

/// The laptops that wait in a store that is opened here.
fn waiting_here(place: &Place, book: &Book) -> Vec<Waiting> {
    let (Some(dir), Ok(actor)) = (book.seat.own_dir(), place.keeper(book)) else { return Vec::new() };
    let mut laptops = waiting::read(dir);
    laptops.retain(|laptop| {
        let person = laptop.person.as_deref().unwrap_or_default();
        book.state.device(WriterId::of_key(&laptop.key)).is_none() && may_enroll(&book.state, &actor, person).is_ok()
    });
    laptops
}

/// A laptop that waits, and the command that enrols it.
fn waits(viewer: &Viewer<'_>, laptop: &Waiting, json: bool, out: &mut dyn Write) -> Result<(), Failure> {
    let Waiting { key, name: called, login, person, since_ms } = laptop;
    let (code, since, called) = (key_code(key), minute(viewer.state, *since_ms), &viewer.prose(called));
    if json {
        let line = json!({
            "own": false, "device": WriterId::of_key(key).to_string(), "name": called, "login": login,
            "person": person, "code": code, "waits_since": since,
        });
        return Ok(writeln!(out, "{line}")?);
    }
    let whose =
        person.as_deref().map_or_else(|| word("cli.value.person").to_owned(), |person| name(viewer.state, person));
    writeln!(out, "{}", t!("cli.device.waits", name = called, login = login, since = since))?;
    // What a shell would take apart is no name to type.
    let is_word = !called.is_empty() && called.chars().all(|c| c.is_alphanumeric() || "-_.".contains(c));
    let called = if is_word { format!(" --name {called}") } else { String::new() };
    Ok(writeln!(out, "  wangge device enroll {code} --person {whose}{called}")?)
}

/// The county's day and minute.
fn minute(state: &State, utc_ms: i64) -> String {
    let local = utc_ms.saturating_add(i64::from(state.pack().utc_offset) * 1000);
    let local = chrono::DateTime::from_timestamp_millis(local).unwrap_or_default();
    local.format("%Y-%m-%d %H:%M").to_string()
}

/// The enrolled device of this name, or whose id begins so.
pub(super) fn named(state: &State, text: &str) -> Result<WriterId, Failure> {
    let begins = |writer: &WriterId| text.len() >= SHORTEST && writer.to_string().starts_with(&text.to_lowercase());
    // Windows bear the name of the device whose they are: that is meant.
    let is_called = |device: &Device| device.name == text && device.of().is_none();
    let fits = state.devices().filter(|(writer, device)| begins(writer) || is_called(device));
    let mut found: Vec<WriterId> = fits.map(|(writer, _)| writer).collect();
    match (found.len(), found.pop()) {
        (1, Some(writer)) => Ok(writer),
        (0, _) | (_, None) => Err(Failure::said(t!("cli.device.not_found", device = text).into_owned())),
        (n, _) => Err(Failure::said(t!("cli.device.several", device = text, n = n).into_owned())),
    }
}

fn change(place: &Place, book: &mut Book, intent: &Intent, json: bool, out: &mut dyn Write) -> Result<(), Failure> {
    let actor = place.keeper(book)?;
    let decision = decide(&book.state, &actor, intent)?;
    let facts = book.append(&decision.drafts, place.clock.now_ms())?;
    if json {
        return written(&book.state, &actor, &facts, out);
    }
    let line = match intent {
        Intent::Enroll { person, name: called, .. } => {
            t!("cli.device.enrolled", device = called, who = name(&book.state, person)).into_owned()
        }
        Intent::Revoke { writer, from_ms, .. } => {
            let held = book.state.held().filter(|held| held.id.writer == *writer).count();
            let called = book.state.device(*writer).map_or_else(String::new, |device| device.name.clone());
            t!("cli.device.revoked", device = called, day = book.state.local_day(*from_ms), n = held).into_owned()
        }
        _ => String::new(),
    };
    Ok(writeln!(out, "{line}")?)
}

fn list(book: &Book, viewer: &Viewer<'_>, json: bool, out: &mut dyn Write) -> Result<(), Failure> {
    let state = &book.state;
    own(book.key().public(), json, out)?;
    for (writer, device) in state.devices() {
        let revoked = state.revoked_from(writer).map(|from| state.local_day(from));
        if json {
            let line = json!({
                "own": false, "device": writer.to_string(), "name": device.name, "person": device.person,
                "person_name": name(state, &device.person), "code": key_code(&device.key), "revoked_from": revoked,
            });
            writeln!(out, "{}", viewer.object(line))?;
            continue;
        }
        let ended = revoked.map(|day| t!("cli.device.ended", day = day).into_owned()).unwrap_or_default();
        let short: String = writer.to_string().chars().take(8).collect();
        let line =
            format!("{short}  {} {} {ended}", pad_right(&name(state, &device.person), 12), viewer.prose(&device.name));
        writeln!(out, "{}", line.trim_end())?;
    }
    for (writer, n) in nobodys(state) {
        match json {
            true => writeln!(out, "{}", json!({ "own": false, "device": writer.to_string(), "waiting": n }))?,
            false => writeln!(out, "{}", t!("cli.device.waiting", device = writer, n = n))?,
        }
    }
    Ok(())
}

/// Devices that sent something and are nobody's yet, with how much waits.
fn nobodys(state: &State) -> impl Iterator<Item = (WriterId, usize)> {
    let mut waiting: BTreeMap<WriterId, usize> = BTreeMap::new();
    for held in state.held().filter(|held| held.why == HeldWhy::NotEnrolled && held.settled.is_none()) {
        *waiting.entry(held.id.writer).or_default() += 1;
    }
    waiting.into_iter().filter(|(writer, _)| state.device(*writer).is_none())
}
