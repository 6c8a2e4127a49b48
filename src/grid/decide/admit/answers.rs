//! What answers or closes a matter: of a kind that does, and where it is to be answered. The rules of the desk, asked again of
//! facts that others sealed.
use super::{Against, Sender};
use crate::grid::{
    decide::{RecordRefusal, Refusal},
    fact::{Body, Draft, Fact, HeldWhy},
    record::{About, Form, form, started_by},
    state::{Matter, MatterKind, State},
};
use crate::words::t;

/// Whether the matter is one that this answers, and whether whoever has that hears of it: a replica of a place has what stands
/// there and what is about its units.
pub(super) fn is_answered(state: &State, _: &Sender, fact: &Fact, _: Option<&Fact>) -> Against {
    let (of, form) = match &fact.draft.body {
        Body::ProblemClosed(closed) => (closed.of, None),
        Body::Record(record) => {
            let (_, form) = form(&record.form).filter(|(_, form)| form.about == About::Matter)?;
            (record.of?, Some(form))
        }
        _ => return None,
    };
    let matter = state.matter_of(of)?;
    if let Some(refusal) = is_other(matter, form) {
        return Some((HeldWhy::NoRight, refusal.to_string()));
    }
    if is_there(state, matter, &fact.draft) {
        return None;
    }
    let place = state.org().full_name(state.answered_at(matter, fact.draft.occurred));
    Some((HeldWhy::Closed, t!("admit.answered_elsewhere", what = state.told(matter), node = place).into_owned()))
}

/// Why it does not answer a matter of this kind.
fn is_other(matter: &Matter, form: Option<&'static Form>) -> Option<Refusal> {
    match form {
        None => (matter.kind != MatterKind::Problem).then_some(Refusal::NoSuchProblem),
        Some(form) => {
            let answers = form.answer_to(started_by(matter.kind)).is_some();
            (!answers).then(|| RecordRefusal::other_matter(form, matter.kind).into())
        }
    }
}

/// Whether it stands where the matter was started or is answered on that day, about the unit that the matter is about.
fn is_there(state: &State, matter: &Matter, draft: &Draft) -> bool {
    let org = state.org();
    let about = matter.unit.map(|unit| org.unit(unit).id.as_str());
    let is_at = match draft.at.as_deref() {
        Some(id) => {
            let at = org.node_ix(id);
            [matter.at, state.answered_at(matter, draft.occurred)].map(Some).contains(&at)
        }
        // A unit that belongs nowhere any more has no place where its problem is closed.
        None => matter.unit.is_some_and(|unit| org.grid_of(unit, draft.occurred).is_none()),
    };
    is_at && draft.subject.as_deref() == about
}
