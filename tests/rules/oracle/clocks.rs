//! Clocks: what records started, what answered it, and whose it is to answer.
use std::collections::BTreeSet;

use chrono::{Datelike, NaiveDate};
use wangge::grid::{
    fact::{Body, Fact, FactId, Record},
    org::Post,
};

use super::{
    super::history::asks,
    definitions::{Oracle, Stand, written_on},
};

/// Something that waits for its answer, or has it: where it started, about which unit, when, when it was entered, and
/// when what closed it was entered.
pub struct Clock<'a> {
    pub id: FactId,
    pub trigger: &'static str,
    at: &'a str,
    unit: Option<&'a str>,
    pub opened: NaiveDate,
    entered: NaiveDate,
    due: Option<NaiveDate>,
    closed: Option<NaiveDate>,
    post: Option<Post>,
}

impl Clock<'_> {
    pub fn is_open(&self) -> bool {
        self.closed.is_none()
    }
}

impl<'a> Oracle<'a> {
    pub(super) fn responses(&self, own: usize, node: &str, today: NaiveDate) -> Vec<Stand> {
        let duty = &self.duties[own];
        let mut out = Vec::new();
        for clock in self.clocks_at(node, today).filter(|clock| clock.trigger == duty.trigger) {
            if clock.opened < self.opened.from || clock.opened > today {
                continue;
            }
            let span = (1, clock.opened.year() * 12 + clock.opened.month0() as i32);
            let due = clock.due.unwrap_or_else(|| self.workdays(clock.opened, duty.workdays));
            if clock.post.is_some_and(|post| Some(post) != duty.post_at(self.nodes[node])) {
                continue;
            }
            let answered = match duty.answer.as_str() {
                "entry" => Some(clock.entered),
                "" | "closed" => clock.closed,
                form => self.answers(clock.id, |record| record.form == form).map(written_on).min(),
            };
            let (have, on_time) = (answered.is_some(), answered.is_some_and(|on| on <= due));
            if !have || (today.year(), today.month()) == (clock.opened.year(), clock.opened.month()) {
                let stand = self.state(own, node, today, span, (have.into(), on_time.into(), 1), due);
                out.push((stand.0, stand.1, Some(clock.id), stand.3, stand.4, stand.5, stand.6));
            }
        }
        out
    }

    /// Every clock that a live record started.
    pub fn clocks(&self) -> impl Iterator<Item = Clock<'a>> {
        self.live.iter().filter_map(|fact| {
            let at = fact.draft.at.as_deref()?;
            let (trigger, unit, opened, due) = match &fact.draft.body {
                Body::Visit(visit) => {
                    let problem = visit.problem.as_ref()?;
                    ("problem", Some(fact.draft.subject.as_deref()?), fact.draft.occurred, problem.follow_up)
                }
                Body::Post(held) if held.change => ("change", None, held.to.unwrap_or(fact.draft.occurred), None),
                Body::Record(record) => {
                    (asks(&fact.draft.body)?, fact.draft.subject.as_deref(), fact.draft.occurred, record.day("due"))
                }
                _ => return None,
            };
            let entered = written_on(fact);
            let closed = self.closed(fact.id);
            let post = match &fact.draft.body {
                Body::Record(record) => Post::ALL.into_iter().find(|post| post.key() == record.text("post")),
                _ => None,
            };
            Some(Clock { id: fact.id, trigger, at, unit, opened, entered, due, closed, post })
        })
    }

    /// When the first closing of a record, or of a version that it corrects, was entered.
    fn closed(&self, id: FactId) -> Option<NaiveDate> {
        let closes = |record: &Record| matches!(record.text("kind"), "" | "closed" | "done" | "returned");
        let first = self.answers(id, closes).min_by_key(|fact| (fact.draft.occurred, fact.id));
        first.map(written_on)
    }

    /// The live records that answer a record or a version that it corrects: closings of problems, and those of forms
    /// that `counts` takes.
    fn answers(&self, id: FactId, counts: impl Fn(&Record) -> bool) -> impl Iterator<Item = &'a Fact> {
        let before = |id: FactId| {
            let (_, fact) = self.facts.iter().find(|(_, fact)| fact.id == id)?;
            let (_, old) = self.facts.iter().find(|(_, old)| Some(old.id) == fact.draft.replaces)?;
            old.draft.is_beside(&fact.draft).then_some(old.id)
        };
        let versions: BTreeSet<FactId> = std::iter::successors(Some(id), |id| before(*id)).collect();
        let answers = self.live.iter().copied().filter(move |fact| match &fact.draft.body {
            Body::ProblemClosed(closing) => versions.contains(&closing.of),
            Body::Record(record) => record.of.is_some_and(|of| versions.contains(&of)) && counts(record),
            _ => false,
        });
        answers.collect::<Vec<_>>().into_iter()
    }

    /// Those that are a node's to answer on a day.
    pub(super) fn clocks_at(&self, node: &str, day: NaiveDate) -> impl Iterator<Item = Clock<'a>> {
        self.clocks().filter(move |clock| {
            let grid = clock.unit.and_then(|unit| self.followed_to(unit, clock.at, day));
            grid.unwrap_or_else(|| self.heir(clock.at, day)) == node
        })
    }
}
