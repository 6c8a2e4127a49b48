//! What is behind a number: the instances that it counts, and the records behind an instance.
use chrono::NaiveDate;

use super::{Measure, Months};
use crate::grid::{
    fact::FactId,
    org::{NodeIx, UnitIx},
    standing::{DutyState, Standing, told_since},
    state::{Mark, State},
};

/// Whose numbers are looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Whose {
    /// Those of a node and everything below it.
    Tree(NodeIx),
    /// Those of a node itself.
    Itself(NodeIx),
}

impl Whose {
    /// The node.
    pub fn node(self) -> NodeIx {
        match self {
            Whose::Tree(node) | Whose::Itself(node) => node,
        }
    }
}

/// The instances that a number counts; what is open first.
pub fn behind(state: &State, months: &Months, whose: Whose, measure: Measure, month: usize) -> Vec<Standing> {
    let counts = |row: &Standing| match measure {
        Measure::Overdue => months.overdue_from(row) <= month && months.is_overdue(state, row, month),
        Measure::Coverage => months.covered(state, row) == Some(month) && row.state != DutyState::NotApplicable,
        Measure::OnTime => months.fell_due(state, row).is_some_and(|(fell, _)| fell == month),
    };
    let nodes = match whose {
        Whose::Tree(node) => state.org().subtree(node),
        Whose::Itself(node) => vec![node],
    };
    let nodes = nodes.into_iter();
    let told = nodes.flat_map(|ix| told_since(state, ix, months.first(), months.today()));
    let mut rows: Vec<Standing> = told.filter(counts).collect();
    rows.sort_by_key(|row| (row.state, row.due_on, row.node, row.duty, row.about));
    rows
}

/// The records that count for an instance, by unit where they are about one, in the order of days; what answers a matter
/// has its own ([`crate::grid::state::Matter`]).
pub fn records(state: &State, of: &Standing) -> Vec<(Option<UnitIx>, Mark)> {
    let org = state.org();
    let duty = &state.pack().duties[of.duty];
    let (first, last) = duty.kind.days_of(of.period);
    let places = if duty.adds_up() { org.subtree(of.node) } else { vec![of.node] };
    let mut units: Vec<UnitIx> = places.iter().flat_map(|at| org.node(*at).members.iter().map(|m| m.unit)).collect();
    units.sort_unstable();
    units.dedup();
    let about = units.iter().flat_map(|unit| state.unit_marks(*unit).iter().map(|mark| (Some(*unit), mark)));
    let own = places.iter().flat_map(|at| state.node_marks(*at).iter().map(|mark| (None, mark)));
    let counts = |(_, mark): &(Option<UnitIx>, &Mark)| {
        let day = mark.date();
        first <= day && day <= last && places.contains(&mark.at) && duty.fed_by(mark, of.duty)
    };
    let mut rows: Vec<(Option<UnitIx>, Mark)> = about.chain(own).filter(counts).map(|(u, m)| (u, *m)).collect();
    rows.sort_by_key(|(unit, mark)| (mark.day, *unit, mark.writer, mark.seq));
    rows
}

/// The records of a matter: what started it, then what was done about it.
pub fn steps(state: &State, about: FactId) -> Vec<(FactId, NaiveDate)> {
    let Some(matter) = state.matter_of(about) else { return Vec::new() };
    std::iter::once((matter.id, matter.opened)).chain(matter.steps.iter().map(|step| (step.by, step.day))).collect()
}

/// The units that an instance asks for one by one, as the node had them when its period began, and that have no record that
/// counts.
pub fn without(state: &State, of: &Standing) -> Vec<UnitIx> {
    if !state.pack().duties[of.duty].kind.per_unit() {
        return Vec::new();
    }
    let with: Vec<UnitIx> = records(state, of).into_iter().filter_map(|(unit, _)| unit).collect();
    let start = of.period.first().max(state.duties_from(of.node));
    state.org().members_on(of.node, start).filter(|unit| !with.contains(unit)).collect()
}
