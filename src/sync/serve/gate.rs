//! Back-pressure: how many questions of a connection are unanswered, and how many appends it has sent this second.
use std::{
    sync::{Condvar, Mutex, PoisonError},
    time::{Duration, Instant},
};

use super::after;

/// Lets a connection's reader through as long as the others are not kept waiting.
#[derive(Debug)]
pub(super) struct Gate {
    open: Mutex<Open>,
    answered: Condvar,
    unanswered: usize,
    per_second: u32,
}

#[derive(Debug)]
struct Open {
    unanswered: usize,
    /// How many appends may still come at once.
    tokens: f64,
    since: Instant,
    shut: bool,
    /// Somebody waits for an answer: only then is waking worth its price.
    waits: bool,
}

impl Gate {
    pub(super) fn new(unanswered: usize, per_second: u32) -> Gate {
        let open = Open {
            unanswered: 0,
            tokens: f64::from(per_second),
            since: after(Duration::ZERO),
            shut: false,
            waits: false,
        };
        Gate { open: Mutex::new(open), answered: Condvar::new(), unanswered, per_second }
    }

    /// Waits until one more question may be asked that costs as much as so many appends; whether the connection still
    /// stands then.
    pub(super) fn pass(&self, cost: u32) -> bool {
        let mut open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        while !open.shut && open.unanswered >= self.unanswered {
            open.waits = true;
            open = self.answered.wait(open).unwrap_or_else(PoisonError::into_inner);
        }
        while cost > 0 && !open.shut {
            let wait = open.refill(cost, self.per_second);
            let Some(wait) = wait else { break };
            open = self.answered.wait_timeout(open, wait).unwrap_or_else(PoisonError::into_inner).0;
        }
        open.unanswered += 1;
        !open.shut
    }

    /// One question was answered.
    pub(super) fn answered(&self) {
        let mut open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        open.unanswered = open.unanswered.saturating_sub(1);
        if std::mem::take(&mut open.waits) {
            self.answered.notify_all();
        }
    }

    /// Nothing more will be answered.
    pub(super) fn shut(&self) {
        self.open.lock().unwrap_or_else(PoisonError::into_inner).shut = true;
        self.answered.notify_all();
    }
}

impl Open {
    /// Takes a turn, or says how long it is until there is one.
    fn refill(&mut self, cost: u32, per_second: u32) -> Option<Duration> {
        let now = after(Duration::ZERO);
        let most = f64::from(per_second);
        self.tokens = (self.tokens + now.duration_since(self.since).as_secs_f64() * most).min(most);
        self.since = now;
        // What costs more than a second's worth waits for a full one.
        let cost = f64::from(cost).min(most);
        if self.tokens >= cost {
            self.tokens -= cost;
            return None;
        }
        Some(Duration::from_secs_f64((cost - self.tokens) / most))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_full_gate_opens_with_an_answer_and_ends_with_the_connection() {
        let gate = Gate::new(2, 1000);
        assert!(gate.pass(0) && gate.pass(1));
        std::thread::scope(|scope| {
            let waits = scope.spawn(|| gate.pass(0));
            gate.answered();
            assert!(waits.join().unwrap_or_default());
            let ends = scope.spawn(|| gate.pass(0));
            gate.shut();
            assert!(!ends.join().unwrap_or(true));
        });
    }

    #[test]
    fn appends_beyond_the_rate_take_their_time() {
        let gate = Gate::new(100, 20);
        let begun = after(Duration::ZERO);
        for _ in 0..30 {
            assert!(gate.pass(1));
            gate.answered();
        }
        // Twenty at once, and ten more at twenty a second.
        assert!(begun.elapsed() >= Duration::from_millis(400), "{:?}", begun.elapsed());
    }
}
