//! The session form: a training session or a 统计之家 activity, with a roster that is filled in already.
mod view;

use crate::{
    app::{Action, Command, Context, Desk, Draft, Event, Message, Screen, when},
    grid::{
        decide::Intent,
        fact::{Attendance, AttendanceMark, SessionKind},
        org::{NodeIx, PersonIx, Post},
    },
    screen::form::{self, Form, Progress, Text},
    ui::{field::Field, list::Window, note::Note},
};

/// The fields, from the top.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum At {
    On,
    Topic,
    Hours,
    Note,
    Roster,
    Save,
}

const FIELDS: [At; 6] = [At::On, At::Topic, At::Hours, At::Note, At::Roster, At::Save];

/// The marks in the order in which a key goes through them, with their words.
const MARKS: [(AttendanceMark, &str); 6] = [
    (AttendanceMark::Present, "到"),
    (AttendanceMark::Late, "迟到"),
    (AttendanceMark::LeftEarly, "早退"),
    (AttendanceMark::Substitute, "代会"),
    (AttendanceMark::Excused, "请假"),
    (AttendanceMark::Absent, "缺席"),
];

pub(super) struct SessionForm {
    grid: NodeIx,
    kind: SessionKind,
    on: Field,
    topic: Field,
    hours: Field,
    note: Note,
    roster: Vec<(PersonIx, AttendanceMark)>,
    window: Window,
    at: At,
    progress: Progress,
}

impl SessionForm {
    /// A form for today, with everybody who holds a post at the grid present.
    pub(super) fn new(desk: &Desk, grid: NodeIx, kind: SessionKind) -> SessionForm {
        let node = desk.state.org().node(grid);
        let mut roster: Vec<(PersonIx, AttendanceMark)> = Vec::new();
        for post in [Post::Leader, Post::Deputy, Post::Guide, Post::Member] {
            for person in node.holders_on(post, desk.today()) {
                if !roster.iter().any(|(listed, _)| *listed == person) {
                    roster.push((person, AttendanceMark::Present));
                }
            }
        }
        SessionForm {
            grid,
            kind,
            on: Field::new(&desk.today().to_string()),
            topic: Field::default(),
            hours: Field::new("2"),
            note: Note::default(),
            roster,
            window: Window::default(),
            at: At::Topic,
            progress: Progress::default(),
        }
    }

    /// The form with what was typed before a crash.
    pub(super) fn resume(desk: &Desk, draft: &Draft) -> SessionForm {
        let Draft::Session { grid, kind, on, topic, hours, note, attendance } = draft else {
            return SessionForm::new(desk, desk.home, SessionKind::Training);
        };
        let grid = desk.state.org().node_ix(grid).unwrap_or(desk.home);
        let known = |(id, mark): &(String, AttendanceMark)| Some((desk.state.org().person_ix(id)?, *mark));
        SessionForm {
            on: Field::new(on),
            topic: Field::new(topic),
            hours: Field::new(hours),
            note: Note::new(note),
            roster: attendance.iter().filter_map(known).collect(),
            progress: Progress { touched: true, sent: false },
            ..SessionForm::new(desk, grid, *kind)
        }
    }

    /// The length in minutes, where what is typed is a number of hours of at most a day.
    fn minutes(&self) -> Option<u32> {
        let hours: f64 = self.hours.value().trim().parse().ok()?;
        (hours > 0.0 && hours <= 24.0).then(|| (hours * 60.0).round() as u32)
    }

    /// What is wrong with the field, in words; none when it can be recorded.
    fn objection(&self, at: At, desk: &Desk) -> Option<String> {
        match at {
            At::On => match when::parse(self.on.value(), desk.today()) {
                None => Some("日期读不懂；可写 15、-1、昨天、11-15".to_owned()),
                Some(day) if day > desk.today() => Some("这一天还没到".to_owned()),
                Some(_) => None,
            },
            At::Topic if self.progress.touched && self.topic.value().trim().is_empty() => Some("请写明主题".to_owned()),
            At::Hours if self.minutes().is_none() => Some("时长应为小时数，例如 2 或 1.5".to_owned()),
            _ => None,
        }
    }

    /// Gives the person under the cursor the next mark.
    fn turn(&mut self, n: isize) {
        if let Some((_, mark)) = self.roster.get_mut(self.window.at) {
            let at = MARKS.iter().position(|(m, _)| m == mark).unwrap_or(0) as isize;
            *mark = MARKS[(at + n).rem_euclid(MARKS.len() as isize) as usize].0;
        }
    }
}

impl Form for SessionForm {
    fn draft(&self, desk: &Desk) -> Draft {
        let id = |person: PersonIx| desk.state.org().person(person).id.clone();
        Draft::Session {
            grid: desk.state.org().node(self.grid).id.clone(),
            kind: self.kind,
            on: self.on.value().to_owned(),
            topic: self.topic.value().to_owned(),
            hours: self.hours.value().to_owned(),
            note: self.note.value().to_owned(),
            attendance: self.roster.iter().map(|(person, mark)| (id(*person), *mark)).collect(),
        }
    }

    fn progress(&mut self) -> &mut Progress {
        &mut self.progress
    }

    fn text(&mut self) -> Option<Text<'_>> {
        match self.at {
            At::On => Some(Text::Line(&mut self.on)),
            At::Topic => Some(Text::Line(&mut self.topic)),
            At::Hours => Some(Text::Line(&mut self.hours)),
            At::Note => Some(Text::Lines(&mut self.note)),
            At::Roster | At::Save => None,
        }
    }

    fn on_button(&self) -> bool {
        self.at == At::Save
    }

    fn step(&mut self, n: isize) {
        let at = FIELDS.iter().position(|at| *at == self.at).unwrap_or(0) as isize;
        self.at = FIELDS[(at + n).rem_euclid(FIELDS.len() as isize) as usize];
    }

    fn own(&mut self, command: Command) -> bool {
        let len = self.roster.len();
        match command {
            _ if self.at != At::Roster => return false,
            Command::Down if self.window.at + 1 < len => self.window.step(1, len),
            Command::Up if self.window.at > 0 => self.window.step(-1, len),
            Command::PageDown => self.window.step(10, len),
            Command::PageUp => self.window.step(-10, len),
            Command::Right | Command::NextValue | Command::Open => self.turn(1),
            Command::Left | Command::PrevValue => self.turn(-1),
            _ => return false,
        }
        true
    }

    fn save(&mut self, desk: &Desk) -> Vec<Action> {
        self.progress.touched = true;
        if let Some(at) = FIELDS.into_iter().find(|at| self.objection(*at, desk).is_some()) {
            self.at = at;
            let what = self.objection(at, desk).unwrap_or_default();
            return vec![Action::Say(Message::error(what))];
        }
        let (Some(on), Some(minutes)) = (when::parse(self.on.value(), desk.today()), self.minutes()) else {
            return Vec::new();
        };
        let id = |person: PersonIx| desk.state.org().person(person).id.clone();
        self.progress.sent = true;
        vec![Action::Record(Intent::Session {
            grid: self.grid,
            kind: self.kind,
            on,
            topic: self.topic.value().to_owned(),
            minutes,
            attendance: self
                .roster
                .iter()
                .map(|(person, mark)| Attendance { person: id(*person), mark: *mark })
                .collect(),
            note: self.note.value().trim().to_owned(),
            amends: None,
        })]
    }
}

impl Screen for SessionForm {
    fn context(&self) -> Context {
        Context::Form
    }

    fn takes_text(&self) -> bool {
        !matches!(self.at, At::Roster | At::Save)
    }

    fn refuses(&self, command: Command, _: &Desk) -> Option<String> {
        form::refuses(self.progress, command)
    }

    fn on(&mut self, event: Event, desk: &Desk) -> Vec<Action> {
        form::on(self, event, desk)
    }
}
