//! Problems found on visits, and what closed them, in whatever order the facts come.
use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use minicbor::{Decode, Encode};

use crate::grid::{
    fact::{FactId, WriterId, codec},
    org::UnitIx,
};

/// A problem found on a visit.
#[derive(Clone, Debug, PartialEq, Encode, Decode)]
pub struct Problem {
    /// The visit that found it; where that was corrected, the correction.
    #[n(0)]
    pub visit: FactId,
    /// Where.
    #[n(1)]
    pub unit: UnitIx,
    /// The day it was found.
    #[cbor(n(2), with = "codec::day")]
    pub found: NaiveDate,
    /// What is wrong.
    #[n(3)]
    pub text: String,
    /// The day to look again.
    #[cbor(n(4), with = "codec::maybe_day", has_nil)]
    pub follow_up: Option<NaiveDate>,
    /// The fact that closed it.
    #[n(5)]
    pub closed: Option<FactId>,
}

/// All problems, and the closings that hold.
///
/// A closing closes what it names and every correction of that, so the order in which facts come makes no difference.
#[derive(Clone, Debug, Default, PartialEq, Encode, Decode)]
pub(super) struct Problems {
    #[n(0)]
    list: Vec<Problem>,
    /// (visit, closing), the visit as the closing names it; kept also before the visit comes.
    #[n(1)]
    closings: BTreeSet<(FactId, FactId)>,
    /// (visit, its correction): [`Problems::corrects`] the other way round.
    #[cbor(skip)]
    corrections: BTreeSet<(FactId, FactId)>,
    /// By correction, the visit that it corrects.
    #[n(2)]
    corrects: BTreeMap<FactId, FactId>,
    /// How many problems are open at each unit, where any are.
    #[cbor(skip)]
    open: BTreeMap<UnitIx, u32>,
}

impl Problems {
    pub(super) fn all(&self) -> &[Problem] {
        &self.list
    }

    /// The problems among which those open at `unit` are: none where none is open, which is the case nearly everywhere.
    pub(super) fn around(&self, unit: UnitIx) -> &[Problem] {
        if self.open.contains_key(&unit) { &self.list } else { &[] }
    }

    /// Puts back what is not written.
    pub(super) fn read_back(mut self) -> Problems {
        for problem in self.list.iter().filter(|problem| problem.closed.is_none()) {
            *self.open.entry(problem.unit).or_default() += 1;
        }
        for (new, old) in std::mem::take(&mut self.corrects) {
            self.link(old, new);
        }
        self
    }

    /// Adds a problem, which is closed if a closing came before it.
    pub(super) fn add(&mut self, problem: Problem) {
        let visit = problem.visit;
        *self.open.entry(problem.unit).or_default() += 1;
        self.list.push(Problem { closed: None, ..problem });
        self.settle(visit);
    }

    /// Takes out the problem that `visit` found.
    pub(super) fn remove(&mut self, visit: FactId) {
        if let Some(at) = self.list.iter().rposition(|problem| problem.visit == visit) {
            let problem = self.list.remove(at);
            if problem.closed.is_none() {
                self.shut(problem.unit);
            }
        }
    }

    /// Takes in a closing; returns where the problem is, if it is known yet.
    pub(super) fn close(&mut self, visit: FactId, closing: FactId) -> Option<UnitIx> {
        self.closings.insert((visit, closing));
        self.settle(visit)
    }

    /// Takes out a closing; returns where the problem is that it had closed.
    pub(super) fn reopen(&mut self, closing: FactId) -> Option<UnitIx> {
        let found = *self.closings.iter().find(|(_, by)| *by == closing)?;
        self.closings.remove(&found);
        self.settle(found.0)
    }

    /// Notes that the visit `new` stands for `old` from now on: what closed the one closes the other.
    pub(super) fn correct(&mut self, old: FactId, new: FactId) {
        self.link(old, new);
        self.settle(new);
    }

    fn link(&mut self, old: FactId, new: FactId) {
        // Where two facts claim to correct each other, neither is the later one.
        if self.versions_before(old).all(|before| before != new) {
            self.corrections.insert((old, new));
            self.corrects.insert(new, old);
        }
    }

    /// The visit and those that it corrects, the latest first.
    fn versions_before(&self, visit: FactId) -> impl Iterator<Item = FactId> {
        std::iter::successors(Some(visit), |visit| self.corrects.get(visit).copied())
    }

    /// One problem less is open at `unit`.
    fn shut(&mut self, unit: UnitIx) {
        let left = self.open.get(&unit).map_or(0, |open| open.saturating_sub(1));
        match left {
            0 => drop(self.open.remove(&unit)),
            left => drop(self.open.insert(unit, left)),
        }
    }

    /// Reckons anew whether the problems that `visit` and its corrections found are closed; returns where one is.
    fn settle(&mut self, visit: FactId) -> Option<UnitIx> {
        let mut settled = None;
        let mut versions = vec![visit];
        while let Some(visit) = versions.pop() {
            versions.extend(pairs(&self.corrections, visit));
            if let Some(at) = self.list.iter().rposition(|problem| problem.visit == visit) {
                let closed = self.versions_before(visit).flat_map(|version| pairs(&self.closings, version)).min();
                let unit = self.list[at].unit;
                let before = std::mem::replace(&mut self.list[at].closed, closed);
                match (before, closed) {
                    (None, Some(_)) => self.shut(unit),
                    (Some(_), None) => *self.open.entry(unit).or_default() += 1,
                    _ => {}
                }
                settled = Some(unit);
            }
        }
        settled
    }
}

/// The second parts of the pairs whose first part is `of`.
fn pairs(set: &BTreeSet<(FactId, FactId)>, of: FactId) -> impl Iterator<Item = FactId> {
    let least = FactId { writer: WriterId([0; 16]), seq: 0 };
    set.range((of, least)..).take_while(move |(first, _)| *first == of).map(|(_, second)| *second)
}
