//! A node of the tree with its members and posts over time.
use chrono::NaiveDate;
use minicbor::{Decode, Encode};

use super::{Form, NodeIx, PersonIx, Post, Sector, UnitIx, table::Row};
use crate::grid::fact::{NodeRecord, codec};

/// A node of the tree: a level, a grid, a department.
#[derive(Clone, Debug, PartialEq, Encode, Decode)]
pub struct Node {
    /// The id that facts use.
    #[n(0)]
    pub id: String,
    /// The name people read.
    #[n(1)]
    pub name: String,
    /// The node above.
    #[n(2)]
    pub parent: Option<NodeIx>,
    /// The nodes below, in the order of their coming.
    #[n(3)]
    pub children: Vec<NodeIx>,
    /// 1 一级, 2 二级, 3 三级, 0 none.
    #[n(4)]
    pub level: u8,
    /// Vertical, flat or office.
    #[n(5)]
    pub form: Form,
    /// What it is about.
    #[n(6)]
    pub sector: Option<Sector>,
    /// The first day it exists.
    #[cbor(n(7), with = "codec::day")]
    pub from: NaiveDate,
    /// The first day it no longer exists.
    #[cbor(n(8), with = "codec::maybe_day", has_nil)]
    pub to: Option<NaiveDate>,
    /// Who belongs to it, and when.
    #[n(9)]
    pub members: Vec<Member>,
    /// Who holds which post here, and when.
    #[n(10)]
    pub holdings: Vec<Holding>,
}

/// A unit's membership of a node: from a day up to, not including, another (B-6).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode)]
pub struct Member {
    /// The unit.
    #[n(0)]
    pub unit: UnitIx,
    /// The first day.
    #[cbor(n(1), with = "codec::day")]
    pub from: NaiveDate,
    /// The first day after.
    #[cbor(n(2), with = "codec::maybe_day", has_nil)]
    pub to: Option<NaiveDate>,
}

/// A person's holding of a post: from a day up to, not including, another (B-2).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode)]
pub struct Holding {
    /// Which post.
    #[n(0)]
    pub post: Post,
    /// Who.
    #[n(1)]
    pub person: PersonIx,
    /// The first day.
    #[cbor(n(2), with = "codec::day")]
    pub from: NaiveDate,
    /// The first day after.
    #[cbor(n(3), with = "codec::maybe_day", has_nil)]
    pub to: Option<NaiveDate>,
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
            members: Vec::new(),
            holdings: Vec::new(),
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
