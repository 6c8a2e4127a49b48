//! What is filled in, field by field.
use std::collections::{BTreeMap, BTreeSet};

use super::{Filling, RecordRefusal as No, Target, several::TaskLine, text_of};
use crate::grid::{
    calendar::Period,
    decide::Refusal,
    fact::Value,
    org::NodeIx,
    record::{About, Choice, Field, Input, Required},
    state::{State, named},
};
use crate::words::{t, word};

/// The most 分 that an amount can be: a hundred billion 元.
const MOST_MONEY: i64 = 10_000_000_000_000;
/// The longest text, and the longest text of several lines, in characters.
const TEXT: usize = 200;
const LINES: usize = 1_000;

pub(super) type Values = BTreeMap<String, Value>;

impl Filling<'_> {
    /// The values as they are written: each in order, what is empty left out.
    pub(super) fn values(self, target: Target) -> Result<Values, Refusal> {
        let values = self.cleaned()?;
        for field in self.form.fields {
            self.field(field, &values, target)?;
        }
        let has_roster = self.form.fields.iter().any(|field| field.input == Input::Attendance);
        if !has_roster && !self.filled.attendance.is_empty() {
            return Err(No::NoSuchField(self.form.name(), t!("form.meeting.people.label").into_owned()).into());
        }
        if text_of(values.get("kind")) == "cross" {
            self.partner(target, text_of(values.get("partner")))?;
        }
        Ok(values)
    }

    /// What is wrong, field by field.
    pub(super) fn faults(self, target: Target) -> Vec<Refusal> {
        match self.cleaned() {
            Ok(values) => {
                let fault = |field| self.field(field, &values, target).err().map(Refusal::from);
                self.form.fields.iter().filter_map(fault).collect()
            }
            Err(no) => vec![no.into()],
        }
    }

    fn cleaned(self) -> Result<Values, No> {
        let mut values = Values::new();
        for (key, value) in &self.filled.values {
            if self.form.field(key).is_none() {
                return Err(No::NoSuchField(self.form.name(), key.clone()));
            }
            values.extend(clean(value).map(|value| (key.clone(), value)));
        }
        Ok(values)
    }

    fn field(self, field: &'static Field, values: &Values, target: Target) -> Result<(), No> {
        match values.get(field.key) {
            Some(value) => {
                self.one(field, value, values, target)?;
                self.scored(field, value, values, target)
            }
            None if field.input == Input::Attendance => self.attendance(field),
            None if is_required(field, values) => Err(missing(field)),
            None => Ok(()),
        }
    }

    fn one(self, field: &'static Field, value: &Value, values: &Values, target: Target) -> Result<(), No> {
        let label = field.label();
        match (field.input, value) {
            (Input::Text, Value::Text(text)) => fits(label, text, TEXT),
            (Input::Lines, Value::Text(text)) => fits(label, text, LINES),
            (Input::Number { least, most, .. }, Value::Number(number)) => {
                in_range(label, *number, (least, most, field.input.measure()))
            }
            (Input::Money, Value::Number(number)) => in_range(label, *number, (1, MOST_MONEY, word("measure.cents"))),
            (Input::Day, Value::Day(_)) | (Input::Flag, Value::Flag(_)) => Ok(()),
            (Input::Deadline, Value::Day(day)) if *day >= self.filled.on => Ok(()),
            (Input::Deadline, Value::Day(day)) => Err(No::PastDeadline(label, *day, self.filled.on)),
            (Input::Period(_), Value::Text(text)) => self.period(field, text),
            (Input::Choice(choices), Value::Text(id)) => chosen(label, choices, id),
            (Input::ChecklistId, Value::Text(id)) => self.checklist(id),
            // Whether the node has it is asked where scores are.
            (Input::CriterionId, Value::Text(_)) => Ok(()),
            (Input::Checklist, Value::List(items)) => self.items(text_of(values.get("kind")), items),
            (Input::Node, Value::Text(id)) => self.node(label, id),
            (Input::Nodes, Value::List(ids)) => ids.iter().try_for_each(|id| self.node(label, id)),
            (Input::Person, Value::Text(id)) => self.person(label, id),
            (Input::People, Value::List(ids)) => ids.iter().try_for_each(|id| self.person(label, id)),
            (Input::Tasks, Value::List(lines)) => lines.iter().try_for_each(|line| self.task_line(field, line, target)),
            _ => Err(No::OtherInput(label, example(field))),
        }
    }

    fn period(self, field: &'static Field, text: &str) -> Result<(), No> {
        let Input::Period(lengths) = field.input else { return Ok(()) };
        let period = Period::parse(text).filter(|period| lengths.contains(&period.cadence));
        let Some(period) = period else {
            let usual = lengths.iter().map(|length| Period::containing(*length, self.filled.on).to_string());
            return Err(No::NoSuchPeriod(
                field.label(),
                text.to_owned(),
                usual.collect::<Vec<_>>().join(word("word.or")),
            ));
        };
        match period.first() > self.filled.on {
            true => Err(No::PeriodAhead(field.label(), period.label(), self.filled.on)),
            false => Ok(()),
        }
    }

    fn checklist(self, id: &str) -> Result<(), No> {
        let lists = self.state.pack().checklists.iter();
        let mut here = lists.filter(|list| list.per_unit == (self.form.about == About::Unit));
        if here.clone().any(|list| list.id == id) {
            return Ok(());
        }
        let known: Vec<_> =
            here.by_ref().map(|list| t!("word.also_called", id = list.id, name = list.name).into_owned()).collect();
        let known =
            if known.is_empty() { t!("refused.record.no_lists").into_owned() } else { known.join(word("word.list")) };
        Err(No::NoSuchChecklist(id.to_owned(), known))
    }

    fn items(self, list: &str, items: &[String]) -> Result<(), No> {
        let Some((_, list)) = self.state.pack().checklist(list) else { return Ok(()) };
        match items.iter().find(|item| list.items.iter().all(|known| known.id != **item)) {
            Some(unknown) => Err(No::NoSuchItem(list.name.clone(), unknown.clone())),
            None => Ok(()),
        }
    }

    fn node(self, label: &'static str, id: &str) -> Result<(), No> {
        let org = self.state.org();
        match org.node_ix(id).filter(|ix| org.node(*ix).exists_on(self.filled.on)) {
            Some(_) => Ok(()),
            None => Err(No::NoSuchNode(label, id.to_owned())),
        }
    }

    fn person(self, label: &'static str, id: &str) -> Result<(), No> {
        match self.state.org().person_ix(id) {
            Some(_) => Ok(()),
            None => Err(No::NoSuchPerson(label, id.to_owned())),
        }
    }

    fn attendance(self, field: &'static Field) -> Result<(), No> {
        let mut seen = BTreeSet::new();
        for line in &self.filled.attendance {
            self.person(field.label(), &line.person)?;
            if !seen.insert(&line.person) {
                return Err(No::Twice(field.label(), line.person.clone()));
            }
        }
        Ok(())
    }

    fn task_line(self, field: &'static Field, line: &str, target: Target) -> Result<(), No> {
        let wrong = || No::TaskLine(field.label(), line.to_owned());
        let task = TaskLine::parse(line).ok_or_else(wrong)?;
        fits(field.label(), task.what, TEXT)?;
        if let Some(due) = task.due.filter(|due| *due < self.filled.on) {
            return Err(No::PastDeadline(field.label(), due, self.filled.on));
        }
        node_named(self.state, target.at, field.label(), task.node).map(drop)
    }

    /// Refuses a partner that can't be reviewed: itself, one of another level, the one of last time.
    fn partner(self, target: Target, partner: &str) -> Result<(), No> {
        let org = self.state.org();
        let Some(partner) = org.node_ix(partner) else { return Ok(()) };
        let name = |ix: NodeIx| org.node(ix).name.clone();
        if partner == target.at {
            return Err(No::WithItself);
        }
        if org.node(partner).level != org.node(target.at).level {
            return Err(No::NoPeer(name(target.at), name(partner)));
        }
        let cross = self.form.kind_number("cross").unwrap_or(0) as u8;
        let last = self.state.newest_at(target.at, self.number, cross).and_then(|(_, numbers)| numbers.first());
        match self.replaces.is_none() && last == Some(&named(&org.node(partner).id)) {
            true => Err(No::SamePartner(name(target.at), name(partner))),
            false => Ok(()),
        }
    }
}

/// The node with this id, or of this name: `兰江街道/工业第1网格` names a grid within a township. Of several with the
/// name, the one below `from`.
pub(super) fn node_named(state: &State, from: NodeIx, label: &'static str, text: &str) -> Result<NodeIx, No> {
    let org = state.org();
    if let Some(ix) = org.node_ix(text) {
        return Ok(ix);
    }
    let mut found = org.named(text);
    if found.len() > 1 {
        found.retain(|ix| org.is_within(*ix, from));
    }
    match found[..] {
        [one] => Ok(one),
        [] => Err(No::NoSuchNode(label, text.to_owned())),
        _ => Err(No::SeveralNodes(label, text.to_owned())),
    }
}

/// The value without blanks around it; none where nothing is left.
fn clean(value: &Value) -> Option<Value> {
    match value {
        Value::Text(text) => Some(text.trim()).filter(|text| !text.is_empty()).map(|text| Value::Text(text.to_owned())),
        Value::List(list) => {
            let mut seen = BTreeSet::new();
            let texts = list.iter().map(|text| text.trim()).filter(|text| !text.is_empty());
            let texts: Vec<String> = texts.filter(|text| seen.insert(*text)).map(str::to_owned).collect();
            Some(texts).filter(|texts| !texts.is_empty()).map(Value::List)
        }
        other => Some(other.clone()),
    }
}

fn is_required(field: &Field, values: &Values) -> bool {
    match field.required {
        Required::Always => true,
        Required::No => false,
        Required::Unless(flags) => flags.iter().any(|flag| values.get(*flag) != Some(&Value::Flag(true))),
        Required::When(key, choice) => text_of(values.get(key)) == choice,
    }
}

fn missing(field: &'static Field) -> No {
    No::Missing(field.label(), example(field))
}

/// An example of what the field wants.
fn example(field: &Field) -> String {
    match (field.example(), field.input) {
        ("", Input::Flag) => t!("word.yes").into_owned(),
        ("", Input::CriterionId) => word("form.score.criterion.label").to_owned(),
        ("", Input::ChecklistId) => t!("refused.record.list_id").into_owned(),
        (example, _) => example.to_owned(),
    }
}

fn fits(label: &'static str, text: &str, most: usize) -> Result<(), No> {
    if text.chars().count() > most { Err(No::TooLong(label, most)) } else { Ok(()) }
}

fn in_range(label: &'static str, number: i64, (least, most, measure): (i64, i64, &'static str)) -> Result<(), No> {
    match (least..=most).contains(&number) {
        true => Ok(()),
        false => Err(No::OutOfRange(label, least, most, measure, number)),
    }
}

fn chosen(label: &'static str, choices: &[Choice], id: &str) -> Result<(), No> {
    if choices.iter().any(|choice| choice.id == id) {
        return Ok(());
    }
    let known: Vec<_> = choices.iter().map(|choice| choice.label()).collect();
    Err(No::NoSuchChoice(label, id.to_owned(), known.join(word("word.list"))))
}
