//! What entries cost (负担表), and which fields are filled in and read.
use super::Row;
use crate::{
    report::{Cell, Scene},
    words::word,
};

/// One row for each month, duty and form.
pub(super) fn work(scene: &Scene<'_>, emit: &mut dyn FnMut(Row)) {
    let pack = scene.scope.state.pack();
    let number = |n: Option<u64>| n.map_or(Cell::Empty, |n| Cell::Number(n as i64));
    for row in scene.burden.work(&scene.scope) {
        let duty = row.duty.map(|duty| &pack.duties[duty]);
        emit(vec![
            Cell::text(row.month.label()),
            duty.map_or(Cell::Empty, |duty| Cell::text(&duty.clause)),
            Cell::text(duty.map_or(word("burden.no_duty"), |duty| duty.name.as_str())),
            Cell::text(row.kind.name()),
            Cell::number(row.entries),
            Cell::number(row.again),
            Cell::Rate(row.measured, row.entries),
            Cell::number(row.told),
            number(row.all_keys()),
            number(row.minutes()),
            number(row.seconds_each()),
            Cell::number(row.serves),
            Cell::number(row.only),
        ]);
    }
}

/// One row for each field of the forms that were used.
pub(super) fn fields(scene: &Scene<'_>, emit: &mut dyn FnMut(Row)) {
    let pack = scene.scope.state.pack();
    for row in scene.burden.fields(&scene.scope) {
        let readers: Vec<String> = row.readers.iter().map(|reader| reader.name(pack)).collect();
        emit(vec![
            Cell::text(row.kind.name()),
            Cell::text(row.label),
            Cell::text(if row.must { word("burden.must") } else { word("burden.may") }),
            Cell::number(row.asked),
            Cell::number(row.filled),
            Cell::Rate(row.filled, row.asked),
            Cell::text(readers.join(word("word.list"))),
            Cell::text(row.verdict.label()),
        ]);
    }
}
