//! Standing: state + date -> what is due, met or overdue; and the roll-ups up the tree.
//!
//! An instance is (duty, node, period), computed and never stored, so it can't double. What is overdue stays until it
//! is met late.
mod agenda;
mod overview;
mod past;
mod site;
mod timeline;

use std::fmt;

pub use agenda::{course, due_between, owed_in};
use chrono::NaiveDate;
pub(in crate::grid) use overview::of_all;
pub use overview::{Counts, Overview};
pub use past::{told_since, was_overdue};
pub(in crate::grid) use site::SETTLED_AFTER;
pub use site::Site;
pub use timeline::{Place, Stop, stop, timeline};

use super::{calendar::Period, fact::FactId, org::NodeIx, state::State};
use crate::words::word;

/// How one instance of a duty stands on a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum DutyState {
    /// 逾期: the due day is past and it is not met.
    Overdue,
    /// 将到期: not met, and the due day is within the duty's lead.
    DueSoon,
    /// 进行中: begun, not met, and there is time.
    InProgress,
    /// 未开始.
    NotStarted,
    /// 已完成.
    Met,
    /// 补录完成: met, but only by records that were entered after the due day.
    MetLate,
    /// 免除: with reason and approver.
    Exempt,
    /// 不适用: nothing to do, for example in a grid that had no units when the period began.
    NotApplicable,
}

impl DutyState {
    /// The stable name in `--json`.
    pub fn key(self) -> &'static str {
        match self {
            DutyState::Overdue => "overdue",
            DutyState::DueSoon => "due_soon",
            DutyState::InProgress => "in_progress",
            DutyState::NotStarted => "not_started",
            DutyState::Met => "met",
            DutyState::MetLate => "met_late",
            DutyState::Exempt => "exempt",
            DutyState::NotApplicable => "not_applicable",
        }
    }

    /// What people read.
    pub fn label(self) -> &'static str {
        word(&format!("state.{}", self.key()))
    }

    /// Whether nothing is left to do.
    pub fn is_settled(self) -> bool {
        matches!(self, DutyState::Met | DutyState::MetLate | DutyState::Exempt | DutyState::NotApplicable)
    }
}

impl fmt::Display for DutyState {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.label())
    }
}

/// One instance of a duty as it stands on a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Standing {
    /// The duty's place in the pack.
    pub duty: usize,
    /// The node that owes it.
    pub node: NodeIx,
    /// The period.
    pub period: Period,
    /// How it stands.
    pub state: DutyState,
    /// What counts, entered late or not.
    pub have: u32,
    /// What is needed.
    pub need: u32,
    /// The last day on time.
    pub due_on: NaiveDate,
    /// Days from the day asked about to the due day; negative when it is past.
    pub days_left: i64,
    /// The record that started the clock, where one did.
    pub about: Option<FactId>,
}

impl Standing {
    /// How much is still missing.
    pub fn missing(&self) -> u32 {
        self.need.saturating_sub(self.have)
    }
}

/// How the running instance of a duty stands at a node on `today`, or that of the period where it is still open.
pub fn standing(state: &State, duty: usize, node: NodeIx, period: Period, today: NaiveDate) -> Option<Standing> {
    let day = today.min(period.last()).max(period.first());
    let mut rows = Vec::new();
    if let Some(site) = Site::new(state, node, day) {
        let site = site.of(duty);
        let fits = site.duty.period_of(day).cadence == period.cadence;
        if fits { site.only(period) } else { site }.stand_all(&mut rows);
    }
    let row = rows.into_iter().find(|row| row.period == period)?;
    // The same instance, seen from `today`.
    Some(site::seen_on(state, row, today))
}

/// How much of a duty the node owes in a period that is no clock of its own; 0 where it does not apply.
pub fn need(state: &State, duty: usize, node: NodeIx, period: Period) -> u32 {
    standing(state, duty, node, period, period.last()).map_or(0, |row| row.need)
}

/// What a node owes on `today`: of every duty the running period, and every past one that is still overdue; the
/// oldest first.
pub fn standings_at(state: &State, node: NodeIx, today: NaiveDate) -> Vec<Standing> {
    let mut out = Vec::new();
    let Some(site) = Site::new(state, node, today).map(Site::with_matters_known) else { return out };
    for own in 0..state.pack().duties.len() {
        let site = site.of(own);
        if site.duty.applies_to(site.row) {
            site.stand_all(&mut out);
        }
    }
    out.sort_by_key(|s| (s.state != DutyState::Overdue, s.due_on, s.duty, s.period, s.about));
    out
}
