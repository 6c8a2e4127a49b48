//! What was typed into a form and is not recorded yet.
use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::Desk;
use crate::grid::fact::AttendanceMark;

/// At most this many drafts are kept; the oldest gives way.
pub const MOST: usize = 20;

/// What was typed into a form and is not recorded yet, as it is kept on disk.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Draft {
    /// Its number among the drafts that are kept.
    pub number: u32,
    /// Whether somebody put it aside, to go on with it later.
    pub aside: bool,
    /// Which form: `visit`, `training`, `activity`, or a record form's id.
    pub form: String,
    /// What the form was called, for example 记培训  工业第2网格.
    pub title: String,
    /// What of it tells it from others, for example its topic; may be empty.
    pub gist: String,
    /// The node's id; a visit has none.
    pub at: Option<String>,
    /// The units' ids.
    pub units: Vec<String>,
    /// The record that it answers or is a part of.
    pub of: Option<String>,
    /// The record that it corrects.
    pub amends: Option<String>,
    /// The key of the field in which the cursor stood.
    pub cursor: String,
    /// By the field's key, as typed.
    pub values: BTreeMap<String, String>,
    /// Who took part, and how: person ids.
    pub attendance: Vec<(String, AttendanceMark)>,
}

impl Draft {
    /// Whether the same is typed into the same form.
    pub fn says_the_same(&self, other: &Draft) -> bool {
        (&self.values, &self.attendance) == (&other.values, &other.attendance)
    }

    /// The draft in one line.
    pub fn line(&self) -> String {
        [self.title.as_str(), &self.gist].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("  ")
    }
}

impl Desk {
    /// A number that no draft has.
    pub fn fresh_draft(&self) -> u32 {
        self.drafts.iter().map(|draft| draft.number).max().map_or(1, |last| last.saturating_add(1))
    }

    /// Keeps a draft in the place of the one with its number.
    pub(super) fn keep_draft(&mut self, draft: Draft) {
        put(&mut self.drafts, draft);
    }

    /// Forgets the draft of that number.
    pub(super) fn drop_draft(&mut self, number: u32) {
        self.drafts.retain(|draft| draft.number != number);
    }
}

/// Puts a draft in the place of the one with its number, or behind the others.
pub fn put(drafts: &mut Vec<Draft>, draft: Draft) {
    match drafts.iter_mut().find(|kept| kept.number == draft.number) {
        Some(kept) => *kept = draft,
        None => drafts.push(draft),
    }
    if drafts.len() > MOST {
        drafts.remove(0);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_draft_takes_the_place_of_its_own_number_and_the_oldest_gives_way() {
        let draft = |number, gist: &str| Draft { number, gist: gist.to_owned(), ..Draft::default() };
        let mut drafts = Vec::new();
        for n in 1..=25 {
            put(&mut drafts, draft(n, "甲"));
        }
        put(&mut drafts, draft(10, "乙"));
        assert_eq!(drafts.len(), MOST);
        assert_eq!((drafts[0].number, drafts[4].number), (6, 10));
        assert_eq!(drafts[4].gist, "乙");
    }

    #[test]
    fn a_draft_of_a_later_version_is_read_as_far_as_it_is_known() {
        let json = r#"{"number":3,"form":"visit","values":{"on":"-1"},"colour":"red"}"#;
        let draft: Draft = serde_json::from_str(json).expect("a draft");
        assert_eq!((draft.number, draft.form.as_str(), draft.values["on"].as_str()), (3, "visit", "-1"));
    }
}
