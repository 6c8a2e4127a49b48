//! One form, several facts: a task for each node, a meeting's resolutions as tasks, a mutual review at both grids.
use chrono::NaiveDate;

use super::{Filling, RecordRefusal as No, Target, check::node_named};
use crate::grid::{
    decide::{Refusal, exists_on},
    fact::{Record, Value},
    org::NodeIx,
    record::Input,
};
use crate::words::Language;

/// One line of resolutions: what, who, by when.
pub(super) struct TaskLine<'a> {
    pub what: &'a str,
    pub node: &'a str,
    pub due: Option<NaiveDate>,
}

impl TaskLine<'_> {
    /// Reads `事项 | 承办 | 2026-11-30`; the day may be left out. Full-width bars do as well.
    pub(super) fn parse(line: &str) -> Option<TaskLine<'_>> {
        let parts: Vec<&str> = line.split(['|', '｜']).map(str::trim).collect();
        let (what, node, due) = match parts[..] {
            [what, node] | [what, node, ""] => (what, node, None),
            [what, node, due] => (what, node, Some(due.parse().ok()?)),
            _ => return None,
        };
        (!what.is_empty() && !node.is_empty()).then_some(TaskLine { what, node, due })
    }
}

impl Filling<'_> {
    /// The records that the form means, the form's own first.
    pub(super) fn records(self, target: Target, record: Record) -> Result<Vec<(Target, Record)>, Refusal> {
        match self.form.id {
            "task" => self.tasks(target.at, &record),
            "review" if record.text("kind") == "cross" => self.both_sides(target, record),
            "score-report" => self.reported(target, record),
            _ => self.with_resolutions(target, record),
        }
    }

    /// A task for each node that it is given to.
    fn tasks(self, giver: NodeIx, record: &Record) -> Result<Vec<(Target, Record)>, Refusal> {
        let org = self.state.org();
        let given_to: Vec<NodeIx> = record.list("to").iter().filter_map(|id| org.node_ix(id)).collect();
        if let Some(old) = &self.filled.amends {
            // What was given stays where it is; only what it says is mended.
            return match (org.node_ix(old.draft.at.as_deref().unwrap_or_default()), &given_to[..]) {
                (Some(at), [to]) if at == *to => Ok(vec![(Target { at, unit: None }, record.clone())]),
                _ => Err(No::TaskStays.into()),
            };
        }
        let giver = record.values.get("giver").map_or(Some(giver), |_| org.node_ix(record.text("giver")));
        let giver = giver.unwrap_or(self.filled.at);
        given_to.into_iter().map(|at| Ok((Target { at, unit: None }, self.task(giver, at, record)?))).collect()
    }

    /// The task as one node has it.
    fn task(self, giver: NodeIx, at: NodeIx, record: &Record) -> Result<Record, Refusal> {
        let org = self.state.org();
        if !org.is_within(at, giver) {
            return Err(No::NotBelow(org.node(at).name.clone(), org.node(giver).name.clone()).into());
        }
        exists_on(self.state, at, self.filled.on)?;
        let mut record = record.clone();
        record.values.insert("to".to_owned(), Value::List(vec![org.node(at).id.clone()]));
        // Who leads the daily work there answers, where no post is named (B-8).
        if let Some(post) = self.state.pack().lead_post(org.node(at)) {
            record.values.entry("post".to_owned()).or_insert_with(|| Value::Text(post.key().to_owned()));
        }
        record.values.insert("giver".to_owned(), Value::Text(org.node(giver).id.clone()));
        Ok(record)
    }

    /// The record and the tasks that its resolutions become. They are given once: a correction gives none.
    fn with_resolutions(self, target: Target, record: Record) -> Result<Vec<(Target, Record)>, Refusal> {
        let mut out = vec![(target, record.clone())];
        if self.replaces.is_some() {
            return Ok(out);
        }
        let org = self.state.org();
        let kind = self.form.kinds().iter().find(|choice| choice.id == record.text("kind"));
        let said = kind.map_or_else(|| self.form.name_in(Language::Zh), |choice| choice.label_in(Language::Zh));
        let source = format!("{} {}{said}：{}", self.filled.on, org.node(target.at).name, record.text("agenda"));
        for field in self.form.fields.iter().filter(|field| field.input == Input::Tasks) {
            for line in record.list(field.key).iter().filter_map(|line| TaskLine::parse(line)) {
                let at = node_named(self.state, target.at, field.label(), line.node)?;
                let text = |text: &str| Value::Text(text.to_owned());
                let mut values = vec![("title", text(line.what)), ("kind", text("other")), ("source", text(&source))];
                values.extend(line.due.map(|due| ("due", Value::Day(due))));
                let values = values.into_iter().map(|(key, value)| (key.to_owned(), value)).collect();
                let task = Record { form: "task".to_owned(), values, ..Record::default() };
                out.push((Target { at, unit: None }, self.task(target.at, at, &task)?));
            }
        }
        Ok(out)
    }

    /// A mutual review at both grids, each naming the other one.
    fn both_sides(self, target: Target, record: Record) -> Result<Vec<(Target, Record)>, Refusal> {
        let org = self.state.org();
        let Some(partner) = org.node_ix(record.text("partner")).filter(|_| self.replaces.is_none()) else {
            return Ok(vec![(target, record)]);
        };
        let mut other = record.clone();
        other.attendance.clear();
        other.values.insert("partner".to_owned(), Value::Text(org.node(target.at).id.clone()));
        Ok(vec![(target, record), (Target { at: partner, unit: None }, other)])
    }
}
