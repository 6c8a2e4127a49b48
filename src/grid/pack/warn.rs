//! From where on the overview warns (M-13).
use super::{keys, row::Row};

/// The thresholds of early warnings (`[warn]`); 0 warns of nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Warn {
    /// A grid without any record for so many days is silent.
    pub silent_days: u32,
    /// The coverage of last month, in percent of what had to be reached, was below this.
    pub coverage_below: u32,
    /// At a node, so many instances are overdue.
    pub overdue_at_least: u32,
    /// At a node, so many more are overdue than at the end of last month.
    pub worse_by: u32,
    /// Whether the pack set numbers that the policy leaves open.
    pub assumed: bool,
}

impl Default for Warn {
    fn default() -> Warn {
        Warn { silent_days: 30, coverage_below: 80, overdue_at_least: 5, worse_by: 3, assumed: true }
    }
}

/// Reads `[warn]`.
pub(super) fn warn(top: &Row<'_>) -> Warn {
    let mut warn = Warn::default();
    let Some(row) = top.table("warn", &keys::WARN) else { return warn };
    row.no_others(&[]);
    let numbers = [
        ("silent_days", 367, &mut warn.silent_days),
        ("coverage_below", 101, &mut warn.coverage_below),
        ("overdue_at_least", 1001, &mut warn.overdue_at_least),
        ("worse_by", 1001, &mut warn.worse_by),
    ];
    for (key, end, number) in numbers {
        *number = row.whole(key, 0..end).map_or(*number, |n| n as u32);
    }
    warn.assumed = row.flag("assumed");
    warn
}
