//! Pools: sums over entries, with as many of the people who typed them as must be told apart.
use std::collections::BTreeMap;

use super::{Burden, FEW, Key, Scope};
use crate::grid::{fact::Fact, org::NodeIx};

/// A sum over entries.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Pool {
    /// How many entries.
    pub entries: u32,
    /// Those of them that correct an earlier one.
    pub again: u32,
    /// Those of them that say what they cost.
    pub measured: u32,
    pub keys: u64,
    pub seconds: u64,
    /// Who typed those that say what they cost: the first [`FEW`] different ones. Nobody named is one.
    people: Vec<Option<String>>,
}

impl Pool {
    pub fn take(&mut self, fact: &Fact) {
        self.entries += 1;
        self.again += u32::from(fact.draft.replaces.is_some());
        if let Some(effort) = fact.draft.effort {
            self.measured += 1;
            self.keys += u64::from(effort.keys);
            self.seconds += u64::from(effort.seconds);
            self.know(&fact.draft.by);
        }
    }

    fn know(&mut self, who: &Option<String>) {
        if self.people.len() < FEW && !self.people.contains(who) {
            self.people.push(who.clone());
        }
    }

    pub fn add(&mut self, other: &Pool) {
        self.entries += other.entries;
        self.again += other.again;
        self.measured += other.measured;
        self.keys += other.keys;
        self.seconds += other.seconds;
        other.people.iter().for_each(|who| self.know(who));
    }

    /// Whether enough people typed it for it to be told.
    fn is_wide(&self) -> bool {
        self.people.len() >= FEW
    }
}

/// Entries of one month and form that serve the same duties: all of them, and those of which the cost is told.
#[derive(Clone, Debug, Default)]
pub(super) struct Told {
    pub all: Pool,
    pub told: Pool,
}

impl Burden {
    /// The entries by month, form and set of duties, with the pools that are wide enough, from below.
    pub(super) fn told(&self, scope: &Scope<'_>) -> BTreeMap<Key, Told> {
        let org = scope.state.org();
        let mut out: BTreeMap<Key, Told> = BTreeMap::new();
        let pools: Vec<(&Key, &Pool)> = self.pools.iter().collect();
        let same =
            |(a, _): &(&Key, &Pool), (b, _): &(&Key, &Pool)| (a.month, a.kind, a.set) == (b.month, b.kind, b.set);
        for group in pools.chunk_by(same) {
            let mut left: BTreeMap<NodeIx, Pool> =
                group.iter().map(|(key, pool)| (key.node, (*pool).clone())).collect();
            let told = out.entry(Key { node: scope.root, ..*group[0].0 }).or_default();
            left.values().for_each(|pool| told.all.add(pool));
            // What lies below comes first.
            for node in scope.nodes.iter().rev() {
                let Some(pool) = left.remove(node) else { continue };
                let above = org.path_up(*node).nth(1).filter(|above| scope.holds(*above));
                match above {
                    _ if pool.is_wide() => told.told.add(&pool),
                    Some(above) => left.entry(above).or_default().add(&pool),
                    None => {}
                }
            }
        }
        out
    }
}
