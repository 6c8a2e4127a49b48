//! The evidence index: every record of the period, and the clauses that it counts for (M-7).
use super::{Row, kind_name};
use crate::{
    grid::{
        decide::counts_for,
        fact::{Acting, Body, Fact},
        org::NodeIx,
        record::form,
        state::What,
    },
    report::{Cell, Scene, Scope},
    words::word,
};

/// One row for each record. 干预 and 线索 are for 市统计局 alone (M-12) and stand in no list.
pub(super) fn evidence(scene: &Scene<'_>, emit: &mut dyn FnMut(Row)) {
    let scope = &scene.scope;
    for fact in scene.facts.iter().filter(|fact| !is_secret(fact)) {
        emit(vec![
            Cell::Day(fact.draft.occurred),
            Cell::text(kind_name(scope, fact)),
            scope.node_cell(fact),
            scope.unit_cell(fact),
            Cell::text(clauses(scene, fact)),
            scope.moment(fact.recorded_ms),
            scope.moment(fact.received_ms),
            Cell::text(fact.id.to_string()),
        ]);
    }
}

/// Whether a record is for 市统计局 alone.
pub fn is_secret(fact: &Fact) -> bool {
    match &fact.draft.body {
        Body::Record(record) => record.form == "report" && matches!(record.text("kind"), "interference" | "clue"),
        _ => false,
    }
}

/// The duties that a record at a node counts for, there and above, by their place in the pack.
pub(in crate::report) fn duties_of(scope: &Scope<'_>, node: NodeIx, fact: &Fact) -> Vec<usize> {
    what(scope, fact).map_or_else(Vec::new, |(what, acting)| counts_for(scope.state, node, what, acting))
}

/// The clauses that a record counts for, in the pack's order, each once.
fn clauses(scene: &Scene<'_>, fact: &Fact) -> String {
    let state = scene.scope.state;
    let Some(node) = scene.scope.node_of(fact) else { return String::new() };
    let mut clauses: Vec<&str> = Vec::new();
    for own in duties_of(&scene.scope, node, fact) {
        let clause = state.pack().duties[own].clause.as_str();
        if !clauses.contains(&clause) {
            clauses.push(clause);
        }
    }
    clauses.join(word("word.list"))
}

/// What a record is to the duties, and in which posts it was done.
fn what<'f>(scope: &Scope<'_>, fact: &'f Fact) -> Option<(What, &'f [Acting])> {
    Some(match &fact.draft.body {
        Body::Visit(visit) => (What::visit(&visit.topics), &visit.acting),
        Body::Session(session) => (What::Session(session.kind), &[]),
        Body::Done(done) => (What::Done { duty: scope.state.pack().duty(&done.duty)?.0 as u8 }, &[]),
        Body::Record(record) => {
            let (number, form) = form(&record.form)?;
            let kind = form.kind_number(record.text("kind")).unwrap_or_default();
            (What::Record { form: number as u8, kind: kind as u8 }, &record.acting)
        }
        _ => return None,
    })
}
