//! `wangge list`: the units of a working list, for a spreadsheet or a script.
use std::io::Write;

use serde_json::{Map, Value};

use super::{
    Failure, Place, find,
    to::{To, print},
};
use crate::{
    app::{
        Desk,
        lists::{Column, Lists, WorkingList},
    },
    grid::{org::UnitIx, state::State},
    log::StoreLog,
    report::Viewer,
    run::ListFile,
    ui::text::pad_right,
    words::{t, word},
};

#[derive(Debug, clap::Args)]
#[command(next_help_heading = word("cli.heading.arguments"))]
pub(crate) struct Args {
    #[arg(value_name = word("cli.value.list"), help = word("cli.help.list"))]
    pub name: Option<String>,
    #[arg(long, value_name = word("cli.value.grid"), help = word("cli.help.list_at"))]
    pub at: Option<String>,
    #[arg(long, help = word("cli.help.list_json"), conflicts_with = "csv")]
    pub json: bool,
    #[arg(long, help = word("cli.help.csv"), conflicts_with = "output")]
    pub csv: bool,
    #[command(flatten)]
    pub table: To,
}

/// What stands in a column for a unit, as the reader may see it.
type Cells<'a> = &'a dyn Fn(&Column, UnitIx) -> String;

/// The columns of the name in plain text.
const NAME: usize = 36;

pub(super) fn run(place: &Place, args: &Args, out: &mut dyn Write) -> Result<(), Failure> {
    let (_, lists, fault) = ListFile::open(&place.files);
    if let Some(fault) = fault {
        return Err(Failure::Said(fault));
    }
    let file = args.table.file()?;
    let Some(name) = &args.name else {
        return match file {
            Some(_) => Err(Failure::said(word("cli.list.which"))),
            None => all(&lists, args.json, out),
        };
    };
    let ready = || WorkingList::ready().into_iter().find(|list| list.name == *name);
    let found = lists.named(name).cloned().or_else(ready);
    let list = found.ok_or_else(|| Failure::Said(t!("lists.unknown", name = name).into_owned()))?;
    let mut book = place.open()?;
    let actor = place.actor(&book)?;
    let at = args.at.as_deref().map(|text| find::node(&book.state, text)).transpose()?;
    let empty = State::new(book.state.pack().clone());
    let state = std::mem::replace(&mut book.state, empty);
    let mut desk = Desk::new(state, place.files.calendar().unwrap_or_default(), actor);
    desk.names.set_aliases(place.files.aliases().0);
    let at = at.or(desk.state.org().roots().first().copied()).unwrap_or(desk.home);
    let units = list.units(&desk, at);
    let viewer = Viewer::new(&desk.state, at, &desk.actor);
    let log = StoreLog(book.store.clone());
    let listing = || list.listing_of(&desk, at, &units);
    let cell = |column: &Column, unit: UnitIx| match column {
        Column::Phone => viewer.phone(&column.of(&desk, unit)),
        Column::Code => column.of(&desk, unit),
        column => viewer.prose(&column.of(&desk, unit)),
    };
    match (file, args.json, args.csv) {
        (Some(file), ..) => file.write(&viewer, &log, &[listing()], out)?,
        (None, true, _) => units.iter().try_for_each(|unit| json(&desk, &list, *unit, &cell, out))?,
        (None, _, true) => print(&viewer, &log, &listing(), out)?,
        (None, ..) => text(&desk, &list, &units, &cell, out)?,
    }
    book.close_with(&desk.state)?;
    Ok(())
}

/// The lists that there are, with what they are of.
fn all(lists: &Lists, as_json: bool, out: &mut dyn Write) -> Result<(), Failure> {
    let ready = WorkingList::ready();
    let ready = ready.iter().filter(|list| lists.named(&list.name).is_none());
    for list in lists.all.iter().chain(ready) {
        if as_json {
            serde_json::to_writer(&mut *out, list).map_err(std::io::Error::from)?;
            writeln!(out)?;
        } else {
            writeln!(out, "{}", format!("{}  {}", pad_right(&list.name, 24), list.told()).trim_end())?;
        }
    }
    Ok(())
}

/// One line of `--json`; the keys are stable.
fn json(desk: &Desk, list: &WorkingList, unit: UnitIx, cell: Cells<'_>, out: &mut dyn Write) -> Result<(), Failure> {
    let row = desk.state.org().unit(unit);
    let mut line = Map::new();
    line.insert("id".to_owned(), Value::String(row.id.clone()));
    line.insert("name".to_owned(), Value::String(row.record.name.clone()));
    for column in &list.columns {
        let value = match column {
            // Words are for people; no visit is no day.
            Column::LastVisit => desk.state.last_visit(unit).map_or(Value::Null, |day| Value::String(day.to_string())),
            column => Value::String(cell(column, unit)),
        };
        line.insert(column.id().to_owned(), value);
    }
    serde_json::to_writer(&mut *out, &line).map_err(std::io::Error::from)?;
    writeln!(out)?;
    Ok(())
}

fn text(
    desk: &Desk,
    list: &WorkingList,
    units: &[UnitIx],
    cell: Cells<'_>,
    out: &mut dyn Write,
) -> Result<(), Failure> {
    if units.is_empty() {
        writeln!(out, "{}", t!("lists.empty"))?;
    }
    for unit in units {
        let mut line = pad_right(&desk.state.org().unit(*unit).record.name, NAME);
        for column in &list.columns {
            line.push_str("  ");
            line.push_str(&pad_right(&cell(column, *unit), column.cols().into()));
        }
        writeln!(out, "{}", line.trim_end())?;
    }
    Ok(())
}
