//! Ids and names of grids: those of today where a grid goes on, else by the conventions of a roster's import.
use std::collections::BTreeSet;

use crate::grid::{
    org::{NodeIx, Org, Sector},
    state::State,
};
use crate::words::Language;

/// Hands out ids and names that nothing else has.
pub(super) struct Names<'a> {
    org: &'a Org,
    town: NodeIx,
    ids: BTreeSet<String>,
    names: BTreeSet<String>,
}

impl<'a> Names<'a> {
    pub(super) fn new(org: &'a Org, town: NodeIx) -> Names<'a> {
        // Names of closed grids are not used again: histories would read as if they were one.
        let below = org.subtree(town);
        let names = below.iter().map(|ix| org.node(*ix).name.clone()).collect();
        Names { org, town, ids: BTreeSet::new(), names }
    }

    /// The 农业网格's: those of today, or the pack's.
    pub(super) fn farm(&mut self, state: &State, keeps: Option<NodeIx>) -> (String, String) {
        if let Some(ix) = keeps {
            return self.of(ix);
        }
        let farm = &state.pack().farm_grid;
        let id = format!("{}{}", self.org.node(self.town).id, farm.suffix);
        let id = if self.is_taken(&id) { self.fresh_id() } else { id };
        (id, farm.name.clone())
    }

    /// A grid's of enterprises: those of today, or the next free ones: `330781001-G03`, `工业第3网格`.
    pub(super) fn enterprises(&mut self, keeps: Option<NodeIx>, sector: Sector) -> (String, String) {
        match keeps {
            Some(ix) => self.of(ix),
            None => (self.fresh_id(), self.fresh_name(sector)),
        }
    }

    fn of(&self, ix: NodeIx) -> (String, String) {
        (self.org.node(ix).id.clone(), self.org.node(ix).name.clone())
    }

    fn is_taken(&self, id: &str) -> bool {
        self.org.node_ix(id).is_some() || self.ids.contains(id)
    }

    fn fresh_id(&mut self) -> String {
        let town = &self.org.node(self.town).id;
        let mut n = 1;
        let mut id = format!("{town}-G{n:02}");
        while self.is_taken(&id) {
            n += 1;
            id = format!("{town}-G{n:02}");
        }
        self.ids.insert(id.clone());
        id
    }

    fn fresh_name(&mut self, sector: Sector) -> String {
        // A name is stored and reads the same in every language.
        let called = |n: usize| format!("{}第{n}网格", sector.label_in(Language::Zh));
        let mut n = 1;
        while self.names.contains(&called(n)) {
            n += 1;
        }
        let name = called(n);
        self.names.insert(name.clone());
        name
    }
}
