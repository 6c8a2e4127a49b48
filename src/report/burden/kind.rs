//! Kinds of entries: what somebody fills in or ticks.
use crate::{
    grid::{
        fact::{Body, SessionKind},
        record::{FORMS, form},
    },
    words::word,
};

/// What is filled in or ticked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// A visit.
    Visit,
    /// A training session.
    Training,
    /// An activity.
    Activity,
    /// A duty that was ticked.
    Done,
    /// A problem that was closed by a tick.
    Closed,
    /// A record of the form with this number in [`FORMS`].
    Form(u8),
    /// Something that was taken back.
    Back,
}

impl Kind {
    /// What a fact is; none for what is no entry, and for forms that this build does not know.
    pub fn of(body: &Body) -> Option<Kind> {
        Some(match body {
            Body::Visit(_) => Kind::Visit,
            Body::Session(session) if session.kind == SessionKind::Training => Kind::Training,
            Body::Session(_) => Kind::Activity,
            Body::Done(_) => Kind::Done,
            Body::ProblemClosed(_) => Kind::Closed,
            Body::Record(record) => Kind::Form(form(&record.form)?.0 as u8),
            Body::Withdrawn(_) => Kind::Back,
            _ => return None,
        })
    }

    /// All of them, in the order in which they are listed.
    pub fn all() -> impl Iterator<Item = Kind> {
        let forms = (0..FORMS.len()).map(|form| Kind::Form(form as u8));
        [Kind::Visit, Kind::Training, Kind::Activity, Kind::Done, Kind::Closed]
            .into_iter()
            .chain(forms)
            .chain([Kind::Back])
    }

    /// The id in `--json`: that of the fact, or of the form.
    pub fn id(self) -> &'static str {
        match self {
            Kind::Visit => "visit",
            Kind::Training => "training",
            Kind::Activity => "activity",
            Kind::Done => "done",
            Kind::Closed => "problem-closed",
            Kind::Form(form) => FORMS.get(usize::from(form)).map_or("", |form| form.id),
            Kind::Back => "withdrawn",
        }
    }

    /// What people call it.
    pub fn name(self) -> &'static str {
        match self {
            Kind::Visit => word("kind.visit"),
            Kind::Training => word("kind.training"),
            Kind::Activity => word("kind.activity"),
            Kind::Done => word("burden.ticked"),
            Kind::Closed => word("kind.closed"),
            Kind::Form(form) => FORMS.get(usize::from(form)).map_or("", |form| form.name()),
            Kind::Back => word("burden.back"),
        }
    }
}
