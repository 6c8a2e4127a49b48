//! Why a node burns, in words: which duties, how long overdue, how much is missing.
use std::collections::BTreeMap;

use crate::grid::{
    org::NodeIx,
    standing::{DutyState, Overview},
    state::State,
};
use crate::words::{t, word};

/// Why a node burns.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Why {
    /// The node.
    pub node: NodeIx,
    /// How much of what it owes itself is overdue.
    pub overdue: u32,
    /// How many units it has still to reach in the running coverage.
    pub short: u32,
    /// Its duties that are overdue, the worst first.
    pub reasons: Vec<Reason>,
}

/// One duty that is overdue.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reason {
    /// The duty's place in the pack.
    pub duty: usize,
    /// How many of its instances.
    pub times: u32,
    /// For how many days the oldest of them.
    pub days: i64,
}

impl Why {
    /// What a node itself owes that burns.
    pub fn of(overview: &Overview, node: NodeIx) -> Why {
        let mut by_duty: BTreeMap<usize, Reason> = BTreeMap::new();
        for row in overview.rows(node).iter().filter(|row| row.state == DutyState::Overdue) {
            let reason = by_duty.entry(row.duty).or_insert(Reason { duty: row.duty, times: 0, days: 0 });
            reason.times += 1;
            reason.days = reason.days.max(-row.days_left);
        }
        let mut reasons: Vec<Reason> = by_duty.into_values().collect();
        reasons.sort_by_key(|reason| std::cmp::Reverse((reason.times, reason.days)));
        let own = overview.own(node);
        Why { node, overdue: own.overdue, short: own.quota - own.reached, reasons }
    }

    /// In words: the worst duties, and what is still to be visited.
    pub fn told(&self, state: &State) -> String {
        const MOST: usize = 3;
        let name = |reason: &Reason| state.pack().duties[reason.duty].name.as_str();
        let mut parts: Vec<String> = self
            .reasons
            .iter()
            .take(MOST)
            .map(|reason| t!("glance.why", duty = name(reason), n = reason.times, days = reason.days).into_owned())
            .collect();
        if self.reasons.len() > MOST {
            parts.push(t!("glance.why_more", n = self.reasons.len() - MOST).into_owned());
        }
        if self.short > 0 {
            parts.push(t!("glance.why_short", n = self.short).into_owned());
        }
        parts.join(word("word.clause"))
    }
}

/// The nodes at or below `node` at which most is overdue, at most `most`; of as much, those where it is for longest.
pub fn worst(state: &State, overview: &Overview, node: NodeIx, most: usize) -> Vec<Why> {
    let burning = state.org().subtree(node).into_iter().filter(|ix| overview.own(*ix).overdue > 0);
    let mut all: Vec<Why> = burning.map(|ix| Why::of(overview, ix)).collect();
    let longest = |why: &Why| why.reasons.iter().map(|reason| reason.days).max();
    all.sort_by_key(|why| (std::cmp::Reverse((why.overdue, longest(why), why.short)), why.node));
    all.truncate(most);
    all
}
