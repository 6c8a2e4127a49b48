//! What entries cost (负担表), and which fields are filled in and read.
use super::Row;
use crate::{
    grid::{
        org::NodeIx,
        pack::{Pack, SheetKind},
    },
    report::{Cell, FieldRow, Listing, Scene, Work},
    words::{said, word},
};

/// One row for each month, duty and form.
pub(super) fn work(scene: &Scene<'_>, emit: &mut dyn FnMut(Row)) {
    let pack = scene.scope.state.pack();
    scene.burden.work(&scene.scope).iter().for_each(|row| emit(of_work(pack, row)));
}

/// One row for each field of the forms that were used.
pub(super) fn fields(scene: &Scene<'_>, emit: &mut dyn FnMut(Row)) {
    let pack = scene.scope.state.pack();
    scene.burden.fields(&scene.scope).iter().for_each(|row| emit(of_field(pack, row)));
}

/// Both tables of a node as lists by themselves, in this order of rows.
pub fn burden_listings(pack: &Pack, node: NodeIx, work: &[Work], fields: &[FieldRow]) -> [Listing; 2] {
    let list = |id: &str| {
        let columns = SheetKind::of(id).map_or(&[][..], |kind| kind.columns);
        Listing::new(said(&format!("report.sheet.{id}")), node, columns)
    };
    let work = list("burden").of(work.iter().map(|row| of_work(pack, row)));
    [work, list("fields").of(fields.iter().map(|row| of_field(pack, row)))]
}

fn of_work(pack: &Pack, row: &Work) -> Row {
    let number = |n: Option<u64>| n.map_or(Cell::Empty, |n| Cell::Number(n as i64));
    let duty = row.duty.map(|duty| &pack.duties[duty]);
    vec![
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
    ]
}

fn of_field(pack: &Pack, row: &FieldRow) -> Row {
    let readers: Vec<String> = row.readers.iter().map(|reader| reader.name(pack)).collect();
    vec![
        Cell::text(row.kind.name()),
        Cell::text(row.label),
        Cell::text(if row.must { word("burden.must") } else { word("burden.may") }),
        Cell::number(row.asked),
        Cell::number(row.filled),
        Cell::Rate(row.filled, row.asked),
        Cell::text(readers.join(word("word.list"))),
        Cell::text(row.verdict.label()),
    ]
}
