//! Where an envelope counts: what the subtrees of a read ask about.
use chrono::Datelike;

use super::Subtree;
use crate::grid::fact::Envelope;

/// The node, the subject and the month of one envelope.
///
/// A payload that can't be decoded has none of them: such an envelope is kept and only read by [`Subtree::All`].
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Places {
    pub(crate) at: Option<String>,
    pub(crate) subject: Option<String>,
    pub(crate) month: Option<(i32, u32)>,
}

impl Places {
    pub(crate) fn of(envelope: &Envelope) -> Places {
        match envelope.open(0) {
            Ok(fact) => Places {
                month: Some((fact.draft.occurred.year(), fact.draft.occurred.month())),
                at: fact.draft.at,
                subject: fact.draft.subject,
            },
            Err(_) => Places::default(),
        }
    }
}

impl Subtree {
    /// Whether an envelope belongs to it.
    pub fn holds(&self, envelope: &Envelope) -> bool {
        match self {
            Subtree::All => true,
            Subtree::Nodes(nodes) => Places::of(envelope).at.is_some_and(|at| nodes.contains(&at)),
            Subtree::Subject(subject) => Places::of(envelope).subject.as_ref() == Some(subject),
            Subtree::Month { year, month } => Places::of(envelope).month == Some((*year, *month)),
        }
    }
}
