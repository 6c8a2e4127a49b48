//! Forms filled in with their own examples, so that every kind of record can be made up.
use std::collections::BTreeMap;

use chrono::{Days, NaiveDate};

use crate::grid::{
    calendar::Period,
    decide::Filled,
    fact::{FactId, Value},
    org::{NodeIx, UnitIx},
    record::{Field, Form, Input, Required},
    state::State,
};
use crate::words::Language;

/// What a made-up record is about.
#[derive(Clone, Copy)]
pub(super) struct About<'a> {
    pub at: NodeIx,
    pub unit: Option<UnitIx>,
    pub of: Option<FactId>,
    /// The kind among the form's, or the checklist's id.
    pub kind: Option<&'a str>,
    pub day: NaiveDate,
    /// The period that it is for.
    pub period: Period,
    /// Who is named where a person is asked for.
    pub person: Option<&'a str>,
}

/// The form with everything that must be filled in, and with the texts that may be.
pub(super) fn fill(state: &State, form: &Form, about: About<'_>) -> Filled {
    let mut values = BTreeMap::new();
    for field in form.fields {
        let asked = match field.required {
            Required::Always => true,
            Required::When(key, kind) => key == "kind" && about.kind == Some(kind),
            Required::No => {
                field.key != "note" && (matches!(field.input, Input::Text | Input::CriterionId) || wanted(field))
            }
            Required::Unless(_) => false,
        };
        if let Some(value) = value(state, field, about).filter(|_| asked) {
            values.insert(field.key.to_owned(), value);
        }
    }
    Filled {
        form: form.id.to_owned(),
        at: about.at,
        unit: about.unit,
        of: about.of,
        on: about.day,
        values,
        attendance: Vec::new(),
        amends: None,
    }
}

/// What makes a spending proper and a checklist complete.
fn wanted(field: &Field) -> bool {
    matches!(field.input, Input::Number { .. } | Input::Checklist)
}

fn value(state: &State, field: &Field, about: About<'_>) -> Option<Value> {
    let number = || field.example_in(Language::Zh).parse::<i64>().ok();
    Some(match field.input {
        Input::Text | Input::Lines => Value::Text(field.example_in(Language::Zh).to_owned()),
        Input::Number { least, most, .. } => Value::Number(number().unwrap_or(least).clamp(least, most)),
        Input::Money => Value::Number(number().unwrap_or(2_000) * 100),
        Input::Day => Value::Day(about.day),
        Input::Deadline => Value::Day(about.day.checked_add_days(Days::new(14))?),
        Input::Period(cadences) => {
            let fits = cadences.contains(&about.period.cadence);
            let own = Period::containing(*cadences.first()?, about.day);
            Value::Text(if fits { about.period } else { own }.to_string())
        }
        Input::Choice(choices) => {
            let kind = about.kind.filter(|kind| field.key == "kind" && choices.iter().any(|c| c.id == *kind));
            Value::Text(kind.unwrap_or(choices.first()?.id).to_owned())
        }
        Input::ChecklistId => Value::Text(about.kind?.to_owned()),
        Input::Checklist => {
            let (_, list) = state.pack().checklist(about.kind?)?;
            Value::List(list.items.iter().map(|item| item.id.clone()).collect())
        }
        Input::Flag => Value::Flag(true),
        Input::Node => {
            let up = state.org().node(about.at).parent.unwrap_or(about.at);
            Value::Text(state.org().node(up).id.clone())
        }
        Input::Person => Value::Text(about.person?.to_owned()),
        Input::CriterionId => {
            let node = state.org().node(about.at);
            Value::Text(state.pack().assessment.of(node).next()?.id.clone())
        }
        Input::Nodes | Input::People | Input::Attendance | Input::Tasks => return None,
    })
}
