//! The state: a fold over facts, with the tallies of every duty kept up to date fact by fact.
//!
//! The state holds what rules and screens need and no more: the organisation, one small [`Mark`] per countable record,
//! the tallies, open problems and the list of sessions. Notes and other text stay in the log.
mod access;
mod apply;
mod custody;
mod digest;
mod entered;
mod handover;
mod latest;
mod mark;
mod matter;
mod reading;
mod receipts;
mod recording;
mod relief;
mod session;
mod snapshot;
mod taken;
mod tally;
mod words;

use std::{borrow::Cow, collections::BTreeMap, sync::Arc};

use chrono::NaiveDate;

use self::{
    access::Access,
    apply::Recorded,
    custody::Custody,
    handover::Handovers,
    latest::Days,
    mark::big_day,
    matter::Matters,
    reading::{About, Readings},
    relief::Relief,
    session::Sessions,
    taken::Taken,
};
pub use self::{
    access::Device,
    custody::{HeldFact, Ruling},
    handover::{Answered, Offer},
    mark::{Mark, Marks, What},
    matter::{Matter, MatterKind, Step},
    session::SessionLine,
    snapshot::SnapshotError,
    tally::Tallies,
};
pub(in crate::grid) use self::{mark::small_day, recording::named};
use super::{
    calendar::Period,
    duty::{Gathered, Tally},
    fact::{Fact, FactId, StoreOpened, WriterId},
    org::{NodeIx, Org, UnitIx},
    pack::Pack,
    shelf::Shelf,
};
use crate::words::t;

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
    /// What the marks amount to where there are very many; made when one of them comes or goes.
    busy: BTreeMap<Recorded, Gathered>,
    matters: Matters,
    readings: Readings,
    relief: Relief,
    access: Access,
    custody: Custody,
    days: Shelf<Days>,
    sessions: Shelf<Sessions>,
    handovers: Handovers,
    taken: Taken,
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
    /// Whether the fact is held and does not count for now.
    pub held: bool,
    /// Whether something that was folded no longer counts, or counts on another day of entry: all facts of the log are to
    /// be folded again, into [`State::afresh`].
    pub again: bool,
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
            busy: BTreeMap::new(),
            matters: Matters::default(),
            readings: Readings::default(),
            relief: Relief::default(),
            access: Access::default(),
            custody: Custody::default(),
            days: Shelf::default(),
            sessions: Shelf::default(),
            handovers: Handovers::default(),
            taken: Taken::default(),
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

    /// Whether several people write here under logins and devices of their own: rights are asked for then.
    pub fn is_shared(&self) -> bool {
        !self.access.is_empty()
    }

    /// The person, by id, whose login on the shared server this is.
    pub fn person_of_login(&self, login: &str) -> Option<&str> {
        self.access.person_of(login)
    }

    /// All logins with the person's id, by login.
    pub fn logins(&self) -> impl Iterator<Item = (&str, &str)> {
        self.access.logins()
    }

    /// The device that writes under this name, if it was ever enrolled.
    pub fn device(&self, writer: WriterId) -> Option<&Device> {
        self.access.device(writer)
    }

    /// All devices that were ever enrolled.
    pub fn devices(&self) -> impl Iterator<Item = (WriterId, &Device)> {
        self.access.devices()
    }

    /// The moment, UTC milliseconds since 1970, from which on what the device writes does not count.
    pub fn revoked_from(&self, writer: WriterId) -> Option<i64> {
        let of = self.device(writer).and_then(Device::of);
        let all = [Some(writer), of].into_iter().flatten();
        all.filter_map(|writer| self.custody.revoked_from(writer)).min()
    }

    /// The facts that came and do not count: those that wait for a decision, and those that were left out by one; in the
    /// order of their names.
    pub fn held(&self) -> impl Iterator<Item = HeldFact<'_>> {
        self.custody.all().filter(|held| !self.taken.is_back(held.fact))
    }

    /// A fact of [`State::held`] by the name to settle it by.
    pub fn held_fact(&self, id: FactId) -> Option<HeldFact<'_>> {
        self.custody.get(id)
    }

    /// Whether the fact is a ruling or a revocation that has come, or an opening of the store.
    pub(in crate::grid) fn is_word(&self, id: FactId) -> bool {
        self.custody.speaks(id)
    }

    /// The latest time at which a fact of this writer was recorded, UTC milliseconds since 1970.
    pub fn recorded_until(&self, writer: WriterId) -> Option<i64> {
        self.custody.recorded_until(writer)
    }

    /// Whether the device speaks for the server: it founded the store, or the server went on under its key. Receipts and
    /// what is held count only from there.
    pub fn is_server(&self, writer: WriterId) -> bool {
        self.custody.is_server(writer)
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

    /// All matters, open and closed, in the order of their records' names.
    pub fn matters(&self) -> impl Iterator<Item = &Matter> {
        self.matters.all()
    }

    /// The matter that a record started.
    pub fn matter_of(&self, id: FactId) -> Option<&Matter> {
        self.matters.get(id)
    }

    /// Whether a step of a matter was said of it as it stands: not of a record that was corrected since.
    pub fn is_about_latest(&self, matter: &Matter, step: &Step) -> bool {
        self.matters.names(step.by) == Some(matter.id)
    }

    /// What a matter is, in short, as people read it.
    pub fn told<'a>(&'a self, matter: &'a Matter) -> Cow<'a, str> {
        match matter.left {
            Some(post) => t!("word.left", post = self.pack.names.post_at(self.org.node(matter.at), post)),
            None => Cow::Borrowed(&matter.text),
        }
    }

    /// The matters that are a node's to answer on `day`: those about its units, and those started at the node, or at
    /// one whose work it took over, about no unit that is elsewhere by now.
    pub fn matters_at(&self, node: NodeIx, day: NaiveDate) -> impl Iterator<Item = &Matter> {
        let about = self.org.members_on(node, day).flat_map(|unit| self.matters.about(unit));
        let about = about.filter(move |matter| self.followed_to(matter, day).is_some());
        let own = self.org.works_for(node, day).flat_map(|at| self.matters.at(at));
        about.chain(own.filter(move |matter| self.followed_to(matter, day).is_none()))
    }

    /// The node that is to answer a matter on `day`: its unit's grid, or where it was started, or who took over there.
    pub fn answered_at(&self, matter: &Matter, day: NaiveDate) -> NodeIx {
        self.followed_to(matter, day).unwrap_or_else(|| self.org.successor_on(matter.at, day))
    }

    /// The grid of the unit that a matter is about, where it goes along with that: it was started where the unit belonged at
    /// some time, or above. What somebody let count elsewhere is answered there; who has that place alone can't tell where
    /// the unit is.
    fn followed_to(&self, matter: &Matter, day: NaiveDate) -> Option<NodeIx> {
        let unit = matter.unit?;
        let grid = self.org.grid_of(unit, day)?;
        (self.org.unit(unit).was_ever_at(matter.at) || self.org.is_within(grid, matter.at)).then_some(grid)
    }

    /// The problems found on visits, open and closed.
    pub fn problems(&self) -> impl Iterator<Item = &Matter> {
        self.matters.all().filter(|matter| matter.kind == MatterKind::Problem)
    }

    /// The open problems of a unit.
    pub fn open_problems(&self, unit: UnitIx) -> impl Iterator<Item = &Matter> {
        self.matters.about(unit).filter(|matter| matter.kind == MatterKind::Problem && matter.is_open())
    }

    /// Whether the duty need not be done at the node in the period.
    pub fn is_exempt(&self, duty: usize, node: NodeIx, period: Period) -> bool {
        self.relief.is_exempt(duty, node, period.ordinal())
    }

    /// The last day that can't be recorded at the node any more.
    pub fn locked_through(&self, node: NodeIx) -> Option<NaiveDate> {
        self.relief.locked_through(|at| self.org.is_within(node, at))
    }

    /// Whether an exception lets `day` be recorded at the node on `today`.
    pub fn is_unlocked(&self, node: NodeIx, day: NaiveDate, today: NaiveDate) -> bool {
        self.relief.is_unlocked(|at| self.org.is_within(node, at), day, today)
    }

    /// The numbers that the records of a form at a node left, with their days.
    pub(super) fn readings_at(&self, node: NodeIx, form: u8, kind: u8) -> impl Iterator<Item = (NaiveDate, &[i64])> {
        self.readings.all((About::Node(node), form, kind))
    }

    /// The newest of [`State::readings_at`].
    pub(super) fn newest_at(&self, node: NodeIx, form: u8, kind: u8) -> Option<(NaiveDate, &[i64])> {
        self.readings.newest((About::Node(node), form, kind))
    }

    /// The newest numbers that a record of a form about a unit left.
    pub(super) fn newest_of(&self, unit: UnitIx, form: u8, kind: u8) -> Option<(NaiveDate, &[i64])> {
        self.readings.newest((About::Unit(unit), form, kind))
    }

    /// The numbers that the record behind a mark left.
    pub(super) fn numbers_of(&self, mark: &Mark) -> Option<&[i64]> {
        self.readings.of(self.fact_of(mark))
    }

    /// The numbers that a record left.
    pub(super) fn numbers_by(&self, record: FactId) -> Option<&[i64]> {
        self.readings.of(record)
    }

    /// The last day for which the node has a record.
    pub fn last_record(&self, node: NodeIx) -> Option<NaiveDate> {
        self.days.get(node.0 as usize)?.last().map(big_day)
    }

    /// The sessions held at a node, in the order of their facts.
    pub fn sessions_at(&self, node: NodeIx) -> impl DoubleEndedIterator<Item = &SessionLine> {
        self.sessions.get(node.0 as usize).map_or(&[][..], Sessions::all).iter()
    }

    /// Whether the fact was withdrawn or corrected, where it stands.
    pub fn is_withdrawn(&self, fact: &Fact) -> bool {
        self.taken.is_back(fact)
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

    /// Recounts every tally from the marks alone; equal to the tallies that were kept fact by fact.
    pub fn recounted(&self) -> Tallies {
        let mut tallies = Tallies::default();
        let subjects = self.of_unit.iter().chain(self.of_node.iter());
        for marks in subjects {
            tally::count_all(&self.pack, marks, |duty, node, ordinal, tally| {
                let up = if self.pack.duties[duty].adds_up() { usize::MAX } else { 1 };
                self.org.path_up(node).take(up).for_each(|at| tallies.add(duty, at, ordinal, tally));
            });
        }
        tallies
    }

    /// The tallies as they were kept.
    pub fn tallies(&self) -> &Tallies {
        &self.tallies
    }
}
