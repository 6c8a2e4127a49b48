//! The generic form: made from a form's fields, checked as it is filled in.
use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::form::{Entry, Fault, Form, ON, Sheet, Slot, Slots, Source, UNIT, unit_called};
use crate::{
    app::{Desk, Draft, Fill, fill::Reader},
    grid::{
        decide::{Filled, Intent, Refusal, faults},
        fact::{Body, Fact, FactId, Value},
        org::{NodeIx, UnitIx},
        record::{About, FORMS, Field, Form as Blank, Input, Required, form, matter_name},
    },
    ui::field::Field as Line,
    words::t,
};

/// The choices of the report's kind that only the county's office may read: what is written in such a report is not
/// remembered (M-12).
const SECRET: [&str; 2] = ["interference", "clue"];

/// One of the forms of [`crate::grid::record`], at a node.
pub(super) struct Record {
    blank: &'static Blank,
    node: NodeIx,
    of: Option<FactId>,
}

/// A form for today, or for the correction of a record.
pub(super) fn open(desk: &Desk, fill: &Fill) -> Form<Record> {
    let record = Record { blank: form(fill.form).map_or(FORMS[0], |(_, form)| form), node: fill.at, of: fill.of };
    let old = fill.amends.as_deref();
    let record = match old.map(|old| &old.draft.body) {
        Some(Body::Record(said)) => Record { of: said.of, ..record },
        _ => record,
    };
    let unit = fill.unit.map_or(String::new(), |unit| desk.state.org().unit(unit).record.name.clone());
    let slots = record.slots(desk, &unit, fill.kind);
    let blank = record.blank;
    let start =
        if record.has_unit() && unit.is_empty() { UNIT } else { blank.fields.first().map_or(ON, |field| field.key) };
    let opened = Form::new(desk, record, slots, start);
    let Some((old, Body::Record(said))) = old.map(|old| (old, &old.draft.body)) else {
        return if fill.values.is_empty() { opened } else { opened.filled(desk, &shown(desk, blank, &fill.values)) };
    };
    let reader = Reader { state: &desk.state, today: desk.today(), on: old.draft.occurred };
    let show = |field: &'static Field| Some((field.key, reader.show(field, said.values.get(field.key)?)));
    let mut values: Vec<(&str, String)> = blank.fields.iter().filter_map(show).collect();
    let unit = old.draft.subject.as_deref().and_then(|id| desk.state.org().unit_ix(id));
    values.extend(unit.map(|unit| (UNIT, desk.state.org().unit(unit).record.name.clone())));
    let attendance: Vec<_> = said.attendance.iter().map(|line| (line.person.clone(), line.mark)).collect();
    opened.correcting(desk, old, &values, &attendance)
}

/// The values of fields as they are typed.
fn shown(desk: &Desk, blank: &'static Blank, values: &BTreeMap<String, Value>) -> Vec<(&'static str, String)> {
    let reader = Reader { state: &desk.state, today: desk.today(), on: desk.today() };
    let show = |field: &'static Field| Some((field.key, reader.show(field, values.get(field.key)?)));
    blank.fields.iter().filter_map(show).collect()
}

/// The form with what was typed before.
pub(super) fn resume(desk: &Desk, draft: &Draft) -> Form<Record> {
    let at = draft.at.as_deref().and_then(|id| desk.state.org().node_ix(id)).unwrap_or(desk.home);
    let of = draft.of.as_deref().and_then(FactId::parse);
    let id = form(&draft.form).map_or(FORMS[0].id, |(_, form)| form.id);
    open(desk, &Fill { form: id, at, unit: None, of, amends: None, kind: None, values: Default::default() })
        .resumed(desk, draft)
}

impl Record {
    fn has_unit(&self) -> bool {
        matches!(self.blank.about, About::Unit | About::Either)
    }

    fn slots(&self, desk: &Desk, unit: &str, kind: Option<&str>) -> Vec<Slot> {
        let named = Slot::new(UNIT, t!("record.unit"), Entry::Line(Line::new(unit)))
            .help(t!("record.unit_help"))
            .offers(Source::Units(self.node));
        let unit = self.has_unit().then(|| if self.blank.about == About::Unit { named.wanted() } else { named });
        let slot = |field: &'static Field| {
            let mut entry = Entry::of(desk, self.node, self.blank, field);
            if let (Some(kind), "kind") = (kind, field.key) {
                entry.set(kind);
            }
            let help = match (field.example(), field.input) {
                ("", _) | (_, Input::Choice(_) | Input::Flag | Input::Day | Input::Deadline) => "".into(),
                (example, _) => t!("record.example", example = example),
            };
            let slot = Slot::new(field.key, field.label(), entry).help(help).offers(self.source(field));
            if field.required == Required::Always { slot.wanted() } else { slot }
        };
        unit.into_iter().chain(self.blank.fields.iter().map(slot)).collect()
    }

    fn source(&self, field: &Field) -> Source {
        match field.input {
            Input::Text | Input::Lines => Source::Typed(format!("{}.{}", self.blank.id, field.key), Vec::new()),
            Input::Node | Input::Nodes | Input::Person | Input::People => Source::Names(field.input),
            _ => Source::Nothing,
        }
    }

    /// The unit that is named.
    fn unit_ix(&self, desk: &Desk, slots: &Slots) -> Option<UnitIx> {
        unit_called(desk, self.node, &slots.typed(UNIT)).filter(|_| self.has_unit())
    }

    fn unit_fault(&self, desk: &Desk, slots: &Slots) -> Option<Fault> {
        match (self.unit_ix(desk, slots), slots.typed(UNIT).as_str()) {
            (None, "") if self.blank.about == About::Unit => Some(Fault::missing(UNIT, t!("record.no_unit"))),
            (None, typed) if self.has_unit() && !typed.is_empty() => {
                let name = &desk.state.org().node(self.node).name;
                Some(Fault::wrong(UNIT, t!("record.unknown_unit", node = name)))
            }
            _ => None,
        }
    }

    /// The key of the field that a refusal is about.
    fn field_of(&self, refusal: &Refusal) -> Option<&'static str> {
        let Refusal::Record(no) = refusal else { return None };
        let label = no.label()?;
        self.blank.fields.iter().find(|field| field.label() == label).map(|field| field.key)
    }
}

/// The reason of whoever agrees says so by itself; of whoever does not, it is theirs to write.
fn agreeing(kind: &str, slots: &mut Slots) {
    let Some(slot) = slots.get_mut("content") else { return };
    let said = slot.entry.typed().trim().to_owned();
    match kind {
        "agreed" if said.is_empty() => slot.entry.set(&t!("assess.agreed")),
        "agreed" => {}
        _ if said == t!("assess.agreed") => slot.entry.set(""),
        _ => {}
    }
}

impl Sheet for Record {
    fn id(&self) -> &str {
        self.blank.id
    }

    fn title(&self, desk: &Desk, corrects: bool) -> String {
        let at = &desk.state.org().node(self.node).name;
        match corrects {
            true => t!("record.correct", what = self.blank.name(), at = at).into_owned(),
            false => t!("record.write", what = self.blank.name(), at = at).into_owned(),
        }
    }

    /// What it answers, in words.
    fn head(&self, desk: &Desk) -> Vec<String> {
        let Some(matter) = self.of.and_then(|of| desk.state.matter_of(of)) else { return Vec::new() };
        let unit = matter.unit.map_or(String::new(), |unit| format!("{} ", desk.state.org().unit(unit).record.name));
        let (kind, what) = (matter_name(matter.kind), format!("{unit}{}", desk.state.told(matter)));
        let line = match self.blank.answers.is_empty() {
            true => t!("record.part_of", kind = kind, what = what, since = matter.opened),
            false => t!("record.answers", kind = kind, what = what, since = matter.opened),
        };
        vec![line.into_owned()]
    }

    fn node(&self, _: &Desk) -> NodeIx {
        self.node
    }

    fn gist(&self) -> &str {
        let prose = self.blank.fields.iter().find(|field| field.input.is_prose());
        prose.map_or(ON, |field| field.key)
    }

    fn draft(&self, desk: &Desk) -> Draft {
        let at = Some(desk.state.org().node(self.node).id.clone());
        Draft { at, of: self.of.map(|of| of.to_string()), ..Draft::default() }
    }

    /// Lists the items of the checklist that is chosen, and keeps what is secret from being remembered.
    fn follow(&mut self, desk: &Desk, slots: &mut Slots) {
        let kind = slots.typed("kind");
        if self.blank.id == "score-review" {
            agreeing(&kind, slots);
        }
        let is_secret = self.blank.id == "report" && SECRET.contains(&kind.as_str());
        for field in self.blank.fields {
            let Some(slot) = slots.get_mut(field.key) else { continue };
            if let Entry::Items(items) = &mut slot.entry {
                let list = || desk.pack().checklist(&kind).into_iter().flat_map(|(_, list)| &list.items);
                items.list(&kind, || list().map(|item| (item.id.clone(), item.text.clone())).collect());
            }
            if field.input.is_prose() {
                slot.source = if is_secret { Source::Nothing } else { self.source(field) };
            }
        }
    }

    fn read(&self, desk: &Desk, slots: &Slots, on: NaiveDate, amends: Option<&Fact>) -> (Option<Intent>, Vec<Fault>) {
        let mut wrong: Vec<Fault> = self.unit_fault(desk, slots).into_iter().collect();
        let unit = self.unit_ix(desk, slots);
        let reader = Reader { state: &desk.state, today: desk.today(), on };
        let kind = slots.typed("kind");
        let mut values = BTreeMap::new();
        for field in self.blank.fields.iter().filter(|field| field.input != Input::Attendance) {
            match reader.read(field, &slots.typed(field.key), &kind) {
                Ok(value) => values.extend(value.map(|value| (field.key.to_owned(), value))),
                Err(what) => wrong.push(Fault::wrong(field.key, what)),
            }
        }
        let grid = unit.and_then(|unit| desk.state.org().grid_of(unit, on));
        let filled = Filled {
            form: self.blank.id.to_owned(),
            at: grid.unwrap_or(self.node),
            unit,
            of: self.of,
            on,
            values,
            attendance: slots.attendance(desk),
            amends: amends.cloned().map(Box::new),
        };
        for refusal in faults(&desk.state, &desk.actor, &filled) {
            let at = self.field_of(&refusal);
            // What can't be read is not missing, and whose unit is not known can't be looked at as a whole.
            if at.is_some_and(|at| wrong.iter().all(|fault| fault.at.as_deref() != Some(at))) {
                let is_missing = slots.typed(at.unwrap_or_default()).is_empty();
                wrong.push(Fault { at: at.map(str::to_owned), what: refusal.to_string(), is_missing });
            }
        }
        (Some(Intent::Record(Box::new(filled))), wrong)
    }

    fn spot(&self, refusal: &Refusal) -> Option<String> {
        self.field_of(refusal).map(str::to_owned)
    }
}
