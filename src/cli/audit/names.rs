//! What the audit calls people, devices, places and times.
use chrono::{DateTime, FixedOffset};
use serde_json::Value;

use super::table::Cell;
use crate::grid::{fact::WriterId, state::State};
use crate::words::word;

/// So many digits of a device's name tell it from others.
const DIGITS: usize = 8;

pub(super) struct Names<'a>(pub(super) &'a State);

impl Names<'_> {
    /// Who: the name beside the id.
    pub(super) fn person(&self, id: Option<&str>) -> [Cell; 2] {
        let Some(id) = id else {
            return [Cell::of(word("audit.nobody"), Value::Null), Cell::of("", Value::Null)];
        };
        let org = self.0.org();
        let name = org.person_ix(id).map_or(id, |ix| org.person(ix).record.name.as_str());
        [Cell::plain(name), Cell::plain(id)]
    }

    /// From which device: what people call it, beside its name among writers.
    pub(super) fn device(&self, writer: WriterId) -> [Cell; 2] {
        let digits = writer.to_string();
        let short = digits.get(..DIGITS).unwrap_or_default().to_owned();
        let called = match self.0.device(writer) {
            Some(device) if !device.name.is_empty() => format!("{} {short}", device.name),
            _ => short,
        };
        [Cell::plain(called), Cell::plain(digits)]
    }

    /// Where: the whole name beside the id.
    pub(super) fn node(&self, id: Option<&str>) -> [Cell; 2] {
        let org = self.0.org();
        let known = id.and_then(|id| org.node_ix(id)).map(|ix| org.full_name(ix));
        [Cell::plain(known.or(id.map(str::to_owned)).unwrap_or_default()), Cell::of(id.unwrap_or_default(), id)]
    }

    /// A unit, a person or a node.
    pub(super) fn subject(&self, id: Option<&str>) -> [Cell; 2] {
        let org = self.0.org();
        let text = id.unwrap_or_default();
        let name = match (org.unit_ix(text), org.person_ix(text), org.node_ix(text)) {
            (Some(unit), ..) => org.unit(unit).record.name.as_str(),
            (_, Some(person), _) => org.person(person).record.name.as_str(),
            (.., Some(node)) => org.node(node).name.as_str(),
            _ => text,
        };
        [Cell::plain(name), Cell::of(text, id)]
    }

    /// A moment as the county's clocks show it.
    pub(super) fn time(&self, utc_ms: i64) -> Cell {
        let offset = FixedOffset::east_opt(self.0.pack().utc_offset);
        match (DateTime::from_timestamp_millis(utc_ms), offset) {
            (Some(time), Some(offset)) => {
                let local = time.with_timezone(&offset);
                Cell::of(local.format("%Y-%m-%d %H:%M:%S").to_string(), local.to_rfc3339())
            }
            _ => Cell::of("", Value::Null),
        }
    }
}
