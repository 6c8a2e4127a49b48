//! What was recorded together: facts of one writer, one person and one moment, as far as the log can tell.
use std::collections::HashMap;

use crate::{
    app::{Desk, Record},
    grid::fact::{Body, Fact, FactId, WriterId},
};

/// What was recorded together, oldest first; never empty.
#[derive(Clone, Debug)]
pub(super) struct Group {
    pub facts: Vec<Fact>,
}

impl Group {
    /// Its first fact.
    pub fn first(&self) -> Option<&Fact> {
        self.facts.first()
    }

    /// Whether it holds this fact.
    pub fn has(&self, id: FactId) -> bool {
        self.facts.iter().any(|fact| fact.id == id)
    }
}

/// What tells facts that were recorded together from others.
#[derive(PartialEq, Eq)]
enum Key {
    /// The sitting remembers it.
    Sitting(usize),
    /// Another sitting: the same moment, person and sort of record.
    Moment(WriterId, i64, Option<String>, &'static str),
}

/// The groups of what was read, the newest first; where nothing is read yet, those of this sitting.
pub(super) fn groups(desk: &Desk, records: &[Record]) -> Vec<Group> {
    if records.is_empty() {
        let of_sitting = desk.done.iter().rev().map(|done| Group { facts: done.facts.clone() });
        return of_sitting.filter(|group| !group.facts.is_empty()).collect();
    }
    let sitting =
        |(i, done): (usize, &crate::app::Done)| done.facts.iter().map(move |fact| (fact.id, i)).collect::<Vec<_>>();
    let known: HashMap<FactId, usize> = desk.done.iter().enumerate().flat_map(sitting).collect();
    let key = |fact: &Fact| match known.get(&fact.id) {
        Some(i) => Key::Sitting(*i),
        None => Key::Moment(fact.id.writer, fact.recorded_ms, fact.draft.by.clone(), sort(&fact.draft.body)),
    };
    let mut out: Vec<(Key, Group)> = Vec::new();
    for record in records {
        let of = key(&record.fact);
        match out.last_mut().filter(|(last, _)| *last == of) {
            Some((_, group)) => group.facts.push(record.fact.clone()),
            None => out.push((of, Group { facts: vec![record.fact.clone()] })),
        }
    }
    let mut groups: Vec<Group> = out.into_iter().map(|(_, group)| group).collect();
    groups.iter_mut().for_each(|group| group.facts.reverse());
    groups
}

/// The sort of record: changes of the organisation come several kinds at a time, others kind by kind.
fn sort(body: &Body) -> &'static str {
    match body {
        Body::Node(_) | Body::Unit(_) | Body::Person(_) | Body::Placement(_) | Body::Post(_) => "roster",
        Body::StoreOpened(_) => "roster",
        Body::Visit(_) => "visit",
        Body::Session(_) => "session",
        Body::Done(_) => "done",
        Body::Withdrawn(_) => "withdrawn",
        Body::ProblemClosed(_) => "closed",
        Body::Record(_) => "record",
        Body::Exempt(_) | Body::Lock(_) | Body::Unlock(_) => "relief",
        Body::Account(_) | Body::Enrolled(_) | Body::Revoked(_) => "access",
        Body::Handover(_) | Body::HandoverStep(_) => "handover",
        Body::Receipt(_) | Body::Held(_) | Body::Settled(_) | Body::Strayed(_) => "custody",
        Body::Unknown { .. } => "unknown",
    }
}
