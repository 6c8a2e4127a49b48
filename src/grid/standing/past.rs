//! How instances stood before: what was settled as well, and whether something was overdue on an earlier day.
use chrono::NaiveDate;

use super::{DutyState, Site, Standing};
use crate::grid::{org::NodeIx, state::State};

/// What a node owed, as it stands on `today`: all that was due on `since` or later, all that is open, and all that was met
/// late, whenever it was due. What a rule watches is told as it stands today.
pub fn told_since(state: &State, node: NodeIx, since: NaiveDate, today: NaiveDate) -> Vec<Standing> {
    let mut out = Vec::new();
    let Some(site) = Site::new(state, node, today).map(Site::with_matters_known) else { return out };
    let site = site.since(since);
    for own in 0..state.pack().duties.len() {
        let site = site.of(own);
        if site.duty.applies_to(site.row) {
            site.stand_all(&mut out);
        }
    }
    out
}

/// Whether an instance that stands like this on `today` was overdue at the end of `day`, by what had been entered by then.
///
/// Corrections, exemptions and the tree count as they are known today. A rule that is broken was so since the day from which
/// it is reckoned; of one that was put right nothing is known any more.
pub fn was_overdue(state: &State, of: &Standing, day: NaiveDate, today: NaiveDate) -> bool {
    if of.due_on >= day || state.duties_from(of.node) > day {
        return false;
    }
    // What was exempted and done all the same is met late today, and was exempt before.
    if state.is_exempt(of.duty, of.node, of.period) {
        return false;
    }
    match of.state {
        DutyState::Overdue if of.about.is_none() => true,
        DutyState::Overdue | DutyState::MetLate => {
            let site = Site::new(state, of.node, today).map(|site| site.of(of.duty));
            site.is_some_and(|site| site.duty.kind.was_open(&site, of, day))
        }
        _ => false,
    }
}
