//! The months that are shown, and in which of them an instance counts.
use chrono::NaiveDate;

use crate::grid::{
    calendar::{Cadence, Period},
    standing::{DutyState, Standing, was_overdue},
    state::State,
};

/// How many months are shown.
pub const MONTHS: usize = 12;
/// The one that runs.
const NOW: usize = MONTHS - 1;

/// The last twelve months up to a day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Months {
    all: [Period; MONTHS],
    today: NaiveDate,
    /// The first month in which duties counted.
    begun: usize,
}

impl Months {
    /// Those up to the month of `today`.
    pub fn until(state: &State, today: NaiveDate) -> Months {
        let now = Period::containing(Cadence::Month, today);
        let all: [Period; MONTHS] = std::array::from_fn(|i| now.shifted(i as i32 - NOW as i32));
        let from = state.opened().map_or(NaiveDate::MIN, |opened| opened.from);
        let begun = all.iter().position(|month| month.last() >= from).unwrap_or(MONTHS);
        Months { all, today, begun }
    }

    /// All of them, the oldest first.
    pub fn all(&self) -> &[Period; MONTHS] {
        &self.all
    }

    /// The day on which all is seen.
    pub fn today(&self) -> NaiveDate {
        self.today
    }

    /// The first day of the first month.
    pub fn first(&self) -> NaiveDate {
        self.all[0].first()
    }

    /// The day on which a month's standing is looked at: its last, or today.
    pub fn seen_on(&self, month: usize) -> NaiveDate {
        self.all[month].last().min(self.today)
    }

    /// Whether the store's duties counted in the month.
    pub fn has_begun(&self, month: usize) -> bool {
        (self.begun..MONTHS).contains(&month)
    }

    /// The place of the month that holds a day.
    pub fn place(&self, day: NaiveDate) -> Option<usize> {
        let n = Period::containing(Cadence::Month, day).ordinal() - self.all[0].ordinal();
        usize::try_from(n).ok().filter(|n| *n < MONTHS)
    }

    /// The first month at whose end an instance can be overdue.
    pub(super) fn overdue_from(&self, row: &Standing) -> usize {
        match row.state {
            DutyState::Overdue | DutyState::MetLate => {
                (0..MONTHS).find(|month| row.due_on < self.seen_on(*month)).unwrap_or(MONTHS)
            }
            _ => MONTHS,
        }
    }

    /// Whether an instance that stands like this today was overdue at the month's end; in the running month, whether it is.
    pub(super) fn is_overdue(&self, state: &State, row: &Standing, month: usize) -> bool {
        match month {
            NOW => row.state == DutyState::Overdue,
            _ => was_overdue(state, row, self.all[month].last(), self.today),
        }
    }

    /// The month whose coverage an instance is a part of: the one in which its period ends, or the running one.
    pub(super) fn covered(&self, state: &State, row: &Standing) -> Option<usize> {
        let covers = state.pack().duties[row.duty].kind.name() == "coverage";
        match row.period.contains(self.today) {
            _ if !covers => None,
            true => Some(NOW),
            false => self.place(row.period.last()),
        }
    }

    /// The month in which an instance fell due, and whether it was met on time; none where it is not due yet and not met
    /// either, was not owed, or is a rule, which has no day of its own.
    pub(super) fn fell_due(&self, state: &State, row: &Standing) -> Option<(usize, bool)> {
        let is_rule = state.pack().duties[row.duty].kind.name() == "monitor";
        let counts = matches!(row.state, DutyState::Met | DutyState::MetLate | DutyState::Overdue);
        let month = self.place(row.due_on).filter(|_| counts && !is_rule)?;
        Some((month, row.state == DutyState::Met))
    }
}
