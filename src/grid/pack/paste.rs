//! Texts for the upper platform (`[report.paste]`): the wording, with what is filled in.
use super::{keys, row::Row};
use crate::words::{t, word};

/// What a text is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum PasteOf {
    /// One visit.
    Visit,
    /// One session or meeting.
    Session,
    /// What a node did in a period.
    Period,
}

impl PasteOf {
    /// All of them.
    pub const ALL: [PasteOf; 3] = [PasteOf::Visit, PasteOf::Session, PasteOf::Period];

    /// The key in packs.
    pub fn key(self) -> &'static str {
        ["visit", "session", "period"][self as usize]
    }

    /// What can be filled in.
    pub fn fills(self) -> &'static [&'static str] {
        match self {
            PasteOf::Visit => &["day", "node", "unit", "who", "with", "topics", "note", "problem"],
            PasteOf::Session => {
                &["day", "node", "kind", "topic", "minutes", "invited", "came", "absent", "rate", "who", "note"]
            }
            PasteOf::Period => &[
                "node",
                "period",
                "asked",
                "met",
                "met_late",
                "overdue",
                "open",
                "exempt",
                "rate",
                "coverage",
                "visits",
                "visited",
                "training",
                "activities",
                "meetings",
                "returns",
                "timely",
                "ledgers",
                "differing",
                "found",
                "unsolved",
                "late",
                "spent",
            ],
        }
    }
}

/// The texts of a pack.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Pastes([Option<String>; 3]);

impl Pastes {
    /// The wording for one; none where the pack leaves it to the program.
    pub fn get(&self, of: PasteOf) -> Option<&str> {
        self.0[of as usize].as_deref()
    }
}

/// Reads `[report.paste]`.
pub(super) fn pastes(report: &Row<'_>) -> Pastes {
    let Some(row) = report.table("paste", &keys::REPORT_PASTE) else { return Pastes::default() };
    row.no_others(&[]);
    Pastes(PasteOf::ALL.map(|of| {
        let text = row.has(of.key()).then(|| row.text(of.key())).flatten()?;
        fills(&row, of.key(), text, of.fills());
        if text.matches('[').count() != text.matches(']').count() {
            row.fault(of.key(), word("pack.report.brackets"));
        }
        Some(text.to_owned())
    }))
}

/// Notes what is to be filled in and is not known.
pub(super) fn fills(row: &Row<'_>, key: &str, text: &str, known: &[&str]) {
    let asked = text.split('{').skip(1).map(|rest| rest.split_once('}').map_or(rest, |(name, _)| name));
    for name in asked.filter(|name| !known.contains(name)) {
        let known: Vec<String> = known.iter().map(|name| format!("{{{name}}}")).collect();
        row.fault(key, t!("pack.report.fill", name = name, known = known.join(word("word.list"))).into_owned());
    }
}
