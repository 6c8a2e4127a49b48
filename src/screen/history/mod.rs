//! Earlier records of a node and all below it, or of a unit; each can be taken back or corrected here.
use ratatui::layout::Rect;

use crate::{
    app::{About, Action, Command, Context, Desk, Event, Message, Query, Record, Route, Screen},
    grid::fact::Body,
    screen::{
        Canvas, View, frame, records,
        refuse::{unless, unless_known, unless_row},
    },
    ui::{
        Role, list,
        list::{Pointed, Window},
    },
    words::{t, word},
};

/// How many records are read at a time.
const PAGE: usize = 200;

const HINTS: &[Command] = &[Command::Open, Command::Undo, Command::PageDown, Command::Back];

pub(super) struct History {
    about: About,
    records: Vec<Record>,
    window: Window,
    asked: bool,
    all_read: bool,
    /// How many facts there were when it was read.
    seen: u64,
}

impl History {
    pub(super) fn new(_: &Desk, about: About) -> History {
        History { about, records: Vec::new(), window: Window::default(), asked: false, all_read: false, seen: 0 }
    }

    fn read_more(&mut self) -> Vec<Action> {
        self.asked = true;
        let before = self.records.last().map(|record| record.position);
        vec![Action::Read(Query { about: self.about, before, limit: PAGE })]
    }

    fn move_by(&mut self, rows: isize) -> Vec<Action> {
        self.window.step(rows, self.records.len());
        let at_end = self.window.at + 1 >= self.records.len();
        if at_end && !self.all_read && !self.asked { self.read_more() } else { Vec::new() }
    }

    fn open(&self, desk: &Desk) -> Vec<Action> {
        let Some(record) = self.records.get(self.window.at) else { return Vec::new() };
        let unit = record.fact.draft.subject.as_deref().and_then(|id| desk.state.org().unit_ix(id));
        match (&record.fact.draft.body, unit) {
            (Body::Visit(_), Some(unit)) if !desk.state.is_withdrawn(record.fact.id) => {
                vec![Action::Open(Route::Visit { units: vec![unit], amends: Some(Box::new(record.fact.clone())) })]
            }
            _ => vec![Action::Say(Message::note(records::told(desk, &record.fact)))],
        }
    }
}

impl Screen for History {
    fn context(&self) -> Context {
        Context::List
    }

    fn refuses(&self, command: Command, desk: &Desk) -> Option<String> {
        let record = self.records.get(self.window.at);
        match command {
            Command::Open => unless_row(record.is_some()),
            Command::Undo => match record {
                None => unless_row(false),
                Some(record) => unless(!desk.state.is_withdrawn(record.fact.id), || t!("refusal.withdrawn")),
            },
            _ => unless_known(command, &[Command::Left, Command::History]),
        }
    }

    fn on(&mut self, event: Event, desk: &Desk) -> Vec<Action> {
        match event {
            Event::Rows(rows) => {
                self.asked = false;
                self.all_read = rows.len() < PAGE;
                self.records.extend(rows);
                Vec::new()
            }
            Event::Saved | Event::Changed if self.seen != desk.state.count() => {
                self.seen = desk.state.count();
                self.records.clear();
                self.all_read = false;
                self.read_more()
            }
            Event::Point(pointer) => match self.window.point(pointer, self.records.len()) {
                Pointed::Elsewhere => Vec::new(),
                Pointed::Moved => self.move_by(0),
                Pointed::Again => self.open(desk),
            },
            Event::Command(command) => match command {
                Command::Up => self.move_by(-1),
                Command::Down => self.move_by(1),
                Command::PageUp => self.move_by(-10),
                Command::PageDown => self.move_by(10),
                Command::Home => self.move_by(isize::MIN / 2),
                Command::End => self.move_by(isize::MAX / 2),
                Command::Open => self.open(desk),
                Command::Undo => match self.records.get(self.window.at) {
                    Some(record) => vec![Action::Withdraw(vec![record.fact.clone()])],
                    None => Vec::new(),
                },
                Command::Back | Command::Left | Command::History => vec![Action::Close],
                _ => Vec::new(),
            },
            _ => Vec::new(),
        }
    }
}

impl View for History {
    fn draw(&mut self, canvas: &mut Canvas<'_>) {
        let org = canvas.desk.state.org();
        let (node, title) = match self.about {
            About::Node(node) => (node, t!("history.of", name = org.node(node).name).into_owned()),
            About::Unit(unit) => {
                let node = org.grid_of(unit, canvas.desk.today()).unwrap_or(canvas.desk.home);
                (node, t!("history.of", name = org.unit(unit).record.name).into_owned())
            }
        };
        let body = frame::draw(canvas, node, Context::List, HINTS, "");
        canvas.put(body, body.x + 1, body.y, &title, Role::Title);
        let cells = Rect { y: body.y + 1, height: body.height.saturating_sub(1), ..body };
        if self.records.is_empty() {
            let what = if self.asked { word("history.reading") } else { word("history.none") };
            canvas.put(cells, cells.x + 2, cells.y, what, Role::Dim);
        }
        let (look, desk, rows) = (canvas.look, canvas.desk, &self.records);
        let named = matches!(self.about, About::Node(_));
        list::draw(canvas.buf, cells, look, &mut self.window, rows.len(), true, |buf, cells, i| {
            records::draw(buf, cells, look, desk, &rows[i].fact, named)
        });
    }
}
