//! What relieves of duties and what closes periods: exemptions, locks, and the exceptions from them.
use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use minicbor::{Decode, Encode};

use crate::grid::{
    fact::{FactId, Unlock, codec},
    org::NodeIx,
};

/// Exemptions, locks and exceptions, each under the fact that gave it, so that it can be withdrawn.
#[derive(Clone, Debug, Default, PartialEq, Encode, Decode)]
pub(super) struct Relief {
    /// (duty, node, period's ordinal) of what need not be done, and by which facts.
    #[n(0)]
    exempt: BTreeSet<(u32, NodeIx, i32, FactId)>,
    #[n(1)]
    locks: BTreeMap<FactId, Locked>,
    #[n(2)]
    unlocks: BTreeMap<FactId, Opened>,
}

#[derive(Clone, Debug, PartialEq, Encode, Decode)]
struct Locked {
    #[n(0)]
    at: NodeIx,
    #[cbor(n(1), with = "codec::day")]
    through: NaiveDate,
}

#[derive(Clone, Debug, PartialEq, Encode, Decode)]
struct Opened {
    #[n(0)]
    at: NodeIx,
    #[cbor(n(1), with = "codec::day")]
    from: NaiveDate,
    #[cbor(n(2), with = "codec::day")]
    through: NaiveDate,
    #[cbor(n(3), with = "codec::day")]
    until: NaiveDate,
}

impl Relief {
    pub(super) fn exempt(&mut self, duty: usize, node: NodeIx, ordinal: i32, by: FactId) {
        self.exempt.insert((duty as u32, node, ordinal, by));
    }

    pub(super) fn lock(&mut self, at: NodeIx, through: NaiveDate, by: FactId) {
        self.locks.insert(by, Locked { at, through });
    }

    pub(super) fn unlock(&mut self, at: NodeIx, unlock: &Unlock, by: FactId) {
        let Unlock { from, through, until, .. } = *unlock;
        self.unlocks.insert(by, Opened { at, from, through, until });
    }

    /// Takes out what a fact gave; returns the node that is touched.
    pub(super) fn remove(&mut self, by: FactId) -> Option<NodeIx> {
        let exempt = self.exempt.iter().find(|(.., fact)| *fact == by).copied();
        if let Some(row) = exempt {
            self.exempt.remove(&row);
            return Some(row.1);
        }
        let lock = self.locks.remove(&by).map(|lock| lock.at);
        lock.or_else(|| self.unlocks.remove(&by).map(|unlock| unlock.at))
    }

    pub(super) fn is_exempt(&self, duty: usize, node: NodeIx, ordinal: i32) -> bool {
        let key = |fact| (duty as u32, node, ordinal, fact);
        !self.exempt.is_empty()
            && self
                .exempt
                .range(key(FactId::LEAST)..)
                .next()
                .is_some_and(|row| (row.0, row.1, row.2) == (duty as u32, node, ordinal))
    }

    /// The last day that is locked at a node; `within` says whether it lies at or below another.
    pub(super) fn locked_through(&self, within: impl Fn(NodeIx) -> bool) -> Option<NaiveDate> {
        self.locks.values().filter(|lock| within(lock.at)).map(|lock| lock.through).max()
    }

    /// Whether an exception lets `day` be recorded on `today`.
    pub(super) fn is_unlocked(&self, within: impl Fn(NodeIx) -> bool, day: NaiveDate, today: NaiveDate) -> bool {
        let mut open = self.unlocks.values();
        open.any(|open| within(open.at) && open.from <= day && day <= open.through && today <= open.until)
    }

    /// Tells everything that holds, a line each, with nodes by their ids.
    pub(super) fn told<'a>(&self, id: impl Fn(NodeIx) -> &'a str, mut line: impl FnMut(std::fmt::Arguments<'_>)) {
        for (duty, at, ordinal, by) in &self.exempt {
            line(format_args!("exempt {duty} {} {ordinal} {by}", id(*at)));
        }
        for (by, Locked { at, through }) in &self.locks {
            line(format_args!("lock {by} {} {through}", id(*at)));
        }
        for (by, Opened { at, from, through, until }) in &self.unlocks {
            line(format_args!("unlock {by} {} {from} {through} {until}", id(*at)));
        }
    }

    /// Whether every pointer is to one of so many nodes and duties.
    pub(super) fn fits(&self, nodes: u32, duties: u32) -> bool {
        self.exempt.iter().all(|(duty, node, ..)| *duty < duties && node.0 < nodes)
            && self.locks.values().all(|lock| lock.at.0 < nodes)
            && self.unlocks.values().all(|unlock| unlock.at.0 < nodes)
    }
}
