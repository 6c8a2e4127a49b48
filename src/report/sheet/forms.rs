//! Returns (报表) and funds (经费), from the records of their forms.
use super::Row;
use crate::{
    grid::{
        fact::{Fact, Record},
        record::form,
    },
    report::{Cell, Scene},
    words::{t, word},
};

/// Every return that came in the period or is for it.
pub(super) fn returns(scene: &Scene<'_>, emit: &mut dyn FnMut(Row)) {
    let scope = &scene.scope;
    let tables = form("return").map_or(&[][..], |(_, form)| form.kinds());
    for (fact, record) in scene.records("return") {
        let table = match record.text("table") {
            "" => tables.iter().find(|choice| choice.id == record.text("kind")).map_or("", |choice| choice.label()),
            named => named,
        };
        emit(vec![
            scope.node_cell(fact),
            scope.unit_cell(fact),
            Cell::text(table),
            Cell::text(record.text("period")),
            Cell::day(record.day("due")),
            Cell::Day(fact.draft.occurred),
            timely(fact, record),
            record.number("queries").map_or(Cell::Empty, Cell::Number),
            scope.prose_cell(record.text("note")),
        ]);
    }
}

/// Whether a return came by its day.
fn timely(fact: &Fact, record: &Record) -> Cell {
    match record.day("due") {
        None => Cell::Empty,
        Some(due) if fact.draft.occurred <= due => Cell::text(word("report.timely")),
        Some(due) => Cell::text(t!("report.days_late", n = (fact.draft.occurred - due).num_days())),
    }
}

/// Budgets and spending, with what is missing of the trace (M-8).
pub(super) fn funds(scene: &Scene<'_>, emit: &mut dyn FnMut(Row)) {
    let scope = &scene.scope;
    for (form, is_spent) in [("budget", false), ("spending", true)] {
        for (fact, record) in scene.records(form) {
            let source = if is_spent { record.text("activity") } else { record.text("source") };
            emit(vec![
                Cell::Day(fact.draft.occurred),
                Cell::text(if is_spent { word("report.spent") } else { word("report.budget") }),
                scope.node_cell(fact),
                Cell::Money(record.number("amount").unwrap_or_default()),
                scope.prose_cell(source),
                record.number("attended").map_or(Cell::Empty, Cell::Number),
                Cell::text(record.text("voucher")),
                Cell::text(scope.people(Some(record.text("approver")).filter(|id| !id.is_empty()).into_iter())),
                if is_spent { Cell::text(gap(record)) } else { Cell::Empty },
                scope.prose_cell(record.text("note")),
            ]);
        }
    }
}

/// What a spending does not show.
fn gap(record: &Record) -> String {
    let missing = [
        (word("report.no_activity"), record.text("activity").is_empty()),
        (word("report.no_attended"), record.number("attended").unwrap_or_default() == 0),
        (word("report.no_voucher"), record.text("voucher").is_empty()),
    ];
    let words: Vec<&str> = missing.into_iter().filter(|(_, is)| *is).map(|(words, _)| words).collect();
    words.join(word("word.list"))
}
