//! Grids that are silent: no record for so many days.
use chrono::NaiveDate;

use crate::grid::{org::NodeIx, state::State};
use crate::words::t;

/// A grid without a record for long.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Silent {
    /// The grid.
    pub node: NodeIx,
    /// The last day for which it has a record; none where it never had one.
    pub since: Option<NaiveDate>,
    /// For how many days it has been silent: since that record, or since its duties count.
    pub days: u32,
}

impl Silent {
    /// In words.
    pub fn told(&self) -> String {
        match self.since {
            Some(day) => t!("glance.silent.since", day = day, n = self.days).into_owned(),
            None => t!("glance.silent.never", n = self.days).into_owned(),
        }
    }
}

/// The grids at or below `node` with units and no record for at least so many days, the longest silence first.
pub fn silent(state: &State, node: NodeIx, days: u32, today: NaiveDate) -> Vec<Silent> {
    let org = state.org();
    let grids = org.subtree(node).into_iter().filter(|ix| {
        let row = org.node(*ix);
        row.is_grid() && row.exists_on(today) && row.member_count_on(today) > 0
    });
    let mut out: Vec<Silent> = grids
        .map(|ix| {
            let since = state.last_record(ix);
            let from = since.unwrap_or(NaiveDate::MIN).max(state.duties_from(ix));
            Silent { node: ix, since, days: (today - from).num_days().clamp(0, i64::from(u32::MAX)) as u32 }
        })
        .filter(|silent| silent.days >= days)
        .collect();
    out.sort_by_key(|silent| (std::cmp::Reverse(silent.days), silent.node));
    out
}
