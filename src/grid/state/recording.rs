//! Folding records of forms, steps of matters and exemptions.
use chrono::NaiveDate;

use super::{
    Matter, MatterKind, State, Step, Touched,
    apply::Subject,
    mark::{Mark, What, big_day, small_day},
    reading::About,
};
use crate::grid::{
    calendar::Period,
    fact::{Exempt, Fact, FactId, Record, Value},
    org::{NodeIx, Post, UnitIx},
    record::{Form, Input, form, started_by},
};

impl State {
    /// Takes in a record of a form: its mark, the clock that it starts or answers, the numbers that it leaves.
    pub(super) fn form(&mut self, fact: &Fact, record: &Record, touched: &mut Touched) {
        let known = form(&record.form);
        let number = known.map_or(u8::MAX, |(number, _)| number as u8);
        let kind = known.and_then(|(_, form)| form.kind_number(record.text("kind"))).unwrap_or(0) as u8;
        let mark = self.mark(fact, What::Record { form: number, kind });
        let mark = known.map_or(mark, |(_, form)| marked(mark, form, fact, record));
        let Some(subject) = self.record(fact, mark, touched) else { return };
        let Some((_, form)) = known else { return };
        let Some(at) = touched.nodes.last().copied() else { return };
        let unit = match subject {
            Subject::Unit(unit) => Some(unit),
            Subject::Node(_) => None,
        };
        self.open(fact, record, (number, form), (at, unit), touched);
        if let Some(of) = record.of {
            let answers = self
                .matters
                .get(of)
                .map_or_else(|| form.answers.first(), |matter| form.answer_to(started_by(matter.kind)));
            let closes = answers.is_some_and(|answers| answers.closes(record.text("kind")));
            self.step(of, fact, (Some(number), kind), closes, touched);
        }
        if !form.readings.is_empty() {
            let about = unit.map_or(About::Node(at), About::Unit);
            let numbers = form.readings.iter().map(|key| reading(record.values.get(*key))).collect();
            // A checklist's number is that of the pack.
            let list = form.fields.iter().any(|field| field.input == Input::Checklist);
            let kind = match self.pack.checklist(record.text("kind")) {
                Some((number, _)) if list => number as u8,
                _ => kind,
            };
            // What is for another year counts there, whenever it was recorded.
            let day = big_day(mark.day);
            self.readings.add((about, number, kind), fact.id, day, numbers);
        }
    }

    /// Starts the clock that the form starts.
    fn open(
        &mut self,
        fact: &Fact,
        record: &Record,
        (number, form): (u8, &Form),
        (at, unit): (NodeIx, Option<UnitIx>),
        touched: &mut Touched,
    ) {
        let Some(opens) = &form.opens else { return };
        if !opens.unless.is_empty() && opens.unless.iter().all(|key| reading(record.values.get(*key)) != 0) {
            return;
        }
        let mut matter = self.matter(fact, MatterKind::of_form(number, form.id), at, unit);
        matter.due = opens.due.and_then(|key| record.day(key));
        matter.post = opens.post.and_then(|key| Post::parse(record.text(key)));
        matter.text = record.text(opens.title).to_owned();
        matter.part_of = record.of.filter(|_| form.answers.is_empty());
        self.start(matter, touched);
    }

    /// Takes in a matter.
    pub(super) fn start(&mut self, matter: Matter, touched: &mut Touched) {
        let id = matter.id;
        self.matters.add(matter);
        self.touch(&[id], touched);
    }

    /// Takes out the matter that a record started.
    pub(super) fn stop(&mut self, id: FactId, touched: &mut Touched) {
        self.touch(&[id], touched);
        self.matters.remove(id);
    }

    /// A matter that the fact starts, without its own particulars.
    pub(super) fn matter(&self, fact: &Fact, kind: MatterKind, at: NodeIx, unit: Option<UnitIx>) -> Matter {
        Matter {
            id: fact.id,
            kind,
            at,
            unit,
            post: None,
            opened: fact.draft.occurred,
            recorded: self.entered_on(fact),
            due: None,
            text: String::new(),
            part_of: None,
            steps: Vec::new(),
            left: None,
        }
    }

    /// Takes in a step of the matter `of`.
    pub(super) fn step(
        &mut self,
        of: FactId,
        fact: &Fact,
        (form, kind): (Option<u8>, u8),
        closes: bool,
        touched: &mut Touched,
    ) {
        let recorded = self.entered_on(fact);
        let step = Step { day: fact.draft.occurred, by: fact.id, recorded, form, kind, closes };
        let settled = self.matters.step(of, step);
        self.touch(&settled, touched);
    }

    /// Takes out a step.
    pub(super) fn unstep(&mut self, by: FactId, touched: &mut Touched) {
        let settled = self.matters.unstep(by);
        self.touch(&settled, touched);
    }

    /// The nodes whose matters these may be: where they were started, who took over there, and where their units are.
    pub(super) fn touch(&self, matters: &[FactId], touched: &mut Touched) {
        for matter in matters.iter().filter_map(|id| self.matters.get(*id)) {
            touched.nodes.push(matter.at);
            touched.nodes.push(self.org.successor(matter.at));
            if let Some(unit) = matter.unit {
                touched.nodes.extend(self.org.unit(unit).stays.iter().filter_map(|stay| stay.node));
            }
        }
    }

    /// The nodes whose matters those about a unit may be.
    pub(super) fn touch_about(&self, unit: UnitIx, touched: &mut Touched) {
        let ids: Vec<FactId> = self.matters.about(unit).map(|matter| matter.id).collect();
        self.touch(&ids, touched);
    }

    pub(super) fn exempt(&mut self, fact: &Fact, exempt: &Exempt, touched: &mut Touched) {
        let Some((own, _)) = self.pack.duty(&exempt.duty) else { return };
        if let (Some(period), Some(at)) = (Period::parse(&exempt.period), self.at(fact)) {
            self.relief.exempt(own, at, period.ordinal(), fact.id);
            touched.nodes.push(at);
        }
    }
}

/// A form's mark: in the period that it is for, on time by its own deadline, with its amount and its doers.
fn marked(mark: Mark, form: &Form, fact: &Fact, record: &Record) -> Mark {
    let day = within(fact.draft.occurred, form.period().map(|field| record.text(field.key)));
    let recorded = match form.timely.and_then(|key| record.day(key)) {
        // Handed in by its own deadline, it is on time whenever that was entered; after it, it never is.
        Some(due) if fact.draft.occurred <= due => day,
        Some(_) => u16::MAX,
        None => mark.recorded,
    };
    let amount = form.amount.and_then(|key| record.number(key)).unwrap_or(0).clamp(0, i64::from(u16::MAX)) as u16;
    Mark { day, recorded, amount, acting: Mark::posts(&record.acting), ..mark }
}

/// The day that counts for a record made on `occurred` for the period written so: the nearest of the period.
pub(super) fn within(occurred: NaiveDate, period: Option<&str>) -> u16 {
    let period = period.and_then(Period::parse);
    small_day(period.map_or(occurred, |period| occurred.clamp(period.first(), period.last())))
}

/// The number that stands for a text among readings: always the same for the same text, 0 for none.
pub(in crate::grid) fn named(text: &str) -> i64 {
    if text.is_empty() {
        return 0;
    }
    let hash = blake3::hash(text.as_bytes());
    let first = hash.as_bytes()[..8].iter().fold(0_u64, |number, byte| number << 8 | u64::from(*byte));
    (first >> 1).max(1) as i64
}

/// What a monitor reads of a field.
fn reading(value: Option<&Value>) -> i64 {
    match value {
        None => 0,
        Some(Value::Text(text)) => named(text),
        Some(Value::Number(number)) => *number,
        Some(Value::Day(_)) => 1,
        Some(Value::Flag(flag)) => i64::from(*flag),
        Some(Value::List(list)) => list.len() as i64,
    }
}
