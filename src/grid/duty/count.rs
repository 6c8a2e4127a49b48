//! `count`: at least n records of a kind at the grid (A2-3长-4a: each quarter one training session).
use super::{Kind, Tally};
use crate::grid::{pack::Duty, state::Mark};

/// Met when the node has at least `count` records; a unit counts once a day however often it was visited.
#[derive(Debug)]
pub(super) struct Count;

impl Kind for Count {
    fn name(&self) -> &'static str {
        "count"
    }

    fn per_unit(&self) -> bool {
        false
    }

    fn objection(&self, duty: &Duty) -> Option<String> {
        match duty.count {
            Some(1..) => None,
            _ => Some("count 需要一个不小于 1 的 count，例如 count = 1".to_owned()),
        }
    }

    fn contribution(&self, _: &Duty, marks: &[Mark], due_day: u16) -> Tally {
        let mut tally = Tally::default();
        let mut add = |group: &[Mark]| {
            tally.have += 1;
            tally.on_time += u32::from(group.iter().any(|mark| mark.recorded <= due_day));
        };
        for day in marks.chunk_by(|a, b| a.day == b.day) {
            let (visits, others): (Vec<Mark>, Vec<Mark>) = day.iter().partition(|mark| mark.what.is_visit());
            others.chunks(1).for_each(&mut add);
            if !visits.is_empty() {
                add(&visits);
            }
        }
        tally
    }

    fn need(&self, duty: &Duty, _: u32) -> u32 {
        duty.count.unwrap_or(0)
    }
}
