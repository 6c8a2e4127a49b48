//! Rules that monitors watch, looked at from the definitions.
use chrono::{Datelike, Days, NaiveDate};
use wangge::grid::{
    fact::{AttendanceMark, Body},
    standing::DutyState,
};

use super::definitions::{Oracle, Stand, counts_at_all, counts_on};

impl Oracle<'_> {
    pub(super) fn monitored(&self, own: usize, node: &str, today: NaiveDate) -> Stand {
        let duty = &self.duties[own];
        let looks: Vec<_> = duty.rules.iter().map(|rule| self.look(rule, node, today)).collect();
        let have = looks.iter().map(|look| look.0).sum();
        let need = looks.iter().map(|look| look.1).sum();
        let from = self.from(node);
        let since = looks.iter().filter_map(|look| look.2).min().unwrap_or(from).max(from);
        let span = (1, today.year() * 12 + today.month0() as i32);
        self.state(own, node, today, span, (have, have, need), self.grace(duty, since))
    }

    /// (in order, of how many, since when not).
    fn look(&self, rule: &str, node: &str, today: NaiveDate) -> (u32, u32, Option<NaiveDate>) {
        let (rule, argument) = rule.split_once(':').unwrap_or((rule, ""));
        let grids = || self.subtree(node).into_iter().filter(|grid| self.is_grid(grid));
        let live = |grid: &&str| self.exists_on(grid, today) && self.members(grid, today) > 0;
        match rule {
            "silence" => {
                let days = Days::new(argument.parse().unwrap());
                let silent_from = |grid: &str| {
                    let records = self.live.iter().filter(|fact| counts_at_all(&fact.draft.body));
                    let here = records.filter(|fact| fact.draft.at.as_deref() == Some(grid));
                    let last = here.map(|fact| counts_on(fact)).max().unwrap_or(self.from(node));
                    last.max(self.from(grid)).checked_add_days(days).unwrap()
                };
                let ends: Vec<NaiveDate> = grids().filter(live).map(silent_from).collect();
                let silent: Vec<_> = ends.iter().filter(|end| today > **end).collect();
                ((ends.len() - silent.len()) as u32, ends.len() as u32, silent.into_iter().min().copied())
            }
            "placed" => {
                let placed: u32 = self.subtree(node).iter().map(|at| self.members(at, today)).sum();
                let loose = self.loose(today).filter(|at| *at == node || self.is_below(at, node)).count() as u32;
                (placed, placed + loose, (loose > 0).then_some(NaiveDate::MIN))
            }
            "below" => {
                let own = self.duties.iter().position(|duty| duty.id == argument).unwrap();
                let below = self.subtree(node).into_iter().skip(1);
                let owing = below.filter(|at| self.duties[own].post_at(self.nodes[at]).is_some());
                let stands: Vec<_> = owing.map(|at| self.stands(own, at, today)).collect();
                let owing = stands.iter().filter(|s| s.iter().any(|s| s.3 != DutyState::NotApplicable));
                let late =
                    |stands: &&Vec<Stand>| stands.iter().filter(|s| s.3 == DutyState::Overdue).map(|s| s.6).min();
                let worst: Vec<_> = owing.map(|stands| late(&stands)).collect();
                (
                    worst.iter().filter(|late| late.is_none()).count() as u32,
                    worst.len() as u32,
                    worst.into_iter().flatten().min(),
                )
            }
            "attendance" => {
                let percent: u32 = argument.parse().unwrap();
                let quarter = |day: NaiveDate| (day.year(), day.month0() / 3);
                let held: Vec<_> = self
                    .live
                    .iter()
                    .filter(|fact| fact.draft.at.as_deref() == Some(node))
                    .filter_map(|fact| match &fact.draft.body {
                        Body::Session(session) => Some((fact.draft.occurred, session)),
                        _ => None,
                    })
                    .filter(|(day, _)| quarter(*day) == quarter(today) && *day <= today)
                    .collect();
                let lines = || held.iter().flat_map(|(_, session)| &session.attendance);
                let asked = lines().filter(|line| line.mark != AttendanceMark::Excused).count() as u32;
                let there = lines().filter(|line| line.mark == AttendanceMark::Present).count() as u32;
                let need = (0..=asked).find(|n| n * 100 >= asked * percent).unwrap();
                // Since the last one, whenever it came into the list.
                (there, need, held.iter().map(|(day, _)| *day).max().filter(|_| there < need))
            }
            _ => unreachable!("{rule}"),
        }
    }
}
