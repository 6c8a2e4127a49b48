//! Up to where the state is whole, where facts come from several sides.
use std::collections::BTreeSet;

use crate::log::Position;

/// How many places beyond a gap are kept apart.
const MOST: usize = 8192;

/// The places of the facts that are in a state.
#[derive(Debug, Default)]
pub(super) struct Progress {
    /// Everything up to here.
    whole: u64,
    /// And these, with gaps before them.
    ahead: BTreeSet<u64>,
}

impl Progress {
    /// Everything up to a position.
    pub(super) fn from(position: Position) -> Progress {
        Progress { whole: position.0, ahead: BTreeSet::new() }
    }

    /// One more place; says whether it is new.
    pub(super) fn add(&mut self, place: Position) -> bool {
        let is_new = place.0 > self.whole && self.ahead.insert(place.0);
        while self.ahead.remove(&(self.whole + 1)) {
            self.whole += 1;
        }
        // Who does not see everything never hears of what lies between; it does not come so late either.
        while self.ahead.len() > MOST
            && let Some(first) = self.ahead.pop_first()
        {
            self.whole = first;
        }
        is_new
    }

    /// The position up to which nothing is missing.
    pub(super) fn whole(&self) -> Position {
        Position(self.whole)
    }

    /// Whether nothing is there beyond that position.
    pub(super) fn is_whole(&self) -> bool {
        self.ahead.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_gap_is_no_progress_until_it_is_filled() {
        let mut progress = Progress::from(Position(3));
        for (place, whole, is_whole) in [(4, 4, true), (6, 4, false), (7, 4, false), (2, 4, false), (5, 7, true)] {
            assert_eq!(progress.add(Position(place)), place != 2);
            assert!(!progress.add(Position(place)), "twice");
            assert_eq!((progress.whole(), progress.is_whole()), (Position(whole), is_whole), "after {place}");
        }
    }
}
