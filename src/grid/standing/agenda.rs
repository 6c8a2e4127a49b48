//! What is due in a span of days, and how one duty went period by period: what calendars and sparklines ask.
use chrono::NaiveDate;

use super::{DutyState, Site, Standing, site::seen_on, standing, standings_at};
use crate::grid::{
    calendar::{Cadence, Period},
    org::NodeIx,
    pack::Duty,
    state::State,
};

/// What a node owes by a day from `first` to `last`, settled or not, as it stands on `today`; in the order of days.
///
/// What waits for an answer, and what a rule watches, is told as it stands on `today`, whatever the span.
pub fn due_between(
    state: &State,
    node: NodeIx,
    (first, last): (NaiveDate, NaiveDate),
    today: NaiveDate,
) -> Vec<Standing> {
    let row = state.org().node(node);
    let mut out = Vec::new();
    for (own, duty) in state.pack().duties.iter().enumerate().filter(|(_, duty)| duty.applies_to(row)) {
        if runs_by_itself(duty) {
            let Some(site) = Site::new(state, node, today) else { continue };
            let mut rows = Vec::new();
            site.of(own).stand_all(&mut rows);
            out.extend(rows.into_iter().filter(|row| first <= row.due_on && row.due_on <= last));
            continue;
        }
        // Later periods are due later, so that one looks back from the last one that can be.
        let calendar = state.pack().calendar();
        let mut period = duty.period_of(last);
        loop {
            let due_on = duty.due_on(period, calendar);
            if due_on < first {
                break;
            }
            if due_on <= last {
                out.extend(standing(state, own, node, period, today));
            }
            if duty.once().is_some() {
                break;
            }
            period = period.shifted(-1);
        }
    }
    out.retain(|row| row.state != DutyState::NotApplicable);
    out.sort_by_key(|row| (row.due_on, row.state, row.duty, row.about));
    out
}

/// What a node owed in a period, settled or not, and what it had not settled from before, as all of it stands on `today`;
/// in a period that runs and is a month, exactly what [`standings_at`] says. A period that is to come owes nothing yet.
///
/// What waits for an answer is told from the period in which it was opened on; what a rule watches is told once, as it
/// stood at the period's end.
pub fn owed_in(state: &State, node: NodeIx, period: Period, today: NaiveDate) -> Vec<Standing> {
    let months = (Cadence::Month, period.first().min(today), period.last().min(today));
    let (first, last) = (Period::containing(months.0, months.1), Period::containing(months.0, months.2));
    let mut out: Vec<Standing> = Vec::new();
    if period.first() > today {
        return out;
    }
    for month in (first.ordinal()..=last.ordinal()).rev().map(|ordinal| Period::from_ordinal(Cadence::Month, ordinal)) {
        let day = month.last().min(today);
        for row in standings_at(state, node, day) {
            let watches = state.pack().duties[row.duty].kind.name() == "monitor";
            let is_known =
                |known: &Standing| (known.duty, known.period, known.about) == (row.duty, row.period, row.about);
            if (watches && month != last) || out.iter().any(is_known) {
                continue;
            }
            out.push(seen_on(state, row, today));
        }
    }
    // An earlier period is told of only while something of it was left when this one ended.
    out.retain(|row| row.period.last() >= period.first() || !row.state.is_settled() || period.contains(today));
    out.sort_by_key(|row| (row.state != DutyState::Overdue, row.due_on, row.duty, row.period, row.about));
    out
}

/// Whether the duty's instances have no period of their own: each begins with a record, or when a rule is broken.
fn runs_by_itself(duty: &Duty) -> bool {
    matches!(duty.kind.name(), "response" | "monitor")
}

/// How one duty went at a node in these periods, as seen on `today`; none where it was not owed, or is not yet.
pub fn course(
    state: &State,
    duty: usize,
    node: NodeIx,
    periods: impl Iterator<Item = Period>,
    today: NaiveDate,
) -> Vec<Option<Standing>> {
    let one = |period: Period| {
        let begun = period.first() <= today;
        let row = begun.then(|| standing(state, duty, node, period, today))??;
        Some(row).filter(|row| row.state != DutyState::NotApplicable)
    };
    periods.map(one).collect()
}
