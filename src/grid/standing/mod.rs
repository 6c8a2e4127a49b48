//! Standing: state + date -> what is due, met or overdue; and the roll-ups up the tree.
//!
//! An instance is (duty, node, period), computed and never stored, so it can't double. What is overdue stays until it
//! is met late.
mod overview;

use std::fmt;

use chrono::{Days, NaiveDate};
pub use overview::{Counts, Overview};

use super::{
    calendar::Period,
    org::{Member, Node, NodeIx},
    state::State,
};

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
        match self {
            DutyState::Overdue => "逾期",
            DutyState::DueSoon => "将到期",
            DutyState::InProgress => "进行中",
            DutyState::NotStarted => "未开始",
            DutyState::Met => "已完成",
            DutyState::MetLate => "补录完成",
            DutyState::Exempt => "免除",
            DutyState::NotApplicable => "不适用",
        }
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
}

impl Standing {
    /// How much is still missing.
    pub fn missing(&self) -> u32 {
        self.need.saturating_sub(self.have)
    }
}

/// How one instance stands on `today`.
pub fn standing(state: &State, duty: usize, node: NodeIx, period: Period, today: NaiveDate) -> Standing {
    let row = &state.pack().duties[duty];
    stand(state, (duty, node, period), state.need(row, node, period), today)
}

fn stand(state: &State, (duty, node, period): (usize, NodeIx, Period), need: u32, today: NaiveDate) -> Standing {
    let row = &state.pack().duties[duty];
    let tally = state.tally(duty, node, period);
    let due_on = row.due_on(period);
    let days_left = (due_on - today).num_days();
    let state = if need == 0 {
        DutyState::NotApplicable
    } else if tally.on_time >= need {
        DutyState::Met
    } else if tally.have >= need {
        DutyState::MetLate
    } else if days_left < 0 {
        DutyState::Overdue
    } else if days_left <= row.lead_days {
        DutyState::DueSoon
    } else if tally.have > 0 {
        DutyState::InProgress
    } else {
        DutyState::NotStarted
    };
    Standing { duty, node, period, state, have: tally.have, need, due_on, days_left }
}

/// What a node owes on `today`: of every duty the running period, and every past one that is still overdue; the
/// oldest first.
pub fn standings_at(state: &State, node: NodeIx, today: NaiveDate) -> Vec<Standing> {
    let row = state.org().node(node);
    let from = state.duties_from(node);
    // The last day on which the node existed, where it is closed.
    let last = row.to.and_then(|to| to.pred_opt()).map_or(today, |last| last.min(today));
    let mut out = Vec::new();
    if from > last {
        return out;
    }
    let heads = Headcount::new(row, from);
    for (i, duty) in state.pack().duties.iter().enumerate().filter(|(_, duty)| duty.applies_to(row)) {
        let first = Period::containing(duty.cadence, from).ordinal();
        // The due day of every period before this one is past.
        let open = today.checked_sub_days(Days::new(duty.grace_days)).unwrap_or(NaiveDate::MIN);
        let open = Period::containing(duty.cadence, open).ordinal();
        let mut known = None;
        for ordinal in first..=Period::containing(duty.cadence, last).ordinal() {
            let period = Period::from_ordinal(duty.cadence, ordinal);
            let need = known.unwrap_or_else(|| state.need_of(duty, node, period, |day| heads.on(day)));
            // Where nobody comes or goes, every period asks for the same.
            known = heads.moving.is_empty().then_some(need);
            // Of what is past only the overdue stays.
            if ordinal >= open || state.tally(i, node, period).have < need {
                out.push(stand(state, (i, node, period), need, today));
            }
        }
    }
    out.sort_by_key(|s| (s.state != DutyState::Overdue, s.due_on, s.duty, s.period));
    out
}

/// A node's members counted for many days: most of them were there from the first day on and still are.
struct Headcount<'a> {
    steady: u32,
    moving: Vec<&'a Member>,
    /// The first day that may be asked about.
    from: NaiveDate,
}

impl<'a> Headcount<'a> {
    fn new(node: &'a Node, from: NaiveDate) -> Headcount<'a> {
        let is_steady = |member: &&Member| member.from <= from && member.to.is_none();
        let (steady, moving): (Vec<_>, Vec<_>) = node.members.iter().partition(is_steady);
        Headcount { steady: steady.len() as u32, moving, from }
    }

    fn on(&self, day: NaiveDate) -> u32 {
        debug_assert!(day >= self.from);
        self.steady + self.moving.iter().filter(|member| member.holds_on(day)).count() as u32
    }
}
