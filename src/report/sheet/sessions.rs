//! Training, activities and meetings, with who came.
use super::{Row, kind_name};
use crate::{
    grid::fact::{Attendance, AttendanceMark, Body, Fact},
    report::{Cell, Scene},
    words::word,
};

/// A session or meeting: its topic, minutes, roster and note.
pub(in crate::report) struct Held<'f> {
    pub fact: &'f Fact,
    pub topic: &'f str,
    pub minutes: Option<u32>,
    pub roster: &'f [Attendance],
    pub note: &'f str,
}

/// A record as a session or meeting; none where it is neither.
pub(in crate::report) fn held(fact: &Fact) -> Option<Held<'_>> {
    match &fact.draft.body {
        Body::Session(session) => {
            let (topic, roster, note) = (&session.topic, &session.attendance, &session.note);
            Some(Held { fact, topic, minutes: Some(session.minutes), roster, note })
        }
        Body::Record(record) if record.form == "meeting" => {
            let (topic, roster, note) = (record.text("agenda"), &record.attendance, record.text("note"));
            Some(Held { fact, topic, minutes: None, roster, note })
        }
        _ => None,
    }
}

/// How many of a roster took part so.
pub(in crate::report) fn count(roster: &[Attendance], mark: AttendanceMark) -> u32 {
    roster.iter().filter(|line| line.mark == mark).count() as u32
}

/// One row for each.
pub(super) fn sessions(scene: &Scene<'_>, emit: &mut dyn FnMut(Row)) {
    let scope = &scene.scope;
    for held in scene.happened().filter_map(held) {
        let invited = held.roster.len() as u32;
        let [present, late, early, substitute, excused, absent] = MARKS.map(|(mark, _)| count(held.roster, mark));
        emit(vec![
            Cell::Day(held.fact.draft.occurred),
            Cell::text(kind_name(scope, held.fact)),
            scope.node_cell(held.fact),
            scope.prose_cell(held.topic),
            held.minutes.map_or(Cell::Empty, Cell::number),
            Cell::number(invited),
            Cell::number(present),
            Cell::number(late),
            Cell::number(early),
            Cell::number(substitute),
            Cell::number(excused),
            Cell::number(absent),
            Cell::Rate(invited - excused - absent, invited),
            scope.prose_cell(held.note),
        ]);
    }
}

/// One row for everybody on each roster.
pub(super) fn attendance(scene: &Scene<'_>, emit: &mut dyn FnMut(Row)) {
    let (scope, org) = (&scene.scope, scene.scope.state.org());
    for held in scene.happened().filter_map(held) {
        for line in held.roster {
            let person = org.person_ix(&line.person).map(|ix| &org.person(ix).record);
            let unit = person.and_then(|person| org.unit_ix(person.unit.as_deref()?));
            let mark = MARKS.iter().find(|(mark, _)| *mark == line.mark).map_or("", |(_, key)| word(key));
            emit(vec![
                Cell::Day(held.fact.draft.occurred),
                Cell::text(kind_name(scope, held.fact)),
                scope.node_cell(held.fact),
                scope.prose_cell(held.topic),
                Cell::text(person.map_or(line.person.as_str(), |person| person.name.as_str())),
                unit.map_or(Cell::Empty, |unit| Cell::text(scope.unit_name(unit))),
                Cell::text(mark),
            ]);
        }
    }
}

/// How one can take part, in the order of the columns, with the words for it.
const MARKS: [(AttendanceMark, &str); 6] = [
    (AttendanceMark::Present, "entry.present"),
    (AttendanceMark::Late, "entry.late"),
    (AttendanceMark::LeftEarly, "entry.left_early"),
    (AttendanceMark::Substitute, "entry.substitute"),
    (AttendanceMark::Excused, "entry.excused"),
    (AttendanceMark::Absent, "entry.absent"),
];
