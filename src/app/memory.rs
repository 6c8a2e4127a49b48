//! What was typed into fields before, on this machine: it is offered when the same is typed again.
use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// At most this many values are kept of a field.
pub const KEPT: usize = 30;
/// At most this many fields are kept.
const FIELDS: usize = 120;
/// What is longer, in characters, is a text of its own and not typed again.
const LONGEST: usize = 120;

/// What was typed before, by the field's key (`session.topic`), the newest first.
///
/// It only saves keys: losing it harms nobody. It never holds more than `KEPT` values of a field.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Memory {
    fields: BTreeMap<String, Vec<String>>,
}

impl Memory {
    /// What was typed into a field before, the newest first.
    pub fn of(&self, field: &str) -> &[String] {
        self.fields.get(field).map_or(&[], Vec::as_slice)
    }

    /// Notes that this was typed into a field; false where there is nothing new to keep.
    pub fn note(&mut self, field: &str, value: &str) -> bool {
        let value = value.trim();
        if value.is_empty() || value.contains('\n') || value.chars().count() > LONGEST {
            return false;
        }
        if self.fields.len() >= FIELDS && !self.fields.contains_key(field) {
            return false;
        }
        let values = self.fields.entry(field.to_owned()).or_default();
        if values.first().is_some_and(|newest| newest == value) {
            return false;
        }
        values.retain(|kept| kept != value);
        values.insert(0, value.to_owned());
        values.truncate(KEPT);
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_newest_stands_first_and_once_and_there_is_an_end_to_it() {
        let mut memory = Memory::default();
        for n in 0..50 {
            assert!(memory.note("session.topic", &format!("第{n}课")));
        }
        assert_eq!(memory.of("session.topic").len(), KEPT);
        assert_eq!(memory.of("session.topic")[0], "第49课");
        assert!(memory.note("session.topic", " 第40课 "));
        assert_eq!(memory.of("session.topic")[..2], ["第40课", "第49课"]);
        assert_eq!(memory.of("session.topic").len(), KEPT);
        for nothing in ["第40课", "", "  ", "两\n行", &"长".repeat(121)] {
            assert!(!memory.note("session.topic", nothing), "{nothing}");
        }
        assert!(memory.of("visit.note").is_empty());
        for n in 0..200 {
            memory.note(&format!("field{n}"), "值");
        }
        assert_eq!(memory.fields.len(), FIELDS);
    }
}
