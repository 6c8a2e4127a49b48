//! `wangge timeline`: what the plan and every year ask to be done by a day, by whom, and how it stands here.
use std::{collections::BTreeMap, io::Write};

use chrono::NaiveDate;
use serde::Serialize;

use super::{Failure, Place, find, reader, to::To};
use crate::words::{t, word};
use crate::{
    grid::{
        org::{Form, Post},
        pack::Seat,
        standing::{Stop, timeline},
        state::State,
    },
    log::StoreLog,
    screen::stops_listing,
    ui::text::pad_right,
};

#[derive(Debug, clap::Args)]
#[command(next_help_heading = word("cli.heading.arguments"))]
pub(crate) struct Args {
    #[arg(long, help = word("cli.help.json"))]
    pub json: bool,
    #[command(flatten)]
    pub table: To,
}

/// One line of `--json`; the keys are stable.
#[derive(Serialize)]
struct Line<'a> {
    duty: &'a str,
    name: &'a str,
    clause: &'a str,
    cite: &'a str,
    text: &'a str,
    period: String,
    due_on: NaiveDate,
    days_left: i64,
    who: Vec<Who>,
    /// How many nodes have the duty.
    nodes: usize,
    /// How many of these do not count it, because their duties count from a later day.
    not_counted: usize,
    /// How many of the others stand how.
    states: BTreeMap<&'static str, usize>,
}

#[derive(Serialize)]
struct Who {
    level: u8,
    form: Form,
    post: Post,
}

pub(super) fn run(place: &Place, args: &Args, out: &mut dyn Write) -> Result<(), Failure> {
    let file = args.table.file()?;
    let book = place.open()?;
    let actor = place.actor(&book)?;
    let today = actor.today;
    let stops = timeline(&book.state, today);
    if let Some(file) = file {
        let listing = stops_listing((&book.state, today), find::node_or_root(&book.state, None)?, stops.iter());
        let viewer = reader(&book.state, None, &actor);
        file.write(&viewer, &StoreLog(book.store.clone()), &[listing], out)?;
        return Ok(book.close()?);
    }
    for stop in &stops {
        if args.json { json(&book.state, stop, today, out)? } else { text(&book.state, stop, today, out)? }
    }
    if !args.json && stops.is_empty() {
        writeln!(out, "{}", t!("cli.timeline.nothing"))?;
    }
    Ok(book.close()?)
}

fn json(state: &State, stop: &Stop, today: NaiveDate, out: &mut dyn Write) -> Result<(), Failure> {
    let duty = &state.pack().duties[stop.duty];
    let mut states = BTreeMap::new();
    let counted = stop.places.iter().filter_map(|place| place.state());
    counted.for_each(|state| *states.entry(state.key()).or_default() += 1);
    let who = duty.seats.iter().map(|Seat { level, form, post }| Who { level: *level, form: *form, post: *post });
    let line = Line {
        duty: &duty.id,
        name: &duty.name,
        clause: &duty.clause,
        cite: &duty.cite,
        text: &duty.text,
        period: stop.period.to_string(),
        due_on: stop.due_on,
        days_left: (stop.due_on - today).num_days(),
        who: who.collect(),
        nodes: stop.places.len(),
        not_counted: stop.not_counted(),
        states,
    };
    serde_json::to_writer(&mut *out, &line).map_err(std::io::Error::from)?;
    writeln!(out)?;
    Ok(())
}

fn text(state: &State, stop: &Stop, today: NaiveDate, out: &mut dyn Write) -> Result<(), Failure> {
    let duty = &state.pack().duties[stop.duty];
    let (id, name) = (pad_right(&duty.id, 18), pad_right(&duty.name, 16));
    writeln!(out, "{}  {id} {name} {}  [{} {}]", stop.due_on, stop.told(today), duty.clause, duty.cite)?;
    writeln!(out, "            {}", state.pack().names.seats(&duty.seats))?;
    Ok(())
}
