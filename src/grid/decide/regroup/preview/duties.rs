//! Who owes what afterwards. The running period's denominator is the membership at its start (B-6); the rules
//! themselves are asked, before and after.
use std::collections::{BTreeMap, BTreeSet};

use super::{Amount, DutyChange, OverdueLeft, View};
use crate::grid::{
    calendar::Period,
    org::{NodeIx, Post},
    standing::{DutyState, Standing, need, standings_at},
    state::State,
};

/// Everything that is owed otherwise, node by node; coverage of the running period also where it stays the same.
pub(super) fn changed(view: &View<'_>) -> Vec<DutyChange> {
    let mut out = Vec::new();
    for node in view.touched() {
        let (before, after) = (owed(view, view.before, node), owed(view, view.after, node));
        let is_closed = view.closed().any(|closed| closed == node);
        for key in before.keys().chain(after.keys()).copied().collect::<BTreeSet<_>>() {
            let (was, is) = (before.get(&key), after.get(&key));
            let Some(row) = is.or(was) else { continue };
            let same = amount(was) == amount(is);
            // What was overdue before and stays so is told by itself.
            let is_old = same && was.is_some() && row.due_on < view.today;
            let stays_behind = is_closed && is.is_some_and(|row| !row.state.is_settled());
            let is_empty = amount(was).is_none() && amount(is).is_none() && row.need == 0;
            let will_count = || need(view.after, key.0, node, key.1.shifted(1)) > 0;
            if is_empty && !(is_coverage(view, key) && will_count()) {
                continue;
            }
            if !is_old && (!same || stays_behind || is_coverage(view, key)) {
                out.push(change(view, row, (amount(was), amount(is))));
            }
        }
    }
    out
}

/// What the node owes; what lies ahead is seen on its first day.
fn owed(view: &View<'_>, state: &State, node: NodeIx) -> BTreeMap<(usize, Period), Standing> {
    let is_known = state.org().nodes().len() > node.0 as usize;
    let rows = if is_known { standings_at(state, node, view.from.max(view.today)) } else { Vec::new() };
    // Clocks follow the open work, which is told by itself.
    rows.into_iter().filter(|row| row.about.is_none()).map(|row| ((row.duty, row.period), row)).collect()
}

/// Nothing where nothing is owed.
fn amount(row: Option<&Standing>) -> Option<Amount> {
    row.filter(|row| row.need > 0).map(|row| Amount { have: row.have, need: row.need })
}

/// What is overdue today at the grids that are closed.
pub(super) fn overdue(view: &View<'_>) -> Vec<OverdueLeft> {
    let rows = |node: NodeIx| standings_at(view.after, node, view.today);
    let late = view.closed().flat_map(rows).filter(|row| row.state == DutyState::Overdue);
    let of = |row: Standing| {
        let duty = &view.after.pack().duties[row.duty];
        OverdueLeft {
            duty: duty.id.clone(),
            name: duty.name.clone(),
            post: post(view, &row),
            post_name: post_name(view, &row),
            node: view.node(row.node),
            period: row.period.to_string(),
            label: row.period.short_label(),
            amount: Amount { have: row.have, need: row.need },
            owed_by: view.node(view.org().successor(row.node)),
        }
    };
    late.map(of).collect()
}

/// The post that owes it.
fn post(view: &View<'_>, row: &Standing) -> Post {
    let duty = &view.after.pack().duties[row.duty];
    duty.post_at(view.after.org().node(row.node)).unwrap_or(Post::Leader)
}

/// What the pack calls it.
fn post_name(view: &View<'_>, row: &Standing) -> String {
    let node = view.after.org().node(row.node);
    view.after.pack().names.post_at(node, post(view, row)).to_owned()
}

fn is_coverage(view: &View<'_>, (duty, period): (usize, Period)) -> bool {
    let day = view.from.max(view.today);
    view.after.pack().duties[duty].kind.name() == "coverage" && period.contains(day)
}

fn change(view: &View<'_>, row: &Standing, (before, after): (Option<Amount>, Option<Amount>)) -> DutyChange {
    let duty = &view.after.pack().duties[row.duty];
    let next = row.period.shifted(1);
    let goes_on = view.org().node(row.node).exists_on(next.first());
    let has_next = goes_on && is_coverage(view, (row.duty, row.period));
    DutyChange {
        duty: duty.id.clone(),
        name: duty.name.clone(),
        post: post(view, row),
        post_name: post_name(view, row),
        node: view.node(row.node),
        period: row.period.to_string(),
        label: row.period.short_label(),
        before,
        after,
        measure: duty.counted().to_owned(),
        next_need: has_next.then(|| need(view.after, row.duty, row.node, next)),
        due_on: row.due_on,
        owed_by: view.node(view.org().successor(row.node)),
    }
}
