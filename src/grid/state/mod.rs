//! The state: a fold over facts, with the tallies of every duty kept up to date fact by fact.
//!
//! The state holds what rules and screens need and no more: the organisation, one small [`Mark`] per countable record,
//! the tallies, open problems and the list of sessions. Notes and other text stay in the log.
mod apply;
mod mark;
mod problem;
mod session;
mod snapshot;
mod tally;

use std::{collections::BTreeSet, sync::Arc};

use chrono::NaiveDate;

use self::{mark::big_day, problem::Problems, session::Sessions};
pub use self::{
    mark::{Mark, Marks, What},
    problem::Problem,
    session::SessionLine,
    snapshot::SnapshotError,
    tally::Tallies,
};
use super::{
    calendar::Period,
    duty::Tally,
    fact::{FactId, StoreOpened, WriterId},
    org::{NodeIx, Org, UnitIx},
    pack::{Duty, Pack},
    shelf::Shelf,
};

/// Everything that the facts so far amount to.
#[derive(Clone, Debug)]
pub struct State {
    org: Org,
    pack: Arc<Pack>,
    opened: Option<StoreOpened>,
    writers: Vec<WriterId>,
    of_unit: Shelf<Marks>,
    of_node: Shelf<Marks>,
    tallies: Tallies,
    problems: Problems,
    sessions: Shelf<Sessions>,
    /// Facts that are withdrawn, named before they came or after they were taken out.
    withdrawn: BTreeSet<FactId>,
    count: u64,
    unknown: u64,
}

/// What a fact touched, so that only that is computed and drawn again.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Touched {
    /// Nodes whose tallies or members changed.
    pub nodes: Vec<NodeIx>,
    /// Units whose record or membership changed, or which were named for the first time.
    pub units: Vec<UnitIx>,
    /// Whether the tree itself changed, or the day from which its duties count.
    pub tree: bool,
}

impl State {
    /// The state before the first fact.
    pub fn new(pack: Arc<Pack>) -> State {
        State {
            org: Org::default(),
            pack,
            opened: None,
            writers: Vec::new(),
            of_unit: Shelf::default(),
            of_node: Shelf::default(),
            tallies: Tallies::default(),
            problems: Problems::default(),
            sessions: Shelf::default(),
            withdrawn: BTreeSet::new(),
            count: 0,
            unknown: 0,
        }
    }

    /// The organisation.
    pub fn org(&self) -> &Org {
        &self.org
    }

    /// The pack whose duties are counted.
    pub fn pack(&self) -> &Arc<Pack> {
        &self.pack
    }

    /// How the store began; none before its first fact.
    pub fn opened(&self) -> Option<&StoreOpened> {
        self.opened.as_ref()
    }

    /// How many facts were folded.
    pub fn count(&self) -> u64 {
        self.count
    }

    /// How many of them were of a kind that this build does not know.
    pub fn unknown(&self) -> u64 {
        self.unknown
    }

    /// The records about a unit, oldest first.
    pub fn unit_marks(&self, unit: UnitIx) -> &[Mark] {
        self.of_unit.get(unit.0 as usize).map_or(&[], Marks::all)
    }

    /// The records at a node that are about no unit, oldest first.
    pub fn node_marks(&self, node: NodeIx) -> &[Mark] {
        self.of_node.get(node.0 as usize).map_or(&[], Marks::all)
    }

    /// The visits to a unit, oldest first.
    pub fn visits(&self, unit: UnitIx) -> impl DoubleEndedIterator<Item = &Mark> {
        self.unit_marks(unit).iter().filter(|mark| mark.what.is_visit())
    }

    /// The day of the last visit to a unit.
    pub fn last_visit(&self, unit: UnitIx) -> Option<NaiveDate> {
        self.visits(unit).next_back().map(Mark::date)
    }

    /// What was done for a duty at a node in a period.
    pub fn tally(&self, duty: usize, node: NodeIx, period: Period) -> Tally {
        self.tallies.get(duty, node, period.ordinal())
    }

    /// All problems, open and closed, in the order of their facts.
    pub fn problems(&self) -> &[Problem] {
        self.problems.all()
    }

    /// The open problems of a unit.
    pub fn open_problems(&self, unit: UnitIx) -> impl Iterator<Item = &Problem> {
        self.problems.around(unit).iter().filter(move |p| p.unit == unit && p.closed.is_none())
    }

    /// The sessions held at a node, in the order of their facts.
    pub fn sessions_at(&self, node: NodeIx) -> impl DoubleEndedIterator<Item = &SessionLine> {
        self.sessions.get(node.0 as usize).map_or(&[][..], Sessions::all).iter()
    }

    /// Whether the fact was withdrawn or corrected.
    pub fn is_withdrawn(&self, fact: FactId) -> bool {
        self.withdrawn.contains(&fact)
    }

    /// The fact that a mark stands for.
    pub fn fact_of(&self, mark: &Mark) -> FactId {
        FactId { writer: self.writers[usize::from(mark.writer)], seq: u64::from(mark.seq) }
    }

    /// The day from which the node's duties count: when the store and the node both exist.
    pub fn duties_from(&self, node: NodeIx) -> NaiveDate {
        let opened = self.opened.as_ref().map_or(NaiveDate::MIN, |opened| opened.from);
        // Marks begin with the year 2000 (`small_day`), so nothing before it can be owed.
        opened.max(self.org.node(node).from).max(big_day(0))
    }

    /// How many units a period's duty is reckoned on: the node's members on the period's first day, or on the day
    /// from which its duties count where that is later (B-6).
    pub fn members_at_start(&self, node: NodeIx, period: Period) -> u32 {
        self.org.node(node).member_count_on(period.first().max(self.duties_from(node)))
    }

    /// How much of the duty the node owes in the period; 0 means that it does not apply. A grid that had nobody in
    /// it from the period's start to its end owes nothing.
    pub fn need(&self, duty: &Duty, node: NodeIx, period: Period) -> u32 {
        self.need_of(duty, node, period, |day| self.org.node(node).member_count_on(day))
    }

    /// [`State::need`] where `members_on` counts the node's members on a day.
    pub(super) fn need_of(
        &self,
        duty: &Duty,
        node: NodeIx,
        period: Period,
        members_on: impl Fn(NaiveDate) -> u32,
    ) -> u32 {
        let members = members_on(period.first().max(self.duties_from(node)));
        if members == 0 && self.org.node(node).is_grid() && members_on(period.last()) == 0 {
            return 0;
        }
        duty.kind.need(duty, members)
    }

    /// Recounts every tally from the marks alone; equal to the tallies that were kept fact by fact.
    pub fn recounted(&self) -> Tallies {
        let mut tallies = Tallies::default();
        let subjects = self.of_unit.iter().chain(self.of_node.iter());
        for marks in subjects {
            tally::count_all(&self.pack, marks, |duty, node, ordinal, tally| {
                tallies.add(duty, node, ordinal, tally);
            });
        }
        tallies
    }

    /// The tallies as they were kept.
    pub fn tallies(&self) -> &Tallies {
        &self.tallies
    }
}
