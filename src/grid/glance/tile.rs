//! The numbers of one node and month, and what can be read from them.
use std::ops::{AddAssign, SubAssign};

use super::MONTHS;
use crate::words::word;

/// The numbers of one node and month.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tile {
    /// Instances that were overdue at the month's end; in the running month, those that are overdue today.
    pub overdue: u32,
    /// Instances that fell due within the month and were owed.
    pub due: u32,
    /// Those of them that were met on time.
    pub on_time: u32,
    /// Units reached in the month's `coverage` duties, at each node as many as must be at most.
    pub reached: u32,
    /// Units that must be reached in them.
    pub quota: u32,
}

impl AddAssign for Tile {
    fn add_assign(&mut self, more: Tile) {
        self.overdue += more.overdue;
        self.due += more.due;
        self.on_time += more.on_time;
        self.reached += more.reached;
        self.quota += more.quota;
    }
}

impl SubAssign for Tile {
    fn sub_assign(&mut self, less: Tile) {
        self.overdue -= less.overdue;
        self.due -= less.due;
        self.on_time -= less.on_time;
        self.reached -= less.reached;
        self.quota -= less.quota;
    }
}

/// What the map shows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Measure {
    /// 逾期件数.
    #[default]
    Overdue,
    /// 走访覆盖: reached of quota, in percent.
    Coverage,
    /// 按时率: met on time of what fell due, in percent.
    OnTime,
}

impl Measure {
    /// All of them, in the order in which the screen turns them.
    pub const ALL: [Measure; 3] = [Measure::Overdue, Measure::Coverage, Measure::OnTime];

    /// The stable name in `--json`.
    pub fn key(self) -> &'static str {
        match self {
            Measure::Overdue => "overdue",
            Measure::Coverage => "coverage",
            Measure::OnTime => "on_time",
        }
    }

    /// What people read.
    pub fn label(self) -> &'static str {
        match self {
            Measure::Overdue => word("glance.measure.overdue"),
            Measure::Coverage => word("glance.measure.coverage"),
            Measure::OnTime => word("glance.measure.on_time"),
        }
    }

    /// The number, whole percent where it is a share; none where nothing was asked for.
    pub fn of(self, tile: &Tile) -> Option<u32> {
        match self {
            Measure::Overdue => Some(tile.overdue),
            Measure::Coverage => share(tile.reached, tile.quota),
            Measure::OnTime => share(tile.on_time, tile.due),
        }
    }

    /// Whether more of it is worse.
    pub fn burns(self) -> bool {
        self == Measure::Overdue
    }

    /// Whether a change by so much is for the worse.
    pub fn is_worse(self, by: i64) -> bool {
        (by > 0) == self.burns() && by != 0
    }

    /// Which two months are compared: what is overdue today with the end of last month; of what is still going on while the
    /// month runs, last month with the one before.
    pub fn spans(self) -> (usize, usize) {
        match self {
            Measure::Overdue => (MONTHS - 2, MONTHS - 1),
            Measure::Coverage | Measure::OnTime => (MONTHS - 3, MONTHS - 2),
        }
    }
}

/// So many of so many in whole percent, never rounded up to all.
fn share(part: u32, whole: u32) -> Option<u32> {
    (whole > 0).then(|| (u64::from(part) * 100 / u64::from(whole)) as u32)
}
