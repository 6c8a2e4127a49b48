//! What a month holds at a node and below it: what is due on each day, and what was recorded.
use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use super::Row;
use crate::{
    app::Desk,
    grid::{
        calendar::Period,
        org::{NodeIx, UnitIx},
        standing::{DutyState, Standing, due_between},
        state::Mark,
    },
};

/// Something that was recorded.
#[derive(Clone, Copy, Debug)]
pub(super) struct Recorded {
    /// What, where and when.
    pub mark: Mark,
    /// About which unit, where it is about one.
    pub unit: Option<UnitIx>,
}

/// One day.
#[derive(Debug, Default)]
pub(super) struct Day {
    /// What is due, what is open first.
    pub due: Vec<Standing>,
    /// What was done.
    pub done: Vec<Recorded>,
}

impl Day {
    /// How many of what is due are overdue.
    pub fn overdue(&self) -> usize {
        self.due.iter().filter(|row| row.state == DutyState::Overdue).count()
    }

    /// What is due, then what was done.
    pub fn rows(&self) -> impl Iterator<Item = Row> {
        self.due.iter().copied().map(Row::Due).chain(self.done.iter().copied().map(Row::Done))
    }

    /// How many of them are open, overdue or not.
    pub fn open(&self) -> usize {
        self.due.iter().filter(|row| !row.state.is_settled()).count()
    }
}

/// The days of a month on which something is due or was done.
#[derive(Debug)]
pub(super) struct MonthOf {
    month: Period,
    /// How many facts there were, and which day it was, when it was reckoned.
    seen: (u64, NaiveDate),
    days: BTreeMap<NaiveDate, Day>,
    nothing: Day,
}

impl MonthOf {
    /// The month at a node and all below it.
    pub fn new(desk: &Desk, node: NodeIx, month: Period) -> MonthOf {
        let org = desk.state.org();
        let below: BTreeSet<NodeIx> = org.subtree(node).into_iter().collect();
        let mut days: BTreeMap<NaiveDate, Day> = BTreeMap::new();
        for at in &below {
            for row in due_between(&desk.state, *at, (month.first(), month.last()), desk.today()) {
                days.entry(row.due_on).or_default().due.push(row);
            }
            let marks = within(desk.state.node_marks(*at), month).iter();
            for mark in marks {
                days.entry(mark.date()).or_default().done.push(Recorded { mark: *mark, unit: None });
            }
        }
        let units: BTreeSet<UnitIx> =
            below.iter().flat_map(|at| org.node(*at).members.iter().map(|member| member.unit)).collect();
        for unit in units {
            let here = within(desk.state.unit_marks(unit), month).iter().filter(|mark| below.contains(&mark.at));
            for mark in here {
                days.entry(mark.date()).or_default().done.push(Recorded { mark: *mark, unit: Some(unit) });
            }
        }
        days.values_mut().for_each(|day| day.due.sort_by_key(|row| (row.state, row.node, row.duty)));
        MonthOf { month, seen: (desk.state.count(), desk.today()), days, nothing: Day::default() }
    }

    /// Whether it still tells how the month stands.
    pub fn is_of(&self, desk: &Desk, month: Period) -> bool {
        self.month == month && self.seen == (desk.state.count(), desk.today())
    }

    /// Its days on which there is something.
    pub fn days(&self) -> impl Iterator<Item = (NaiveDate, &Day)> {
        self.days.iter().map(|(day, holds)| (*day, holds))
    }

    /// One of its days.
    pub fn day(&self, day: NaiveDate) -> &Day {
        self.days.get(&day).unwrap_or(&self.nothing)
    }
}

/// The marks of a month; they come in the order of days.
fn within(marks: &[Mark], month: Period) -> &[Mark] {
    let from = marks.partition_point(|mark| mark.date() < month.first());
    let to = marks.partition_point(|mark| mark.date() <= month.last());
    &marks[from..to.max(from)]
}
