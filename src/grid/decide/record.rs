//! Records of the forms: where they belong, field by field what is filled in, and what else they mean.
mod check;
mod once;
mod refusal;
mod score;
mod several;
mod target;

use std::collections::BTreeSet;

pub use refusal::RecordRefusal;

use super::{Actor, Decision, Filled, Refusal, acting, counts_for, lock, not_future, withdraw};
use crate::grid::{
    fact::{Attendance, AttendanceMark, Body, Draft, FactId, Record, Value},
    org::{NodeIx, UnitIx},
    record::{Form, Input, form},
    standing::standings_at,
    state::{State, What},
};

/// Where a record belongs.
#[derive(Clone, Copy)]
struct Target {
    at: NodeIx,
    unit: Option<UnitIx>,
}

/// What is being recorded, with its form.
#[derive(Clone, Copy)]
struct Filling<'a> {
    state: &'a State,
    actor: &'a Actor,
    filled: &'a Filled,
    form: &'static Form,
    /// The form's number.
    number: u8,
    /// The record that it corrects.
    replaces: Option<FactId>,
}

pub(super) fn decide(state: &State, actor: &Actor, filled: &Filled) -> Result<Decision, Refusal> {
    not_future(actor, filled.on)?;
    let Some((number, form)) = form(&filled.form) else { return Err(Refusal::NoSuchForm(filled.form.clone())) };
    let replaces = match &filled.amends {
        Some(old) => {
            let id = withdraw::live(state, actor, old, |body| matches!(body, Body::Record(_)))?;
            if !matches!(&old.draft.body, Body::Record(record) if record.form == form.id) {
                return Err(Refusal::OtherKind);
            }
            lock::open_for(state, actor, old)?;
            Some(id)
        }
        None => None,
    };
    Filling { state, actor, filled, form, number: number as u8, replaces }.decide()
}

/// Everything that is wrong with a form as it was filled in, field by field; empty where it can be recorded. A fault
/// of the form as a whole is told only where its fields are in order.
pub fn faults(state: &State, actor: &Actor, filled: &Filled) -> Vec<Refusal> {
    let mut faults: Vec<Refusal> = not_future(actor, filled.on).err().into_iter().collect();
    if let Some((number, form)) = form(&filled.form) {
        let filling = Filling { state, actor, filled, form, number: number as u8, replaces: None };
        // Where the place is not known yet, the fields are looked at as if it were here.
        let target = filling.target().unwrap_or(Target { at: filled.at, unit: filled.unit });
        faults.extend(filling.faults(target));
    }
    if faults.is_empty() {
        faults.extend(decide(state, actor, filled).err());
    }
    faults
}

impl Filling<'_> {
    fn decide(self) -> Result<Decision, Refusal> {
        let target = self.target()?;
        let values = self.values(target)?;
        let record = Record {
            form: self.form.id.to_owned(),
            of: self.filled.of,
            attendance: self.filled.attendance.clone(),
            values,
            acting: Vec::new(),
        };
        if let Some(said) = self.said_before(target, &record) {
            return Err(RecordRefusal::Already(said, self.form.name()).into());
        }
        let mut decision = Decision::default();
        let mut counted = BTreeSet::new();
        for (i, (target, record)) in self.records(target, record)?.into_iter().enumerate() {
            let draft = self.draft(target, record, &mut counted)?;
            decision.drafts.push(Draft { replaces: self.replaces.filter(|_| i == 0), ..draft });
        }
        decision.counts_for = counted.into_iter().collect();
        Ok(decision)
    }

    /// One record as a draft; `counted` gains the duties that it counts for.
    fn draft(self, target: Target, mut record: Record, counted: &mut BTreeSet<usize>) -> Result<Draft, Refusal> {
        let (state, on) = (self.state, self.filled.on);
        let form = form(&record.form).map_or((self.number, self.form), |(number, form)| (number as u8, form));
        record.acting = acting::acting(state, self.actor, &doers(form.1, &record), target.at, on);
        let kind = form.1.kind_number(record.text("kind")).unwrap_or(0) as u8;
        let what = What::Record { form: form.0, kind };
        counted.extend(counts_for(state, target.at, what, &record.acting));
        counted.extend(self.answered(target, &record));
        let body = Body::Record(record);
        for day in lock::days(on, &body) {
            lock::open(state, self.actor, target.at, day)?;
        }
        Ok(Draft {
            occurred: on,
            by: self.actor.person.clone(),
            at: Some(state.org().node(target.at).id.clone()),
            subject: target.unit.map(|unit| state.org().unit(unit).id.clone()),
            replaces: None,
            reason: None,
            effort: None,
            body,
        })
    }

    /// The duties whose clock the record stops.
    fn answered(self, target: Target, record: &Record) -> Vec<usize> {
        let matter = record.of.and_then(|of| self.state.matter_of(of));
        let Some(matter) = matter.filter(|_| self.closes(record)) else { return Vec::new() };
        let rows = standings_at(self.state, target.at, self.actor.today);
        rows.iter().filter(|row| row.about == Some(matter.id)).map(|row| row.duty).collect()
    }

    /// Whether the record stops the clock of what it answers.
    fn closes(self, record: &Record) -> bool {
        let matter = record.of.and_then(|of| self.state.matter_of(of));
        let answers = matter.and_then(|matter| self.form.answer_to(crate::grid::record::started_by(matter.kind)));
        answers.is_some_and(|answers| answers.closes(record.text("kind")))
    }
}

/// Who did it beside the one who records it: those named as having come along, and those on the roster who were there
/// themselves.
fn doers(form: &Form, record: &Record) -> Vec<String> {
    let people = form.fields.iter().filter(|field| field.input == Input::People);
    let named = people.flat_map(|field| record.list(field.key).to_vec());
    let there = |line: &&Attendance| {
        matches!(line.mark, AttendanceMark::Present | AttendanceMark::Late | AttendanceMark::LeftEarly)
    };
    let present = record.attendance.iter().filter(there).map(|line| line.person.clone());
    named.chain(present).collect()
}

/// The text of a value; empty where it is none.
fn text_of(value: Option<&Value>) -> &str {
    match value {
        Some(Value::Text(text)) => text,
        _ => "",
    }
}

#[cfg(test)]
mod tests;
