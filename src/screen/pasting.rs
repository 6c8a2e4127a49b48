//! What screens have to tell the upper platform: a record, a unit's visit of a month, or a node's month.
use crate::{
    app::Desk,
    grid::{
        calendar::Period,
        fact::Fact,
        org::{NodeIx, UnitIx},
    },
    report::{Wording, has_text},
    words::t,
};

/// These records, as far as they hold and have a text.
pub(super) fn records<'f>(desk: &Desk, facts: impl Iterator<Item = &'f Fact>) -> Result<Wording, String> {
    let told = facts.filter(|fact| has_text(fact) && !desk.state.is_withdrawn(fact));
    match told.map(|fact| fact.id).collect::<Vec<_>>() {
        ids if ids.is_empty() => Err(t!("refusal.no_text").into_owned()),
        ids => Ok(Wording::Records(ids)),
    }
}

/// The last visit to a unit in a month.
pub(super) fn visit(desk: &Desk, unit: UnitIx, month: Period) -> Result<Wording, String> {
    let visit = desk.state.visits(unit).rev().find(|mark| month.contains(mark.date()));
    let visit = visit.map(|mark| Wording::Records(vec![desk.state.fact_of(mark)]));
    visit.ok_or_else(|| t!("refusal.no_visit", month = month.label()).into_owned())
}

/// What a node did in a month, as far as it has come.
pub(super) fn period(desk: &Desk, node: NodeIx, month: Period) -> Result<Wording, String> {
    match month.first() <= desk.today() {
        true => Ok(Wording::Period(node, month)),
        false => Err(t!("refusal.no_period", month = month.label()).into_owned()),
    }
}
