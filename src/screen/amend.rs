//! Where Enter leads on a record: to its form, to be corrected; where it has none or does not hold, to what it says.
use crate::{
    app::{Action, Desk, Fill, Message, Route},
    grid::{
        fact::{Body, Fact},
        record::form,
    },
    screen::records,
};

/// Opens the form of a visit, a session or a form's record to correct it; other records are told in a sentence.
pub(super) fn open(desk: &Desk, fact: &Fact) -> Vec<Action> {
    let route = if desk.state.is_withdrawn(fact) { None } else { route(desk, fact) };
    let told = || Action::Say(Message::note(records::told(desk, fact)));
    vec![route.map_or_else(told, Action::Open)]
}

fn route(desk: &Desk, fact: &Fact) -> Option<Route> {
    let org = desk.state.org();
    let at = fact.draft.at.as_deref().and_then(|id| org.node_ix(id));
    let amends = Some(Box::new(fact.clone()));
    Some(match &fact.draft.body {
        Body::Visit(_) => Route::Visit { units: vec![org.unit_ix(fact.draft.subject.as_deref()?)?], amends },
        Body::Session(session) => Route::Session { grid: at?, kind: session.kind, amends },
        Body::Record(record) => {
            let (_, form) = form(&record.form)?;
            Route::Fill(Fill {
                form: form.id,
                at: at?,
                unit: None,
                of: record.of,
                amends,
                kind: None,
                values: Default::default(),
            })
        }
        _ => return None,
    })
}
