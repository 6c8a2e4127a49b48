//! `complete`: every subject has the record (A2-3员-4: each month every unit checks its ledger).
use super::{Entry, Gathered, Kind, Param, Tally};
use crate::{
    grid::standing::{Site, Standing},
    words::word,
};

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

    fn contribution(&self, of: &Gathered) -> Tally {
        if self.least == 0 { of.reached() } else { of.amounts(self.least) }
    }

    fn standings(&self, site: &Site<'_>, out: &mut Vec<Standing>) {
        site.periodic(|members, _| members, out);
    }
}
