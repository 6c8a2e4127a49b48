//! The questions of a handover: to whom, from which day on, what is said with it; and the reason of an answer.
use chrono::NaiveDate;

use super::Place;
use crate::{
    app::{
        Command, Desk, Event, Message, when,
        who::{Candidate, candidates},
    },
    grid::{
        decide::Intent,
        fact::{FactId, HandoverAnswer},
        org::PersonIx,
    },
    screen::{
        find::Finder,
        narrow::{Narrowed, narrow},
    },
    ui::{field::Field, list::Window},
    words::t,
};

/// A question under way.
pub(super) enum Ask {
    /// To whom.
    Who(Box<Who>),
    /// From which day on.
    Day { to: PersonIx, day: Field },
    /// What is said with it.
    Note { to: PersonIx, on: NaiveDate, note: Field },
    /// Why it is declined or taken back; what is said with a confirmation.
    Answer { of: FactId, kind: HandoverAnswer, note: Field },
}

/// People, narrowed by typing.
pub(super) struct Who {
    pub all: Vec<Candidate>,
    names: Vec<String>,
    pub found: Vec<usize>,
    pub filter: Field,
    pub window: Window,
}

/// What came of an event.
pub(super) enum Asked {
    /// It goes on.
    More,
    /// It is given up.
    Left,
    /// It goes on, with this said.
    Say(Message),
    /// The next question.
    Next(Box<Ask>),
    /// All is said; with the answer where it is one.
    Record(Box<Intent>, Option<HandoverAnswer>),
}

impl Ask {
    /// Asks to whom.
    pub(super) fn who(desk: &Desk, place: Place) -> Ask {
        let mut all = candidates(&desk.state, desk.today());
        all.retain(|one| one.person != place.from);
        let names: Vec<String> = all.iter().map(|one| one.words(&desk.state).join(" ")).collect();
        let found = (0..all.len()).collect();
        Ask::Who(Box::new(Who { all, names, found, filter: Field::default(), window: Window::default() }))
    }

    /// Asks for the words of an answer.
    pub(super) fn answer(of: FactId, kind: HandoverAnswer) -> Ask {
        Ask::Answer { of, kind, note: Field::default() }
    }

    /// Takes an event in; none where it is nothing that is typed.
    pub(super) fn on(&mut self, event: &Event, desk: &Desk, place: Place) -> Option<Asked> {
        if let Event::Command(Command::Back) = event {
            return Some(Asked::Left);
        }
        match self {
            Ask::Who(who) => who.on(event, desk),
            Ask::Day { to, day } => typed(day, event).or_else(|| is_open(event).then(|| read(*to, day, desk))),
            Ask::Note { to, on, note } => typed(note, event).or_else(|| {
                let org = desk.state.org();
                let offered = || Intent::HandOver {
                    node: place.node,
                    post: place.post,
                    from: Some(org.person(place.from).id.clone()),
                    to: org.person(*to).id.clone(),
                    on: *on,
                    note: note.value().to_owned(),
                };
                is_open(event).then(|| Asked::Record(Box::new(offered()), None))
            }),
            Ask::Answer { of, kind, note } => typed(note, event).or_else(|| {
                let intent = || Intent::AnswerHandover { of: *of, kind: *kind, note: note.value().to_owned() };
                is_open(event).then(|| Asked::Record(Box::new(intent()), Some(*kind)))
            }),
        }
    }
}

fn is_open(event: &Event) -> bool {
    matches!(event, Event::Command(Command::Open))
}

/// The day that is typed; today where nothing is.
fn read(to: PersonIx, day: &Field, desk: &Desk) -> Asked {
    let text = day.value().trim();
    let on = if text.is_empty() { Some(desk.today()) } else { when::ahead(text, desk.today()) };
    match on {
        Some(on) => Asked::Next(Box::new(Ask::Note { to, on, note: Field::default() })),
        None => Asked::Say(Message::error(t!("cli.find.ahead", text = text))),
    }
}

/// What is typed into a field; none for what is no text.
fn typed(field: &mut Field, event: &Event) -> Option<Asked> {
    match event {
        Event::Text(key) => drop(field.handle(*key)),
        Event::Paste(text) => field.paste(text),
        _ => return None,
    }
    Some(Asked::More)
}

impl Who {
    fn on(&mut self, event: &Event, desk: &Desk) -> Option<Asked> {
        match narrow(&mut self.filter, event, false) {
            Narrowed::Left => return Some(Asked::Left),
            Narrowed::Changed => {
                self.found = Finder::new(self.filter.value()).filter(self.names.iter().map(String::as_str));
                self.window = Window::default();
                return Some(Asked::More);
            }
            Narrowed::Elsewhere => {}
        }
        match event {
            Event::Command(Command::Open) => Some(match self.found.get(self.window.at).map(|at| self.all[*at]) {
                Some(one) => {
                    Asked::Next(Box::new(Ask::Day { to: one.person, day: Field::new(&desk.today().to_string()) }))
                }
                None => Asked::Say(Message::note(t!("who.nobody_found"))),
            }),
            Event::Command(command) => {
                self.window.walk(*command, self.found.len());
                Some(Asked::More)
            }
            Event::Point(pointer) => {
                self.window.point(*pointer, self.found.len());
                Some(Asked::More)
            }
            _ => None,
        }
    }
}
