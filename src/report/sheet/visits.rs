//! Visits (走访记录), and what was entered late (补录).
use super::{Row, kind_name, topic_name};
use crate::{
    grid::{
        decide::is_belated,
        fact::{Body, Topic},
    },
    report::{Cell, Scene},
    words::word,
};

/// Every visit of the period.
pub(super) fn visits(scene: &Scene<'_>, emit: &mut dyn FnMut(Row)) {
    let scope = &scene.scope;
    for fact in scene.happened() {
        let Body::Visit(visit) = &fact.draft.body else { continue };
        let is_late = is_belated(fact.draft.occurred, scope.state.local_day(fact.recorded_ms));
        emit(vec![
            Cell::Day(fact.draft.occurred),
            scope.node_cell(fact),
            scope.unit_cell(fact),
            Cell::text(scope.people(fact.draft.by.as_deref().into_iter())),
            Cell::text(scope.people(visit.with.iter().map(String::as_str))),
            Cell::text(topics(&visit.topics)),
            scope.prose_cell(&visit.note),
            visit.problem.as_ref().map_or(Cell::Empty, |problem| scope.prose_cell(&problem.text)),
            if is_late { Cell::text(word("report.late")) } else { Cell::Empty },
            scope.moment(fact.recorded_ms),
        ]);
    }
}

/// What a visit was about.
pub(in crate::report) fn topics(topics: &[Topic]) -> String {
    let names: Vec<&str> = topics.iter().map(|topic| topic_name(*topic)).collect();
    if names.is_empty() { word("topic.call").to_owned() } else { names.join(word("word.list")) }
}

/// Everything of the period that was entered only after its month.
pub(super) fn late(scene: &Scene<'_>, emit: &mut dyn FnMut(Row)) {
    let scope = &scene.scope;
    for fact in scene.happened() {
        let entered = scope.state.local_day(fact.recorded_ms);
        if !is_belated(fact.draft.occurred, entered) || super::evidence::is_secret(fact) {
            continue;
        }
        emit(vec![
            Cell::Day(fact.draft.occurred),
            scope.moment(fact.recorded_ms),
            Cell::Number((entered - fact.draft.occurred).num_days()),
            Cell::text(kind_name(scope, fact)),
            scope.node_cell(fact),
            scope.unit_cell(fact),
            Cell::text(scope.people(fact.draft.by.as_deref().into_iter())),
            scope.prose_cell(fact.draft.reason.as_deref().unwrap_or_default()),
        ]);
    }
}
