//! The share of duties that were met, and what it earns.
use crate::grid::standing::{DutyState, Standing};

/// How many instances of duties were asked for, and how many were met.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Share {
    /// Met, on time.
    pub met: u32,
    /// Met, but late (补录).
    pub late: u32,
    /// Overdue.
    pub overdue: u32,
    /// Not met, and there is time.
    pub open: u32,
}

impl Share {
    /// The share of these instances; those that are exempt or do not apply are no part of it.
    pub fn of(rows: &[Standing]) -> Share {
        let mut out = Share::default();
        for row in rows {
            *match row.state {
                DutyState::Met => &mut out.met,
                DutyState::MetLate => &mut out.late,
                DutyState::Overdue => &mut out.overdue,
                DutyState::DueSoon | DutyState::InProgress | DutyState::NotStarted => &mut out.open,
                DutyState::Exempt | DutyState::NotApplicable => continue,
            } += 1;
        }
        out
    }

    /// How many could be judged: met, or past their day.
    pub fn asked(&self) -> u32 {
        self.met + self.late + self.overdue
    }

    /// How many there are, those with time left among them.
    pub fn owed(&self) -> u32 {
        self.asked() + self.open
    }

    /// Those that were met, on time or late.
    pub fn done(&self) -> u32 {
        self.met + self.late
    }
}

/// What a share earns of `points`, halves up, where what was met late earns `late` percent; none where nothing could be
/// judged.
pub fn suggested(points: u32, share: Share, late: u32) -> Option<u32> {
    let asked = u64::from(share.asked()) * 100;
    if asked == 0 {
        return None;
    }
    let done = u64::from(share.met) * 100 + u64::from(share.late) * u64::from(late.min(100));
    Some(((u64::from(points) * done * 2 + asked) / (2 * asked)) as u32)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// By definition: of all whole numbers of points the one nearest to the share, the greater of two that are as near.
    fn nearest(points: u32, share: Share, late: u32) -> Option<u32> {
        let whole = i128::from(share.asked()) * 100;
        let part = (i128::from(share.met) * 100 + i128::from(share.late) * i128::from(late)) * i128::from(points);
        let far = |n: &u32| (i128::from(*n) * whole - part).abs();
        (whole > 0).then(|| (0..=points).rev().min_by_key(far)).flatten()
    }

    proptest! {
        #[test]
        fn what_is_suggested_is_the_share_of_the_points(
            points in 1_u32..120, met in 0_u32..40, late in 0_u32..40, overdue in 0_u32..40, open in 0_u32..40,
            worth in 0_u32..=100,
        ) {
            let share = Share { met, late, overdue, open };
            let earned = suggested(points, share, worth);
            prop_assert_eq!(earned, nearest(points, share, worth));
            // One more on time is never less; nothing that has time left takes anything away.
            let more = Share { met: met + 1, ..share };
            prop_assert!(suggested(points, more, worth) >= earned);
            let later = Share { open: open + 9, ..share };
            prop_assert_eq!(suggested(points, later, worth), earned);
            // On time earns at least what late earns.
            let timely = Share { met: met + late, late: 0, ..share };
            prop_assert!(suggested(points, timely, worth) >= earned);
        }
    }

    #[test]
    fn all_earns_all_nothing_earns_nothing_and_what_nobody_asked_for_has_no_points() {
        let share = |met, late, overdue| Share { met, late, overdue, open: 3 };
        assert_eq!(suggested(20, share(12, 0, 0), 50), Some(20));
        assert_eq!(suggested(20, share(0, 0, 12), 50), Some(0));
        assert_eq!(suggested(20, share(0, 12, 0), 50), Some(10));
        assert_eq!(suggested(20, share(0, 12, 0), 0), Some(0));
        assert_eq!(suggested(15, share(1, 0, 1), 50), Some(8), "halves go up");
        assert_eq!(suggested(20, share(0, 0, 0), 50), None);
    }
}
