//! `count`: at least n records of a kind at the grid (A2-3长-4a: each quarter one training session).
use super::{Entry, Gathered, Kind, Param, Tally};
use crate::{
    grid::standing::{Site, Standing},
    words::word,
};

pub(super) const KIND: Entry = Entry {
    name: "count",
    params: &[Param { key: "count", means: || word("duty.count.count"), required: true }],
    fed: true,
    read: |params| Ok(Box::new(Count { count: params.whole_required("count", 1, 10_000)? })),
};

/// Met when the node has at least `count` records; a unit counts once a day however often it was visited.
#[derive(Debug)]
struct Count {
    count: u32,
}

impl Kind for Count {
    fn name(&self) -> &'static str {
        KIND.name
    }

    fn contribution(&self, of: &Gathered) -> Tally {
        of.records()
    }

    fn standings(&self, site: &Site<'_>, out: &mut Vec<Standing>) {
        site.periodic(|_, _| self.count, out);
    }
}
