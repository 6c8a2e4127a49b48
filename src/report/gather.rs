//! What the log has of a period: the facts that happened in it, those of other days that are for it (所属期), and the
//! steps of the matters that it tells of.
use std::collections::BTreeSet;

use chrono::{Datelike, NaiveDate};

use super::{Burden, Scene, Scope, scene};
use crate::{
    grid::{
        calendar::{Cadence, Period},
        fact::{Body, Fact, FactId},
        org::UnitIx,
        pack::SheetKind,
        record::{FORMS, started_by},
        state::{Mark, Matter, What},
    },
    log::{Log, LogError, Subtree},
};

/// How many entries are read at a time.
const PAGE: usize = 4_096;

/// Reads what the log has of a scope.
///
/// # Errors
/// The log's own.
pub fn gather<'a>(scope: Scope<'a>, log: &dyn Log) -> Result<Scene<'a>, LogError> {
    let sheets = scope.state.pack().report.chosen(scope.period.cadence);
    let weighed = sheets.iter().any(|sheet| is_weighed(sheet.kind)).then(Burden::default);
    let mut reading = Reading { weighed, ..Reading::new(&scope, wanted(&scope), &|_, _| true) };
    reading.everything(log)?;
    let (facts, weighed) = (reading.facts, reading.weighed.unwrap_or_default());
    Ok(Scene::new(scope, sorted(facts), weighed))
}

/// The facts that are told of on whatever day they happened: those that are for the period, and what was done about the
/// matters that were open in it.
pub(super) fn wanted(scope: &Scope<'_>) -> BTreeSet<FactId> {
    let mut wanted = for_the_period(scope);
    wanted.extend(scene::matters(scope).flat_map(|matter| matter.steps.iter().map(|step| step.by)));
    wanted.extend(reviews(scope));
    wanted
}

/// In the order of days.
pub(super) fn sorted(mut facts: Vec<Fact>) -> Vec<Fact> {
    // No two have the same name; and a stable sort would need half of them once more.
    facts.sort_unstable_by_key(|fact| (fact.draft.occurred, fact.recorded_ms, fact.id));
    facts
}

/// The scores and the results sent up of the scope, and what was said about them, on whatever day.
fn reviews(scope: &Scope<'_>) -> impl Iterator<Item = FactId> {
    let is_score = |matter: &Matter| matches!(started_by(matter.kind), "score" | "score-report");
    let scores = scope.state.matters().filter(move |matter| is_score(matter) && scope.holds(matter.at));
    scores.flat_map(|matter| [matter.id].into_iter().chain(matter.steps.iter().map(|step| step.by)))
}

/// Whether a sheet tells what entries cost.
pub(super) fn is_weighed(kind: &SheetKind) -> bool {
    matches!(kind.id, "burden" | "fields")
}

/// Sums up what the entries of a scope's period cost, page by page: no fact is kept.
///
/// # Errors
/// The log's own.
pub fn weigh(scope: &Scope<'_>, log: &dyn Log) -> Result<Burden, LogError> {
    let mut burden = Burden::default();
    let mut take = |subtree: &Subtree| each(log, subtree, |fact| burden.take(scope, &fact));
    match scope.nodes[..] {
        [node] => take(&Subtree::Nodes(BTreeSet::from([scope.state.org().node(node).id.clone()])))?,
        _ => {
            let month = |day: NaiveDate| Period::containing(Cadence::Month, day).ordinal();
            for ordinal in month(scope.period.first())..=month(scope.last()) {
                let first = Period::from_ordinal(Cadence::Month, ordinal).first();
                take(&Subtree::Month { year: first.year(), month: first.month() })?;
            }
        }
    }
    Ok(burden)
}

/// Hands over every fact of a part of the log that this build can read; what it can't is kept in the log and shown there.
pub(super) fn each(log: &dyn Log, subtree: &Subtree, mut take: impl FnMut(Fact)) -> Result<(), LogError> {
    log.pages(subtree, PAGE, &mut |entries| {
        entries.iter().filter_map(|entry| entry.envelope.open(entry.received_ms).ok()).for_each(&mut take);
    })
}

/// The months in which it may lie, in the order in which it is looked for: the period's own, what came after it, then
/// what came before.
fn months(scope: &Scope<'_>) -> Vec<Period> {
    let month = |day: NaiveDate| Period::containing(Cadence::Month, day).ordinal();
    let (first, today) = (month(scope.period.first()), month(scope.today));
    let opened = scope.state.opened().map_or(first, |opened| month(opened.from));
    let back = (opened.min(first)..first).rev();
    (first..=today).chain(back).map(|ordinal| Period::from_ordinal(Cadence::Month, ordinal)).collect()
}

/// The records that are for the period although they may have been made on a day outside it.
fn for_the_period(scope: &Scope<'_>) -> BTreeSet<FactId> {
    let state = scope.state;
    let is_for = |mark: &&Mark| {
        let for_period = match mark.what {
            What::Record { form, .. } => FORMS.get(usize::from(form)).is_some_and(|form| form.period().is_some()),
            What::Done { .. } => true,
            What::Visit { .. } | What::Session(_) => false,
        };
        for_period && scope.holds(mark.at) && scope.period.contains(mark.date())
    };
    let units: BTreeSet<UnitIx> =
        scope.nodes.iter().flat_map(|node| state.org().node(*node).members.iter().map(|member| member.unit)).collect();
    let of_units = units.into_iter().flat_map(|unit| state.unit_marks(unit));
    let of_nodes = scope.nodes.iter().flat_map(|node| state.node_marks(*node));
    of_units.chain(of_nodes).filter(is_for).map(|mark| state.fact_of(mark)).collect()
}

/// Whether a fact is kept, which is wanted on whatever day it happened or not.
pub(super) type Keep<'k> = &'k dyn Fn(&Fact, bool) -> bool;

/// What was read so far, and what is still missing.
pub(super) struct Reading<'s, 'a> {
    scope: &'s Scope<'a>,
    wanted: BTreeSet<FactId>,
    keep: Keep<'s>,
    /// What was kept.
    pub(super) facts: Vec<Fact>,
    /// What the entries cost, where that is wanted.
    weighed: Option<Burden>,
}

impl<'s, 'a> Reading<'s, 'a> {
    pub(super) fn new(scope: &'s Scope<'a>, wanted: BTreeSet<FactId>, keep: Keep<'s>) -> Reading<'s, 'a> {
        Reading { scope, wanted, keep, facts: Vec::new(), weighed: None }
    }

    /// Reads the period, and beyond it as long as something that is wanted is missing.
    pub(super) fn everything(&mut self, log: &dyn Log) -> Result<(), LogError> {
        if let [node] = self.scope.nodes[..] {
            // All that one grid ever had is less than a month of the county.
            let only = BTreeSet::from([self.scope.state.org().node(node).id.clone()]);
            return self.read(log, &Subtree::Nodes(only));
        }
        for month in months(self.scope) {
            let is_beyond = month.first() > self.scope.period.last() || month.last() < self.scope.period.first();
            if is_beyond && self.wanted.is_empty() {
                break;
            }
            self.month(log, month)?;
        }
        Ok(())
    }

    /// Reads a month.
    pub(super) fn month(&mut self, log: &dyn Log, month: Period) -> Result<(), LogError> {
        self.read(log, &Subtree::Month { year: month.first().year(), month: month.first().month() })
    }

    fn read(&mut self, log: &dyn Log, subtree: &Subtree) -> Result<(), LogError> {
        each(log, subtree, |fact| self.take(fact))
    }

    fn take(&mut self, fact: Fact) {
        if let Some(burden) = &mut self.weighed {
            burden.take(self.scope, &fact);
        }
        let is_wanted = self.wanted.remove(&fact.id);
        let is_work = matches!(
            fact.draft.body,
            Body::Visit(_) | Body::Session(_) | Body::Done(_) | Body::ProblemClosed(_) | Body::Record(_)
        );
        let is_here = self.scope.node_of(&fact).is_some_and(|node| self.scope.holds(node));
        let is_then = self.scope.period.contains(fact.draft.occurred);
        let is_told = is_work && is_here && (is_then || is_wanted) && !self.scope.state.is_withdrawn(&fact);
        if is_told && (self.keep)(&fact, is_wanted) {
            self.facts.push(fact);
        }
    }
}
