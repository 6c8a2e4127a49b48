//! `wangge timeline`: what the reform's plan asks to be done once, by when, by whom, and how it stands here.
use std::{collections::BTreeMap, io::Write};

use chrono::NaiveDate;
use serde::Serialize;

use super::{Failure, Place, args};
use crate::{
    grid::{
        org::Post,
        pack::{Duty, Seat},
        standing::{DutyState, standing},
        state::State,
    },
    ui::text::pad_right,
};

/// One line of `--json`; the keys are stable.
#[derive(Serialize)]
struct Line<'a> {
    duty: &'a str,
    name: &'a str,
    clause: &'a str,
    cite: &'a str,
    text: &'a str,
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
    form: crate::grid::org::Form,
    post: Post,
}

/// What is done once, with how it stands at each node that has it.
struct Row<'a> {
    duty: &'a Duty,
    due: NaiveDate,
    nodes: usize,
    states: Vec<DutyState>,
}

pub(super) fn run(place: &Place, args: &args::Timeline, out: &mut dyn Write) -> Result<(), Failure> {
    let book = place.open()?;
    let today = place.actor(&book)?.today;
    let rows = rows(&book.state, today);
    for row in &rows {
        if args.json { json(row, today, out)? } else { text(&book.state, row, today, out)? }
    }
    if !args.json && rows.is_empty() {
        writeln!(out, "职责包里没有一次性的任务。")?;
    }
    Ok(book.close()?)
}

/// The duties that are done once, the earliest first; those of one day in the pack's order.
fn rows(state: &State, today: NaiveDate) -> Vec<Row<'_>> {
    let pack = state.pack();
    let once = pack.duties.iter().enumerate().filter_map(|(own, duty)| Some((own, duty, duty.once()?)));
    let mut rows: Vec<Row<'_>> = once
        .map(|(own, duty, due)| {
            let nodes = state.org().nodes().filter(|(_, node)| node.exists_on(today) && duty.applies_to(node));
            let nodes: Vec<_> = nodes.map(|(ix, _)| ix).collect();
            let period = duty.period_of(due);
            let standing = |ix: &_| standing(state, own, *ix, period, today).map(|standing| standing.state);
            Row { duty, due, nodes: nodes.len(), states: nodes.iter().filter_map(standing).collect() }
        })
        .collect();
    rows.sort_by_key(|row| row.due);
    rows
}

fn json(row: &Row<'_>, today: NaiveDate, out: &mut dyn Write) -> Result<(), Failure> {
    let mut states = BTreeMap::new();
    row.states.iter().for_each(|state| *states.entry(state.key()).or_default() += 1);
    let who = row.duty.seats.iter().map(|Seat { level, form, post }| Who { level: *level, form: *form, post: *post });
    let line = Line {
        duty: &row.duty.id,
        name: &row.duty.name,
        clause: &row.duty.clause,
        cite: &row.duty.cite,
        text: &row.duty.text,
        due_on: row.due,
        days_left: (row.due - today).num_days(),
        who: who.collect(),
        nodes: row.nodes,
        not_counted: row.nodes - row.states.len(),
        states,
    };
    serde_json::to_writer(&mut *out, &line).map_err(std::io::Error::from)?;
    writeln!(out)?;
    Ok(())
}

fn text(state: &State, row: &Row<'_>, today: NaiveDate, out: &mut dyn Write) -> Result<(), Failure> {
    let names = &state.pack().names;
    let who: Vec<String> = row.duty.seats.iter().map(|seat| names.seat(*seat)).collect();
    let (id, name) = (pad_right(&row.duty.id, 18), pad_right(&row.duty.name, 16));
    writeln!(out, "{}  {id} {name} {}  [{} {}]", row.due, stands(row, today), row.duty.clause, row.duty.cite)?;
    writeln!(out, "            {}", who.join("、"))?;
    Ok(())
}

/// How the nodes stand, in words.
fn stands(row: &Row<'_>, today: NaiveDate) -> String {
    const ORDER: [DutyState; 8] = [
        DutyState::Overdue,
        DutyState::DueSoon,
        DutyState::InProgress,
        DutyState::NotStarted,
        DutyState::Met,
        DutyState::MetLate,
        DutyState::Exempt,
        DutyState::NotApplicable,
    ];
    let count = |wanted: DutyState| row.states.iter().filter(|state| **state == wanted).count();
    let mut parts: Vec<String> = ORDER
        .iter()
        .map(|state| (state, count(*state)))
        .filter(|(_, n)| *n > 0)
        .map(|(state, n)| format!("{} {n}", state.label()))
        .collect();
    match row.nodes - row.states.len() {
        0 => {}
        // What was due before the store began is nobody's debt here.
        n if row.due < today => parts.push(format!("不计 {n}（开账以前到期）")),
        n => parts.push(format!("不计 {n}")),
    }
    if parts.is_empty() { "没有这样的节点".to_owned() } else { parts.join("，") }
}
