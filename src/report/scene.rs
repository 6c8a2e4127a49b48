//! Everything that a report is made of: the scope, how its duties stand, and the facts of its period.
use std::{cell::OnceCell, collections::HashMap};

use crate::grid::{
    fact::{Body, Fact, FactId, Record},
    record::started_by,
    standing::{DutyState, Standing, owed_in},
    state::{Matter, MatterKind},
};

use super::{Burden, Scope};

/// A scope with what stands and what happened in it.
#[derive(Clone, Debug)]
pub struct Scene<'a> {
    /// Whose, when, seen by whom.
    pub scope: Scope<'a>,
    /// What happened, in the order of days.
    pub facts: Vec<Fact>,
    /// What the entries cost, where a sheet tells of it.
    pub burden: Burden,
    by_id: HashMap<FactId, usize>,
    standings: OnceCell<Vec<Standing>>,
}

impl<'a> Scene<'a> {
    pub(super) fn new(scope: Scope<'a>, facts: Vec<Fact>, burden: Burden) -> Scene<'a> {
        let by_id = facts.iter().enumerate().map(|(at, fact)| (fact.id, at)).collect();
        Scene { scope, facts, burden, by_id, standings: OnceCell::new() }
    }

    /// How every duty stands that applies, by duty, then in the order of the tree.
    pub fn standings(&self) -> &[Standing] {
        self.standings.get_or_init(|| {
            let scope = &self.scope;
            let owed = |node| owed_in(scope.state, node, scope.period, scope.today);
            let mut standings: Vec<Standing> = scope.nodes.iter().flat_map(|node| owed(*node)).collect();
            standings.retain(|row| row.state != DutyState::NotApplicable);
            // The sort keeps the order of the tree within a duty.
            standings.sort_by_key(|row| row.duty);
            standings
        })
    }

    /// The fact of this name, where it was read.
    pub fn fact(&self, id: FactId) -> Option<&Fact> {
        self.by_id.get(&id).map(|at| &self.facts[*at])
    }

    /// The records of a form that are of the period: made in it, or for it where they say what they are for.
    pub fn records(&self, form: &'static str) -> impl Iterator<Item = (&Fact, &Record)> {
        let of = move |fact: &'_ Fact| match &fact.draft.body {
            Body::Record(record) => record.form == form,
            _ => false,
        };
        self.facts.iter().filter(move |fact| of(fact)).filter_map(|fact| match &fact.draft.body {
            Body::Record(record) => Some((fact, record)),
            _ => None,
        })
    }

    /// The facts that happened within the period.
    pub fn happened(&self) -> impl Iterator<Item = &Fact> {
        self.facts.iter().filter(|fact| self.scope.period.contains(fact.draft.occurred))
    }

    /// What was found and must be mended: problems of visits, findings of reviews, ledgers that disagree.
    pub fn problems(&self) -> impl Iterator<Item = &'a Matter> {
        matters(&self.scope).filter(|matter| is_problem(matter.kind))
    }

    /// Changes of staff.
    pub fn changes(&self) -> impl Iterator<Item = &'a Matter> {
        matters(&self.scope).filter(|matter| matter.kind == MatterKind::Change)
    }
}

fn is_problem(kind: MatterKind) -> bool {
    kind == MatterKind::Problem || matches!(started_by(kind), "finding" | "ledger")
}

/// The problems and changes of staff that were open at some time of the period.
pub(super) fn matters<'a>(scope: &Scope<'a>) -> impl Iterator<Item = &'a Matter> {
    let state = scope.state;
    let (first, last) = (scope.period.first(), scope.last());
    let open_then =
        move |matter: &&Matter| matter.opened <= last && matter.closed().is_none_or(|step| step.day >= first);
    let told = |matter: &&Matter| is_problem(matter.kind) || matter.kind == MatterKind::Change;
    let here = state.matters().filter(told).filter(open_then);
    let here: Vec<&Matter> = here.filter(|matter| scope.holds(state.answered_at(matter, last))).collect();
    let mut here = here;
    here.sort_by_key(|matter| (matter.opened, matter.id));
    here.into_iter()
}
