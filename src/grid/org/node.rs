//! A node of the tree with its members and posts over time.
use chrono::NaiveDate;

use super::{Form, NodeIx, PersonIx, Post, Said, Sector, UnitIx, table::Row};
use crate::grid::fact::NodeRecord;

/// A node of the tree: a level, a grid, a department.
#[derive(Clone, Debug, PartialEq)]
pub struct Node {
    /// The id that facts use.
    pub id: String,
    /// The name people read.
    pub name: String,
    /// The node above.
    pub parent: Option<NodeIx>,
    /// The nodes below, in the order of their coming.
    pub children: Vec<NodeIx>,
    /// 1 一级, 2 二级, 3 三级, 0 none.
    pub level: u8,
    /// Vertical, flat or office.
    pub form: Form,
    /// What it is about.
    pub sector: Option<Sector>,
    /// The first day it exists.
    pub from: NaiveDate,
    /// The first day it no longer exists.
    pub to: Option<NaiveDate>,
    /// The node that takes over its open work when it no longer exists; see [`super::Org::successor`].
    pub into: Option<NodeIx>,
    /// Who belongs to it, and when.
    pub members: Vec<Member>,
    /// Who holds which post here, and when.
    pub holdings: Vec<Holding>,
    /// The nodes that it was ever said to hang below, beside the one where it hangs.
    pub earlier: Vec<NodeIx>,
    pub(super) said: Said,
}

/// A unit's membership of a node: from a day up to, not including, another (B-6).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Member {
    /// The unit.
    pub unit: UnitIx,
    /// The first day.
    pub from: NaiveDate,
    /// The first day after.
    pub to: Option<NaiveDate>,
}

/// A person's holding of a post: from a day up to, not including, another (B-2).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Holding {
    /// Which post.
    pub post: Post,
    /// Who.
    pub person: PersonIx,
    /// The first day.
    pub from: NaiveDate,
    /// The first day after.
    pub to: Option<NaiveDate>,
    pub(super) said: Said,
}

impl Member {
    /// Whether the unit belongs here on `day`.
    pub fn holds_on(&self, day: NaiveDate) -> bool {
        self.from <= day && self.to.is_none_or(|to| day < to)
    }
}

impl Holding {
    /// Whether the person holds the post on `day`.
    pub fn holds_on(&self, day: NaiveDate) -> bool {
        self.from <= day && self.to.is_none_or(|to| day < to)
    }
}

impl Row for Node {
    fn id(&self) -> &str {
        &self.id
    }
}

impl Node {
    pub(super) fn placeholder(id: &str) -> Node {
        Node {
            id: id.to_owned(),
            name: id.to_owned(),
            parent: None,
            children: Vec::new(),
            level: 0,
            form: Form::Office,
            sector: None,
            from: NaiveDate::MAX,
            to: None,
            into: None,
            members: Vec::new(),
            holdings: Vec::new(),
            earlier: Vec::new(),
            said: Said::NEVER,
        }
    }

    pub(super) fn set(&mut self, record: &NodeRecord) {
        self.name.clone_from(&record.name);
        self.level = record.level;
        self.form = record.form;
        self.sector = record.sector;
        self.from = record.from;
        self.to = record.to;
    }

    /// Whether its own record has come; until then it is only a name that other facts use.
    pub fn is_recorded(&self) -> bool {
        self.from != NaiveDate::MAX
    }

    /// Whether the node exists on `day`.
    pub fn exists_on(&self, day: NaiveDate) -> bool {
        self.from <= day && self.to.is_none_or(|to| day < to)
    }

    /// Whether enterprises or villages belong to it: a 三级网格, vertical or flat.
    pub fn is_grid(&self) -> bool {
        self.level == 3
    }

    /// Who holds `post` here on `day`.
    pub fn holders_on(&self, post: Post, day: NaiveDate) -> impl Iterator<Item = PersonIx> {
        self.holdings.iter().filter(move |h| h.post == post && h.holds_on(day)).map(|h| h.person)
    }

    /// How many units belong here on `day`.
    pub fn member_count_on(&self, day: NaiveDate) -> u32 {
        self.members.iter().filter(|m| m.holds_on(day)).count() as u32
    }
}
