//! `coverage`: enough distinct subjects were reached (A2-3长-2: each month at least 30 % of the grid's units).
use super::{Entry, Gathered, Kind, Param, Tally};
use crate::{
    grid::standing::{Site, Standing},
    words::word,
};

pub(super) const KIND: Entry = Entry {
    name: "coverage",
    params: &[Param { key: "percent", means: || word("duty.coverage.percent"), required: true }],
    fed: true,
    read: |params| Ok(Box::new(Coverage { percent: params.whole_required("percent", 1, 100)? })),
};

/// Met when distinct subjects reached >= ceil(percent x subjects at the period's start).
#[derive(Debug)]
struct Coverage {
    percent: u32,
}

impl Kind for Coverage {
    fn name(&self) -> &'static str {
        KIND.name
    }

    fn per_unit(&self) -> bool {
        true
    }

    fn contribution(&self, of: &Gathered) -> Tally {
        of.reached()
    }

    fn standings(&self, site: &Site<'_>, out: &mut Vec<Standing>) {
        // Whole numbers: 30 % of 10 is 3 exactly, where a floating 0.3 x 10 would round up to 4.
        site.periodic(|members, _| (members * self.percent).div_ceil(100), out);
    }
}
