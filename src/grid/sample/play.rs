//! Three months of believable work for the demo: visits, sessions, ledgers, some of it late, some not done.
use chrono::{Datelike, Days, NaiveDate};

use super::{random::Random, upkeep::upkeep};
use crate::grid::{
    calendar::{Cadence, Calendar, Period},
    decide::{Actor, Intent, decide},
    fact::{Attendance, AttendanceMark, Draft, ProblemFound, SessionKind, Topic},
    org::{NodeIx, Post, UnitIx},
    pack::Duty,
    plan::visit_plan,
    state::State,
};

/// How far a grid keeps up.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Diligence {
    /// Everything on time.
    Good,
    /// A visit or two short, a session late.
    Short,
    /// Hardly anything.
    Poor,
}

/// What all grids record on `day`.
///
/// `own` is the grid of the demo's reader: it was two visits short last month and has begun this one. The same state
/// and day give the same work.
pub fn day_of_work(state: &State, calendar: &Calendar, own: NodeIx, today: NaiveDate, day: NaiveDate) -> Vec<Draft> {
    let mut out = Vec::new();
    if !calendar.is_workday(day) {
        return out;
    }
    for (grid, node) in state.org().nodes().filter(|(_, node)| node.is_grid()) {
        if node.member_count_on(day) == 0 {
            continue;
        }
        let mut random = Random::new((u64::from(grid.0) << 32) ^ day.num_days_from_ce() as u64);
        let current = (day.year(), day.month()) == (today.year(), today.month());
        let is_own = grid == own;
        let diligence = diligence(grid, is_own);
        let mut work = Work { state, random: &mut random, grid, is_own, current, diligence, day, out: &mut out };
        work.visits(calendar);
        work.sessions();
        work.reports();
        work.ledgers();
    }
    upkeep(state, calendar, day, &mut out);
    out
}

fn diligence(grid: NodeIx, is_own: bool) -> Diligence {
    match Random::new(u64::from(grid.0) ^ 0x5eed).below(20) {
        _ if is_own => Diligence::Short,
        0..=15 => Diligence::Good,
        16..=18 => Diligence::Short,
        _ => Diligence::Poor,
    }
}

struct Work<'a> {
    state: &'a State,
    random: &'a mut Random,
    grid: NodeIx,
    is_own: bool,
    /// Whether the day lies in the running month.
    current: bool,
    diligence: Diligence,
    day: NaiveDate,
    out: &'a mut Vec<Draft>,
}

impl Work<'_> {
    fn record(&mut self, intent: &Intent) {
        let leader = self.state.org().node(self.grid).holders_on(Post::Leader, self.day).next();
        let person = leader.map(|ix| self.state.org().person(ix).id.clone());
        let actor = Actor::owner(person, self.day);
        // What the rules refuse was done already; the demo does something else that day.
        if let Ok(decision) = decide(self.state, &actor, intent) {
            self.out.extend(decision.drafts);
        }
    }

    /// Visits spread over the first two thirds of the month's working days, so that about enough are made.
    fn visits(&mut self, calendar: &Calendar) {
        let plan = visit_plan(self.state, self.grid, self.day);
        let Some(quota) = plan.quota else { return };
        let goal = match self.diligence {
            Diligence::Good => quota.need + quota.need / 4,
            // This month the reader is on the way; last month two were missing.
            Diligence::Short if self.current => quota.need.saturating_sub(quota.need / 3).max(1),
            Diligence::Short => quota.need.saturating_sub(2),
            Diligence::Poor => quota.need / 3,
        };
        let first = self.day.with_day(1).unwrap_or(self.day);
        let days = first.iter_days().take_while(|day| day.month() == self.day.month());
        let spread = days.filter(|day| calendar.is_workday(*day)).count() * 2 / 3;
        // Once the spread is used up, one visit a day until the goal is reached.
        let late = self.day.day() > 20;
        if quota.have >= goal || (!late && self.random.below(spread.max(1)) >= goal as usize) {
            return;
        }
        if plan.next.is_empty() {
            return;
        }
        let unit = plan.next[self.random.below(plan.next.len().min(4))].unit;
        let topics = match self.random.below(6) {
            0 => vec![Topic::Call, Topic::Ledger],
            1 => vec![Topic::Call, Topic::Policy],
            2 => vec![Topic::Call, Topic::Guidance],
            _ => vec![],
        };
        let found = ["台账与报表差一个数", "原始记录缺签字", "新来的统计员不熟悉报表", "用电量没有台账"];
        let problem = (self.random.below(25) == 0).then(|| ProblemFound {
            text: self.random.pick(&found).to_owned(),
            follow_up: self.day.checked_add_days(Days::new(14)),
        });
        let (on, note) = (self.day, String::new());
        self.record(&Intent::Visit { units: vec![unit], on, topics, note, problem, with: Vec::new(), amends: None });
    }

    /// Reports and reviews of the grid's own, once a quarter.
    fn reports(&mut self) {
        let chosen = 5 + Random::new(u64::from(self.grid.0) * 17).below(15) as u32;
        let near = self.day.day() >= chosen && self.day.day() < chosen + 4;
        let last_of_quarter = self.day.month().is_multiple_of(3);
        if !near || !last_of_quarter || self.diligence == Diligence::Poor || (self.is_own && !self.current) {
            return;
        }
        let pack = self.state.pack().clone();
        let row = self.state.org().node(self.grid);
        for (i, duty) in pack.duties.iter().enumerate() {
            let by_hand = duty.by_hand() && !duty.kind.per_unit() && duty.applies_to(row);
            let period = Period::containing(duty.cadence, self.day);
            if by_hand && self.state.tally(i, self.grid, period).have == 0 {
                let (grid, on, note) = (self.grid, self.day, String::new());
                self.record(&Intent::Done { duty: duty.id.clone(), grid, units: Vec::new(), on, period: None, note });
            }
        }
    }

    /// A training session and an activity each quarter, on a day of the grid's own; some grids forget.
    fn sessions(&mut self) {
        let chosen = 4 + Random::new(u64::from(self.grid.0) * 31 + u64::from(self.day.month())).below(18) as u32;
        let near = self.day.day() >= chosen && self.day.day() < chosen + 4;
        if !near || self.diligence == Diligence::Poor {
            return;
        }
        let last_of_quarter = self.day.month().is_multiple_of(3);
        // The reader still owes this quarter's training; the activity is done.
        let early = self.diligence == Diligence::Good && !self.is_own && self.day.month() % 3 == 2;
        let training = last_of_quarter || early;
        let activity = last_of_quarter || (self.current && self.diligence != Diligence::Poor);
        let training_topics = ["季报填报要点", "统计法律法规学习", "台账规范化辅导"];
        let activity_topics = ["统计之家交流会", "互查台账", "新入库企业见面会"];
        if training {
            self.session(SessionKind::Training, &training_topics);
        }
        if activity {
            self.session(SessionKind::Activity, &activity_topics);
        }
    }

    fn session(&mut self, kind: SessionKind, topics: &[&'static str]) {
        let from = self.day.checked_sub_days(Days::new(25)).unwrap_or(self.day);
        if self.state.sessions_at(self.grid).any(|line| line.kind == kind && line.day >= from) {
            return;
        }
        let topic = self.random.pick(topics).to_owned();
        let minutes = 90 + 30 * self.random.below(3) as u32;
        let attendance = self.attendance();
        let (grid, on, note) = (self.grid, self.day, String::new());
        self.record(&Intent::Session { grid, kind, on, topic, minutes, attendance, note, amends: None });
    }

    fn attendance(&mut self) -> Vec<Attendance> {
        let org = self.state.org();
        let posts = [Post::Leader, Post::Deputy, Post::Guide, Post::Member].into_iter();
        let mut people: Vec<_> = posts.flat_map(|post| org.node(self.grid).holders_on(post, self.day)).collect();
        people.sort();
        people.dedup();
        let mut line = |person| {
            let mark = match self.random.below(36) {
                0 => AttendanceMark::Late,
                1 => AttendanceMark::Excused,
                2 => AttendanceMark::Substitute,
                _ => AttendanceMark::Present,
            };
            Attendance { person: org.person(person).id.clone(), mark }
        };
        people.into_iter().map(&mut line).collect()
    }

    /// Ledgers are checked around the 8th; pledges and education come in over the months.
    fn ledgers(&mut self) {
        let due = 8 + self.grid.0 % 5;
        let near = self.day.day() >= due && self.day.day() < due + 4;
        let skip = match self.diligence {
            Diligence::Good => 0,
            Diligence::Short => 1,
            Diligence::Poor => 3,
        };
        let pack = self.state.pack().clone();
        let for_units = |duty: &&Duty| duty.kind.per_unit() && duty.by_hand();
        for duty in pack.duties.iter().filter(for_units) {
            let monthly = duty.cadence == Cadence::Month;
            if (monthly && !near) || (!monthly && self.random.below(9) != 0) {
                continue;
            }
            // Units of less diligent grids are forgotten for good, by chance of their own.
            let kept = |unit: &UnitIx| {
                let seed = u64::from(unit.0) * 7 + u64::from(self.day.month());
                Random::new(seed).below(12) >= skip
            };
            let members = self.state.org().members_on(self.grid, self.day);
            let units: Vec<UnitIx> = members.filter(kept).collect();
            let (grid, on, note) = (self.grid, self.day, String::new());
            self.record(&Intent::Done { duty: duty.id.clone(), grid, units, on, period: None, note });
        }
    }
}
