//! Units and people.
use chrono::NaiveDate;

use super::{Member, NodeIx, Said, UnitIx, table::Row};
use crate::grid::fact::{PersonRecord, UnitRecord};

/// A 统计调查对象: an enterprise, an institution, a project, a village.
#[derive(Clone, Debug, PartialEq)]
pub struct Unit {
    /// The id that facts use: the code under which it was first recorded.
    pub id: String,
    /// What is known of it now.
    pub record: UnitRecord,
    /// Where it belonged from when on, oldest first.
    pub stays: Vec<Stay>,
    /// The nodes where it was said to belong by words that a later one about the same day took the place of.
    pub earlier: Vec<NodeIx>,
    pub(super) said: Said,
}

/// From a day on, the unit belongs to a node, or to none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stay {
    /// The node; none is 未划入网格.
    pub node: Option<NodeIx>,
    /// The first day.
    pub from: NaiveDate,
    pub(super) said: Said,
}

/// A person.
#[derive(Clone, Debug, PartialEq)]
pub struct Person {
    /// The id that facts use.
    pub id: String,
    /// What is known of them now.
    pub record: PersonRecord,
    pub(super) said: Said,
}

impl Row for Unit {
    fn id(&self) -> &str {
        &self.id
    }
}

impl Row for Person {
    fn id(&self) -> &str {
        &self.id
    }
}

impl Person {
    pub(super) fn placeholder(id: &str) -> Person {
        let record = PersonRecord { name: id.to_owned(), ..PersonRecord::default() };
        Person { id: id.to_owned(), record, said: Said::NEVER }
    }

    /// Whether their own record has come; until then they are only a name that other facts use.
    pub fn is_recorded(&self) -> bool {
        self.said != Said::NEVER
    }
}

impl Unit {
    pub(super) fn placeholder(id: &str) -> Unit {
        let record = UnitRecord { code: id.to_owned(), name: id.to_owned(), ..UnitRecord::default() };
        Unit { id: id.to_owned(), record, stays: Vec::new(), earlier: Vec::new(), said: Said::NEVER }
    }

    /// Whether its own record has come; until then it is only a name that other facts use.
    pub fn is_recorded(&self) -> bool {
        self.said != Said::NEVER
    }

    /// The node that it belongs to on `day`.
    pub fn grid_on(&self, day: NaiveDate) -> Option<NodeIx> {
        self.stays.iter().rev().find(|stay| stay.from <= day).and_then(|stay| stay.node)
    }

    /// Whether it was ever said to belong to a node, by whatever word.
    pub fn was_ever_at(&self, node: NodeIx) -> bool {
        self.stays.iter().any(|stay| stay.node == Some(node)) || self.earlier.contains(&node)
    }

    /// Adds a stay; of two words about the same first day the later one counts.
    pub(super) fn place(&mut self, node: Option<NodeIx>, from: NaiveDate, said: Said) {
        let at = self.stays.partition_point(|stay| stay.from < from);
        match self.stays.get_mut(at) {
            Some(same) if same.from == from => {
                let new = Stay { node, from, said };
                let lost = if same.said > said { new } else { std::mem::replace(same, new) };
                self.earlier.extend(lost.node.filter(|node| !self.earlier.contains(node)));
            }
            _ => self.stays.insert(at, Stay { node, from, said }),
        }
    }

    /// The stays as memberships with both ends.
    pub(super) fn spans(&self, unit: UnitIx) -> impl Iterator<Item = (NodeIx, Member)> {
        self.stays.iter().enumerate().filter_map(move |(i, stay)| {
            let to = self.stays.get(i + 1).map(|next| next.from);
            stay.node.map(|node| (node, Member { unit, from: stay.from, to }))
        })
    }
}
