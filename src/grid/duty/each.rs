//! `each`: every grid below has at least n in the period (A2-2副-5c: each quarter the 二级副网格长 calls at each grid).
use chrono::NaiveDate;

use super::{Entry, Gathered, Kind, Param, Tally};
use crate::{
    grid::standing::{Site, Standing},
    words::word,
};

pub(super) const KIND: Entry = Entry {
    name: "each",
    params: &[Param { key: "count", means: || word("duty.each.count"), required: true }],
    fed: true,
    read: |params| Ok(Box::new(Each { count: params.whole_required("count", 1, 10_000)? })),
};

/// Met when every grid right below the node that had units in the period has at least `count` records.
#[derive(Debug)]
struct Each {
    count: u32,
}

impl Kind for Each {
    fn name(&self) -> &'static str {
        KIND.name
    }

    fn adds_up(&self) -> bool {
        true
    }

    fn contribution(&self, of: &Gathered) -> Tally {
        of.records()
    }

    fn was_open(&self, site: &Site<'_>, of: &Standing, day: NaiveDate) -> bool {
        site.entered_by_children(self.count, of.period, day) < of.need
    }

    fn standings(&self, site: &Site<'_>, out: &mut Vec<Standing>) {
        site.by_children(self.count, out);
    }
}
