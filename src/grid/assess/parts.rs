//! What lies right below a node: each part with its sheet, and what it sent up.
use chrono::NaiveDate;

use super::{Reported, Sheet, reported, sheet};
use crate::grid::{calendar::Period, org::NodeIx, state::State};

/// A node right below, with its sheet.
#[derive(Clone, Debug, PartialEq)]
pub struct Part<'a> {
    /// Its sheet.
    pub sheet: Sheet<'a>,
    /// Whether it assesses nodes itself, whose result it sends up.
    pub reports: bool,
    /// What it sent up about the nodes below it.
    pub reported: Option<Reported>,
}

/// The nodes right below that are assessed, in the order of the tree; by what they earned only where the pack has
/// `ranking` on.
pub fn parts<'a>(state: &'a State, node: NodeIx, period: Period, today: NaiveDate) -> Vec<Part<'a>> {
    let day = period.last().min(today);
    let part = |at: NodeIx| Part {
        sheet: sheet(state, at, period, today),
        reports: below(state, at, day).next().is_some(),
        reported: reported(state, at, period),
    };
    let mut out: Vec<Part<'a>> = below(state, node, day).map(part).collect();
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

/// The nodes right below that are assessed on a day, in the order of the tree.
fn below(state: &State, node: NodeIx, day: NaiveDate) -> impl Iterator<Item = NodeIx> {
    let org = state.org();
    let assessed = move |at: &NodeIx| {
        let row = org.node(*at);
        row.exists_on(day) && state.pack().assessment.of(row).next().is_some()
    };
    org.node(node).children.iter().copied().filter(assessed)
}
