//! What an entry cost to make: keystrokes and seconds at the desk.
//!
//! It says what the system asks of people, never how well a person works: it is only ever told as sums
//! (`report::burden`), and no table, screen or command shows that of one fact.
use minicbor::{Decode, Encode};

/// What it cost to make one fact at the desk. What comes from the command line or from a file has none.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Encode, Decode)]
pub struct Effort {
    /// Keys pressed, clicks and pastes; at most 65,535.
    #[n(0)]
    pub keys: u16,
    /// Seconds from the first key to the last, without the time in which nothing was pressed; at most 65,535.
    #[n(1)]
    pub seconds: u16,
}

impl Effort {
    /// The part of the one at place `at` of `n` that were made together: all parts sum up to the whole, and the first ones
    /// have what does not divide.
    #[must_use]
    pub fn part(self, at: usize, n: usize) -> Effort {
        let n = n.max(1);
        let part = |whole: u16| (usize::from(whole) / n + usize::from(at < usize::from(whole) % n)) as u16;
        Effort { keys: part(self.keys), seconds: part(self.seconds) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_many_facts_share_sums_up_to_the_whole() {
        for (keys, seconds) in [(0, 0), (1, 0), (17, 63), (9, 9), (u16::MAX, 65_530)] {
            for n in 1..=12 {
                let parts: Vec<Effort> = (0..n).map(|at| Effort { keys, seconds }.part(at, n)).collect();
                let sum = |of: fn(&Effort) -> u16| parts.iter().map(|part| u32::from(of(part))).sum::<u32>();
                assert_eq!((sum(|e| e.keys), sum(|e| e.seconds)), (keys.into(), seconds.into()), "{n}");
                assert!(parts.iter().all(|part| parts[0].keys - part.keys <= 1), "{n}: evenly");
            }
        }
    }
}
