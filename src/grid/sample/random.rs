//! Chance that is the same for the same seed on every machine (SplitMix64).

/// A stream of numbers.
pub(super) struct Random(u64);

impl Random {
    /// The stream of a seed.
    pub fn new(seed: u64) -> Random {
        Random(seed)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// A number below `limit`; 0 where the limit is 0.
    pub fn below(&mut self, limit: usize) -> usize {
        // The high half of the product: even enough for names, and without a division.
        ((u128::from(self.next()) * limit as u128) >> 64) as usize
    }

    /// One of `items`, which must not be empty.
    pub fn pick<T: Copy>(&mut self, items: &[T]) -> T {
        items[self.below(items.len())]
    }

    /// One of `items` by its weight; the weights must not all be 0.
    pub fn weighted<'a, T>(&mut self, items: &'a [T], weight: impl Fn(&T) -> usize) -> &'a T {
        let mut at = self.below(items.iter().map(&weight).sum());
        for item in items {
            match at.checked_sub(weight(item)) {
                Some(rest) => at = rest,
                None => return item,
            }
        }
        &items[0]
    }
}
