//! The burden table (负担表): what the program's own entries cost, by month, duty and form, and which fields nobody fills
//! or reads. It is about the work that is asked for, so that what costs much and serves nothing can be dropped.
//!
//! **It never measures a person.** All that is ever told of keys and seconds are sums of *pools*: entries of one month, of
//! one form, that serve the same duties, below one node. A pool in which fewer than [`FEW`] people typed is told nowhere;
//! at a grid none is told at all. A township's small pools are joined with those of others at the node above them, and
//! told there if enough people typed them together. So whatever sums are taken from one another, by node, duty or month,
//! what is left is a sum of such pools, never one person's work.
mod fields;
mod kind;
mod pool;
mod reads;
mod work;

use std::collections::BTreeMap;

use chrono::NaiveDate;

use self::{fields::Asked, pool::Pool};
pub use self::{
    fields::{FieldRow, Verdict},
    kind::Kind,
    reads::Reader,
    work::Work,
};
use super::{Scope, gather::weigh, sheet::duties_of};
use crate::{
    grid::{
        calendar::{Cadence, Period},
        fact::Fact,
        org::NodeIx,
    },
    log::{Log, LogError},
};

/// So many people at least must have typed what is told in one figure.
pub const FEW: usize = 3;

/// What entries of one scope cost and hold, summed up while they are read.
#[derive(Clone, Debug, Default)]
pub struct Burden {
    pools: BTreeMap<Key, Pool>,
    /// Sets of duties, each once.
    sets: Vec<Vec<usize>>,
    asked: Asked,
}

/// Which entries are summed up together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Key {
    month: i32,
    kind: Kind,
    /// The duties that they serve, by their place in [`Burden::sets`].
    set: usize,
    /// The lowest node above grids.
    node: NodeIx,
}

impl Burden {
    /// Takes in a fact that happened in the scope's period; what is no entry or not the scope's is passed over.
    ///
    /// What was corrected or taken back later counts as well: it was typed.
    pub fn take(&mut self, scope: &Scope<'_>, fact: &Fact) {
        if !scope.period.contains(fact.draft.occurred) || super::sheet::is_secret(fact) {
            return;
        }
        let Some(kind) = Kind::of(&fact.draft.body) else { return };
        let Some(node) = scope.node_of(fact).filter(|node| scope.holds(*node)) else { return };
        let set = self.set(duties_of(scope, node, fact));
        let key = Key { month: month(fact.draft.occurred), kind, set, node: above_grids(scope, node) };
        self.pools.entry(key).or_default().take(fact);
        self.asked.take(kind, &fact.draft.body);
    }

    /// Whether there is no entry at all.
    pub fn is_empty(&self) -> bool {
        self.pools.is_empty()
    }

    /// How many entries say what they cost, of how many.
    pub fn measured(&self) -> (u32, u32) {
        self.pools.values().fold((0, 0), |sum, pool| (sum.0 + pool.measured, sum.1 + pool.entries))
    }

    fn set(&mut self, duties: Vec<usize>) -> usize {
        let known = self.sets.iter().position(|set| *set == duties);
        known.unwrap_or_else(|| {
            self.sets.push(duties);
            self.sets.len() - 1
        })
    }
}

/// Both tables of a node and a period, as they are shown.
#[derive(Clone, Debug)]
pub struct Weighed {
    /// The node.
    pub node: NodeIx,
    /// The period.
    pub period: Period,
    /// How many entries say what they cost, of how many.
    pub measured: (u32, u32),
    /// The table of work.
    pub work: Vec<Work>,
    /// The table of fields.
    pub fields: Vec<FieldRow>,
}

impl Weighed {
    /// Reads what the log has of a scope.
    ///
    /// # Errors
    /// The log's own.
    pub fn of(scope: &Scope<'_>, log: &dyn Log) -> Result<Weighed, LogError> {
        let burden = weigh(scope, log)?;
        let (work, fields) = (burden.work(scope), burden.fields(scope));
        Ok(Weighed { node: scope.root, period: scope.period, measured: burden.measured(), work, fields })
    }
}

fn month(day: NaiveDate) -> i32 {
    Period::containing(Cadence::Month, day).ordinal()
}

/// The node itself, or for a grid the one above it.
fn above_grids(scope: &Scope<'_>, node: NodeIx) -> NodeIx {
    let org = scope.state.org();
    org.path_up(node).find(|up| !org.node(*up).is_grid()).unwrap_or(node)
}
