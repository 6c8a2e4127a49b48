//! Earlier records of a node and all below it, or of a unit; each can be taken back or corrected here.
use ratatui::layout::Rect;

use crate::{
    app::{About, Action, Command, Context, Desk, Event, Query, Record, Route, Screen},
    grid::org::UnitIx,
    report::{Listing, Wording},
    screen::{
        Canvas, View, amend,
        filter::{Filter, named},
        frame, pasting, recorded, records,
        refuse::{unless, unless_known, unless_row},
    },
    ui::{
        Role,
        list::{Pointed, Window},
    },
    words::{t, word},
};

/// How many records are read at a time.
const PAGE: usize = 200;

const HINTS: &[Command] = &[Command::Open, Command::Undo, Command::Filter, Command::PageDown, Command::Back];

pub(super) struct History {
    about: About,
    records: Vec<Record>,
    /// The places of those that are found.
    found: Vec<usize>,
    window: Window,
    filter: Filter,
    asked: bool,
    all_read: bool,
    /// How many facts there were when it was read.
    seen: u64,
}

impl History {
    pub(super) fn new(_: &Desk, about: About) -> History {
        History {
            about,
            records: Vec::new(),
            found: Vec::new(),
            window: Window::default(),
            filter: Filter::default(),
            asked: false,
            all_read: false,
            seen: 0,
        }
    }

    fn read_more(&mut self) -> Vec<Action> {
        self.asked = true;
        let before = self.records.last().map(|record| record.position);
        vec![Action::Read(Query { about: self.about, before, limit: PAGE })]
    }

    /// Lists those that are found.
    fn pick(&mut self, desk: &Desk) {
        let records = &self.records;
        let name = |i: usize| desk.describe(std::slice::from_ref(&records[i].fact));
        self.found = self.filter.pick(records.len(), |i| named(name(i)));
        self.window.at = self.window.at.min(self.found.len().saturating_sub(1));
    }

    fn under(&self) -> Option<&Record> {
        self.found.get(self.window.at).map(|i| &self.records[*i])
    }

    /// The unit that the record under the cursor is about.
    fn unit(&self, desk: &Desk) -> Option<UnitIx> {
        let subject = self.under()?.fact.draft.subject.as_deref()?;
        desk.state.org().unit_ix(subject)
    }

    fn move_by(&mut self, rows: isize) -> Vec<Action> {
        self.window.step(rows, self.found.len());
        let at_end = self.window.at + 1 >= self.found.len();
        if at_end && !self.all_read && !self.asked { self.read_more() } else { Vec::new() }
    }

    fn open(&self, desk: &Desk) -> Vec<Action> {
        let Some(record) = self.under() else { return Vec::new() };
        amend::open(desk, &record.fact)
    }
}

impl Screen for History {
    fn context(&self) -> Context {
        if self.filter.is_typing() { Context::Prompt } else { Context::List }
    }

    fn takes_text(&self) -> bool {
        self.filter.is_typing()
    }

    fn refuses(&self, command: Command, desk: &Desk) -> Option<String> {
        let record = self.under();
        match command {
            _ if self.filter.is_typing() => self.filter.refuses(command),
            Command::Open => unless_row(record.is_some()),
            Command::Undo => match record {
                None => unless_row(false),
                Some(record) => unless(!desk.state.is_withdrawn(&record.fact), || t!("refusal.withdrawn")),
            },
            Command::UnitYear => unless(self.unit(desk).is_some(), || t!("refusal.no_unit")),
            _ => unless_known(command, &[Command::Left, Command::History, Command::Filter, Command::Export]),
        }
    }

    fn listings(&self, desk: &Desk) -> Vec<Listing> {
        let org = desk.state.org();
        let name = match self.about {
            About::Node(node) => &org.node(node).name,
            About::Unit(unit) => &org.unit(unit).record.name,
        };
        let name = t!("listing.history", name = name).into_owned();
        vec![recorded::listing(desk, name, self.about, (&self.filter, recorded::told))]
    }

    fn told(&self, desk: &Desk) -> Result<Wording, String> {
        pasting::records(desk, self.under().map(|record| &record.fact).into_iter())
    }

    fn on(&mut self, event: Event, desk: &Desk) -> Vec<Action> {
        if let Some(changed) = self.filter.on(&event) {
            if changed {
                self.window = Window::default();
                self.pick(desk);
            }
            return Vec::new();
        }
        match event {
            Event::Rows(rows) => {
                self.asked = false;
                self.all_read = rows.len() < PAGE;
                self.records.extend(rows);
                self.filter.forget();
                self.pick(desk);
                Vec::new()
            }
            Event::Saved | Event::Changed if self.seen != desk.state.count() => {
                self.seen = desk.state.count();
                self.records.clear();
                self.found.clear();
                self.all_read = false;
                self.read_more()
            }
            Event::Point(pointer) => match self.window.point(pointer, self.found.len()) {
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
                Command::Undo => match self.under() {
                    Some(record) => vec![Action::Withdraw(vec![record.fact.clone()])],
                    None => Vec::new(),
                },
                Command::Filter => {
                    self.filter.open();
                    Vec::new()
                }
                Command::Back | Command::Left if self.filter.close() => {
                    self.pick(desk);
                    Vec::new()
                }
                Command::UnitYear => self.unit(desk).map(|unit| Action::Open(Route::Year(unit))).into_iter().collect(),
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
        let more = t!("filter.read_so_far", n = self.records.len());
        let about = if self.filter.is_on() && !self.all_read { &*more } else { "" };
        let body = frame::draw(canvas, node, self.context(), HINTS, about);
        let line = Rect { x: body.x + 1, width: body.width.saturating_sub(1), height: 1, ..body };
        if !self.filter.draw(canvas, line) {
            canvas.put(line, line.x, line.y, &title, Role::Title);
        }
        let cells = Rect { y: body.y + 1, height: body.height.saturating_sub(1), ..body };
        if self.records.is_empty() {
            let what = if self.asked { word("history.reading") } else { word("history.none") };
            canvas.put(cells, cells.x + 2, cells.y, what, Role::Dim);
        } else if self.found.is_empty() {
            canvas.put(cells, cells.x + 2, cells.y, &t!("filter.none"), Role::Dim);
        }
        let (look, desk, rows, found) = (canvas.look, canvas.desk, &self.records, &self.found);
        let named = matches!(self.about, About::Node(_));
        self.filter.list(canvas, cells, &mut self.window, found.len(), true, |buf, cells, i| {
            records::draw(buf, cells, look, desk, &rows[found[i]].fact, named)
        });
    }
}
