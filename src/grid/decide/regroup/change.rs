//! What a regrouping writes, put together step by step.
use std::collections::BTreeSet;

use chrono::NaiveDate;

use crate::grid::{
    decide::Actor,
    fact::{Body, Draft, NodeRecord, Placement, PostHolding},
    org::{Holding, NodeIx, Org, PersonIx, Post, UnitIx},
    state::State,
};

/// The drafts so far, and the day from which they count.
pub(super) struct Change<'a> {
    pub(super) org: &'a Org,
    actor: &'a Actor,
    day: NaiveDate,
    drafts: Vec<Draft>,
    /// The posts of 网格员 that begin: where, whose, from when on.
    begun: BTreeSet<(String, PersonIx, NaiveDate)>,
}

impl<'a> Change<'a> {
    pub(super) fn new(state: &'a State, actor: &'a Actor, day: NaiveDate) -> Change<'a> {
        Change { org: state.org(), actor, day, drafts: Vec::new(), begun: BTreeSet::new() }
    }

    pub(super) fn into_drafts(self) -> Vec<Draft> {
        self.drafts
    }

    pub(super) fn draft(&mut self, at: Option<&str>, subject: &str, body: Body) {
        self.drafts.push(Draft {
            occurred: self.actor.today,
            by: self.actor.person.clone(),
            at: at.map(str::to_owned),
            subject: Some(subject.to_owned()),
            replaces: None,
            reason: None,
            effort: None,
            body,
        });
    }

    /// The node as it stands from now on.
    pub(super) fn node(&mut self, id: &str, record: NodeRecord) {
        self.draft(Some(id), id, Body::Node(record));
    }

    /// The node's record as it stands.
    pub(super) fn record_of(&self, ix: NodeIx) -> NodeRecord {
        let node = self.org.node(ix);
        let id = |ix: Option<NodeIx>| ix.map(|ix| self.org.node(ix).id.clone());
        NodeRecord {
            name: node.name.clone(),
            parent: id(node.parent),
            level: node.level,
            form: node.form,
            sector: node.sector,
            from: node.from,
            to: node.to,
            into: id(node.into),
        }
    }

    /// An id for a grid below `parent` that nobody has: `330781001-G07`.
    pub(super) fn fresh_id(&self, parent: NodeIx) -> String {
        let above = &self.org.node(parent).id;
        let free = |id: &String| self.org.node_ix(id).is_none();
        (1..).map(|n: u32| format!("{above}-G{n:02}")).find(free).unwrap_or_default()
    }

    /// Closes the grid on the day: its units go to `into` or are left without a grid, its posts end, and `successor`
    /// takes over its open work.
    pub(super) fn close(&mut self, grid: NodeIx, into: Option<NodeIx>, successor: Option<NodeIx>) {
        let org = self.org;
        let node = org.node(grid);
        let successor = successor.map(|ix| org.node(ix).id.clone());
        self.node(&node.id, NodeRecord { to: Some(self.day), into: successor, ..self.record_of(grid) });
        let into = into.map(|ix| org.node(ix).id.as_str());
        // A move to this grid that is still to come leads to where the grid's units are by then.
        let day = self.day;
        for member in node.members.iter().filter(|member| member.to.is_none_or(|to| to > day)) {
            self.place(member.unit, into, member.from.max(day));
        }
        for holding in node.holdings.iter().filter(|h| h.to.is_none_or(|to| to > day)) {
            let follows = unit_of(org, holding).is_some();
            self.hand_over(grid, holding, into.filter(|_| follows));
        }
    }

    /// Moves the units, which belong to the grid on the day, to the node with the id `to`; their people go along.
    pub(super) fn split_off(&mut self, grid: NodeIx, units: &[UnitIx], to: &str) {
        let org = self.org;
        units.iter().for_each(|unit| self.place(*unit, Some(to), self.day));
        let moves = |holding: &&Holding| {
            holding.holds_on(self.day) && unit_of(org, holding).is_some_and(|unit| units.contains(&unit))
        };
        let holdings: Vec<&Holding> = org.node(grid).holdings.iter().filter(moves).collect();
        holdings.into_iter().for_each(|holding| self.hand_over(grid, holding, Some(to)));
    }

    fn place(&mut self, unit: UnitIx, to: Option<&str>, from: NaiveDate) {
        let id = &self.org.unit(unit).id;
        self.draft(to, id, Body::Placement(Placement { from }));
    }

    /// Ends a holding on the day and goes on with it at `to`, unless the person holds the post there anyway.
    fn hand_over(&mut self, grid: NodeIx, holding: &Holding, to: Option<&str>) {
        let org = self.org;
        let Holding { post, person, from, to: end, .. } = *holding;
        let until = self.day.max(from);
        let who = &org.person(person).id;
        self.draft(
            Some(&org.node(grid).id),
            who,
            Body::Post(PostHolding { post, from, to: Some(until), change: false, stand_in: false }),
        );
        let Some(to) = to else { return };
        let holds = |ix: NodeIx| org.node(ix).holders_on(post, until).any(|holder| holder == person);
        if org.node_ix(to).is_some_and(holds) || !self.begun.insert((to.to_owned(), person, until)) {
            return;
        }
        self.draft(
            Some(to),
            who,
            Body::Post(PostHolding { post, from: until, to: end, change: false, stand_in: false }),
        );
    }
}

/// The unit whose 统计负责人 holds the post of 网格员 here.
fn unit_of(org: &Org, holding: &Holding) -> Option<UnitIx> {
    let id = &org.person(holding.person).id;
    let (unit, _) = id.split_once('#').filter(|_| holding.post == Post::Member)?;
    org.unit_ix(unit)
}
