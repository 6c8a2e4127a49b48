//! `wangge matters`: what was started and waits for its answer, or has it.
use std::{collections::HashMap, io::Write};

use chrono::NaiveDate;
use serde_json::json;

use super::{Failure, Place, find, reader, to::To};
use crate::words::{t, word};
use crate::{
    grid::{
        fact::FactId,
        org::NodeIx,
        record::{FORMS, matter_name, started_by},
        standing::{DutyState, standings_at},
        state::{Matter, State, Step},
    },
    log::StoreLog,
    report::{Cell, Listing, Viewer},
    ui::text::pad_right,
};

#[derive(Debug, clap::Args)]
#[command(next_help_heading = word("cli.heading.arguments"))]
pub(crate) struct Args {
    #[arg(long, value_name = word("cli.value.grid"), help = word("cli.help.at"))]
    pub at: Option<String>,
    #[arg(long, help = word("cli.help.open"))]
    pub open: bool,
    #[arg(long, help = word("cli.help.json"))]
    pub json: bool,
    #[command(flatten)]
    pub table: To,
}

/// A matter as it stands on a day.
struct Row<'a> {
    matter: &'a Matter,
    at: NodeIx,
    due: Option<NaiveDate>,
    parts: Vec<&'a Matter>,
}

pub(super) fn run(place: &Place, args: &Args, out: &mut dyn Write) -> Result<(), Failure> {
    let file = args.table.file()?;
    let book = place.open()?;
    let actor = place.actor(&book)?;
    let today = actor.today;
    let state = &book.state;
    let root = args.at.as_deref().map(|text| find::node(state, text)).transpose()?;
    let mut rows = rows(state, root, today);
    rows.retain(|row| !args.open || row.matter.is_open());
    rows.sort_by_key(|row| (!row.matter.is_open(), row.due.is_none(), row.due, row.matter.opened, row.matter.id));
    let viewer = reader(state, root, &actor);
    if let Some(file) = file {
        let root = find::node_or_root(state, args.at.as_deref())?;
        file.write(&viewer, &StoreLog(book.store.clone()), &[listing(state, root, &rows, today)], out)?;
        return Ok(book.close()?);
    }
    for row in &rows {
        if args.json { json_line(&viewer, row, out)? } else { text(&viewer, row, out)? }
    }
    if rows.is_empty() && !args.json {
        writeln!(out, "{}", t!("cli.matters.nothing"))?;
    }
    book.close()?;
    Ok(())
}

fn rows(state: &State, root: Option<NodeIx>, today: NaiveDate) -> Vec<Row<'_>> {
    let org = state.org();
    let within = |at: NodeIx| root.is_none_or(|root| org.is_within(at, root));
    let mut parts: HashMap<FactId, Vec<&Matter>> = HashMap::new();
    for matter in state.matters() {
        if let Some(whole) = matter.part_of {
            parts.entry(whole).or_default().push(matter);
        }
    }
    let found = state.matters().map(|matter| (matter, state.answered_at(matter, today)));
    let found: Vec<_> = found.filter(|(_, at)| within(*at)).collect();
    // A duty sets the deadline where the record does not.
    let mut nodes: Vec<NodeIx> = found.iter().filter(|(matter, _)| matter.due.is_none()).map(|(_, at)| *at).collect();
    nodes.sort_unstable();
    nodes.dedup();
    let mut due: HashMap<FactId, NaiveDate> = HashMap::new();
    for row in nodes.into_iter().flat_map(|node| standings_at(state, node, today)) {
        if let Some(about) = row.about {
            let day = due.entry(about).or_insert(row.due_on);
            *day = row.due_on.min(*day);
        }
    }
    found
        .into_iter()
        .map(|(matter, at)| Row {
            matter,
            at,
            due: matter.due.or(due.get(&matter.id).copied()),
            parts: parts.remove(&matter.id).unwrap_or_default(),
        })
        .collect()
}

impl Row<'_> {
    fn closed_parts(&self) -> usize {
        self.parts.iter().filter(|part| !part.is_open()).count()
    }

    fn is_late(&self, today: NaiveDate) -> bool {
        self.matter.is_open() && self.due.is_some_and(|due| due < today)
    }
}

/// What a step was: its form and kind.
fn step_name(step: &Step) -> String {
    let Some(form) = step.form.and_then(|form| FORMS.get(usize::from(form))) else {
        return t!("cli.matters.closed").into_owned();
    };
    form.kinds().get(usize::from(step.kind)).map_or(form.name(), |kind| kind.label()).to_owned()
}

/// The matters as a table for a file.
fn listing(state: &State, root: NodeIx, rows: &[Row<'_>], today: NaiveDate) -> Listing {
    let row = |row: &Row<'_>| {
        let matter = row.matter;
        let standing = match matter.closed() {
            Some(_) => word("cli.matters.done"),
            None if row.is_late(today) => DutyState::Overdue.label(),
            None => word("handover.open"),
        };
        let told = |step: &Step| t!("report.step", day = step.day, name = step_name(step)).into_owned();
        let steps: Vec<String> = matter.steps.iter().map(told).collect();
        vec![
            Cell::text(matter_name(matter.kind)),
            Cell::text(state.org().full_name(row.at)),
            matter.unit.map_or(Cell::Empty, |unit| Cell::text(&*state.org().unit(unit).record.name)),
            Cell::text(state.told(matter)),
            Cell::Day(matter.opened),
            Cell::day(row.due),
            Cell::text(standing),
            Cell::day(matter.closed().map(|step| step.day)),
            Cell::text(steps.join(word("word.also"))),
            Cell::text(matter.id.to_string()),
        ]
    };
    let columns = ["kind", "node", "unit", "text", "day", "due", "standing", "closed", "steps", "fact"];
    Listing::new(word("listing.matters"), root, &columns).of(rows.iter().map(row))
}

fn json_line(viewer: &Viewer<'_>, row: &Row<'_>, out: &mut dyn Write) -> Result<(), Failure> {
    let (state, today) = (viewer.state, viewer.today);
    let matter = row.matter;
    let unit = matter.unit.map(|unit| state.org().unit(unit));
    let steps: Vec<_> = matter
        .steps
        .iter()
        .map(|step| {
            let form = step.form.and_then(|form| FORMS.get(usize::from(form)));
            let kind = form.and_then(|form| form.kinds().get(usize::from(step.kind))).map(|kind| kind.id);
            json!({
                "fact": step.by.to_string(), "day": step.day, "form": form.map(|form| form.id), "kind": kind,
                "closes": step.closes,
            })
        })
        .collect();
    let line = viewer.object(json!({
        "matter": matter.id.to_string(),
        "kind": started_by(matter.kind),
        "node": state.org().node(row.at).id,
        "node_name": state.org().full_name(row.at),
        "unit": unit.map(|unit| &unit.id),
        "unit_name": unit.map(|unit| &unit.record.name),
        "text": state.told(matter),
        "post": matter.post,
        "opened": matter.opened,
        "recorded": matter.recorded,
        "due_on": row.due,
        "days_left": row.due.map(|due| (due - today).num_days()),
        "open": matter.is_open(),
        "closed_on": matter.closed().map(|step| step.day),
        "steps": steps,
        "part_of": matter.part_of.map(|id| id.to_string()),
        "parts": row.parts.len(),
        "parts_closed": row.closed_parts(),
    }));
    serde_json::to_writer(&mut *out, &line).map_err(std::io::Error::from)?;
    writeln!(out)?;
    Ok(())
}

fn text(viewer: &Viewer<'_>, row: &Row<'_>, out: &mut dyn Write) -> Result<(), Failure> {
    let (state, today, matter) = (viewer.state, viewer.today, row.matter);
    let late = row.is_late(today);
    let when = match (matter.closed(), row.due) {
        (Some(step), _) => format!("{} {}", step.day, step_name(step)),
        (None, Some(due)) if late => t!("cli.due.past", day = due, n = (today - due).num_days()).into_owned(),
        (None, Some(due)) => t!("cli.due.ahead", day = due, n = (due - today).num_days()).into_owned(),
        (None, None) => t!("cli.matters.no_due").into_owned(),
    };
    let unit = matter.unit.map_or(String::new(), |unit| format!("{} ", state.org().unit(unit).record.name));
    let steps: Vec<String> = matter.steps.iter().filter(|step| !step.closes).map(step_name).collect();
    let steps = if steps.is_empty() {
        String::new()
    } else {
        t!("cli.matters.steps", steps = steps.join(word("word.list"))).into_owned()
    };
    let parts = match row.parts.len() {
        0 => String::new(),
        n => t!("cli.matters.parts", n = n, closed = row.closed_parts()).into_owned(),
    };
    writeln!(
        out,
        "{}",
        t!(
            "cli.matters.line",
            mark = if late { "!" } else { " " },
            kind = pad_right(matter_name(matter.kind), 8),
            node = pad_right(&state.org().full_name(row.at), 26),
            unit = unit,
            text = viewer.prose(&state.told(matter)),
            opened = matter.opened,
            when = when,
            steps = steps,
            parts = parts,
            id = matter.id
        )
    )?;
    Ok(())
}
