//! The table of fields: how often each is asked for, filled in, and what reads it.
use std::collections::BTreeMap;

use super::{Burden, Kind, Reader, Scope, reads};
use crate::{
    grid::{
        fact::{Body, Record, Value},
        record::{FORMS, Field, Input, Required},
    },
    words::word,
};

/// Of so many entries at least it is said that a field is never filled in.
const ENOUGH: u32 = 20;

/// How often fields were asked for and filled in.
#[derive(Clone, Debug, Default)]
pub(super) struct Asked(BTreeMap<Kind, (u32, Vec<u32>)>);

/// One field of a form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldRow {
    /// The form.
    pub kind: Kind,
    /// The field's key.
    pub key: &'static str,
    /// What people call it.
    pub label: &'static str,
    /// Whether it must be filled in.
    pub must: bool,
    /// In how many entries it was asked for.
    pub asked: u32,
    /// In how many it was filled in.
    pub filled: u32,
    /// What reads it.
    pub readers: Vec<Reader>,
    /// What follows from that.
    pub verdict: Verdict,
}

/// What follows for a field. It is a hint for the office: people read records too, and what nobody filled in so far may be
/// wanted tomorrow.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// It is filled in, and something reads it.
    Keep,
    /// Nobody was asked often enough to say, or what it is asked for has not come up.
    Early,
    /// Nobody has ever filled it in: it could be dropped.
    Never,
    /// Nothing in the program reads it but the record's own page, and it may stay empty: it could be dropped.
    Unread,
}

impl Verdict {
    /// The stable name in `--json`.
    pub fn key(self) -> &'static str {
        ["keep", "early", "never_filled", "unread"][self as usize]
    }

    /// What people read.
    pub fn label(self) -> &'static str {
        match self {
            Verdict::Keep => word("burden.keep"),
            Verdict::Early => word("burden.early"),
            Verdict::Never => word("burden.never"),
            Verdict::Unread => word("burden.unread"),
        }
    }

    /// Whether the field could be dropped.
    pub fn could_go(self) -> bool {
        matches!(self, Verdict::Never | Verdict::Unread)
    }
}

impl Asked {
    pub fn take(&mut self, kind: Kind, body: &Body) {
        let fields = kind.fields();
        if fields.is_empty() {
            return;
        }
        let (asked, filled) = self.0.entry(kind).or_insert_with(|| (0, vec![0; fields.len()]));
        *asked += 1;
        for (n, key) in filled.iter_mut().zip(fields) {
            *n += u32::from(is_filled(body, key));
        }
    }
}

impl Kind {
    /// The keys of the fields of its form, in their order; the day, the grid and the unit are no fields: they say what the
    /// entry is.
    pub fn fields(self) -> Vec<&'static str> {
        match self {
            Kind::Visit => vec!["topics", "note", "problem", "follow_up", "with"],
            Kind::Training | Kind::Activity => vec!["topic", "hours", "note", "roster"],
            Kind::Form(form) => FORMS[usize::from(form)].fields.iter().map(|field| field.key).collect(),
            // A tick asks for nothing.
            Kind::Done | Kind::Closed | Kind::Back => Vec::new(),
        }
    }

    pub(super) fn field(self, key: &str) -> Option<&'static Field> {
        match self {
            Kind::Form(form) => FORMS.get(usize::from(form))?.field(key),
            _ => None,
        }
    }

    fn label(self, key: &str) -> &'static str {
        match (self, self.field(key)) {
            (_, Some(field)) => field.label(),
            (Kind::Visit, None) => match key {
                "topics" => word("visit.topics"),
                "note" => word("visit.note"),
                "problem" => word("visit.problem"),
                "follow_up" => word("visit.follow_up"),
                _ => word("visit.with"),
            },
            _ => match key {
                "topic" => word("session.topic"),
                "hours" => word("session.hours"),
                "note" => word("session.note"),
                _ => word("session.roster"),
            },
        }
    }

    fn must(self, key: &str) -> bool {
        match self.field(key) {
            Some(field) => field.required != Required::No,
            None => matches!(key, "topic" | "hours" | "topics"),
        }
    }
}

fn is_filled(body: &Body, key: &str) -> bool {
    match body {
        Body::Visit(visit) => match key {
            "topics" => !visit.topics.is_empty(),
            "note" => !visit.note.trim().is_empty(),
            "problem" => visit.problem.is_some(),
            "follow_up" => visit.problem.as_ref().is_some_and(|problem| problem.follow_up.is_some()),
            _ => !visit.with.is_empty(),
        },
        Body::Session(session) => match key {
            "topic" => !session.topic.trim().is_empty(),
            "hours" => session.minutes > 0,
            "note" => !session.note.trim().is_empty(),
            _ => !session.attendance.is_empty(),
        },
        Body::Record(record) => is_said(record, key),
        _ => false,
    }
}

fn is_said(record: &Record, key: &str) -> bool {
    let field = FORMS.iter().find(|form| form.id == record.form).and_then(|form| form.field(key));
    if field.is_some_and(|field| field.input == Input::Attendance) {
        return !record.attendance.is_empty();
    }
    match record.values.get(key) {
        None => false,
        Some(Value::Text(text)) => !text.trim().is_empty(),
        Some(Value::List(list)) => !list.is_empty(),
        Some(_) => true,
    }
}

impl Burden {
    /// The fields of the forms that were used, in the order of the forms.
    pub fn fields(&self, scope: &Scope<'_>) -> Vec<FieldRow> {
        let used = self.asked.0.iter().flat_map(|(kind, (asked, filled))| {
            kind.fields().into_iter().zip(filled).map(|(key, filled)| (*kind, key, *asked, *filled))
        });
        let row = |(kind, key, asked, filled): (Kind, &'static str, u32, u32)| {
            let readers = reads::readers(scope.state.pack(), kind, key);
            let must = kind.must(key);
            let verdict = match filled {
                // What must be filled in under a condition that has not come up can't be judged.
                0 if asked < ENOUGH || must => Verdict::Early,
                0 => Verdict::Never,
                // What must be filled in is what the record says.
                _ if readers.is_empty() && !must => Verdict::Unread,
                _ => Verdict::Keep,
            };
            FieldRow { kind, key, label: kind.label(key), must, asked, filled, readers, verdict }
        };
        used.map(row).collect()
    }
}
