//! `complete`: every subject has the record (A2-3员-4: each month every unit checks its ledger).
use super::{Entry, Kind, Param, Tally, reached};
use crate::grid::{
    standing::{Site, Standing},
    state::Mark,
};
use crate::words::word;

pub(super) const KIND: Entry = Entry {
    name: "complete",
    params: &[Param { key: "least", means: || word("duty.complete.least"), required: false }],
    fed: true,
    read: |params| Ok(Box::new(Complete { least: params.whole("least", 1, 60_000)?.unwrap_or(0) })),
};

/// Met when all subjects that belonged to the node at the period's start have a record; with `least`, when the amounts
/// of each one's records add up to so much.
#[derive(Debug)]
struct Complete {
    least: u32,
}

impl Kind for Complete {
    fn name(&self) -> &'static str {
        KIND.name
    }

    fn per_unit(&self) -> bool {
        true
    }

    fn contribution(&self, marks: &[Mark], due_day: u16) -> Tally {
        if self.least == 0 {
            return reached(marks, due_day);
        }
        let sum = |marks: &mut dyn Iterator<Item = &Mark>| marks.map(|mark| u32::from(mark.amount)).sum::<u32>();
        let enough = |sum: u32| u32::from(sum >= self.least);
        Tally {
            have: enough(sum(&mut marks.iter())),
            on_time: enough(sum(&mut marks.iter().filter(|mark| mark.recorded <= due_day))),
        }
    }

    fn standings(&self, site: &Site<'_>, out: &mut Vec<Standing>) {
        site.periodic(|members, _| members, out);
    }
}
