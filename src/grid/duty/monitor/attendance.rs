//! `attendance`: the quarter's sessions were attended, in person, from beginning to end (A2-3副-2, A2-3员-5).
use super::{Look, Rule, RuleEntry, number};
use crate::grid::{
    calendar::{Cadence, Period},
    standing::Site,
};
use crate::words::word;

pub(super) const RULE: RuleEntry = RuleEntry {
    name: "attendance",
    means: || word("duty.rule.attendance"),
    read: |argument| Ok(Box::new(Attendance { percent: number(argument, 80, 1, 100)? })),
};

#[derive(Debug)]
struct Attendance {
    percent: u32,
}

impl Rule for Attendance {
    /// Every line of a roster of the running quarter is one thing, but for those who were excused.
    fn look(&self, site: &Site<'_>) -> Look {
        let quarter = Period::containing(Cadence::Quarter, site.today);
        let held = site.state.sessions_at(site.node);
        let held = held.filter(|session| quarter.contains(session.day) && session.day <= site.today);
        let (mut there, mut asked, mut last) = (0, 0, None);
        for session in held {
            there += session.proper;
            asked += session.invited - session.excused.min(session.invited);
            last = last.max(Some(session.day));
        }
        Look::of(there, (asked * self.percent).div_ceil(100), last)
    }
}
