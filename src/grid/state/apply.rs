//! Folding one fact into the state.
use chrono::{DateTime, NaiveDate};

use super::{
    MatterKind, SessionLine, State, Touched,
    latest::Days,
    mark::{Mark, Marks, What, small_day},
    recording::within,
    session::Sessions,
    taken::Place,
    tally::gathered,
};
use crate::grid::{
    fact::{AttendanceMark, Body, Fact, FactId, NodeRecord, PostHolding, ProblemClosed, Session, Visit, WriterId},
    org::{NodeIx, Said, UnitIx},
};

/// Whose marks a record joins.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Subject {
    Unit(UnitIx),
    Node(NodeIx),
}

/// What one subject has recorded for a duty at a node in a period.
pub(super) type Recorded = (Subject, usize, NodeIx, i32);

/// So many records of one subject, duty, node and period are looked through for each that comes or goes. Few ever have more;
/// where somebody makes them have more, what those amount to is kept.
const BUSY: u32 = 64;

/// What becomes of a mark.
#[derive(Clone, Copy)]
enum Change {
    Comes,
    Goes,
}

impl State {
    /// Folds one fact; says what it touched.
    ///
    /// A fact that was withdrawn before it came leaves no trace but its count. Facts of unknown kinds are counted. One that
    /// is held is kept until somebody settles it ([`State::held`]).
    pub fn apply(&mut self, fact: &Fact) -> Touched {
        let mut touched = Touched::default();
        self.count += 1;
        self.custody.come(fact);
        self.enter(fact);
        if self.word(fact, &mut touched) {
            return touched;
        }
        if self.custody.counts(fact) {
            self.fold(fact, &mut touched);
        } else {
            self.custody.keep(fact);
            touched.held = true;
        }
        touched
    }

    /// Folds a fact that counts.
    pub(super) fn fold(&mut self, fact: &Fact, touched: &mut Touched) {
        if let Some(old) = fact.draft.replaces {
            self.withdraw(old, fact, touched);
            let runs_clocks = matches!(fact.draft.body, Body::Visit(_) | Body::Record(_));
            if runs_clocks && self.taken.corrects(old, Place::of(&fact.draft), fact.id) {
                self.matters.correct(old, fact.id);
            }
        }
        // A withdrawal stands, also where another one names it: which of them comes first must not matter.
        if let Body::Withdrawn(withdrawn) = &fact.draft.body {
            return self.withdraw(withdrawn.of, fact, touched);
        }
        if self.taken.is_back(fact) {
            return self.was_taken(fact.id, Place::of(&fact.draft), touched);
        }
        match &fact.draft.body {
            Body::StoreOpened(opened) => {
                touched.again |= self.custody.opened(fact.id);
                self.opened = Some(opened.clone());
                touched.tree = true;
            }
            Body::Node(record) => {
                if let Some(id) = &fact.draft.subject {
                    self.node(id, record, Said::by(fact), touched);
                }
            }
            Body::Unit(record) => {
                if let Some(id) = &fact.draft.subject {
                    let unit = self.org.set_unit(id, record, Said::by(fact));
                    touched.units.push(unit);
                }
            }
            Body::Person(record) => {
                if let Some(id) = &fact.draft.subject {
                    self.org.set_person(id, record, Said::by(fact));
                }
            }
            Body::Placement(placement) => self.place(fact, placement.from, touched),
            Body::Post(held) => self.hold(fact, held, touched),
            Body::Visit(visit) => self.visit(fact, visit, touched),
            Body::Session(session) => self.session(fact, session, touched),
            Body::Done(done) => {
                let duty = self.pack.duty(&done.duty).map_or(u8::MAX, |(i, _)| i.min(254) as u8);
                let day = within(fact.draft.occurred, done.period.as_deref());
                self.record(fact, Mark { day, ..self.mark(fact, What::Done { duty }) }, touched);
            }
            Body::ProblemClosed(ProblemClosed { of, .. }) => {
                self.taken.stand(fact);
                self.step(*of, fact, (None, 0), true, touched);
            }
            Body::Record(record) => self.form(fact, record, touched),
            Body::Exempt(exempt) => {
                self.taken.stand(fact);
                self.exempt(fact, exempt, touched);
            }
            Body::Lock(lock) => {
                self.taken.stand(fact);
                if let Some(at) = self.at(fact) {
                    self.relief.lock(at, lock.through, fact.id);
                }
            }
            Body::Unlock(unlock) => {
                self.taken.stand(fact);
                if let Some(at) = self.at(fact) {
                    self.relief.unlock(at, unlock, fact.id);
                }
            }
            Body::Account(account) => {
                if let Some(person) = &fact.draft.subject {
                    self.access.account(fact, person, account);
                }
            }
            Body::Enrolled(enrolled) => {
                if let Some(person) = &fact.draft.subject {
                    self.access.enroll(fact, person, enrolled);
                }
            }
            Body::Handover(what) => {
                self.hand_over(fact, what);
                touched.nodes.extend(self.at(fact));
            }
            Body::HandoverStep(step) => {
                self.step_handover(fact, step);
                touched.nodes.extend(self.at(fact));
            }
            Body::Strayed(_) => self.stray(fact, touched),
            Body::Unknown { .. } => self.unknown += 1,
            // What holds and what lets count is taken in before, see `State::word`.
            Body::Withdrawn(_) | Body::Receipt(_) | Body::Held(_) | Body::Settled(_) | Body::Revoked(_) => {}
        }
    }

    fn place(&mut self, fact: &Fact, from: NaiveDate, touched: &mut Touched) {
        let Some(id) = &fact.draft.subject else { return };
        let unit = self.org.unit_or_placeholder(id);
        let node = fact.draft.at.as_deref().map(|id| self.org.node_or_placeholder(id));
        touched.nodes.extend(self.org.place(unit, (node, from), Said::by(fact)));
        self.touch_about(unit, touched);
        touched.units.push(unit);
    }

    /// Takes in a node; where it changes its place in the tree, what adds up above it does so in the new place.
    fn node(&mut self, id: &str, record: &NodeRecord, said: Said, touched: &mut Touched) {
        let before = self.org.node_ix(id).filter(|ix| self.tallies.has(*ix)).map(|ix| (ix, self.org.node(ix).parent));
        let ix = self.org.set_node(id, record, said);
        if before.is_some_and(|(ix, parent)| self.org.node(ix).parent != parent) {
            self.tallies = self.recounted();
        }
        touched.nodes.push(ix);
        touched.tree = true;
    }

    fn hold(&mut self, fact: &Fact, held: &PostHolding, touched: &mut Touched) {
        if let (Some(node), Some(person)) = (&fact.draft.at, &fact.draft.subject) {
            let node = self.org.node_or_placeholder(node);
            let person = self.org.person_or_placeholder(person);
            self.org.hold(node, person, held, Said::by(fact));
            if held.change {
                let opened = held.to.unwrap_or(fact.draft.occurred);
                let mut matter = self.matter(fact, MatterKind::Change, node, None);
                matter.opened = opened;
                matter.left = Some(held.post);
                self.start(matter, touched);
            }
            touched.nodes.push(node);
        }
    }

    fn visit(&mut self, fact: &Fact, visit: &Visit, touched: &mut Touched) {
        if fact.draft.subject.is_none() {
            return;
        }
        let mark = Mark { acting: Mark::posts(&visit.acting), ..self.mark(fact, What::visit(&visit.topics)) };
        let Some(Subject::Unit(unit)) = self.record(fact, mark, touched) else { return };
        if let (Some(found), Some(at)) = (&visit.problem, touched.nodes.last().copied()) {
            let mut matter = self.matter(fact, MatterKind::Problem, at, Some(unit));
            matter.due = found.follow_up;
            matter.text.clone_from(&found.text);
            self.start(matter, touched);
        }
    }

    fn session(&mut self, fact: &Fact, session: &Session, touched: &mut Touched) {
        if self.record(fact, self.mark(fact, What::Session(session.kind)), touched).is_none() {
            return;
        }
        let Some(at) = touched.nodes.last().copied() else { return };
        let count = |marks: &[AttendanceMark]| {
            session.attendance.iter().filter(|line| marks.contains(&line.mark)).count() as u32
        };
        let invited = session.attendance.len() as u32;
        self.sessions_mut(at).add(SessionLine {
            id: fact.id,
            at,
            kind: session.kind,
            day: fact.draft.occurred,
            topic: session.topic.clone(),
            minutes: session.minutes,
            present: invited - count(&[AttendanceMark::Excused, AttendanceMark::Absent]),
            proper: count(&[AttendanceMark::Present]),
            excused: count(&[AttendanceMark::Excused]),
            invited,
        });
    }

    fn days_mut(&mut self, at: NodeIx) -> &mut Days {
        self.days.grow(at.0 as usize + 1);
        self.days.at_mut(at.0 as usize)
    }

    fn sessions_mut(&mut self, at: NodeIx) -> &mut Sessions {
        self.sessions.grow(at.0 as usize + 1);
        self.sessions.at_mut(at.0 as usize)
    }

    /// The mark of a countable record as it is in most cases; its writer and its node are set by [`State::record`].
    pub(super) fn mark(&self, fact: &Fact, what: What) -> Mark {
        Mark {
            day: small_day(fact.draft.occurred),
            recorded: small_day(self.entered_on(fact)),
            what,
            writer: 0,
            seq: fact.id.seq as u32,
            at: NodeIx(0),
            acting: 0,
            amount: 0,
        }
    }

    /// The node that the fact names.
    pub(super) fn at(&mut self, fact: &Fact) -> Option<NodeIx> {
        Some(self.org.node_or_placeholder(fact.draft.at.as_deref()?))
    }

    /// Adds the mark of a countable record; none when the fact names no node to count at.
    pub(super) fn record(&mut self, fact: &Fact, mark: Mark, touched: &mut Touched) -> Option<Subject> {
        let at = self.at(fact)?;
        let subject = match &fact.draft.subject {
            Some(id) => {
                let unit = self.org.unit_or_placeholder(id);
                touched.units.push(unit);
                Subject::Unit(unit)
            }
            None => Subject::Node(at),
        };
        let mark = Mark { writer: self.writer(fact.id.writer), at, ..mark };
        self.change(subject, mark, Change::Comes);
        self.days_mut(at).insert(mark.day);
        touched.nodes.push(at);
        Some(subject)
    }

    /// Takes out what `old` recorded where `by` stands.
    fn withdraw(&mut self, old: FactId, by: &Fact, touched: &mut Touched) {
        let place = Place::of(&by.draft);
        if !self.taken.take(old, place) {
            return;
        }
        if self.taken.unstand(old, place) {
            touched.nodes.extend(self.relief.remove(old));
            self.unstep(old, touched);
            return self.was_taken(old, place, touched);
        }
        let (Some(writer), Ok(seq)) = (self.known_writer(old.writer), u32::try_from(old.seq)) else { return };
        let Some((subject, mark)) = self.locate(writer, seq, by) else { return };
        self.unstep(old, touched);
        self.stop(old, touched);
        self.readings.remove(old);
        touched.nodes.push(mark.at);
        if matches!(mark.what, What::Session(_)) {
            self.sessions_mut(mark.at).remove(old);
        }
        self.change(subject, mark, Change::Goes);
        self.days_mut(mark.at).remove(mark.day);
        self.was_taken(old, place, touched);
    }

    /// A fact that is taken back has come: what answered it answers its corrections.
    fn was_taken(&mut self, old: FactId, place: Place, touched: &mut Touched) {
        for new in self.taken.come(old, place) {
            let settled = self.matters.correct(old, new);
            self.touch(&settled, touched);
        }
    }

    /// The mark of a fact that stands where `by` does.
    fn locate(&self, writer: u16, seq: u32, by: &Fact) -> Option<(Subject, Mark)> {
        let at = self.org.node_ix(by.draft.at.as_deref()?)?;
        let subject = match &by.draft.subject {
            Some(unit) => Subject::Unit(self.org.unit_ix(unit)?),
            None => Subject::Node(at),
        };
        let mark = *self.marks_of(subject)?.find(writer, seq)?;
        (mark.at == at).then_some((subject, mark))
    }

    fn marks_of(&self, subject: Subject) -> Option<&Marks> {
        match subject {
            Subject::Unit(unit) => self.of_unit.get(unit.0 as usize),
            Subject::Node(node) => self.of_node.get(node.0 as usize),
        }
    }

    /// Changes one subject's marks by one and moves the tallies that it feeds from what they were to what they are.
    fn change(&mut self, subject: Subject, mark: Mark, change: Change) {
        let (shelf, at) = match subject {
            Subject::Unit(unit) => (&mut self.of_unit, unit.0 as usize),
            Subject::Node(node) => (&mut self.of_node, node.0 as usize),
        };
        shelf.grow(at + 1);
        let marks = shelf.at_mut(at);
        for (own, duty) in self.pack.duties.iter().enumerate().filter(|(own, duty)| duty.fed_by(&mark, *own)) {
            let period = duty.period_of(mark.date());
            let (first, last) = duty.kind.days_of(period);
            if !(small_day(first)..=small_day(last)).contains(&mark.day) {
                continue;
            }
            let key = (subject, own, mark.at, period.ordinal());
            let by = small_day(duty.due_on(period, self.pack.calendar()));
            let known = self.busy.get_mut(&key);
            let is_known = known.is_some();
            let mut counted = None;
            let all = known.unwrap_or_else(|| counted.insert(gathered((own, duty), marks, mark.at, period, by)));
            let less = duty.kind.contribution(all);
            match change {
                Change::Comes => all.put(&mark),
                Change::Goes => all.take(&mark),
            }
            let more = duty.kind.contribution(all);
            if !is_known && all.len() >= BUSY {
                self.busy.extend(counted.map(|all| (key, all)));
            }
            if less == more {
                continue;
            }
            for node in self.org.path_up(mark.at).take(if duty.adds_up() { usize::MAX } else { 1 }) {
                self.tallies.take(own, node, period.ordinal(), less);
                self.tallies.add(own, node, period.ordinal(), more);
            }
        }
        match change {
            Change::Comes => marks.insert(mark),
            Change::Goes => drop(marks.remove(mark.writer, mark.seq)),
        }
    }

    /// The county's day of an instant.
    pub fn local_day(&self, utc_ms: i64) -> NaiveDate {
        DateTime::from_timestamp_millis(utc_ms.saturating_add(i64::from(self.pack.utc_offset) * 1000))
            .map_or(NaiveDate::MIN, |instant| instant.date_naive())
    }

    /// The instant at which a day of the county begins, UTC milliseconds since 1970.
    pub fn instant_of(&self, day: NaiveDate) -> i64 {
        let midnight = day.and_time(chrono::NaiveTime::MIN).and_utc().timestamp_millis();
        midnight.saturating_sub(i64::from(self.pack.utc_offset) * 1000)
    }

    fn known_writer(&self, writer: WriterId) -> Option<u16> {
        self.writers.iter().position(|w| *w == writer).map(|i| i as u16)
    }

    fn writer(&mut self, writer: WriterId) -> u16 {
        self.known_writer(writer).unwrap_or_else(|| {
            self.writers.push(writer);
            (self.writers.len() - 1) as u16
        })
    }
}
