//! Matters: what a record started and what answers it (problems, tasks, questions, findings, changes of staff), in
//! whatever order the facts come.
use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use minicbor::{Decode, Encode};

use crate::grid::{
    fact::{FactId, codec},
    org::{NodeIx, Post, UnitIx},
};

/// What kind of record started a matter.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Encode, Decode)]
pub enum MatterKind {
    /// A problem found on a visit.
    #[n(0)]
    Problem,
    /// A change of staff that the organisation's own records tell of (人员变动).
    #[n(1)]
    Change,
    /// A record of the form with this number in [`crate::grid::record::FORMS`].
    #[n(2)]
    Form(#[n(0)] u8),
}

impl MatterKind {
    /// What a record of the form with this number and id starts. A change of staff is one, whoever tells of it.
    pub(super) fn of_form(number: u8, id: &str) -> MatterKind {
        if id == "change" { MatterKind::Change } else { MatterKind::Form(number) }
    }
}

/// Something that was started and waits for its answer, or has it.
#[derive(Clone, Debug, PartialEq, Encode, Decode)]
pub struct Matter {
    /// The record that started it; where that was corrected, the correction.
    #[n(0)]
    pub id: FactId,
    /// What kind of record that is.
    #[n(1)]
    pub kind: MatterKind,
    /// Where it was started.
    #[n(2)]
    pub at: NodeIx,
    /// The unit that it is about; it follows the unit into another grid.
    #[n(3)]
    pub unit: Option<UnitIx>,
    /// The post that must answer, where one is named.
    #[n(4)]
    pub post: Option<Post>,
    /// The day it happened.
    #[cbor(n(5), with = "codec::day")]
    pub opened: NaiveDate,
    /// The day it was entered.
    #[cbor(n(6), with = "codec::day")]
    pub recorded: NaiveDate,
    /// The deadline, or the day to look again, where the record sets one.
    #[cbor(n(7), with = "codec::maybe_day", has_nil)]
    pub due: Option<NaiveDate>,
    /// What it is, in short, as it was written; empty where nobody wrote it, see [`Matter::left`].
    #[n(8)]
    pub text: String,
    /// The matter that it is a part of: the task that was split.
    #[n(9)]
    pub part_of: Option<FactId>,
    /// What was done about it, in the order of days.
    #[n(10)]
    pub steps: Vec<Step>,
    /// The post that somebody left, where the organisation's own record started it.
    #[n(11)]
    pub left: Option<Post>,
}

/// One record about a matter.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Encode, Decode)]
pub struct Step {
    /// The day it happened.
    #[cbor(n(0), with = "codec::day")]
    pub day: NaiveDate,
    /// The record.
    #[n(1)]
    pub by: FactId,
    /// The day it was entered.
    #[cbor(n(2), with = "codec::day")]
    pub recorded: NaiveDate,
    /// Its form's number; none for the closing of a problem.
    #[n(3)]
    pub form: Option<u8>,
    /// Its kind's number in the form.
    #[n(4)]
    pub kind: u8,
    /// Whether it stops the clock.
    #[n(5)]
    pub closes: bool,
}

impl Matter {
    /// What closed it; none while it is open.
    pub fn closed(&self) -> Option<&Step> {
        self.steps.iter().find(|step| step.closes)
    }

    /// Whether it waits for its answer.
    pub fn is_open(&self) -> bool {
        self.closed().is_none()
    }
}

/// All matters, and the steps that hold.
///
/// A step belongs to what it names and to every correction of that, so the order in which facts come makes no
/// difference.
#[derive(Clone, Debug, Default, PartialEq, Encode, Decode)]
pub(super) struct Matters {
    #[n(0)]
    all: BTreeMap<FactId, Matter>,
    /// By step, what it names; kept also before that comes.
    #[n(1)]
    steps: BTreeMap<FactId, (FactId, Step)>,
    /// By correction, what it corrects.
    #[n(2)]
    corrects: BTreeMap<FactId, FactId>,
    /// [`Matters::corrects`] the other way round.
    #[cbor(skip)]
    corrections: BTreeSet<(FactId, FactId)>,
    /// (what is named, step).
    #[cbor(skip)]
    named: BTreeSet<(FactId, FactId)>,
    #[cbor(skip)]
    at: BTreeSet<(NodeIx, FactId)>,
    #[cbor(skip)]
    about: BTreeSet<(UnitIx, FactId)>,
}

impl Matters {
    pub(super) fn all(&self) -> impl Iterator<Item = &Matter> {
        self.all.values()
    }

    pub(super) fn get(&self, id: FactId) -> Option<&Matter> {
        self.all.get(&id)
    }

    /// What a step names.
    pub(super) fn names(&self, by: FactId) -> Option<FactId> {
        self.steps.get(&by).map(|(of, _)| *of)
    }

    /// Those that were started at a node.
    pub(super) fn at(&self, node: NodeIx) -> impl Iterator<Item = &Matter> {
        let ids = self.at.range((node, FactId::LEAST)..).take_while(move |(at, _)| *at == node);
        ids.filter_map(|(_, id)| self.all.get(id))
    }

    /// Those about a unit.
    pub(super) fn about(&self, unit: UnitIx) -> impl Iterator<Item = &Matter> {
        let ids = self.about.range((unit, FactId::LEAST)..).take_while(move |(about, _)| *about == unit);
        ids.filter_map(|(_, id)| self.all.get(id))
    }

    /// Puts back what is not written.
    pub(super) fn read_back(mut self) -> Matters {
        for (new, old) in std::mem::take(&mut self.corrects) {
            self.link(old, new);
        }
        self.named = self.steps.iter().map(|(by, (of, _))| (*of, *by)).collect();
        self.at = self.all.values().map(|matter| (matter.at, matter.id)).collect();
        self.about = self.all.values().filter_map(|matter| Some((matter.unit?, matter.id))).collect();
        self
    }

    /// Whether every pointer is to one of so many nodes and units.
    pub(super) fn fits(&self, nodes: u32, units: u32) -> bool {
        self.all.values().all(|matter| matter.at.0 < nodes && matter.unit.is_none_or(|unit| unit.0 < units))
    }

    /// Adds a matter, with the steps that came before it.
    pub(super) fn add(&mut self, matter: Matter) {
        let id = matter.id;
        self.at.insert((matter.at, id));
        self.about.extend(matter.unit.map(|unit| (unit, id)));
        self.all.insert(id, matter);
        self.settle(id);
    }

    /// Takes out the matter that a record started.
    pub(super) fn remove(&mut self, id: FactId) {
        if let Some(matter) = self.all.remove(&id) {
            self.at.remove(&(matter.at, id));
            matter.unit.map(|unit| self.about.remove(&(unit, id)));
        }
    }

    /// Takes in a step; says which matters it belongs to, as far as they are known yet.
    pub(super) fn step(&mut self, of: FactId, step: Step) -> Vec<FactId> {
        self.named.insert((of, step.by));
        self.steps.insert(step.by, (of, step));
        self.settle(of)
    }

    /// Takes out a step; says which matters it belonged to.
    pub(super) fn unstep(&mut self, by: FactId) -> Vec<FactId> {
        let Some((of, _)) = self.steps.remove(&by) else { return Vec::new() };
        self.named.remove(&(of, by));
        self.settle(of)
    }

    /// Notes that the record `new` stands for `old` from now on: what answered the one answers the other.
    /// Says whose steps are reckoned anew by that.
    pub(super) fn correct(&mut self, old: FactId, new: FactId) -> Vec<FactId> {
        self.link(old, new);
        self.settle(new)
    }

    fn link(&mut self, old: FactId, new: FactId) {
        // Where two facts claim to correct each other, neither is the later one.
        if self.versions_before(old).all(|before| before != new) {
            self.corrections.insert((old, new));
            self.corrects.insert(new, old);
        }
    }

    /// The record and those that it corrects, the latest first.
    fn versions_before(&self, id: FactId) -> impl Iterator<Item = FactId> {
        std::iter::successors(Some(id), |id| self.corrects.get(id).copied())
    }

    /// Reckons anew the steps of the matters that `id` and its corrections started; says which those are.
    fn settle(&mut self, id: FactId) -> Vec<FactId> {
        let mut settled = Vec::new();
        let mut versions = vec![id];
        while let Some(id) = versions.pop() {
            versions.extend(pairs(&self.corrections, id));
            if !self.all.contains_key(&id) {
                continue;
            }
            let named = self.versions_before(id).flat_map(|version| pairs(&self.named, version));
            let mut steps: Vec<Step> = named.filter_map(|by| Some(self.steps.get(&by)?.1.clone())).collect();
            steps.sort();
            if let Some(matter) = self.all.get_mut(&id) {
                matter.steps = steps;
                settled.push(id);
            }
        }
        settled
    }
}

/// The second parts of the pairs whose first part is `of`.
fn pairs(set: &BTreeSet<(FactId, FactId)>, of: FactId) -> impl Iterator<Item = FactId> {
    set.range((of, FactId::LEAST)..).take_while(move |(first, _)| *first == of).map(|(_, second)| *second)
}
