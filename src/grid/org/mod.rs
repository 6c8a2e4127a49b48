//! The organisation: nodes of the tree, units, people, posts, and who belongs where from when to when.
//!
//! Ids are what facts use; inside the state everything is a small index into a table. An id that is named before its
//! own record arrives gets a placeholder, so that no fact is ever dropped for coming early.
mod node;
mod packed;
mod said;
mod table;
mod terms;
mod unit;
mod way;

use std::{
    borrow::Cow,
    collections::{BTreeSet, HashMap},
    sync::Arc,
};

use chrono::NaiveDate;
use minicbor::{Decode, Encode};
pub use node::{Holding, Member, Node};
pub(in crate::grid) use said::Said;
use table::Table;
pub use terms::{Form, Post, Sector};
pub use unit::{Person, Stay, Unit};

use super::{
    fact::{NodeRecord, PersonRecord, PostHolding, UnitRecord, codec},
    shelf::{Limits, Source},
};

/// A node of the tree, as an index into [`Org`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Encode, Decode)]
#[cbor(transparent)]
pub struct NodeIx(#[n(0)] pub u32);

/// A unit (统计调查对象), as an index into [`Org`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Encode, Decode)]
#[cbor(transparent)]
pub struct UnitIx(#[n(0)] pub u32);

/// A person, as an index into [`Org`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Encode, Decode)]
#[cbor(transparent)]
pub struct PersonIx(#[n(0)] pub u32);

/// All nodes, units and people that were ever named, with their history.
#[derive(Clone, Debug, Default)]
pub struct Org {
    nodes: Table<Node>,
    units: Table<Unit>,
    people: Table<Person>,
    outline: Outline,
}

/// What is known of the organisation without reading its rows.
#[derive(Clone, Debug, Default, Encode, Decode)]
pub(in crate::grid) struct Outline {
    #[n(0)]
    roots: Vec<NodeIx>,
    /// Units that were without a node at some time since they first had one, or never had one.
    #[n(1)]
    loose: BTreeSet<UnitIx>,
    /// Nodes whose open work another one takes over.
    #[n(3)]
    handed: BTreeSet<NodeIx>,
    /// From this day on every unit that is not loose has a node.
    #[cbor(n(2), with = "codec::day")]
    settled: NaiveDate,
}

impl Org {
    /// The node with this id.
    pub fn node_ix(&self, id: &str) -> Option<NodeIx> {
        self.nodes.find(id).map(NodeIx)
    }

    /// The unit with this id.
    pub fn unit_ix(&self, id: &str) -> Option<UnitIx> {
        self.units.find(id).map(UnitIx)
    }

    /// The person with this id.
    pub fn person_ix(&self, id: &str) -> Option<PersonIx> {
        self.people.find(id).map(PersonIx)
    }

    /// One node.
    pub fn node(&self, ix: NodeIx) -> &Node {
        self.nodes.get(ix.0)
    }

    /// One unit.
    pub fn unit(&self, ix: UnitIx) -> &Unit {
        self.units.get(ix.0)
    }

    /// One person.
    pub fn person(&self, ix: PersonIx) -> &Person {
        self.people.get(ix.0)
    }

    /// One unit, without keeping what is read for it: for a look at every unit, once.
    pub fn unit_glimpse(&self, ix: UnitIx) -> Cow<'_, Unit> {
        self.units.glimpse(ix.0)
    }

    /// One person, as [`Org::unit_glimpse`].
    pub fn person_glimpse(&self, ix: PersonIx) -> Cow<'_, Person> {
        self.people.glimpse(ix.0)
    }

    /// All nodes, in the order in which they were first named.
    pub fn nodes(&self) -> impl ExactSizeIterator<Item = (NodeIx, &Node)> {
        self.nodes.iter().enumerate().map(|(i, node)| (NodeIx(i as u32), node))
    }

    /// All units, in the order in which they were first named.
    pub fn units(&self) -> impl ExactSizeIterator<Item = (UnitIx, &Unit)> {
        self.units.iter().enumerate().map(|(i, unit)| (UnitIx(i as u32), unit))
    }

    /// All people, in the order in which they were first named.
    pub fn people(&self) -> impl ExactSizeIterator<Item = (PersonIx, &Person)> {
        self.people.iter().enumerate().map(|(i, person)| (PersonIx(i as u32), person))
    }

    /// The nodes without a parent; a store has one.
    pub fn roots(&self) -> &[NodeIx] {
        &self.outline.roots
    }

    /// The grid that the unit belonged to on `day`.
    pub fn grid_of(&self, unit: UnitIx, day: NaiveDate) -> Option<NodeIx> {
        self.unit(unit).grid_on(day)
    }

    /// The units that belonged to the node on `day`, in the order in which they came.
    pub fn members_on(&self, node: NodeIx, day: NaiveDate) -> impl Iterator<Item = UnitIx> {
        self.node(node).members.iter().filter(move |m| m.holds_on(day)).map(|m| m.unit)
    }

    /// The 2nd-level node whose area the unit's division code names, where there is one.
    pub fn area_of(&self, unit: UnitIx) -> Option<NodeIx> {
        let division = &self.unit(unit).record.division;
        self.node_ix(division.get(..9).unwrap_or(division))
    }

    /// The units that belong to no node on `day`.
    pub fn unplaced_on(&self, day: NaiveDate) -> Vec<UnitIx> {
        let without = |unit: &UnitIx| self.grid_of(*unit, day).is_none();
        if day >= self.outline.settled {
            return self.outline.loose.iter().copied().filter(without).collect();
        }
        (0..self.units.len() as u32).map(UnitIx).filter(without).collect()
    }

    /// Where the unit is flagged as belonging to no grid: in its area, or at the root where nobody's area holds it, so
    /// that it is flagged at all. A node that was only named so far is no root to flag at.
    pub fn flagged_at(&self, unit: UnitIx) -> Option<NodeIx> {
        let known = |ix: &&NodeIx| self.node(**ix).is_recorded();
        self.area_of(unit).or_else(|| self.roots().iter().find(known).or(self.roots().first()).copied())
    }

    /// The first node whose name is exactly `name`.
    pub fn node_named(&self, name: &str) -> Option<NodeIx> {
        self.nodes().find(|(_, node)| node.name == name).map(|(ix, _)| ix)
    }

    /// The nodes of this name; `兰江街道/工业第1网格` names a grid within a township.
    pub fn named(&self, text: &str) -> Vec<NodeIx> {
        let parts: Vec<&str> = text.split(['/', ' ', '>']).map(str::trim).filter(|part| !part.is_empty()).collect();
        let Some((name, above)) = parts.split_last() else { return Vec::new() };
        let is_above = |ix: NodeIx, part: &&str| self.path_up(ix).skip(1).any(|up| self.node(up).name == **part);
        let fits = |ix: &NodeIx| self.node(*ix).name == *name && above.iter().all(|part| is_above(*ix, part));
        self.nodes().map(|(ix, _)| ix).filter(fits).collect()
    }

    pub(super) fn node_or_placeholder(&mut self, id: &str) -> NodeIx {
        if let Some(ix) = self.node_ix(id) {
            return ix;
        }
        let ix = NodeIx(self.nodes.push(Node::placeholder(id)));
        self.outline.roots.push(ix);
        ix
    }

    pub(super) fn unit_or_placeholder(&mut self, id: &str) -> UnitIx {
        self.unit_ix(id).unwrap_or_else(|| {
            let ix = UnitIx(self.units.push(Unit::placeholder(id)));
            self.outline.loose.insert(ix);
            ix
        })
    }

    pub(super) fn person_or_placeholder(&mut self, id: &str) -> PersonIx {
        self.person_ix(id).unwrap_or_else(|| PersonIx(self.people.push(Person::placeholder(id))))
    }

    /// Takes in a node as it stands from now on, unless a later word is known.
    pub(super) fn set_node(&mut self, id: &str, record: &NodeRecord, said: Said) -> NodeIx {
        let ix = self.node_or_placeholder(id);
        let parent = record.parent.as_deref().map(|id| self.node_or_placeholder(id));
        if self.node(ix).said > said {
            self.note_earlier(ix, parent);
            return ix;
        }
        let before = self.node(ix).parent;
        let into = record.into.as_deref().map(|id| self.node_or_placeholder(id));
        let node = self.nodes.get_mut(ix.0);
        node.set(record);
        node.said = said;
        node.into = into;
        match into {
            Some(_) => self.outline.handed.insert(ix),
            None => self.outline.handed.remove(&ix),
        };
        self.set_parent(ix, parent);
        let now = self.node(ix).parent;
        [before, parent].into_iter().filter(|up| *up != now).for_each(|up| self.note_earlier(ix, up));
        ix
    }

    fn note_earlier(&mut self, ix: NodeIx, parent: Option<NodeIx>) {
        if let Some(parent) = parent.filter(|parent| !self.node(ix).earlier.contains(parent)) {
            self.nodes.get_mut(ix.0).earlier.push(parent);
        }
    }

    /// Hangs the node under `parent`; a parent that lies below the node would close a circle and is left out.
    fn set_parent(&mut self, ix: NodeIx, parent: Option<NodeIx>) {
        let parent = parent.filter(|p| !self.is_within(*p, ix));
        let before = self.node(ix).parent;
        if before == parent {
            return;
        }
        match before {
            Some(old) => self.nodes.get_mut(old.0).children.retain(|c| *c != ix),
            None => self.outline.roots.retain(|r| *r != ix),
        }
        match parent {
            Some(new) => self.nodes.get_mut(new.0).children.push(ix),
            None => self.outline.roots.push(ix),
        }
        self.nodes.get_mut(ix.0).parent = parent;
    }

    /// Takes in a unit as it stands from now on, unless a later word is known.
    pub(super) fn set_unit(&mut self, id: &str, record: &UnitRecord, said: Said) -> UnitIx {
        let ix = self.unit_or_placeholder(id);
        let row = self.units.get_mut(ix.0);
        if row.said <= said {
            row.record = record.clone();
            row.said = said;
        }
        ix
    }

    /// Takes in a person as they stand from now on, unless a later word is known.
    pub(super) fn set_person(&mut self, id: &str, record: &PersonRecord, said: Said) -> PersonIx {
        let ix = self.person_or_placeholder(id);
        let row = self.people.get_mut(ix.0);
        if row.said <= said {
            row.record = record.clone();
            row.said = said;
        }
        ix
    }

    /// Records that the unit belongs to `node` (or to none) from a day on, and rebuilds the member lists of the nodes
    /// that this touches; returns those.
    pub(super) fn place(&mut self, unit: UnitIx, (node, from): (Option<NodeIx>, NaiveDate), said: Said) -> Vec<NodeIx> {
        let row = self.units.get_mut(unit.0);
        let mut touched: Vec<NodeIx> = row.stays.iter().filter_map(|stay| stay.node).chain(node).collect();
        row.place(node, from, said);
        if row.stays.iter().all(|stay| stay.node.is_some()) {
            self.outline.loose.remove(&unit);
        } else {
            self.outline.loose.insert(unit);
        }
        self.outline.settled = self.outline.settled.max(row.stays.first().map_or(from, |first| first.from));
        touched.sort_unstable();
        touched.dedup();
        let spans: Vec<(NodeIx, Member)> = row.spans(unit).collect();
        for ix in &touched {
            let members = &mut self.nodes.get_mut(ix.0).members;
            members.retain(|m| m.unit != unit);
            members.extend(spans.iter().filter(|(at, _)| at == ix).map(|(_, m)| *m));
        }
        touched
    }

    pub(super) fn hold(&mut self, node: NodeIx, person: PersonIx, held: &PostHolding, said: Said) {
        let holding = Holding { post: held.post, person, from: held.from, to: held.to, said };
        let holdings = &mut self.nodes.get_mut(node.0).holdings;
        match holdings.iter_mut().find(|h| h.post == held.post && h.person == person && h.from == held.from) {
            Some(same) if same.said > said => {}
            Some(same) => *same = holding,
            None => holdings.push(holding),
        }
    }

    pub(super) fn outline(&self) -> &Outline {
        &self.outline
    }

    /// How many rows of each kind there are, `writers` left open.
    pub(super) fn limits(&self) -> Limits {
        let [nodes, units, people] = [self.nodes.len(), self.units.len(), self.people.len()].map(|n| n as u32);
        Limits { nodes, units, people, writers: 0 }
    }

    /// Writes the rows.
    pub(super) fn pack(&self, out: &mut Vec<u8>) {
        self.nodes.pack(out);
        self.units.pack(out);
        self.people.pack(out);
    }

    /// Reads what [`Org::pack`] wrote in `source` at `*at`; none if it is no tree.
    pub(super) fn unpack(source: &Arc<Source>, at: &mut usize, outline: Outline) -> Option<Org> {
        let nodes = Table::unpack(source, at)?;
        let units = Table::unpack(source, at)?;
        let people = Table::unpack(source, at)?;
        let org = Org { nodes, units, people, outline };
        let loose = org.outline.loose.iter().all(|unit| (unit.0 as usize) < org.units.len());
        let handed = org.outline.handed.iter().all(|node| (node.0 as usize) < org.nodes.len());
        (org.is_tree() && loose && handed).then_some(org)
    }

    /// Whether every node hangs below the roots exactly once, where its parent says.
    fn is_tree(&self) -> bool {
        let count = self.nodes.len();
        let mut seen = vec![false; count];
        let mut next: Vec<(NodeIx, Option<NodeIx>)> = self.roots().iter().map(|root| (*root, None)).collect();
        while let Some((ix, parent)) = next.pop() {
            match seen.get_mut(ix.0 as usize) {
                Some(seen) if !*seen => *seen = true,
                _ => return false,
            }
            let node = self.node(ix);
            if node.parent != parent {
                return false;
            }
            next.extend(node.children.iter().map(|child| (*child, Some(ix))));
        }
        seen.iter().all(|seen| *seen)
    }

    /// Every post that each person holds on `day`, by person; for "who am I" and the roster of a session.
    pub fn posts_on(&self, day: NaiveDate) -> HashMap<PersonIx, Vec<(NodeIx, Post)>> {
        let mut out: HashMap<PersonIx, Vec<(NodeIx, Post)>> = HashMap::new();
        for (ix, node) in self.nodes() {
            for holding in node.holdings.iter().filter(|h| h.holds_on(day)) {
                out.entry(holding.person).or_default().push((ix, holding.post));
            }
        }
        out
    }
}
