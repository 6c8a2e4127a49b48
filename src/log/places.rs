//! Where an envelope counts: what the subtrees of a read ask about.
use chrono::Datelike;

use super::Subtree;
use crate::grid::{bearing::Bearing, fact::Envelope};

/// The node, the subject and the month of one envelope, and on what it bears beside them.
///
/// A payload that can't be decoded has none of them: such an envelope is kept and only read by [`Subtree::All`].
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Places {
    pub(crate) at: Option<String>,
    pub(crate) subject: Option<String>,
    pub(crate) month: Option<(i32, u32)>,
    pub(crate) bearing: Bearing,
}

impl Places {
    pub(crate) fn of(envelope: &Envelope) -> Places {
        match envelope.open(0) {
            Ok(fact) => Places {
                month: Some((fact.draft.occurred.year(), fact.draft.occurred.month())),
                bearing: Bearing::of(&fact.draft),
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
        let places = || Places::of(envelope);
        match self {
            Subtree::All => true,
            Subtree::Nodes(nodes) => places().at.is_some_and(|at| nodes.contains(&at)),
            Subtree::Subject(subject) => places().subject.as_ref() == Some(subject),
            Subtree::Month { year, month } => places().month == Some((*year, *month)),
            Subtree::Around { node, units } => {
                let places = places();
                let is_theirs = |id: &String| id == node || units.contains(id);
                places.bearing.is_beyond_place()
                    || places.at.as_ref() == Some(node)
                    || places.subject.as_ref().is_some_and(is_theirs)
            }
        }
    }
}
