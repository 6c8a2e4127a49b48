//! Chance that can be played again.

/// A stream of numbers from a seed (xorshift64*).
pub struct Dice {
    seed: u64,
    state: u64,
}

impl Dice {
    /// From `SEED`, or from the process id.
    pub fn from_env() -> Dice {
        let seed =
            std::env::var("SEED").map_or(u64::from(std::process::id()), |n| n.parse().expect("SEED is a number"));
        Dice { seed, state: seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1 }
    }

    /// The seed, for messages.
    pub fn seed(&self) -> String {
        format!("SEED={}", self.seed)
    }

    /// A number from 0 to 1.
    pub fn share(&mut self) -> f64 {
        self.state ^= self.state >> 12;
        self.state ^= self.state << 25;
        self.state ^= self.state >> 27;
        (self.state.wrapping_mul(0x2545_f491_4f6c_dd1d) >> 11) as f64 / (1u64 << 53) as f64
    }

    /// A whole number below `end`; 0 where there is none.
    pub fn below(&mut self, end: usize) -> usize {
        (self.share() * end as f64) as usize
    }
}
