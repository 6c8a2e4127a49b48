//! What lies right below a node: each part with its sheet, and what it sent up.
use chrono::NaiveDate;

use super::{Sheet, percent, sheet};
use crate::grid::{
    calendar::Period,
    fact::FactId,
    org::NodeIx,
    record::form,
    state::{State, What, named},
};
use crate::words::t;

/// A node right below, with its sheet.
#[derive(Clone, Debug, PartialEq)]
pub struct Part<'a> {
    /// Its sheet.
    pub sheet: Sheet<'a>,
    /// What it sent up about the nodes below it.
    pub reported: Option<Reported>,
}

/// A result that was sent up (上报).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reported {
    /// Its record.
    pub id: FactId,
    /// The day on which it was recorded as sent.
    pub day: NaiveDate,
    /// How many nodes it tells of.
    pub nodes: u32,
    /// The part of their full points that they earned, in percent.
    pub percent: u32,
}

/// The nodes right below that are assessed, in the order of the tree; by what they earned only where the pack has
/// `ranking` on.
pub fn parts<'a>(state: &'a State, node: NodeIx, period: Period, today: NaiveDate) -> Vec<Part<'a>> {
    let org = state.org();
    let day = period.last().min(today);
    let assessed = |at: &&NodeIx| {
        let row = org.node(**at);
        row.exists_on(day) && state.pack().assessment.of(row).next().is_some()
    };
    let children = org.node(node).children.iter().filter(assessed);
    let part = |at: &NodeIx| Part { sheet: sheet(state, *at, period, today), reported: reported(state, *at, period) };
    let mut out: Vec<Part<'a>> = children.map(part).collect();
    if state.pack().assessment.ranking {
        let earned = |part: &Part<'_>| {
            let totals = part.sheet.totals();
            (totals.is_settled(), u64::from(totals.confirmed) * 100_000 / u64::from(totals.full.max(1)))
        };
        // Those that are level stay in the order of the tree.
        out.sort_by_key(|part| std::cmp::Reverse(earned(part)));
    }
    out
}

/// What a node sent up about the nodes below it in a period.
pub fn reported(state: &State, node: NodeIx, period: Period) -> Option<Reported> {
    let (number, _) = form("score-report")?;
    let of = named(&period.to_string());
    let is_report = |what: What| matches!(what, What::Record { form, .. } if usize::from(form) == number);
    let marks = state.node_marks(node).iter().filter(|mark| is_report(mark.what));
    let found = marks.filter_map(|mark| match state.numbers_of(mark)? {
        [period, nodes, percent] if *period == of => {
            let number = |number: i64| u32::try_from(number).unwrap_or_default();
            let (nodes, percent) = (number(*nodes), number(*percent));
            Some(Reported { id: state.fact_of(mark), day: mark.date(), nodes, percent })
        }
        _ => None,
    });
    found.max_by_key(|report| report.id)
}

/// The confirmed results of the nodes right below, one a line, as they are sent up: how many, the part of the full points
/// that they earned in percent, and the lines. None where nothing is confirmed.
pub fn results(state: &State, node: NodeIx, period: Period, today: NaiveDate) -> Option<(u32, u32, String)> {
    let org = state.org();
    let mut lines = Vec::new();
    let (mut nodes, mut part, mut whole) = (0, 0, 0);
    for sheet in parts(state, node, period, today).into_iter().map(|part| part.sheet) {
        let totals = sheet.totals();
        let name = &org.node(sheet.node).name;
        if !totals.is_settled() {
            lines.push(format!("{name} -"));
            continue;
        }
        nodes += 1;
        part += totals.confirmed;
        whole += totals.full;
        let stars =
            sheet.stars.confirmed.map_or(String::new(), |stars| format!(" {}", t!("assess.star.short", n = stars)));
        lines.push(format!("{name} {}/{}{stars}", totals.confirmed, totals.full));
    }
    (nodes > 0).then(|| (nodes, percent(part, whole), lines.join("\n")))
}
