//! What was found and must be mended (问题清单), changes of staff, and ledgers held against raw records and returns.
use super::Row;
use crate::{
    grid::{
        fact::{Body, FactId},
        record::{FORMS, matter_name},
        state::{Matter, Step},
    },
    report::{Cell, Scene},
    words::{t, word},
};

/// Problems of visits, findings of reviews, ledgers that disagree: with what was done about each.
pub(super) fn problems(scene: &Scene<'_>, emit: &mut dyn FnMut(Row)) {
    for matter in scene.problems() {
        let [node, unit, text, steps, standing, closed] = cells(scene, matter);
        let (day, source) = (Cell::Day(matter.opened), Cell::text(matter_name(matter.kind)));
        emit(vec![day, source, node, unit, text, Cell::day(matter.due), steps, standing, closed]);
    }
}

/// Changes of staff, with their filing (报备).
pub(super) fn changes(scene: &Scene<'_>, emit: &mut dyn FnMut(Row)) {
    for matter in scene.changes() {
        let [node, unit, text, steps, standing, closed] = cells(scene, matter);
        emit(vec![Cell::Day(matter.opened), node, unit, text, steps, standing, closed]);
    }
}

/// Every check of a ledger, and what became of what did not agree.
pub(super) fn ledgers(scene: &Scene<'_>, emit: &mut dyn FnMut(Row)) {
    let scope = &scene.scope;
    let agrees = |is: bool| Cell::text(if is { word("report.agrees") } else { word("report.differs") });
    for (fact, record) in scene.records("ledger") {
        let matter = scope.state.matter_of(fact.id);
        let [standing, closed] = matter.map_or([Cell::Empty, Cell::Empty], |matter| ending(scene, matter));
        emit(vec![
            Cell::Day(fact.draft.occurred),
            scope.node_cell(fact),
            scope.unit_cell(fact),
            Cell::text(record.text("period")),
            agrees(record.flag("raw")),
            agrees(record.flag("ledger")),
            agrees(record.flag("return")),
            scope.prose_cell(record.text("explanation")),
            standing,
            closed,
        ]);
    }
}

/// Node, unit, text, steps, how it stands, when it was closed.
fn cells(scene: &Scene<'_>, matter: &Matter) -> [Cell; 6] {
    let scope = &scene.scope;
    let node = scope.node_name(scope.state.answered_at(matter, scope.last()));
    let unit = matter.unit.map_or(Cell::Empty, |unit| Cell::text(scope.unit_name(unit)));
    let steps: Vec<String> = matter.steps.iter().map(|step| told(scene, step)).collect();
    let [standing, closed] = ending(scene, matter);
    let text = scope.prose_cell(&scope.state.told(matter));
    [Cell::text(node), unit, text, Cell::text(steps.join(word("word.also"))), standing, closed]
}

/// How it stands, and when it was closed.
fn ending(scene: &Scene<'_>, matter: &Matter) -> [Cell; 2] {
    let standing = match matter.closed() {
        Some(_) => word("report.closed"),
        None if matter.due.is_some_and(|due| due < scene.scope.today) => word("report.open_late"),
        None => word("report.open"),
    };
    [Cell::text(standing), Cell::day(matter.closed().map(|step| step.day))]
}

/// A step as one reads it: day, what it was, and what was written.
fn told(scene: &Scene<'_>, step: &Step) -> String {
    let form = step.form.and_then(|form| FORMS.get(usize::from(form)));
    let name = form.map_or(word("report.closed"), |form| {
        form.kinds().get(usize::from(step.kind)).map_or(form.name(), |kind| kind.label())
    });
    let text = scene.scope.prose(&content(scene, step.by));
    let day = step.day.format("%m-%d");
    if text.is_empty() {
        t!("report.step", day = day, name = name).into_owned()
    } else {
        t!("report.step_text", day = day, name = name, text = text).into_owned()
    }
}

/// What was written in the record of a step.
fn content(scene: &Scene<'_>, id: FactId) -> String {
    let text = scene.fact(id).map(|fact| match &fact.draft.body {
        Body::ProblemClosed(closed) => closed.note.as_str(),
        Body::Record(record) => {
            let texts = ["content", "reason", "result", "to"].map(|key| record.text(key));
            texts.into_iter().find(|text| !text.is_empty()).unwrap_or_default()
        }
        _ => "",
    });
    text.unwrap_or_default().trim().replace('\n', " ")
}
