//! How old what a laptop shows of others is (多久没有同步).
use chrono::NaiveDate;

use crate::grid::state::State;
use crate::words::t;

/// A ledger that has a server and has not been synced today: what others recorded since is not in it, so that whoever
/// looks silent or overdue may be neither.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unsynced {
    /// The day up to which others' records are here.
    pub day: NaiveDate,
    /// How many days ago that was.
    pub days: i64,
}

impl Unsynced {
    /// That of a ledger which was synced last at `synced_ms`, UTC milliseconds since 1970, where it has a server; none if
    /// that was today.
    pub fn of(state: &State, synced_ms: Option<i64>, today: NaiveDate) -> Option<Unsynced> {
        let day = state.local_day(synced_ms?);
        let days = (today - day).num_days();
        (days > 0).then_some(Unsynced { day, days })
    }

    /// In words.
    pub fn told(&self) -> String {
        t!("glance.unsynced", day = self.day, n = self.days).into_owned()
    }
}
