//! `wangge due`: what is due.
use std::io::Write;

use chrono::NaiveDate;
use serde::Serialize;

use super::{Failure, Place, find, reader, to::To};
use crate::words::{t, word};
use crate::{
    grid::{
        calendar::{Cadence, Period},
        decide::Actor,
        org::NodeIx,
        standing::{DutyState, Standing, standings_at},
        state::State,
    },
    log::StoreLog,
    report::{Scope, Viewer, as_of, duty_listing},
    ui::text::pad_right,
};

#[derive(Debug, clap::Args)]
#[command(next_help_heading = word("cli.heading.arguments"))]
pub(crate) struct Args {
    #[arg(long, value_name = word("cli.value.grid"), help = word("cli.help.at"))]
    pub at: Option<String>,
    #[arg(long, help = word("cli.help.overdue"))]
    pub overdue: bool,
    #[arg(long, value_name = word("cli.value.date"), help = word("cli.help.as_of"))]
    pub as_of: Option<String>,
    #[arg(long, help = word("cli.help.json"))]
    pub json: bool,
    #[command(flatten)]
    pub table: To,
    #[arg(long, conflicts_with_all = ["at", "overdue", "as_of", "json", "output"],
          help = word("cli.help.brief"))]
    pub brief: bool,
}

/// One line of `--json`; the keys are stable.
#[derive(Serialize)]
struct Line<'a> {
    duty: &'a str,
    clause: &'a str,
    node: &'a str,
    node_name: String,
    post: Option<crate::grid::org::Post>,
    period: String,
    state: &'static str,
    have: u32,
    need: u32,
    missing: u32,
    due_on: NaiveDate,
    days_left: i64,
    /// What started the clock, where one did.
    #[serde(skip_serializing_if = "Option::is_none")]
    about: Option<String>,
}

pub(super) fn run(place: &Place, args: &Args, out: &mut dyn Write) -> Result<(), Failure> {
    let file = args.table.file()?;
    let book = place.open()?;
    let actor = place.actor(&book)?;
    let day = find::day(args.as_of.as_deref(), actor.today)?;
    let earlier = if day < actor.today { Some(as_of(&book.state, &StoreLog(book.store.clone()), day)?) } else { None };
    let state = earlier.as_ref().unwrap_or(&book.state);
    let at = args.at.as_deref().map(|text| find::node(state, text)).transpose()?;
    let roots: Vec<NodeIx> = at.map_or_else(|| state.org().roots().to_vec(), |node| vec![node]);
    let nodes = roots.iter().flat_map(|root| state.org().subtree(*root));
    let mut rows: Vec<Standing> = nodes.flat_map(|node| standings_at(state, node, day)).collect();
    rows.retain(|row| !args.overdue || row.state == DutyState::Overdue);
    rows.sort_by_key(|row| (row.state != DutyState::Overdue, row.state.is_settled(), row.due_on));
    // What the reader may see goes by what they are today.
    let today_at = at.and_then(|node| book.state.org().node_ix(&state.org().node(node).id));
    let viewer = Viewer { state, today: day, ..reader(&book.state, today_at.or(at), &actor) };
    if let Some(file) = file {
        let root = find::node_or_root(state, args.at.as_deref())?;
        let month = Period::containing(Cadence::Month, day);
        let mut scope = Scope::new(state, root, month, &Actor { today: day, ..actor });
        scope.phones = viewer.phones;
        file.write(&viewer, &StoreLog(book.store.clone()), &[duty_listing(&scope, &rows)], out)?;
        return Ok(book.close()?);
    }
    for row in &rows {
        if args.json { json(state, row, out)? } else { text(&viewer, row, out)? }
    }
    if !args.json && rows.is_empty() {
        writeln!(out, "{}", t!("cli.due.nothing"))?;
    }
    book.close()?;
    Ok(())
}

fn json(state: &State, row: &Standing, out: &mut dyn Write) -> Result<(), Failure> {
    let duty = &state.pack().duties[row.duty];
    let line = Line {
        duty: &duty.id,
        clause: &duty.clause,
        node: &state.org().node(row.node).id,
        node_name: state.org().full_name(row.node),
        post: duty.post_at(state.org().node(row.node)),
        period: row.period.to_string(),
        state: row.state.key(),
        have: row.have,
        need: row.need,
        missing: row.missing(),
        due_on: row.due_on,
        days_left: row.days_left,
        about: row.about.map(|id| id.to_string()),
    };
    serde_json::to_writer(&mut *out, &line).map_err(std::io::Error::from)?;
    writeln!(out)?;
    Ok(())
}

/// The duty with its period, or with what started its clock.
fn what(state: &State, row: &Standing) -> String {
    let name = &state.pack().duties[row.duty].name;
    match row.about.and_then(|id| state.matter_of(id)) {
        Some(matter) => {
            t!("cli.due.matter", day = matter.opened.format("%m-%d"), duty = name, matter = state.told(matter))
                .into_owned()
        }
        None => format!("{} {name}", row.period.short_label()),
    }
}

fn text(viewer: &Viewer<'_>, row: &Standing, out: &mut dyn Write) -> Result<(), Failure> {
    let state = viewer.state;
    let duty = &state.pack().duties[row.duty];
    let node = state.org().node(row.node);
    let mark = match row.state {
        DutyState::Overdue => "!",
        DutyState::DueSoon => "~",
        _ => " ",
    };
    let when = match row.days_left {
        days if days < 0 => t!("cli.due.past", day = row.due_on, n = -days).into_owned(),
        days => t!("cli.due.ahead", day = row.due_on, n = days).into_owned(),
    };
    writeln!(
        out,
        "{mark} {} {} {} {:>3}/{:<3} {}  {}  [{} {}]",
        pad_right(row.state.label(), 8),
        pad_right(&state.org().full_name(row.node), 26),
        pad_right(&viewer.prose(&what(state, row)), 28),
        row.have,
        row.need,
        when,
        duty.post_at(node).map_or("", |post| state.pack().names.post_at(node, post)),
        duty.id,
        duty.cite
    )?;
    Ok(())
}
