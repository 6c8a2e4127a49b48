//! Where people and units are.
use std::collections::HashMap;

use crate::{
    app::Desk,
    grid::org::{NodeIx, PersonIx, Post, UnitIx},
};

/// The grid of a unit, or where it is flagged as having none.
pub(super) fn of_unit(desk: &Desk, unit: UnitIx) -> Option<NodeIx> {
    let org = desk.state.org();
    org.grid_of(unit, desk.today()).or_else(|| org.flagged_at(unit))
}

/// Which posts people hold today, as far as somebody asked.
#[derive(Default)]
pub(super) struct Posts {
    known: HashMap<PersonIx, Option<(NodeIx, Post)>>,
}

impl Posts {
    /// The first post of a person.
    pub(super) fn of(&mut self, desk: &Desk, person: PersonIx) -> Option<(NodeIx, Post)> {
        self.look(desk, &[person]);
        self.known(person)
    }

    /// The first post of a person, if that was asked before.
    pub(super) fn known(&self, person: PersonIx) -> Option<(NodeIx, Post)> {
        self.known.get(&person).copied().flatten()
    }

    /// Finds out about several at once: those who work for a unit at its grid, the others all over the tree.
    pub(super) fn look(&mut self, desk: &Desk, people: &[PersonIx]) {
        let org = desk.state.org();
        let held_at = |node: NodeIx, person: PersonIx| {
            let held = org.node(node).holdings.iter().find(|h| h.person == person && h.holds_on(desk.today()));
            held.map(|holding| (node, holding.post))
        };
        let mut left: HashMap<PersonIx, Option<(NodeIx, Post)>> = HashMap::new();
        for person in people.iter().copied() {
            if self.known.contains_key(&person) {
                continue;
            }
            let unit = org.person(person).record.unit.as_deref().and_then(|id| org.unit_ix(id));
            let grid = unit.and_then(|unit| org.grid_of(unit, desk.today()));
            match grid.and_then(|grid| held_at(grid, person)) {
                Some(post) => drop(self.known.insert(person, Some(post))),
                None => drop(left.insert(person, None)),
            }
        }
        if left.is_empty() {
            return;
        }
        for (ix, node) in org.nodes() {
            for held in node.holdings.iter().filter(|h| h.holds_on(desk.today())) {
                if let Some(post) = left.get_mut(&held.person) {
                    post.get_or_insert((ix, held.post));
                }
            }
        }
        self.known.extend(left);
    }
}
