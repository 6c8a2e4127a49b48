//! Enterprises, and the grids of today that they can stay in.
use crate::grid::org::{NodeIx, Sector, UnitIx};

/// An enterprise as the designer sees it; its trade and place are indices into tables of the ones that occur.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Firm {
    pub unit: UnitIx,
    pub sector: Sector,
    /// The 大类.
    pub trade: usize,
    /// The village, or the township where no village is known.
    pub place: usize,
    /// Its grid of today, by place in the roster's list.
    pub home: Option<usize>,
}

/// A grid of today that enterprises can stay in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Home {
    pub node: NodeIx,
    pub sector: Option<Sector>,
    /// How many of the firms are in it.
    pub size: usize,
    /// The first of them.
    pub first: Option<usize>,
}

impl Home {
    /// Whether most of its members, or the half with its first one, are among `here` that are together: then those
    /// keep its id and name. At most one grid can say so of a home.
    pub(super) fn stays(&self, here: usize, with_first: bool) -> bool {
        2 * here > self.size || (2 * here == self.size && with_first)
    }
}
