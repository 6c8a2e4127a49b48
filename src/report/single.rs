//! What one table by itself reads of the log: no more than it tells of, and where that is long, a month at a time.
use std::collections::BTreeSet;

use super::{
    Burden, Scene, Scope,
    gather::{Keep, Reading, is_weighed, sorted, wanted, weigh},
};
use crate::{
    grid::{
        calendar::{Cadence, Period},
        fact::{Body, Fact},
        pack::SheetKind,
    },
    log::{Log, LogError},
};

/// Hands over the scenes whose rows, one after the other, are the table's.
pub(super) fn scenes<'a>(
    scope: &Scope<'a>,
    log: &dyn Log,
    kind: &SheetKind,
    mut tell: impl FnMut(&Scene<'a>),
) -> Result<(), LogError> {
    let mut one = |facts, burden| tell(&Scene::new(scope.clone(), facts, burden));
    let kept = |keep: Keep<'_>| -> Result<Vec<Fact>, LogError> {
        let mut reading = Reading::new(scope, wanted(scope), keep);
        reading.everything(log)?;
        Ok(sorted(reading.facts))
    };
    match kind.id {
        // The state knows all of it.
        "clauses" | "duties" | "unfinished" | "people" => one(Vec::new(), Burden::default()),
        // Of the log they need what was said in the steps of matters.
        "problems" | "changes" | "assessment" => one(kept(&|_, is_wanted| is_wanted)?, Burden::default()),
        "returns" => one(kept(&|fact, _| is_of(fact, &["return"]))?, Burden::default()),
        "ledgers" => one(kept(&|fact, _| is_of(fact, &["ledger"]))?, Burden::default()),
        "funds" => one(kept(&|fact, _| is_of(fact, &["budget", "spending"]))?, Burden::default()),
        "visits" | "late" | "sessions" | "attendance" => months(scope, log, &mut one)?,
        "evidence" if scope.nodes.len() > 1 => {
            // What was made on other days is little, and stands before and after the period.
            let (first, last) = (scope.period.first(), scope.period.last());
            let mut before = kept(&|fact, _| fact.draft.occurred < first || fact.draft.occurred > last)?;
            let after = before.split_off(before.partition_point(|fact| fact.draft.occurred < first));
            one(before, Burden::default());
            months(scope, log, &mut one)?;
            one(after, Burden::default());
        }
        _ if is_weighed(kind) => one(Vec::new(), weigh(scope, log)?),
        _ => one(kept(&|_, _| true)?, Burden::default()),
    }
    Ok(())
}

/// Whether a fact is a record of one of these forms.
fn is_of(fact: &Fact, forms: &[&str]) -> bool {
    matches!(&fact.draft.body, Body::Record(record) if forms.contains(&record.form.as_str()))
}

/// What happened in the period, a month at a time; of one grid at once.
fn months(scope: &Scope<'_>, log: &dyn Log, tell: &mut impl FnMut(Vec<Fact>, Burden)) -> Result<(), LogError> {
    let month = |day| Period::containing(Cadence::Month, day).ordinal();
    let is_then = |fact: &Fact, _: bool| scope.period.contains(fact.draft.occurred);
    let nothing = || Reading::new(scope, BTreeSet::new(), &is_then);
    if scope.nodes.len() == 1 {
        let mut reading = nothing();
        reading.everything(log)?;
        tell(sorted(reading.facts), Burden::default());
        return Ok(());
    }
    for ordinal in month(scope.period.first())..=month(scope.last()) {
        let mut reading = nothing();
        reading.month(log, Period::from_ordinal(Cadence::Month, ordinal))?;
        tell(sorted(reading.facts), Burden::default());
    }
    Ok(())
}
