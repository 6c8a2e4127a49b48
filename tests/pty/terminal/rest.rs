//! When the program has taken what was typed and is at rest: its threads say so, however loaded the machine is.
use std::{
    fs,
    time::{Duration, Instant},
};

use super::{PATIENCE, Terminal};

/// A program that slept through a key for so long does not read keys.
const SLEPT_THROUGH: Duration = Duration::from_secs(1);
/// Between two looks at a program that is at work.
const LOOK: Duration = Duration::from_millis(2);

/// What the program's threads are doing.
#[derive(PartialEq, Eq)]
struct Activity {
    /// All of them wait for something that is not the disk.
    asleep: bool,
    /// How often they began to wait.
    switches: u64,
}

impl Terminal {
    /// Sends bytes, and waits until the program has taken them and is at rest.
    pub(super) fn tell(&mut self, bytes: &[u8], quiet: Duration) {
        let before = self.switches();
        self.send(bytes);
        self.rest(quiet, before);
    }

    /// Waits until the program has been woken since `before`, sleeps, and has sent nothing for `quiet`.
    pub(super) fn rest(&mut self, quiet: Duration, before: Option<u64>) {
        let end = Instant::now() + PATIENCE;
        loop {
            let first = self.activity();
            let is_silent = !self.hear(Instant::now() + quiet);
            let Some(now) = self.activity() else {
                // It has ended.
                while !self.closed && self.hear(end) {}
                return;
            };
            let is_woken = before.is_none_or(|before| now.switches != before);
            if is_silent && is_woken && now.asleep && first.is_some_and(|first| first == now) {
                return;
            }
            assert!(Instant::now() < end, "the program never came to rest; on the screen:\n{}", self.frame());
        }
    }

    /// Waits until the program has been woken since `before` and sleeps again; at once if it is known to read no keys.
    #[track_caller]
    pub(super) fn taken(&mut self, before: Option<u64>) {
        let pressed = Instant::now();
        while self.reads_keys {
            let Some(now) = self.activity() else { return };
            let is_woken = before.is_none_or(|before| now.switches != before);
            if is_woken && now.asleep {
                return;
            }
            self.reads_keys = is_woken || pressed.elapsed() < SLEPT_THROUGH;
            assert!(pressed.elapsed() < PATIENCE, "the program never came to rest; on the screen:\n{}", self.frame());
            self.hear(Instant::now() + LOOK);
        }
    }

    /// How often its threads began to wait.
    pub(super) fn switches(&self) -> Option<u64> {
        self.activity().map(|activity| activity.switches)
    }

    /// None when the program is gone.
    fn activity(&self) -> Option<Activity> {
        let tasks = fs::read_dir(format!("/proc/{}/task", self.pid())).ok()?;
        let mut all = Activity { asleep: true, switches: 0 };
        for task in tasks {
            // A thread may end while one looks.
            let Ok(status) = fs::read_to_string(task.ok()?.path().join("status")) else { continue };
            let value = |name: &str| {
                let line = status.lines().find_map(|line| line.strip_prefix(name));
                line.and_then(|value| value.split_whitespace().next())
            };
            if value("State:")? == "Z" {
                return None;
            }
            all.asleep &= value("State:")? == "S";
            for name in ["voluntary_ctxt_switches:", "nonvoluntary_ctxt_switches:"] {
                all.switches += value(name)?.parse::<u64>().ok()?;
            }
        }
        Some(all)
    }
}
