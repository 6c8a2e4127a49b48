//! The session form: a training session or a 统计之家 activity, with a roster that is filled in already.
use chrono::NaiveDate;

use super::form::{Entry, Fault, Form, Roster, Sheet, Slot, Slots, Source};
use crate::{
    app::{Desk, Draft},
    grid::{
        decide::{Intent, Refusal},
        fact::{Body, Fact, SessionKind},
        org::NodeIx,
        state::SessionLine,
    },
    ui::{field::Field, note::Note},
    words::t,
};

/// At most so many topics of earlier sessions are offered.
const TOPICS: usize = 60;

/// The session form, at this node.
pub(super) struct Session {
    grid: NodeIx,
    kind: SessionKind,
}

/// The form for a session at a node, or for the correction of one.
pub(super) fn open(desk: &Desk, grid: NodeIx, kind: SessionKind, amends: Option<&Fact>) -> Form<Session> {
    let form = Form::new(desk, Session { grid, kind }, slots(desk, grid, kind), "topic");
    let Some((old, Body::Session(session))) = amends.map(|old| (old, &old.draft.body)) else { return form };
    let values = [
        ("topic", session.topic.clone()),
        ("hours", (f64::from(session.minutes) / 60.0).to_string()),
        ("note", session.note.clone()),
    ];
    let attendance: Vec<_> = session.attendance.iter().map(|line| (line.person.clone(), line.mark)).collect();
    form.correcting(desk, old, &values, &attendance)
}

/// The form with what was typed before.
pub(super) fn resume(desk: &Desk, draft: &Draft) -> Form<Session> {
    let grid = draft.at.as_deref().and_then(|id| desk.state.org().node_ix(id)).unwrap_or(desk.home);
    let kind = if draft.form == "activity" { SessionKind::Activity } else { SessionKind::Training };
    open(desk, grid, kind, None).resumed(desk, draft)
}

fn slots(desk: &Desk, grid: NodeIx, kind: SessionKind) -> Vec<Slot> {
    let before = |key: &str, known| Source::Typed(format!("{}.{key}", id(kind)), known);
    vec![
        Slot::new("topic", t!("session.topic"), Entry::Line(Field::default()))
            .help(t!("session.topic_help"))
            .offers(before("topic", topics(desk, grid, kind)))
            .wanted(),
        Slot::new("hours", t!("session.hours"), Entry::Short(Field::new("2"))).help(t!("session.hours_help")),
        Slot::new("note", t!("session.note"), Entry::Lines(Note::default())).offers(before("note", Vec::new())),
        Slot::new("roster", t!("session.roster"), Entry::Roster(Roster::new(desk, grid))),
    ]
}

/// What earlier sessions of this kind were about: those of the node first, the newest first.
fn topics(desk: &Desk, grid: NodeIx, kind: SessionKind) -> Vec<String> {
    let others = desk.state.org().nodes().map(|(ix, _)| ix).filter(|ix| *ix != grid);
    let mut topics: Vec<String> = Vec::new();
    for node in std::iter::once(grid).chain(others) {
        for line in desk.state.sessions_at(node).rev().filter(|line| line.kind == kind && line.at == node) {
            if !topics.contains(&line.topic) {
                topics.push(line.topic.clone());
            }
            if topics.len() >= TOPICS {
                return topics;
            }
        }
    }
    topics
}

fn id(kind: SessionKind) -> &'static str {
    match kind {
        SessionKind::Training => "training",
        SessionKind::Activity => "activity",
    }
}

/// The length in minutes, where what is typed is a number of hours of at most a day.
fn minutes(text: &str) -> Option<u32> {
    let plain: String = text.chars().map(|c| crate::app::Key::char(c).folded().typed().unwrap_or(c)).collect();
    let hours: f64 = plain.trim().trim_end_matches(&*t!("session.hours")).trim_end_matches('h').trim().parse().ok()?;
    (hours > 0.0 && hours <= 24.0).then(|| (hours * 60.0).round() as u32)
}

impl Sheet for Session {
    fn id(&self) -> &str {
        id(self.kind)
    }

    fn title(&self, desk: &Desk, corrects: bool) -> String {
        let what = match (self.kind, corrects) {
            (SessionKind::Training, false) => t!("session.training"),
            (SessionKind::Activity, false) => t!("session.activity"),
            (SessionKind::Training, true) => t!("session.correct_training"),
            (SessionKind::Activity, true) => t!("session.correct_activity"),
        };
        format!("{what}  {}", desk.state.org().node(self.grid).name)
    }

    fn node(&self, _: &Desk) -> NodeIx {
        self.grid
    }

    fn gist(&self) -> &str {
        "topic"
    }

    fn draft(&self, desk: &Desk) -> Draft {
        Draft { at: Some(desk.state.org().node(self.grid).id.clone()), ..Draft::default() }
    }

    fn read(&self, desk: &Desk, slots: &Slots, on: NaiveDate, amends: Option<&Fact>) -> (Option<Intent>, Vec<Fault>) {
        let mut faults = Vec::new();
        let topic = slots.typed("topic");
        if topic.is_empty() {
            faults.push(Fault::missing("topic", t!("session.no_topic")));
        }
        let minutes = minutes(&slots.typed("hours"));
        if minutes.is_none() {
            faults.push(Fault::wrong("hours", t!("session.no_hours")));
        }
        let intent = minutes.map(|minutes| Intent::Session {
            grid: self.grid,
            kind: self.kind,
            on,
            topic,
            minutes,
            attendance: slots.attendance(desk),
            note: slots.typed("note"),
            amends: amends.cloned().map(Box::new),
        });
        (intent, faults)
    }

    /// The same may have been recorded already: just before a crash, or by somebody else.
    fn doubt(&self, desk: &Desk, slots: &Slots, on: NaiveDate, amends: Option<&Fact>) -> Option<String> {
        let (topic, old) = (slots.typed("topic"), amends.map(|old| old.id));
        let mut lines = desk.state.sessions_at(self.grid).rev().filter(|line| line.at == self.grid);
        let is_same =
            |line: &SessionLine| (line.kind, line.day, line.topic.as_str()) == (self.kind, on, topic.as_str());
        lines.any(|line| is_same(line) && Some(line.id) != old).then(|| t!("session.again").into_owned())
    }

    fn spot(&self, refusal: &Refusal) -> Option<String> {
        match refusal {
            Refusal::NoTopic => Some("topic".to_owned()),
            Refusal::UnknownPerson(_) => Some("roster".to_owned()),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hours_are_read_as_people_write_them() {
        for (typed, read) in [("2", 120), ("1.5", 90), ("０.５", 30), (" 2小时", 120), ("1h", 60), ("24", 1440)] {
            assert_eq!(minutes(typed), Some(read), "{typed}");
        }
        for typed in ["", "0", "-1", "25", "两", "nan", "inf"] {
            assert_eq!(minutes(typed), None, "{typed}");
        }
    }
}
