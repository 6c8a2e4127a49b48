//! The audit's tables: what stands in which column.
use serde_json::json;

use super::{
    names::Names,
    table::{Cell, Table},
};
use crate::grid::audit::{Burst, Line, Sum};
use crate::words::word;

/// Who entered how much from where.
pub(super) fn people(names: &Names<'_>, sums: &[Sum]) -> Table {
    let mut table = Table::new([
        ("by_name", word("audit.column.by")),
        ("by", word("audit.column.by_id")),
        ("device_name", word("audit.column.device")),
        ("device", word("audit.column.device_id")),
        ("facts", word("audit.column.facts")),
        ("late", word("audit.column.late")),
        ("withdrawn", word("audit.column.withdrawn")),
        ("held", word("audit.column.held")),
        ("clock", word("audit.column.clock")),
        ("last", word("audit.column.last")),
    ]);
    for sum in sums {
        let ([by, by_id], [device, device_id]) = (names.person(sum.by.as_deref()), names.device(sum.writer));
        let counts = [sum.facts, sum.late, sum.withdrawn, sum.held, sum.clock].map(Cell::count);
        let mut row = vec![by, by_id, device, device_id];
        row.extend(counts);
        row.push(names.time(sum.last_ms));
        table.rows.push(row);
    }
    table
}

/// The columns of records, with their three times.
pub(super) fn records() -> Table {
    Table::new([
        ("received", word("audit.column.received")),
        ("recorded", word("audit.column.recorded")),
        ("occurred", word("audit.column.occurred")),
        ("kind", word("audit.column.kind")),
        ("by_name", word("audit.column.by")),
        ("by", word("audit.column.by_id")),
        ("device_name", word("audit.column.device")),
        ("device", word("audit.column.device_id")),
        ("at_name", word("audit.column.at")),
        ("at", word("audit.column.at_id")),
        ("subject_name", word("audit.column.subject")),
        ("subject", word("audit.column.subject_id")),
        ("flags", word("audit.column.flags")),
        ("reason", word("audit.column.reason")),
        ("fact", word("audit.column.fact")),
    ])
}

/// A record in those columns, with what people call its kind.
pub(super) fn record(names: &Names<'_>, line: &Line, kind: &str) -> Vec<Cell> {
    let ([by, by_id], [device, device_id]) = (names.person(line.by.as_deref()), names.device(line.fact.writer));
    let ([at, at_id], [subject, subject_id]) = (names.node(line.at.as_deref()), names.subject(line.subject.as_deref()));
    vec![
        names.time(line.received_ms),
        names.time(line.recorded_ms),
        Cell::plain(line.occurred.to_string()),
        Cell::of(kind, line.kind.as_str()),
        by,
        by_id,
        device,
        device_id,
        at,
        at_id,
        subject,
        subject_id,
        flags(line),
        Cell::of(line.reason.clone().unwrap_or_default(), line.reason.clone()),
        Cell::plain(line.fact.to_string()),
    ]
}

/// What is to be seen of a record: late, taken back, by a wrong clock.
fn flags(line: &Line) -> Cell {
    let all = [
        (line.late, "late", word("audit.column.late")),
        (line.withdrawn, "withdrawn", word("audit.column.withdrawn")),
        (line.held, "held", word("audit.column.held")),
        (line.clock, "clock", word("audit.column.clock")),
    ];
    let set = all.iter().filter(|(is_set, ..)| *is_set);
    let said: Vec<&str> = set.clone().map(|(.., said)| *said).collect();
    Cell::of(said.join(word("word.list")), json!(set.map(|(_, key, _)| *key).collect::<Vec<_>>()))
}

/// Many visits within minutes.
pub(super) fn bursts(names: &Names<'_>, bursts: &[Burst]) -> Table {
    let mut table = Table::new([
        ("by_name", word("audit.column.by")),
        ("by", word("audit.column.by_id")),
        ("device_name", word("audit.column.device")),
        ("device", word("audit.column.device_id")),
        ("from", word("audit.column.from")),
        ("to", word("audit.column.to")),
        ("visits", word("audit.column.visits")),
        ("units", word("audit.column.units")),
        ("counted", word("audit.column.counted")),
        ("days", word("audit.column.days")),
    ]);
    for burst in bursts {
        let ([by, by_id], [device, device_id]) = (names.person(burst.by.as_deref()), names.device(burst.writer));
        let days: Vec<String> = burst.days.iter().map(ToString::to_string).collect();
        table.rows.push(vec![
            by,
            by_id,
            device,
            device_id,
            names.time(burst.from_ms),
            names.time(burst.to_ms),
            Cell::count(burst.visits),
            Cell::count(burst.units),
            Cell::count(burst.counted),
            Cell::of(days.join(word("word.list")), days),
        ]);
    }
    table
}
