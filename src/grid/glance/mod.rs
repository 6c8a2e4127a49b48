//! The county at a glance (M-14): nodes by months, each month's numbers, what moved, what is worst, who is silent, and
//! which of the pack's thresholds are breached (M-13).
//!
//! Three numbers a month, all from the state. What is **overdue** stands as it did at the end of the month by what had been
//! entered by then, in the running month as it does today; so an entry that came late does not make an earlier month
//! better, and the running month is what `wangge due` says. **Coverage** and **on time** are about what fell due within the
//! month, as it stands today.
mod facts;
mod months;
mod reason;
mod silence;
mod tile;
mod units;
mod unsynced;
mod warning;

use chrono::NaiveDate;

pub use facts::{Whose, behind, records, steps, without};
pub use months::{MONTHS, Months};
pub use reason::{Reason, Why, worst};
pub use silence::{Silent, silent};
pub use tile::{Measure, Tile};
pub use units::{UnitTile, lacks, units};
pub use unsynced::Unsynced;
pub use warning::{Breach, Warning, warnings};

use super::{
    org::NodeIx,
    standing::{of_all, told_since},
    state::State,
};

/// The numbers of every node and month, and the sums up the tree.
#[derive(Clone, Debug)]
pub struct Glance {
    months: Months,
    own: Vec<[Tile; MONTHS]>,
    sum: Vec<[Tile; MONTHS]>,
}

impl Glance {
    /// The whole tree on `today`.
    pub fn new(state: &State, today: NaiveDate) -> Glance {
        let months = Months::until(state, today);
        let org = state.org();
        let own = of_all(org, |ix| own(state, ix, &months));
        let mut sum = own.clone();
        for root in org.roots() {
            for ix in org.subtree(*root).into_iter().rev() {
                if let Some(parent) = org.node(ix).parent {
                    let below = sum[ix.0 as usize];
                    sum[parent.0 as usize].iter_mut().zip(below).for_each(|(tile, more)| *tile += more);
                }
            }
        }
        Glance { months, own, sum }
    }

    /// Follows what a fact touched: `changed` are the nodes that [`super::standing::Overview::follow`] reckoned again, none where all were.
    pub fn follow(&mut self, state: &State, changed: Option<&[NodeIx]>) {
        let Some(changed) = changed.filter(|_| state.org().nodes().len() == self.own.len()) else {
            *self = Glance::new(state, self.months.today());
            return;
        };
        for ix in changed {
            let now = own(state, *ix, &self.months);
            let before = std::mem::replace(&mut self.own[ix.0 as usize], now);
            for up in state.org().path_up(*ix) {
                for (month, tile) in self.sum[up.0 as usize].iter_mut().enumerate() {
                    *tile += now[month];
                    *tile -= before[month];
                }
            }
        }
    }

    /// The months, the oldest first; the last one runs.
    pub fn months(&self) -> &Months {
        &self.months
    }

    /// The node's own numbers, month by month.
    pub fn own(&self, node: NodeIx) -> [Tile; MONTHS] {
        self.own.get(node.0 as usize).copied().unwrap_or_default()
    }

    /// The numbers of the node and everything below it.
    pub fn sum(&self, node: NodeIx) -> [Tile; MONTHS] {
        self.sum.get(node.0 as usize).copied().unwrap_or_default()
    }

    /// One number of the node and everything below it; none where there is nothing to tell of.
    pub fn value(&self, node: NodeIx, measure: Measure, month: usize) -> Option<u32> {
        self.months.has_begun(month).then(|| measure.of(&self.sum(node)[month]))?
    }

    /// By how much the node with everything below it moved (see [`Measure::spans`]); none where there is nothing to compare.
    pub fn moved(&self, node: NodeIx, measure: Measure) -> Option<i64> {
        self.between(&self.sum(node), measure)
    }

    /// The same of the node alone.
    pub fn moved_itself(&self, node: NodeIx, measure: Measure) -> Option<i64> {
        self.between(&self.own(node), measure)
    }

    fn between(&self, tiles: &[Tile; MONTHS], measure: Measure) -> Option<i64> {
        let (before, after) = measure.spans();
        let of = |month: usize| self.months.has_begun(month).then(|| measure.of(&tiles[month]))?;
        Some(i64::from(of(after)?) - i64::from(of(before)?))
    }

    /// The nodes below `node` that moved most by themselves: those that got worse, and those that got better, the most
    /// first, at most `most` of each.
    pub fn movers(&self, state: &State, node: NodeIx, measure: Measure, most: usize) -> [Vec<(NodeIx, i64)>; 2] {
        let all = state.org().subtree(node).into_iter();
        let mut moved: Vec<(NodeIx, i64)> = all.filter_map(|ix| Some((ix, self.moved_itself(ix, measure)?))).collect();
        moved.retain(|(_, by)| *by != 0);
        moved.sort_by_key(|(ix, by)| (std::cmp::Reverse(by.abs()), *ix));
        let (mut worse, mut better): (Vec<_>, Vec<_>) = moved.into_iter().partition(|(_, by)| measure.is_worse(*by));
        worse.truncate(most);
        better.truncate(most);
        [worse, better]
    }
}

/// The node's own numbers.
fn own(state: &State, node: NodeIx, months: &Months) -> [Tile; MONTHS] {
    let mut tiles = [Tile::default(); MONTHS];
    for row in told_since(state, node, months.first(), months.today()) {
        for (month, tile) in tiles.iter_mut().enumerate().skip(months.overdue_from(&row)) {
            let is_overdue = months.is_overdue(state, &row, month);
            tile.overdue += u32::from(is_overdue);
            // What was met stays met; a matter may have been entered long after its day.
            if !is_overdue && row.about.is_none() {
                break;
            }
        }
        if let Some(month) = months.covered(state, &row) {
            tiles[month].reached += row.have.min(row.need);
            tiles[month].quota += row.need;
        }
        if let Some((month, on_time)) = months.fell_due(state, &row) {
            tiles[month].due += 1;
            tiles[month].on_time += u32::from(on_time);
        }
    }
    tiles
}
