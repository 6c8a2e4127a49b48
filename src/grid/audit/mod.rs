//! Audit (审计): who recorded what, when and from which device; what came late; many visits within minutes.
//!
//! Nothing here forbids anything. A [`Burst`] is a warning to look at, and a late entry is honest: both are told, and what
//! counts is what the duties count.
mod burst;

use std::collections::BTreeMap;

pub use burst::{Burst, MANY, WITHIN_MS, bursts};
use chrono::NaiveDate;

use super::{
    decide::is_belated,
    fact::{Body, Fact, FactId, WriterId},
    org::NodeIx,
    state::State,
};

/// A clock is wrong when it is so far ahead of the one of who took the fact in.
const CLOCK_AHEAD_MS: i64 = 24 * 3_600_000;

/// What is asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asked {
    /// The first day of entry.
    pub from: NaiveDate,
    /// The last day of entry.
    pub to: NaiveDate,
    /// Only at this node and below it.
    pub at: Option<NodeIx>,
    /// Only what this person, by id, recorded.
    pub by: Option<String>,
}

/// One fact as the audit sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// Its name, which says the device as well.
    pub fact: FactId,
    /// The kind's name as written.
    pub kind: String,
    /// Whether it is a visit.
    pub is_visit: bool,
    /// Who recorded it, by id; none on a store where nobody said who they are.
    pub by: Option<String>,
    /// The node where it counts, by id.
    pub at: Option<String>,
    /// What it is about, by id.
    pub subject: Option<String>,
    /// The day it happened.
    pub occurred: NaiveDate,
    /// When it was written down by the device's clock, UTC milliseconds since 1970.
    pub recorded_ms: i64,
    /// When the store took it in, by the store's own clock: this is the entry that deadlines go by.
    pub received_ms: i64,
    /// Why it was entered late, as far as somebody said.
    pub reason: Option<String>,
    /// Whether it was entered after its month (补录).
    pub late: bool,
    /// Whether the device's clock was more than a day ahead.
    pub clock: bool,
    /// Whether it was taken back.
    pub withdrawn: bool,
    /// Whether it is held and does not count (存疑).
    pub held: bool,
}

/// What one person entered from one device.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sum {
    /// Who, by id.
    pub by: Option<String>,
    /// From which device.
    pub writer: WriterId,
    /// How many facts.
    pub facts: usize,
    /// How many of them late.
    pub late: usize,
    /// How many were taken back.
    pub withdrawn: usize,
    /// How many are held and do not count.
    pub held: usize,
    /// How many with a clock that was more than a day ahead.
    pub clock: usize,
    /// The last entry, UTC milliseconds since 1970.
    pub last_ms: i64,
}

/// A fact as a line, if it is asked for.
pub fn line(state: &State, asked: &Asked, fact: &Fact) -> Option<Line> {
    let draft = &fact.draft;
    // What the server says about facts is no work of anybody's.
    if matches!(draft.body, Body::Receipt(_)) {
        return None;
    }
    let entered = state.entered_on(fact);
    let is_here = asked.at.is_none_or(|root| place(state, fact).is_some_and(|node| state.org().is_within(node, root)));
    let is_theirs = asked.by.is_none() || asked.by == draft.by;
    if entered < asked.from || entered > asked.to || !is_here || !is_theirs {
        return None;
    }
    let is_work = matches!(draft.body, Body::Visit(_) | Body::Session(_) | Body::Done(_) | Body::Record(_));
    Some(Line {
        fact: fact.id,
        kind: draft.body.kind().to_owned(),
        is_visit: matches!(draft.body, Body::Visit(_)),
        by: draft.by.clone(),
        at: draft.at.clone(),
        subject: draft.subject.clone(),
        occurred: draft.occurred,
        recorded_ms: fact.recorded_ms,
        received_ms: fact.received_ms,
        reason: draft.reason.clone(),
        late: is_work && is_belated(draft.occurred, entered),
        clock: fact.recorded_ms > fact.received_ms.saturating_add(CLOCK_AHEAD_MS),
        withdrawn: state.is_withdrawn(fact),
        held: state.held_fact(fact.id).is_some(),
    })
}

/// Where a fact counts: at its node, or where its unit is.
fn place(state: &State, fact: &Fact) -> Option<NodeIx> {
    let org = state.org();
    let named = |id: &Option<String>| org.node_ix(id.as_deref()?);
    named(&fact.draft.at).or_else(|| named(&fact.draft.subject)).or_else(|| {
        let unit = org.unit_ix(fact.draft.subject.as_deref()?)?;
        org.unit(unit).stays.last()?.node
    })
}

/// The lines added up by person and device, who entered most first.
pub fn sums(lines: &[Line]) -> Vec<Sum> {
    let mut sums: BTreeMap<(Option<&str>, WriterId), Sum> = BTreeMap::new();
    for line in lines {
        let (by, writer) = (line.by.as_deref(), line.fact.writer);
        let empty = || Sum {
            by: line.by.clone(),
            writer,
            facts: 0,
            late: 0,
            withdrawn: 0,
            held: 0,
            clock: 0,
            last_ms: i64::MIN,
        };
        let sum = sums.entry((by, writer)).or_insert_with(empty);
        sum.facts += 1;
        sum.late += usize::from(line.late);
        sum.withdrawn += usize::from(line.withdrawn);
        sum.held += usize::from(line.held);
        sum.clock += usize::from(line.clock);
        sum.last_ms = sum.last_ms.max(line.received_ms);
    }
    let mut sums: Vec<Sum> = sums.into_values().collect();
    sums.sort_by_key(|sum| std::cmp::Reverse(sum.facts));
    sums
}
