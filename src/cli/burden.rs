//! `wangge burden`: what entries cost by duty and month, and which fields are filled in and read.
use std::io::Write;

use serde_json::json;

use super::{Failure, Place, find, to::To};
use crate::{
    grid::{
        calendar::{Cadence, Period},
        state::State,
    },
    log::StoreLog,
    report::{Burden, FEW, FieldRow, Scope, Viewer, Work, burden_listings, weigh},
    ui::text::pad_right,
    words::{t, word},
};

#[derive(Debug, clap::Args)]
#[command(next_help_heading = word("cli.heading.arguments"))]
pub(crate) struct Args {
    #[arg(long, value_name = word("cli.value.grid"), help = word("cli.help.at"))]
    pub at: Option<String>,
    #[arg(long, value_name = word("cli.value.period"), help = word("cli.help.burden_period"))]
    pub period: Option<String>,
    #[arg(long, help = word("cli.help.json"))]
    pub json: bool,
    #[command(flatten)]
    pub table: To,
}

pub(super) fn run(place: &Place, args: &Args, out: &mut dyn Write) -> Result<(), Failure> {
    let file = args.table.file()?;
    let book = place.open()?;
    let actor = place.actor(&book)?;
    let state = &book.state;
    let root = match &args.at {
        Some(text) => find::node(state, text)?,
        None => *state.org().roots().first().ok_or_else(|| Failure::said(word("cli.export.no_tree")))?,
    };
    let period = match &args.period {
        None => Period::containing(Cadence::Month, actor.today),
        Some(text) => Period::parse(text).ok_or_else(|| Failure::said(t!("cli.export.period", text = text)))?,
    };
    if period.first() > actor.today {
        return Err(Failure::said(t!("cli.export.future", period = period.label())));
    }
    let scope = Scope::new(state, root, period, &actor);
    let burden = weigh(&scope, &StoreLog(book.store.clone()))?;
    match file {
        Some(file) => {
            let listings = burden_listings(state.pack(), root, &burden.work(&scope), &burden.fields(&scope));
            let listings = listings.map(|listing| listing.of_period(period));
            file.write(&Viewer::new(state, root, &actor), &StoreLog(book.store.clone()), &listings, out)?;
        }
        None if args.json => json_lines(&scope, &burden, out)?,
        None => text_lines(&scope, &burden, out)?,
    }
    Ok(book.close()?)
}

/// One line for each row of both tables; the keys are stable.
fn json_lines(scope: &Scope<'_>, burden: &Burden, out: &mut dyn Write) -> Result<(), Failure> {
    for row in burden.work(scope) {
        writeln!(out, "{}", work_line(scope.state, &row))?;
    }
    for row in burden.fields(scope) {
        writeln!(out, "{}", field_line(scope.state, &row))?;
    }
    Ok(())
}

fn work_line(state: &State, row: &Work) -> serde_json::Value {
    let duty = row.duty.map(|duty| &state.pack().duties[duty]);
    json!({
        "table": "work",
        "month": row.month.to_string(),
        "duty": duty.map(|duty| &duty.id),
        "clause": duty.map(|duty| &duty.clause),
        "form": row.kind.id(),
        "entries": row.entries,
        "again": row.again,
        "measured": row.measured,
        "told": row.told,
        "keys": row.all_keys(),
        "minutes": row.minutes(),
        "seconds_each": row.seconds_each(),
        "serves": row.serves,
        "only": row.only,
    })
}

fn field_line(state: &State, row: &FieldRow) -> serde_json::Value {
    let readers: Vec<String> = row.readers.iter().map(|reader| reader.key(state.pack())).collect();
    json!({
        "table": "field",
        "form": row.kind.id(),
        "field": row.key,
        "required": row.must,
        "entries": row.asked,
        "filled": row.filled,
        "readers": readers,
        "verdict": row.verdict.key(),
    })
}

fn text_lines(scope: &Scope<'_>, burden: &Burden, out: &mut dyn Write) -> Result<(), Failure> {
    let (measured, entries) = burden.measured();
    writeln!(out, "{}", t!("cli.burden.title", node = scope.node_name(scope.root), period = scope.period.label()))?;
    if entries == 0 {
        writeln!(out, "{}", t!("cli.burden.nothing"))?;
        return Ok(());
    }
    writeln!(out, "{}", t!("cli.burden.measured", n = entries, measured = measured))?;
    let rows = burden.work(scope);
    let mut month = None;
    for row in &rows {
        if month.replace(row.month) != Some(row.month) {
            writeln!(out, "{}", row.month.label())?;
        }
        writeln!(out, "  {}", told(scope.state, row))?;
    }
    if rows.iter().any(Work::is_hidden) {
        writeln!(out, "{}", t!("cli.burden.hidden", n = FEW))?;
    }
    let idle: Vec<FieldRow> = burden.fields(scope).into_iter().filter(|row| row.verdict.could_go()).collect();
    if !idle.is_empty() {
        writeln!(out, "{}", t!("cli.burden.idle"))?;
    }
    for row in idle {
        let counts = t!("cli.burden.filled", filled = row.filled, asked = row.asked);
        let name = pad_right(&format!("{} {}", row.kind.name(), row.label), 28);
        writeln!(out, "  {name} {}  {}", pad_right(&counts, 20), row.verdict.label())?;
    }
    Ok(())
}

/// A row in words.
fn told(state: &State, row: &Work) -> String {
    let duty = row.duty.map_or(word("burden.no_duty"), |duty| state.pack().duties[duty].name.as_str());
    let counts = t!("cli.burden.entries", n = row.entries, again = row.again);
    let cost = match (row.all_keys(), row.minutes(), row.seconds_each()) {
        (Some(keys), Some(minutes), Some(each)) => t!("cli.burden.cost", keys = keys, minutes = minutes, each = each),
        _ if row.is_hidden() => t!("cli.burden.few"),
        _ => t!("cli.burden.unmeasured"),
    };
    format!("{} {} {} {cost}", pad_right(duty, 24), pad_right(row.kind.name(), 12), pad_right(&counts, 20))
}
