//! What was found, and how well it fits.

/// How well a name fits, the best first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Rank {
    /// The name, or a code, was typed to the letter.
    Exact,
    /// The beginning of the name or of a code; or all of the name by its pinyin.
    Prefix,
    /// The beginning of a word: of what follows the place in a name, 华鑫 in 兰溪市华鑫纺织.
    Word,
    /// Anything else.
    Other,
}

/// Which rows of an index were found, in the order of the rows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Found {
    pub(super) rows: Vec<u32>,
    pub(super) ranks: Vec<Rank>,
    /// The rows before this one were looked through.
    pub(super) seen: u32,
}

impl Found {
    /// How many there are.
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// The rows, in their order.
    pub fn rows(&self) -> &[u32] {
        &self.rows
    }

    /// The rows with their ranks, in their order.
    pub fn ranked(&self) -> impl Iterator<Item = (u32, Rank)> {
        self.rows.iter().copied().zip(self.ranks.iter().copied())
    }

    /// The best rows, at most `n`, each with its class: exact ones first, then those that are the reader's `own`, then
    /// the rest; each by how well they fit, equals in the order of the rows.
    pub fn best(&self, n: usize, own: impl Fn(u32) -> bool) -> Vec<(usize, u32)> {
        const CLASSES: usize = 7;
        let mut classes: [Vec<(usize, u32)>; CLASSES] = Default::default();
        for (row, rank) in self.ranked() {
            let class = match rank {
                Rank::Exact => 0,
                rank if own(row) => rank as usize,
                rank => rank as usize + 3,
            };
            if classes[class].len() < n {
                classes[class].push((class, row));
            }
        }
        classes.into_iter().flatten().take(n).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_best_are_exact_then_own_then_by_fit_then_in_order() {
        use Rank::{Exact, Other, Prefix, Word};
        let ranks = vec![Other, Prefix, Other, Exact, Word, Prefix, Other];
        let found = Found { rows: (0..7).collect(), ranks, seen: 7 };
        let best = |n| found.best(n, |row| row % 2 == 0).into_iter().map(|(_, row)| row).collect::<Vec<_>>();
        assert_eq!(best(9), [3, 4, 0, 2, 6, 1, 5]);
        assert_eq!(best(2), [3, 4]);
    }
}
