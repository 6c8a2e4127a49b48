//! Early warnings: which thresholds of the pack a node breaches (M-13).
use super::{Glance, MONTHS, Measure, silent};
use crate::grid::{org::NodeIx, pack::Warn, state::State};
use crate::words::t;

/// Which threshold is breached; the gravest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Breach {
    /// So much of what the node itself owes is overdue.
    Overdue,
    /// So much more of it than at the end of last month.
    Worse,
    /// Its coverage of last month stayed below so many percent of what must be reached.
    Coverage,
    /// It has had no record for so many days.
    Silence,
}

impl Breach {
    /// All of them, the gravest first.
    pub const ALL: [Breach; 4] = [Breach::Overdue, Breach::Worse, Breach::Coverage, Breach::Silence];

    /// The stable name in `--json`: that of the pack's key.
    pub fn key(self) -> &'static str {
        match self {
            Breach::Overdue => "overdue_at_least",
            Breach::Worse => "worse_by",
            Breach::Coverage => "coverage_below",
            Breach::Silence => "silent_days",
        }
    }

    /// How often each is breached, in words; nothing of one that is not.
    pub fn counts(warnings: &[Warning]) -> Vec<String> {
        let of = |breach: Breach| warnings.iter().filter(|warning| warning.breach == breach).count();
        Breach::ALL.into_iter().filter(|breach| of(*breach) > 0).map(|breach| breach.counted(of(breach))).collect()
    }

    /// How many of them, in words.
    fn counted(self, n: usize) -> String {
        match self {
            Breach::Overdue => t!("glance.breach.overdue", n = n),
            Breach::Worse => t!("glance.breach.worse", n = n),
            Breach::Coverage => t!("glance.breach.coverage", n = n),
            Breach::Silence => t!("glance.breach.silence", n = n),
        }
        .into_owned()
    }
}

/// A threshold that a node breaches.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Warning {
    /// The node.
    pub node: NodeIx,
    /// Which threshold.
    pub breach: Breach,
    /// What the node has.
    pub value: u32,
    /// What the pack allows.
    pub limit: u32,
}

impl Warning {
    /// In words.
    pub fn told(&self) -> String {
        let (n, limit) = (self.value, self.limit);
        match self.breach {
            Breach::Overdue => t!("glance.warning.overdue", n = n, limit = limit),
            Breach::Worse => t!("glance.warning.worse", n = n, limit = limit),
            Breach::Coverage => t!("glance.warning.coverage", n = n, limit = limit),
            Breach::Silence => t!("glance.warning.silence", n = n, limit = limit),
        }
        .into_owned()
    }
}

/// What is breached at `node` and below it, at each node by what it owes itself: the gravest first, then the furthest beyond.
pub fn warnings(state: &State, glance: &Glance, node: NodeIx) -> Vec<Warning> {
    let Warn { silent_days, coverage_below, overdue_at_least, worse_by, .. } = state.pack().warn;
    let today = glance.months().today();
    let mut out = Vec::new();
    for ix in state.org().subtree(node) {
        let mut warn = |breach, value, limit| out.push(Warning { node: ix, breach, value, limit });
        let own = glance.own(ix);
        let overdue = own[MONTHS - 1].overdue;
        if overdue_at_least > 0 && overdue >= overdue_at_least {
            warn(Breach::Overdue, overdue, overdue_at_least);
        }
        let worse = glance.moved_itself(ix, Measure::Overdue).unwrap_or(0);
        if worse_by > 0 && worse >= i64::from(worse_by) {
            warn(Breach::Worse, worse as u32, worse_by);
        }
        let is_there = state.org().node(ix).exists_on(today);
        let last = Measure::Coverage.of(&own[MONTHS - 2]).filter(|_| is_there && glance.months().has_begun(MONTHS - 2));
        if let Some(percent) = last.filter(|percent| *percent < coverage_below) {
            warn(Breach::Coverage, percent, coverage_below);
        }
    }
    if silent_days > 0 {
        let silence = silent(state, node, silent_days, today).into_iter();
        out.extend(silence.map(|silent| Warning {
            node: silent.node,
            breach: Breach::Silence,
            value: silent.days,
            limit: silent_days,
        }));
    }
    let beyond = |warning: &Warning| i64::from(warning.value).abs_diff(i64::from(warning.limit));
    out.sort_by_key(|warning| (warning.breach, std::cmp::Reverse(beyond(warning)), warning.node));
    out
}
