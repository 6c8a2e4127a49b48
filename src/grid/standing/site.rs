//! One duty at one node on one day, as its kind looks at it.
use chrono::{Days, NaiveDate};

use super::{DutyState, Standing};
use crate::grid::{
    calendar::Period,
    duty::Tally,
    org::{Member, Node, NodeIx},
    pack::Duty,
    state::{Matter, State},
};

/// One duty at one node on one day. What all kinds have in common is here; what differs, they do themselves.
#[derive(Clone, Copy, Debug)]
pub struct Site<'a> {
    /// Everything that happened.
    pub state: &'a State,
    /// The duty's place in the pack.
    pub own: usize,
    /// The duty.
    pub duty: &'a Duty,
    /// The node.
    pub node: NodeIx,
    /// The node's row.
    pub row: &'a Node,
    /// The day.
    pub today: NaiveDate,
    /// The day from which the node's duties count.
    pub from: NaiveDate,
    /// The last day on which the node existed, or today.
    pub last: NaiveDate,
    steady: Steady,
    /// Whether the oldest overdue instance suffices.
    oldest: bool,
    /// Whether it is known that the node has no matter to answer.
    idle: bool,
    /// The one period that is asked about.
    only: Option<Period>,
    /// The day from which what is settled is told as well; none for who asks only what runs and what is open.
    since: Option<NaiveDate>,
}

/// How many of a node's members were there from the first day on and still are.
#[derive(Clone, Copy, Debug)]
struct Steady {
    members: u32,
    /// Whether nobody came or went.
    all: bool,
}

impl<'a> Site<'a> {
    /// The node's first duty on `today`; none where no duty of the node counts yet, or the pack has none.
    pub(super) fn new(state: &'a State, node: NodeIx, today: NaiveDate) -> Option<Site<'a>> {
        let row = state.org().node(node);
        let from = state.duties_from(node);
        let last = row.to.and_then(|to| to.pred_opt()).map_or(today, |last| last.min(today));
        let duty = state.pack().duties.first().filter(|_| from <= last)?;
        let members = row.members.iter().filter(|member| is_steady(member, from)).count();
        let steady = Steady { members: members as u32, all: members == row.members.len() };
        let (oldest, idle, only, since) = (false, false, None, None);
        Some(Site { state, own: 0, duty, node, row, today, from, last, steady, oldest, idle, only, since })
    }

    /// Another duty of the same node.
    pub(in crate::grid) fn of(&self, own: usize) -> Site<'a> {
        Site { own, duty: &self.state.pack().duties[own], ..*self }
    }

    /// The same, for who asks about many duties: whether there is any matter to answer is looked up once.
    pub(super) fn with_matters_known(self) -> Site<'a> {
        Site { idle: self.matters().next().is_none(), ..self }
    }

    pub(super) fn stand_all(&self, out: &mut Vec<Standing>) {
        self.duty.kind.standings(self, out);
    }

    /// The node's members on a day that is not before the first.
    fn members_on(&self, day: NaiveDate) -> u32 {
        if self.steady.all {
            return self.steady.members;
        }
        let moving = self.row.members.iter().filter(|member| !is_steady(member, self.from));
        self.steady.members + moving.filter(|member| member.holds_on(day)).count() as u32
    }

    /// How many units a period is reckoned on: the members on its first day, or on the day from which the node's duties
    /// count where that is later (B-6).
    ///
    /// None where nothing is owed: a grid that had nobody in it from the period's start to its end, one that was founded
    /// within the period for units that another one answers for until its end, and a node that was closed within it.
    pub fn members(&self, period: Period) -> Option<u32> {
        if self.row.to.is_some_and(|to| to <= period.last()) {
            return None;
        }
        let start = period.first().max(self.opened());
        if self.row.is_grid() && self.row.from > start {
            let fresh = |member: &&Member| {
                member.holds_on(self.from) && self.state.org().unit(member.unit).grid_on(start).is_none()
            };
            let fresh = self.row.members.iter().filter(fresh).count() as u32;
            let nobody =
                fresh == 0 && (self.members_on(self.from) > 0 || self.members_on(period.last().max(self.from)) == 0);
            return (!nobody).then_some(fresh);
        }
        let members = self.members_on(period.first().max(self.from));
        let nobody = members == 0 && self.row.is_grid() && self.members_on(period.last().max(self.from)) == 0;
        (!nobody).then_some(members)
    }

    /// The first day of the store's duties.
    fn opened(&self) -> NaiveDate {
        self.state.opened().map_or(self.from, |opened| opened.from)
    }

    /// What was done here in a period.
    pub fn tally(&self, period: Period) -> Tally {
        self.state.tally(self.own, self.node, period)
    }

    /// How an instance stands.
    pub fn stand(&self, period: Period, tally: Tally, need: u32, due_on: NaiveDate) -> Standing {
        let days_left = (due_on - self.today).num_days();
        let state = if need == 0 {
            DutyState::NotApplicable
        } else if tally.on_time >= need {
            DutyState::Met
        } else if tally.have >= need {
            DutyState::MetLate
        } else if self.state.is_exempt(self.own, self.node, period) {
            DutyState::Exempt
        } else {
            open(days_left, self.duty.lead_days, tally.have)
        };
        let (duty, node, have) = (self.own, self.node, tally.have);
        Standing { duty, node, period, state, have, need, due_on, days_left, about: None }
    }

    /// Every period from the node's first day to its last: those whose due day is not past, and of the others those
    /// that are still open. `need` says how much a period asks for, given its members.
    pub fn periodic(&self, need: impl Fn(u32, Period) -> u32, out: &mut Vec<Standing>) {
        let need = |period| self.members(period).map_or(0, |members| need(members, period));
        let steady = self.steady.all && self.row.to.is_none() && self.row.from <= self.opened();
        self.each_period(|period| self.tally(period), need, steady, out);
    }

    /// [`Site::periodic`] for grids right below: each must have `count` records.
    pub fn by_children(&self, count: u32, out: &mut Vec<Standing>) {
        let grids = self.grids();
        let asked = |child: &&Site<'a>, period: Period| self.asks(child, period);
        let enough = |n: u32| u32::from(n >= count);
        let tally = |period| {
            let mut sum = Tally::default();
            for child in grids.iter().filter(|child| asked(child, period)) {
                let tally = child.tally(period);
                sum.have += enough(tally.have);
                sum.on_time += enough(tally.on_time);
            }
            sum
        };
        let need = |period| grids.iter().filter(|child| asked(child, period)).count() as u32;
        self.each_period(tally, need, false, out);
    }

    /// The same duty at each grid right below.
    fn grids(&self) -> Vec<Site<'a>> {
        let org = self.state.org();
        let grids = self.row.children.iter().filter(|child| org.node(**child).is_grid());
        grids.filter_map(|child| self.at(*child)).map(|child| child.of(self.own)).collect()
    }

    /// Whether a grid below is asked for: one that came later, or that nobody was in, is not.
    fn asks(&self, child: &Site<'a>, period: Period) -> bool {
        let start = period.first().max(self.from);
        child.from <= start && child.row.exists_on(start) && child.members(period).is_some()
    }

    /// At how many of the grids below, each of which must have `count` records, there were as many by the end of `day`.
    pub fn entered_by_children(&self, count: u32, period: Period, day: NaiveDate) -> u32 {
        let enough = |child: &&Site<'a>| self.asks(child, period) && child.entered(period, day) >= count;
        self.grids().iter().filter(enough).count() as u32
    }

    /// What counts in a period, as far as it had been entered by the end of `day`.
    pub fn entered(&self, period: Period, day: NaiveDate) -> u32 {
        self.state.entered(self.own, self.node, period, day)
    }

    /// What is to be done once, if the node's duties counted by the due day.
    pub fn once(&self, period: Period, count: u32, out: &mut Vec<Standing>) {
        let due_on = self.duty.due_on(period, self.state.pack().calendar());
        let standing = self.stand(period, self.tally(period), count, due_on);
        let is_past = self.since.is_none() && period.last() < self.today && standing.state != DutyState::Overdue;
        if self.from <= due_on && due_on <= self.row.to.unwrap_or(NaiveDate::MAX) && !is_past {
            out.push(standing);
        }
    }

    fn each_period(
        &self,
        tally: impl Fn(Period) -> Tally,
        need: impl Fn(Period) -> u32,
        steady: bool,
        out: &mut Vec<Standing>,
    ) {
        let calendar = self.state.pack().calendar();
        let first = self.duty.period_of(self.from);
        let last = self.duty.period_of(self.last).ordinal();
        let recent = self.since.unwrap_or(self.today).checked_sub_days(Days::new(SETTLED_AFTER));
        let recent = recent.unwrap_or(NaiveDate::MIN);
        let recent = self.duty.period_of(recent).ordinal();
        let mut known = None;
        let (from, to) = self.only.map_or((first.ordinal(), last), |only| (only.ordinal(), only.ordinal()));
        for ordinal in from.max(first.ordinal())..=to.min(last) {
            let period = Period::from_ordinal(first.cadence, ordinal);
            let need = known.unwrap_or_else(|| need(period));
            // Where nobody comes or goes, every period asks for the same.
            known = steady.then_some(need);
            let tally = tally(period);
            // Of what is past only the open is kept; days are reckoned only near the end. What was met late, however long
            // ago it was due, may have been open until lately.
            let was_late = self.since.is_some() && tally.on_time < need;
            if tally.have < need || ordinal >= recent || was_late {
                let standing = self.stand(period, tally, need, self.duty.due_on(period, calendar));
                let runs = period.last() >= self.today || standing.days_left >= 0;
                // A date of the year that had passed before the duties counted is not owed.
                let is_owed = standing.due_on >= self.from;
                if is_owed && (runs || self.tells(&standing)) {
                    out.push(standing);
                }
                if self.oldest && is_owed && standing.state == DutyState::Overdue {
                    return;
                }
            }
        }
    }

    /// Whether an instance whose day is past is told of.
    fn tells(&self, standing: &Standing) -> bool {
        let settled = |since| standing.due_on >= since || standing.state == DutyState::MetLate;
        standing.state == DutyState::Overdue || self.since.is_some_and(settled)
    }

    /// The same, for who asks what was settled as well: whatever was due on `since` or later, or was met late.
    pub(super) fn since(self, since: NaiveDate) -> Site<'a> {
        Site { since: Some(since), ..self }
    }

    /// Whether what is settled is told as well.
    pub(in crate::grid) fn tells_all(&self) -> bool {
        self.since.is_some()
    }

    /// The same, for who asks only whether anything is overdue, and since when: periods after the oldest overdue one
    /// may be left out.
    pub(in crate::grid) fn oldest(self) -> Site<'a> {
        Site { oldest: true, ..self }
    }

    /// The same, for who asks only about one period of the duty's own cadence.
    pub(super) fn only(self, period: Period) -> Site<'a> {
        Site { only: Some(period), ..self }
    }

    /// The same day at another node.
    pub(in crate::grid) fn at(&self, node: NodeIx) -> Option<Site<'a>> {
        Site::new(self.state, node, self.today)
    }

    /// The matters that are this node's to answer.
    pub fn matters(&self) -> impl Iterator<Item = &'a Matter> {
        let (state, node, today) = (self.state, self.node, self.today);
        let looked = (!self.idle).then(|| state.matters_at(node, today));
        looked.into_iter().flatten()
    }
}

/// More days than any duty gives after a period's end (the pack is held to it).
pub(in crate::grid) const SETTLED_AFTER: u64 = 400;

fn is_steady(member: &Member, from: NaiveDate) -> bool {
    member.from <= from && member.to.is_none()
}

/// An instance that was looked at on another day, as it stands on `today`.
pub(super) fn seen_on(state: &State, row: Standing, today: NaiveDate) -> Standing {
    let days_left = (row.due_on - today).num_days();
    if row.state.is_settled() {
        return Standing { days_left, ..row };
    }
    let lead = state.pack().duties[row.duty].lead_days;
    Standing { state: open(days_left, lead, row.have), days_left, ..row }
}

/// How something stands that is not met.
fn open(days_left: i64, lead: i64, have: u32) -> DutyState {
    match () {
        () if days_left < 0 => DutyState::Overdue,
        () if days_left <= lead => DutyState::DueSoon,
        () if have > 0 => DutyState::InProgress,
        () => DutyState::NotStarted,
    }
}
