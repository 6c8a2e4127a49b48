//! `coverage`: enough distinct subjects were reached (A2-3长-2: each month at least 30 % of the grid's units).
use super::{Kind, Tally, reached};
use crate::grid::{pack::Duty, state::Mark};

/// Met when distinct subjects reached >= ceil(percent x subjects at the period's start).
#[derive(Debug)]
pub(super) struct Coverage;

impl Kind for Coverage {
    fn name(&self) -> &'static str {
        "coverage"
    }

    fn per_unit(&self) -> bool {
        true
    }

    fn objection(&self, duty: &Duty) -> Option<String> {
        match duty.percent {
            Some(1..=100) => None,
            Some(_) => Some("percent 应在 1 到 100 之间".to_owned()),
            None => Some("coverage 需要 percent，例如 percent = 30".to_owned()),
        }
    }

    fn contribution(&self, _: &Duty, marks: &[Mark], due_day: u16) -> Tally {
        reached(marks, due_day)
    }

    fn need(&self, duty: &Duty, members: u32) -> u32 {
        // Whole numbers: 30 % of 10 is 3 exactly, where a floating 0.3 x 10 would round up to 4.
        (members * duty.percent.unwrap_or(0)).div_ceil(100)
    }
}
