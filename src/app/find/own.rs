//! What is the reader's own: found before what is somebody else's.
use chrono::NaiveDate;

use super::Kind;
use crate::grid::{org::NodeIx, state::State};

/// The nodes at and below a node, their units, and who holds posts there.
#[derive(Clone, Debug, Default)]
pub struct Own {
    /// Everything is.
    all: bool,
    /// By kind, a bit for every row.
    bits: [Vec<u64>; 3],
}

impl Own {
    /// What lies at and below `home` on a day. At a root that is everything.
    pub fn of(state: &State, home: NodeIx, day: NaiveDate) -> Own {
        let org = state.org();
        let mut own = Own { all: org.node(home).parent.is_none(), ..Own::default() };
        if own.all {
            return own;
        }
        for ix in org.subtree(home) {
            own.add(Kind::Node, ix.0);
            org.members_on(ix, day).for_each(|unit| own.add(Kind::Unit, unit.0));
            let held = org.node(ix).holdings.iter().filter(|holding| holding.holds_on(day));
            held.for_each(|holding| own.add(Kind::Person, holding.person.0));
        }
        own
    }

    fn add(&mut self, kind: Kind, row: u32) {
        let bits = &mut self.bits[kind as usize];
        let at = row as usize / 64;
        if bits.len() <= at {
            bits.resize(at + 1, 0);
        }
        bits[at] |= 1 << (row % 64);
    }

    /// Whether a row is the reader's own.
    pub fn holds(&self, kind: Kind, row: u32) -> bool {
        self.all || self.bits[kind as usize].get(row as usize / 64).is_some_and(|bits| bits >> (row % 64) & 1 == 1)
    }
}
