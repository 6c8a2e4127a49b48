//! Where an envelope counts: what the subtrees of a read ask about.
use chrono::Datelike;

use super::Subtree;
use crate::grid::{
    fact::{Body, Draft, Envelope},
    record::{FORMS, Form, form},
};

/// The node, the subject and the month of one envelope, and on what it bears beside them.
///
/// A payload that can't be decoded has none of them: such an envelope is kept and only read by [`Subtree::All`].
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Places {
    pub(crate) at: Option<String>,
    pub(crate) subject: Option<String>,
    pub(crate) month: Option<(i32, u32)>,
    pub(crate) bears: Bears,
}

/// On what an entry bears beside the node where it counts and whom it is about.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) enum Bears {
    /// On nothing: everyday work.
    #[default]
    Nothing,
    /// On what its form says, whatever that is in this build.
    AsForm(String),
    /// On anything.
    Anything,
}

impl Places {
    pub(crate) fn of(envelope: &Envelope) -> Places {
        match envelope.open(0) {
            Ok(fact) => Places {
                month: Some((fact.draft.occurred.year(), fact.draft.occurred.month())),
                bears: Bears::of(&fact.draft),
                at: fact.draft.at,
                subject: fact.draft.subject,
            },
            Err(_) => Places::default(),
        }
    }
}

impl Bears {
    fn of(draft: &Draft) -> Bears {
        match &draft.body {
            _ if draft.replaces.is_some() || draft.at.is_none() => Bears::Anything,
            Body::Done(_) => Bears::Nothing,
            Body::Visit(visit) if visit.problem.is_none() => Bears::Nothing,
            Body::Record(record) if record.of.is_none() => Bears::AsForm(record.form.clone()),
            _ => Bears::Anything,
        }
    }

    fn is_beyond(&self) -> bool {
        match self {
            Bears::Nothing => false,
            Bears::AsForm(id) => form(id).is_some_and(|(_, form)| is_far_reaching(form)),
            Bears::Anything => true,
        }
    }
}

/// Whether records of a form concern more than the node and the unit that they are about: they start something that is
/// answered later, or name nodes.
fn is_far_reaching(form: &Form) -> bool {
    form.opens.is_some() || form.names_nodes()
}

/// The forms whose records bear on more than their place, by id.
pub(crate) fn far_reaching() -> impl Iterator<Item = &'static str> {
    FORMS.iter().filter(|form| is_far_reaching(form)).map(|form| form.id)
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
                places.bears.is_beyond()
                    || places.at.as_ref() == Some(node)
                    || places.subject.as_ref().is_some_and(is_theirs)
            }
        }
    }
}
