//! What is held (存疑): what was recorded, why it does not count, what stands against it, who may decide, and a key for
//! each answer.
mod view;

pub(crate) use view::listing;

use crate::{
    app::{Action, Command, Context, Desk, Event, HeldRow, Message, Record, Screen, held_rows},
    grid::fact::Fact,
    report::Listing,
    screen::refuse::{unless, unless_known, unless_row},
    ui::{field::Field, list::Window},
    words::t,
};

pub(super) struct Held {
    rows: Vec<HeldRow>,
    window: Window,
    answer: Option<Answer>,
    /// The fact in whose place the chosen one wants to stand.
    other: Option<Fact>,
    /// How many facts there were when the list was made.
    seen: Option<u64>,
}

/// An answer under way: its reason is being typed.
struct Answer {
    row: HeldRow,
    counts: bool,
    note: Field,
}

impl Held {
    pub(super) fn new(desk: &Desk) -> Held {
        let mut screen = Held { rows: Vec::new(), window: Window::default(), answer: None, other: None, seen: None };
        screen.list(desk);
        screen
    }

    /// The list as it is now; the cursor stays with what it stood on, and where that was decided about, in its place.
    fn list(&mut self, desk: &Desk) {
        let stood = self.chosen().map(|row| (row.id, row.left_out));
        self.seen = Some(desk.state.count());
        self.rows = held_rows(&desk.state);
        let at = stood.and_then(|stood| self.rows.iter().position(|row| (row.id, row.left_out) == stood));
        self.window.at = at.unwrap_or(self.window.at).min(self.rows.len().saturating_sub(1));
    }

    fn chosen(&self) -> Option<&HeldRow> {
        self.rows.get(self.window.at)
    }

    /// Looks the other side of the chosen one up, where it has one.
    fn look(&mut self) -> Vec<Action> {
        self.other = None;
        let other = self.chosen().and_then(|row| row.other);
        other.map(|(_, id)| Action::Find(id)).into_iter().collect()
    }

    fn take_in(&mut self, rows: Vec<Record>) {
        let wanted = self.chosen().and_then(|row| row.other).map(|(_, id)| id);
        self.other = rows.into_iter().map(|row| row.fact).find(|fact| Some(fact.id) == wanted);
    }

    /// Begins an answer, or says why it can't be given.
    fn begin(&mut self, counts: bool, desk: &Desk) -> Vec<Action> {
        let Some(row) = self.chosen().cloned() else { return Vec::new() };
        if let Some(refusal) = row.refusal(&desk.state, &desk.actor) {
            return vec![Action::Say(Message::error(refusal.to_string()))];
        }
        self.answer = Some(Answer { row, counts, note: Field::default() });
        Vec::new()
    }

    /// What is typed goes into the reason.
    fn type_on(&mut self, event: &Event) -> Option<Vec<Action>> {
        let answer = self.answer.as_mut()?;
        match event {
            Event::Text(key) => drop(answer.note.handle(*key)),
            Event::Paste(text) => answer.note.paste(text),
            Event::Command(Command::Back) => self.answer = None,
            Event::Command(Command::Open) => {
                let intent = answer.row.settle(answer.counts, answer.note.value());
                return Some(vec![Action::Record(intent)]);
            }
            Event::Command(_) => {}
            _ => return None,
        }
        Some(Vec::new())
    }

    fn command(&mut self, command: Command, desk: &Desk) -> Vec<Action> {
        if self.window.walk(command, self.rows.len()) {
            return self.look();
        }
        match command {
            Command::CountHeld => self.begin(true, desk),
            Command::LeaveHeld => self.begin(false, desk),
            Command::Back | Command::Left => vec![Action::Close],
            _ => Vec::new(),
        }
    }
}

impl Screen for Held {
    fn context(&self) -> Context {
        if self.answer.is_some() { Context::Prompt } else { Context::List }
    }

    fn takes_text(&self) -> bool {
        self.answer.is_some()
    }

    fn refuses(&self, command: Command, _: &Desk) -> Option<String> {
        match command {
            _ if self.answer.is_some() => unless_known(command, &[Command::Open]),
            Command::CountHeld => unless_row(!self.rows.is_empty()),
            Command::LeaveHeld => unless_row(!self.rows.is_empty())
                .or_else(|| unless(!self.chosen().is_some_and(|row| row.left_out), || t!("held.is_left_out"))),
            _ => unless_known(command, &[Command::Left, Command::Export]),
        }
    }

    fn listings(&self, desk: &Desk) -> Vec<Listing> {
        vec![view::listing(&desk.state, desk.home, &self.rows)]
    }

    fn on(&mut self, event: Event, desk: &Desk) -> Vec<Action> {
        if let Some(actions) = self.type_on(&event) {
            return actions;
        }
        match event {
            Event::Rows(rows) => self.take_in(rows),
            Event::Point(pointer) => drop(self.window.point(pointer, self.rows.len())),
            Event::Command(command) => return self.command(command, desk),
            Event::Saved => {
                self.answer = None;
                self.list(desk);
                return self.look();
            }
            Event::Changed if self.seen != Some(desk.state.count()) => {
                self.list(desk);
                return self.look();
            }
            // The screen has just been opened: what the first one stands against is looked up.
            Event::Changed if self.other.is_none() => return self.look(),
            _ => {}
        }
        Vec::new()
    }
}
