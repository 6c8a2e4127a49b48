//! Folding one fact into the state.
use chrono::{DateTime, NaiveDate};

use super::{
    Problem, SessionLine, State, Touched,
    mark::{Mark, Marks, What, small_day},
    session::Sessions,
    tally::contribution,
};
use crate::grid::{
    calendar::Period,
    fact::{AttendanceMark, Body, Fact, FactId, PostHolding, ProblemClosed, Session, Visit, WriterId},
    org::{NodeIx, UnitIx},
};

/// Whose marks a record joins.
#[derive(Clone, Copy)]
enum Subject {
    Unit(UnitIx),
    Node(NodeIx),
}

impl State {
    /// Folds one fact; says what it touched.
    ///
    /// A fact that was withdrawn before it came leaves no trace but its count. Facts of unknown kinds are counted.
    pub fn apply(&mut self, fact: &Fact) -> Touched {
        let mut touched = Touched::default();
        self.count += 1;
        if let Some(old) = fact.draft.replaces {
            if matches!(fact.draft.body, Body::Visit(_)) {
                self.problems.correct(old, fact.id);
            }
            self.withdraw(old, fact, &mut touched);
        }
        if self.withdrawn.contains(&fact.id) {
            return touched;
        }
        match &fact.draft.body {
            Body::StoreOpened(opened) => {
                self.opened = Some(opened.clone());
                touched.tree = true;
            }
            Body::Node(record) => {
                if let Some(id) = &fact.draft.subject {
                    touched.nodes.push(self.org.set_node(id, record));
                    touched.tree = true;
                }
            }
            Body::Unit(record) => {
                if let Some(id) = &fact.draft.subject {
                    let unit = self.org.set_unit(id, record);
                    touched.units.push(unit);
                }
            }
            Body::Person(record) => {
                if let Some(id) = &fact.draft.subject {
                    self.org.set_person(id, record);
                }
            }
            Body::Placement(placement) => self.place(fact, placement.from, &mut touched),
            Body::Post(held) => self.hold(fact, held, &mut touched),
            Body::Visit(visit) => self.visit(fact, visit, &mut touched),
            Body::Session(session) => self.session(fact, session, &mut touched),
            Body::Done(done) => {
                let duty = self.pack.duty(&done.duty).map_or(u8::MAX, |(i, _)| i.min(254) as u8);
                self.record(fact, What::Done { duty }, &mut touched);
            }
            Body::Withdrawn(withdrawn) => self.withdraw(withdrawn.of, fact, &mut touched),
            Body::ProblemClosed(ProblemClosed { of, .. }) => {
                let unit = self.problems.close(*of, fact.id);
                touched.nodes.extend(unit.and_then(|unit| self.org.grid_of(unit, fact.draft.occurred)));
            }
            Body::Unknown { .. } => self.unknown += 1,
        }
        touched
    }

    fn place(&mut self, fact: &Fact, from: NaiveDate, touched: &mut Touched) {
        let Some(id) = &fact.draft.subject else { return };
        let unit = self.org.unit_or_placeholder(id);
        let node = fact.draft.at.as_deref().map(|id| self.org.node_or_placeholder(id));
        touched.nodes.extend(self.org.place(unit, node, from));
        touched.units.push(unit);
    }

    fn hold(&mut self, fact: &Fact, held: &PostHolding, touched: &mut Touched) {
        if let (Some(node), Some(person)) = (&fact.draft.at, &fact.draft.subject) {
            let node = self.org.node_or_placeholder(node);
            let person = self.org.person_or_placeholder(person);
            self.org.hold(node, person, held);
            touched.nodes.push(node);
        }
    }

    fn visit(&mut self, fact: &Fact, visit: &Visit, touched: &mut Touched) {
        if fact.draft.subject.is_none() {
            return;
        }
        let Some(Subject::Unit(unit)) = self.record(fact, What::visit(&visit.topics), touched) else { return };
        if let Some(found) = &visit.problem {
            self.problems.add(Problem {
                visit: fact.id,
                unit,
                found: fact.draft.occurred,
                text: found.text.clone(),
                follow_up: found.follow_up,
                closed: None,
            });
        }
    }

    fn session(&mut self, fact: &Fact, session: &Session, touched: &mut Touched) {
        if self.record(fact, What::Session(session.kind), touched).is_none() {
            return;
        }
        let Some(at) = touched.nodes.last().copied() else { return };
        let away = |mark| matches!(mark, AttendanceMark::Excused | AttendanceMark::Absent);
        self.sessions_mut(at).add(SessionLine {
            id: fact.id,
            at,
            kind: session.kind,
            day: fact.draft.occurred,
            topic: session.topic.clone(),
            minutes: session.minutes,
            present: session.attendance.iter().filter(|line| !away(line.mark)).count() as u32,
            invited: session.attendance.len() as u32,
        });
    }

    fn sessions_mut(&mut self, at: NodeIx) -> &mut Sessions {
        self.sessions.grow(at.0 as usize + 1);
        self.sessions.at_mut(at.0 as usize)
    }

    /// Adds the mark of a countable record; none when the fact names no node to count at.
    fn record(&mut self, fact: &Fact, what: What, touched: &mut Touched) -> Option<Subject> {
        let at = self.org.node_or_placeholder(fact.draft.at.as_deref()?);
        let subject = match &fact.draft.subject {
            Some(id) => {
                let unit = self.org.unit_or_placeholder(id);
                touched.units.push(unit);
                Subject::Unit(unit)
            }
            None => Subject::Node(at),
        };
        let mark = Mark {
            day: small_day(fact.draft.occurred),
            recorded: small_day(self.local_day(fact.recorded_ms)),
            what,
            writer: self.writer(fact.id.writer),
            seq: fact.id.seq as u32,
            at,
        };
        self.change(subject, mark, |marks| marks.insert(mark));
        touched.nodes.push(at);
        Some(subject)
    }

    /// Takes out what `old` recorded; `by` names where to look.
    fn withdraw(&mut self, old: FactId, by: &Fact, touched: &mut Touched) {
        if !self.withdrawn.insert(old) {
            return;
        }
        if let Some(unit) = self.problems.reopen(old) {
            touched.nodes.extend(self.org.grid_of(unit, by.draft.occurred));
            return;
        }
        self.problems.remove(old);
        let (Some(writer), Ok(seq)) = (self.known_writer(old.writer), u32::try_from(old.seq)) else { return };
        if let Some((subject, mark)) = self.locate(writer, seq, by) {
            touched.nodes.push(mark.at);
            if matches!(mark.what, What::Session(_)) {
                self.sessions_mut(mark.at).remove(old);
            }
            self.change(subject, mark, |marks| {
                marks.remove(writer, seq);
            });
        }
    }

    /// Finds a fact's mark: first where the withdrawing fact points, then everywhere.
    fn locate(&self, writer: u16, seq: u32, by: &Fact) -> Option<(Subject, Mark)> {
        let hinted = match (&by.draft.subject, &by.draft.at) {
            (Some(unit), _) => self.org.unit_ix(unit).map(Subject::Unit),
            (None, Some(node)) => self.org.node_ix(node).map(Subject::Node),
            _ => None,
        };
        let units = (0..self.of_unit.len() as u32).map(|i| Subject::Unit(UnitIx(i)));
        let nodes = (0..self.of_node.len() as u32).map(|i| Subject::Node(NodeIx(i)));
        hinted
            .into_iter()
            .chain(nodes)
            .chain(units)
            .find_map(|subject| self.marks_of(subject)?.find(writer, seq).map(|mark| (subject, *mark)))
    }

    fn marks_of(&self, subject: Subject) -> Option<&Marks> {
        match subject {
            Subject::Unit(unit) => self.of_unit.get(unit.0 as usize),
            Subject::Node(node) => self.of_node.get(node.0 as usize),
        }
    }

    /// Changes one subject's marks and moves the tallies that `mark` feeds from what they were to what they are.
    fn change(&mut self, subject: Subject, mark: Mark, change: impl FnOnce(&mut Marks)) {
        let (shelf, at) = match subject {
            Subject::Unit(unit) => (&mut self.of_unit, unit.0 as usize),
            Subject::Node(node) => (&mut self.of_node, node.0 as usize),
        };
        shelf.grow(at + 1);
        let marks = shelf.at_mut(at);
        let fed = || self.pack.duties.iter().enumerate().filter(|(own, duty)| duty.fed_by(mark.what, *own));
        for (own, duty) in fed() {
            let period = Period::containing(duty.cadence, mark.date());
            self.tallies.take(own, mark.at, period.ordinal(), contribution(duty, own, marks, mark.at, period));
        }
        change(marks);
        for (own, duty) in fed() {
            let period = Period::containing(duty.cadence, mark.date());
            self.tallies.add(own, mark.at, period.ordinal(), contribution(duty, own, marks, mark.at, period));
        }
    }

    /// The county's day of an instant.
    pub fn local_day(&self, utc_ms: i64) -> NaiveDate {
        DateTime::from_timestamp_millis(utc_ms.saturating_add(i64::from(self.pack.utc_offset) * 1000))
            .map_or(NaiveDate::MIN, |instant| instant.date_naive())
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
