//! How the generic form begins: empty, with what an earlier record said, or with what was typed before a crash.
use std::collections::{BTreeMap, BTreeSet};

use super::{Entry, RecordForm, Spot, Verdict};
use crate::{
    app::{Desk, Draft, Fill, fill::Reader},
    grid::{
        fact::{AttendanceMark, Body, Fact, FactId},
        record::{FORMS, Input, form},
    },
    screen::form::Progress,
    ui::{field::Field as Line, list::Window},
};

impl RecordForm {
    /// A form for today, or for the correction of a record.
    pub(in crate::screen) fn new(desk: &Desk, fill: &Fill) -> RecordForm {
        let blank = form(fill.form).map_or(FORMS[0], |(_, form)| form);
        let entries = blank.fields.iter().map(|field| Entry::new(desk, fill.at, blank, field)).collect();
        let unit = fill.unit.map_or("", |unit| desk.state.org().unit(unit).record.name.as_str());
        let mut form = RecordForm {
            blank,
            node: fill.at,
            of: fill.of,
            amends: fill.amends.clone(),
            on: Line::new(&desk.today().to_string()),
            unit: Line::new(unit),
            entries,
            at: Spot::Field(0),
            seen: BTreeSet::new(),
            offers: Vec::new(),
            offer: Window::default(),
            verdict: Verdict::default(),
            top: 0,
            progress: Progress::default(),
        };
        if form.has_unit() && unit.is_empty() {
            form.at = Spot::Unit;
        }
        if let (Some(at), Some(kind)) = (blank.fields.iter().position(|field| field.key == "kind"), fill.kind) {
            form.entries[at].set(kind);
        }
        if let Some(old) = fill.amends.as_deref() {
            form.copy(desk, old);
        }
        form.follow(desk);
        form
    }

    /// The form with what was typed before a crash.
    pub(in crate::screen) fn resume(desk: &Desk, draft: &Draft) -> RecordForm {
        let empty = |at, id| Fill { form: id, at, unit: None, of: None, amends: None, kind: None };
        let Draft::Filled { id, at, unit, of, on, values, attendance } = draft else {
            return RecordForm::new(desk, &empty(desk.home, FORMS[0].id));
        };
        let at = desk.state.org().node_ix(at).unwrap_or(desk.home);
        let blank = form(id).map_or(FORMS[0], |(_, form)| form);
        let of = of.as_deref().and_then(FactId::parse);
        let mut form = RecordForm::new(desk, &Fill { of, ..empty(at, blank.id) });
        form.on = Line::new(on);
        form.unit = Line::new(unit);
        form.fill(desk, values, attendance);
        form.progress.touched = true;
        form.follow(desk);
        form
    }

    /// Fills in what an earlier record said.
    fn copy(&mut self, desk: &Desk, old: &Fact) {
        let Body::Record(record) = &old.draft.body else { return };
        self.on = Line::new(&old.draft.occurred.to_string());
        self.of = record.of;
        let unit = old.draft.subject.as_deref().and_then(|id| desk.state.org().unit_ix(id));
        self.unit = Line::new(unit.map_or("", |unit| desk.state.org().unit(unit).record.name.as_str()));
        let reader = Reader { state: &desk.state, today: desk.today(), on: old.draft.occurred };
        let fields = self.blank.fields.iter();
        let values =
            fields.filter_map(|field| Some((field.key.to_owned(), reader.show(field, record.values.get(field.key)?))));
        let attendance: Vec<_> = record.attendance.iter().map(|line| (line.person.clone(), line.mark)).collect();
        self.fill(desk, &values.collect(), &attendance);
    }

    fn fill(&mut self, desk: &Desk, values: &BTreeMap<String, String>, attendance: &[(String, AttendanceMark)]) {
        // The checklist first: its items hang on it.
        let is_list = |i: &usize| self.blank.fields[*i].input == Input::Checklist;
        let (last, first): (Vec<usize>, Vec<usize>) = (0..self.entries.len()).partition(is_list);
        for i in first.into_iter().chain(last) {
            self.list_items(desk);
            self.entries[i].set(values.get(self.blank.fields[i].key).map_or("", String::as_str));
            if let (Entry::Roster(roster), false) = (&mut self.entries[i], attendance.is_empty()) {
                let known = |(id, mark): &(String, AttendanceMark)| Some((desk.state.org().person_ix(id)?, *mark));
                roster.rows = attendance.iter().filter_map(known).collect();
            }
        }
    }
}
