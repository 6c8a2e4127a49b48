//! The visit form: when, about what, a note, a problem found with a day to look again.
mod view;

use crate::{
    app::{Action, Command, Context, Desk, Draft, Event, Message, Screen, when},
    grid::{
        decide::Intent,
        fact::{Body, Fact, ProblemFound, Topic},
        org::UnitIx,
    },
    screen::form::{self, Form, Progress, Text},
    ui::{field::Field, note::Note},
};

/// The fields, from the top.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum At {
    On,
    Topics,
    Note,
    Problem,
    FollowUp,
    Save,
}

const FIELDS: [At; 6] = [At::On, At::Topics, At::Note, At::Problem, At::FollowUp, At::Save];

const TOPICS: [Topic; 5] = [Topic::Call, Topic::Ledger, Topic::Law, Topic::Policy, Topic::Guidance];

pub(super) struct VisitForm {
    units: Vec<UnitIx>,
    amends: Option<Box<Fact>>,
    on: Field,
    topics: Vec<Topic>,
    /// The topic under the cursor.
    topic: usize,
    note: Note,
    problem: Field,
    follow_up: Field,
    at: At,
    progress: Progress,
}

impl VisitForm {
    pub(super) fn new(desk: &Desk, units: &[UnitIx], amends: Option<&Fact>) -> VisitForm {
        let mut form = VisitForm {
            units: units.to_vec(),
            amends: amends.cloned().map(Box::new),
            on: Field::new(&desk.today().to_string()),
            topics: vec![Topic::Call],
            topic: 0,
            note: Note::default(),
            problem: Field::default(),
            follow_up: Field::default(),
            at: At::Topics,
            progress: Progress::default(),
        };
        if let Some(Body::Visit(visit)) = amends.map(|fact| &fact.draft.body) {
            form.on = Field::new(&amends.map(|fact| fact.draft.occurred.to_string()).unwrap_or_default());
            form.topics.extend(visit.topics.iter().filter(|topic| **topic != Topic::Call));
            form.note = Note::new(&visit.note);
            if let Some(problem) = &visit.problem {
                form.problem = Field::new(&problem.text);
                form.follow_up = Field::new(&problem.follow_up.map(|day| day.to_string()).unwrap_or_default());
            }
        }
        form
    }

    /// The form with what was typed before a crash.
    pub(super) fn resume(desk: &Desk, draft: &Draft) -> VisitForm {
        let Draft::Visit { units, on, topics, note, problem, follow_up } = draft else {
            return VisitForm::new(desk, &[], None);
        };
        let units: Vec<UnitIx> = units.iter().filter_map(|id| desk.state.org().unit_ix(id)).collect();
        VisitForm {
            on: Field::new(on),
            topics: topics.clone(),
            note: Note::new(note),
            problem: Field::new(problem),
            follow_up: Field::new(follow_up),
            progress: Progress { touched: true, sent: false },
            ..VisitForm::new(desk, &units, None)
        }
    }

    /// What is wrong with the field, in words; none when it can be recorded.
    fn objection(&self, at: At, desk: &Desk) -> Option<String> {
        match at {
            At::On => match when::parse(self.on.value(), desk.today()) {
                None => Some("日期读不懂；可写 15、-1、昨天、11-15".to_owned()),
                Some(day) if day > desk.today() => Some("这一天还没到".to_owned()),
                Some(_) => None,
            },
            At::FollowUp if !self.follow_up.value().trim().is_empty() => {
                match when::parse(self.follow_up.value(), desk.today()) {
                    None => Some("日期读不懂；可写 +7、12-15".to_owned()),
                    Some(_) if self.problem.value().trim().is_empty() => {
                        Some("先写发现的问题，再定复查日期".to_owned())
                    }
                    Some(_) => None,
                }
            }
            _ => None,
        }
    }

    fn toggle(&mut self) {
        let topic = TOPICS[self.topic];
        match self.topics.iter().position(|t| *t == topic) {
            Some(i) => drop(self.topics.remove(i)),
            None => self.topics.push(topic),
        }
    }

    fn turn(&mut self, n: usize) {
        self.topic = (self.topic + n) % TOPICS.len();
    }
}

impl Form for VisitForm {
    fn draft(&self, desk: &Desk) -> Draft {
        Draft::Visit {
            units: self.units.iter().map(|unit| desk.state.org().unit(*unit).id.clone()).collect(),
            on: self.on.value().to_owned(),
            topics: self.topics.clone(),
            note: self.note.value().to_owned(),
            problem: self.problem.value().to_owned(),
            follow_up: self.follow_up.value().to_owned(),
        }
    }

    fn progress(&mut self) -> &mut Progress {
        &mut self.progress
    }

    fn text(&mut self) -> Option<Text<'_>> {
        match self.at {
            At::On => Some(Text::Line(&mut self.on)),
            At::Note => Some(Text::Lines(&mut self.note)),
            At::Problem => Some(Text::Line(&mut self.problem)),
            At::FollowUp => Some(Text::Line(&mut self.follow_up)),
            At::Topics | At::Save => None,
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
        if self.at != At::Topics {
            return false;
        }
        match command {
            Command::Open | Command::NextValue | Command::PrevValue => self.toggle(),
            Command::Right => self.turn(1),
            Command::Left => self.turn(TOPICS.len() - 1),
            _ => return false,
        }
        true
    }

    fn save(&mut self, desk: &Desk) -> Vec<Action> {
        if let Some(at) = FIELDS.into_iter().find(|at| self.objection(*at, desk).is_some()) {
            self.at = at;
            let what = self.objection(at, desk).unwrap_or_default();
            return vec![Action::Say(Message::error(what))];
        }
        let Some(on) = when::parse(self.on.value(), desk.today()) else { return Vec::new() };
        let text = self.problem.value().trim().to_owned();
        let problem = (!text.is_empty())
            .then(|| ProblemFound { text, follow_up: when::ahead(self.follow_up.value(), desk.today()) });
        self.progress.sent = true;
        vec![Action::Record(Intent::Visit {
            units: self.units.clone(),
            on,
            topics: self.topics.clone(),
            note: self.note.value().trim().to_owned(),
            problem,
            with: Vec::new(),
            amends: self.amends.clone(),
        })]
    }
}

impl Screen for VisitForm {
    fn context(&self) -> Context {
        Context::Form
    }

    fn takes_text(&self) -> bool {
        !matches!(self.at, At::Topics | At::Save)
    }

    fn refuses(&self, command: Command, _: &Desk) -> Option<String> {
        form::refuses(self.progress, command)
    }

    fn on(&mut self, event: Event, desk: &Desk) -> Vec<Action> {
        form::on(self, event, desk)
    }
}
