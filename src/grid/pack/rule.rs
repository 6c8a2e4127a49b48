//! Clauses that are rules, not duties: the pack says which, why, and where the rule lives.
use super::{keys, row::Row};

/// A clause that code keeps, not a duty (`[[rule]]`).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RuleLine {
    /// The row of the requirements, for example `B-6`.
    pub clause: String,
    /// What it says, and why it is a rule.
    pub text: String,
    /// Where the rule lives.
    pub place: String,
}

/// Reads `[[rule]]`.
pub(super) fn rules(top: &Row<'_>) -> Vec<RuleLine> {
    let read = |row: Row<'_>| {
        row.no_others(&[]);
        let (clause, text, place) = (row.text("clause"), row.text("text"), row.text("where"));
        Some(RuleLine { clause: clause?.to_owned(), text: text?.to_owned(), place: place?.to_owned() })
    };
    top.rows("rule", &keys::RULE).into_iter().filter_map(read).collect()
}
