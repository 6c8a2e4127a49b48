//! On what a fact bears beside the node where it counts and whom it is about: whoever looks at one place can do without the
//! everyday work of all others, which is most of a county's facts.
use super::{
    fact::{Body, Draft},
    record::{FORMS, Form, form},
};

/// On what a fact bears.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Bearing {
    /// On its place and whom it is about, and on nothing else: everyday work.
    #[default]
    Place,
    /// On what this form's records bear on, whatever that is in this build.
    AsForm(String),
    /// On anything.
    Anything,
}

impl Bearing {
    /// That of a draft.
    pub fn of(draft: &Draft) -> Bearing {
        match &draft.body {
            _ if draft.replaces.is_some() || draft.at.is_none() => Bearing::Anything,
            Body::Done(_) => Bearing::Place,
            Body::Visit(visit) if visit.problem.is_none() => Bearing::Place,
            Body::Record(record) if record.of.is_none() => Bearing::AsForm(record.form.clone()),
            _ => Bearing::Anything,
        }
    }

    /// Whether it is more than its place.
    pub fn is_beyond_place(&self) -> bool {
        match self {
            Bearing::Place => false,
            Bearing::AsForm(id) => form(id).is_some_and(|(_, form)| is_far_reaching(form)),
            Bearing::Anything => true,
        }
    }
}

/// The forms whose records bear on more than their place, by id.
pub fn far_reaching() -> impl Iterator<Item = &'static str> {
    FORMS.iter().filter(|form| is_far_reaching(form)).map(|form| form.id)
}

/// Whether its records start something that is answered later, or name nodes.
fn is_far_reaching(form: &Form) -> bool {
    form.opens.is_some() || form.names_nodes()
}
