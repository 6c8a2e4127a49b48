//! Gathers a storm of window changes into few.

/// A change is told when none has followed for this long.
const QUIET_MS: u64 = 60;
/// A storm is told of at least this often.
const MOST_MS: u64 = 500;

/// Changes that were not told yet.
#[derive(Debug, Default)]
pub(super) struct Resizes {
    first_and_last: Option<(u64, u64)>,
}

impl Resizes {
    /// The window changed at `now`.
    pub(super) fn note(&mut self, now: u64) {
        let first = self.first_and_last.map_or(now, |(first, _)| first);
        self.first_and_last = Some((first, now));
    }

    /// When it should be told.
    pub(super) fn deadline(&self) -> Option<u64> {
        self.first_and_last.map(|(first, last)| (last + QUIET_MS).min(first + MOST_MS))
    }

    /// Whether it is to be told now; if so, that is done with.
    pub(super) fn due(&mut self, now: u64) -> bool {
        let due = self.deadline().is_some_and(|deadline| now >= deadline);
        if due {
            self.first_and_last = None;
        }
        due
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forty_changes_in_a_second_are_told_at_most_three_times_and_the_last_one_is() {
        let mut resizes = Resizes::default();
        let mut told = Vec::new();
        for now in 0..2_000 {
            if now < 1_000 && now % 25 == 0 {
                resizes.note(now);
            }
            if resizes.due(now) {
                told.push(now);
            }
        }
        assert!(told.len() <= 3, "{told:?}");
        assert!(told.last() >= Some(&975), "{told:?}");
        assert_eq!(resizes.deadline(), None);
        resizes.note(5_000);
        assert!(!resizes.due(5_059) && resizes.due(5_060) && !resizes.due(5_061));
    }
}
