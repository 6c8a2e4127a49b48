//! `complete`: every subject has the record (A2-3员-4: each month every unit checks its ledger).
use super::{Kind, Tally, reached};
use crate::grid::{pack::Duty, state::Mark};

/// Met when all subjects that belonged to the node at the period's start have a record.
#[derive(Debug)]
pub(super) struct Complete;

impl Kind for Complete {
    fn name(&self) -> &'static str {
        "complete"
    }

    fn per_unit(&self) -> bool {
        true
    }

    fn objection(&self, _: &Duty) -> Option<String> {
        None
    }

    fn contribution(&self, _: &Duty, marks: &[Mark], due_day: u16) -> Tally {
        reached(marks, due_day)
    }

    fn need(&self, _: &Duty, members: u32) -> u32 {
        members
    }
}
