//! `wangge held`: what is kept and does not count until somebody decides, and the decision.
use std::io::Write;

use serde_json::{Value, json};

use super::{Failure, Place, find, log, reader, to::To};
use crate::{
    app::{Beside, HeldRow, held_label, held_rows},
    grid::{
        decide::{Actor, decide},
        fact::FactId,
        state::State,
    },
    log::StoreLog,
    report::Viewer,
    screen::held_listing,
    words::{t, word},
};

#[derive(Debug, clap::Args)]
#[command(next_help_heading = word("cli.heading.arguments"))]
pub(crate) struct Args {
    #[arg(long, value_name = word("cli.value.record"), requires = "note",
          conflicts_with_all = ["leave_out", "output"], help = word("cli.help.held_count"))]
    pub count: Option<String>,
    #[arg(long, value_name = word("cli.value.record"), requires = "note", conflicts_with = "output",
          help = word("cli.help.held_leave_out"))]
    pub leave_out: Option<String>,
    #[arg(long, value_name = word("cli.value.text"), help = word("cli.help.held_note"))]
    pub note: Option<String>,
    #[arg(long, help = word("cli.help.held_all"))]
    pub all: bool,
    #[arg(long, help = word("cli.help.json"))]
    pub json: bool,
    #[command(flatten)]
    pub table: To,
}

impl Args {
    /// Which one is decided about, and whether it is to count.
    pub(crate) fn answer(&self) -> Option<(&str, bool)> {
        let (count, leave_out) = (self.count.as_deref(), self.leave_out.as_deref());
        count.map(|id| (id, true)).or(leave_out.map(|id| (id, false)))
    }
}

pub(super) fn run(place: &Place, args: &Args, out: &mut dyn Write) -> Result<(), Failure> {
    let file = args.table.file()?;
    let mut book = place.open()?;
    let actor = place.actor(&book)?;
    if let Some((named, counts)) = args.answer() {
        let id = FactId::parse(named);
        let row = id.and_then(|id| held_rows(&book.state).into_iter().find(|row| row.id == id));
        let row = row.ok_or_else(|| Failure::said(t!("cli.held.no_such", id = named)))?;
        let note = args.note.as_deref().unwrap_or_default();
        let decision = decide(&book.state, &actor, &row.settle(counts, note))?;
        book.append(&decision.drafts, place.clock.now_ms())?;
        writeln!(out, "{}", if counts { t!("cli.held.counts") } else { t!("cli.held.left_out") })?;
    } else {
        let rows = held_rows(&book.state);
        let rows: Vec<&HeldRow> = rows.iter().filter(|row| args.all || !row.left_out).collect();
        let viewer = reader(&book.state, None, &actor);
        if let Some(file) = file {
            let listing = held_listing(&book.state, find::node_or_root(&book.state, None)?, rows);
            file.write(&viewer, &StoreLog(book.store.clone()), &[listing], out)?;
            return Ok(book.close()?);
        }
        for row in &rows {
            match args.json {
                true => writeln!(out, "{}", json_of(&viewer, row))?,
                false => text(&viewer, &actor, row, out)?,
            }
        }
        if rows.is_empty() && !args.json {
            writeln!(out, "{}", t!("cli.held.nothing"))?;
        }
    }
    book.close()?;
    Ok(())
}

/// What waits for a decision.
pub(super) fn waiting(state: &State) -> Vec<HeldRow> {
    held_rows(state).into_iter().filter(|row| !row.left_out).collect()
}

/// One that is held, in three lines: what was recorded, why it does not count, who may decide.
pub(super) fn text(viewer: &Viewer<'_>, actor: &Actor, row: &HeldRow, out: &mut dyn Write) -> Result<(), Failure> {
    let left_out = if row.left_out { t!("held.left_out") } else { "".into() };
    writeln!(out, "{}", t!("cli.held.line", why = held_label(row.why), id = row.id, left_out = left_out).trim_end())?;
    if let Some(fact) = &row.content {
        write!(out, "  ")?;
        log::text_line(viewer, fact, out)?;
    }
    match row.other {
        Some((Beside::SamePlace, id)) => writeln!(out, "  {}", t!("cli.held.other", id = id))?,
        Some((Beside::TakesBack, id)) => writeln!(out, "  {}", t!("cli.held.takes_back", id = id))?,
        Some((Beside::Corrects, id)) => writeln!(out, "  {}", t!("cli.held.corrects", id = id))?,
        None => {}
    }
    writeln!(out, "  {}", viewer.prose(&row.text))?;
    let decide = match row.refusal(viewer.state, actor) {
        None => t!("held.yours").into_owned(),
        Some(refusal) => refusal.to_string(),
    };
    writeln!(out, "  {decide}")?;
    Ok(())
}

/// One that is held, with stable keys.
pub(super) fn json_of(viewer: &Viewer<'_>, row: &HeldRow) -> Value {
    viewer.object(json!({
        "id": row.id.to_string(),
        "why": row.why.key(),
        "text": row.text,
        "other": row.other.filter(|(how, _)| *how == Beside::SamePlace).map(|(_, id)| id.to_string()),
        "left_out": row.left_out,
        "fact": row.content.as_ref().map(|fact| log::json_of(viewer, fact)),
    }))
}
