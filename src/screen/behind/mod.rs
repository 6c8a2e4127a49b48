//! What is behind a number: the instances that it counts, the records behind an instance, and the record itself.
mod listing;
mod rows;
mod view;

use rows::{Row, rows};

use crate::{
    app::{About, Action, Behind, Command, Context, Desk, Event, Route, Screen},
    report::Listing,
    screen::{
        amend,
        filter::{Filter, named},
        refuse::{unless_known, unless_row},
    },
    ui::list::{Pointed, Window},
};

pub(super) struct Facts {
    of: Behind,
    all: Vec<Row>,
    /// The places of those that are found.
    found: Vec<usize>,
    window: Window,
    filter: Filter,
    /// How many facts there were when it was reckoned.
    seen: u64,
}

impl Facts {
    pub(super) fn new(desk: &Desk, of: Behind) -> Facts {
        let (window, filter) = (Window::default(), Filter::default());
        let mut screen = Facts { of, all: Vec::new(), found: Vec::new(), window, filter, seen: 0 };
        screen.reckon(desk);
        screen
    }

    fn reckon(&mut self, desk: &Desk) {
        self.seen = desk.state.count();
        self.of = rows::again(desk, self.of);
        self.all = rows(desk, &self.of);
        self.filter.forget();
        self.list(desk);
    }

    fn list(&mut self, desk: &Desk) {
        let all = &self.all;
        self.found = self.filter.pick(all.len(), |i| named(all[i].name(desk)));
        self.window.at = self.window.at.min(self.found.len().saturating_sub(1));
    }

    fn under(&self) -> Option<&Row> {
        self.found.get(self.window.at).map(|i| &self.all[*i])
    }

    fn open(&self, desk: &Desk) -> Vec<Action> {
        let Some(row) = self.under() else { return Vec::new() };
        vec![match row {
            Row::Instance(standing) if rows::is_rule(desk, standing) => {
                Action::Open(Route::History(About::Node(standing.node)))
            }
            Row::Instance(standing) => Action::Open(Route::Behind(Behind::Instance(*standing))),
            Row::Mark { id, .. } | Row::Step { id, .. } => Action::Find(*id),
            Row::Without(unit) | Row::Lacks { unit, .. } => Action::Open(Route::Year(*unit)),
        }]
    }

    /// The history of whatever the row is about.
    fn history(&self) -> Option<About> {
        Some(match self.under()? {
            Row::Instance(standing) => About::Node(standing.node),
            Row::Without(unit) | Row::Lacks { unit, .. } => About::Unit(*unit),
            Row::Mark { unit: Some(unit), .. } => About::Unit(*unit),
            Row::Mark { at, .. } | Row::Step { at, .. } => About::Node(*at),
        })
    }
}

impl Screen for Facts {
    fn context(&self) -> Context {
        if self.filter.is_typing() { Context::Prompt } else { Context::List }
    }

    fn takes_text(&self) -> bool {
        self.filter.is_typing()
    }

    fn refuses(&self, command: Command, _: &Desk) -> Option<String> {
        match command {
            _ if self.filter.is_typing() => self.filter.refuses(command),
            Command::Open | Command::Right | Command::History => unless_row(self.under().is_some()),
            Command::Filter => unless_row(!self.all.is_empty()),
            _ => unless_known(command, &[Command::Left, Command::Export]),
        }
    }

    fn listings(&self, desk: &Desk) -> Vec<Listing> {
        vec![self.listing(desk)]
    }

    fn on(&mut self, event: Event, desk: &Desk) -> Vec<Action> {
        if let Some(changed) = self.filter.on(&event) {
            if changed {
                self.window = Window::default();
                self.list(desk);
            }
            return Vec::new();
        }
        match event {
            Event::Rows(rows) => return rows.first().map_or(Vec::new(), |record| amend::open(desk, &record.fact)),
            Event::Saved | Event::Changed if self.seen != desk.state.count() => self.reckon(desk),
            Event::Point(pointer) if self.window.point(pointer, self.found.len()) == Pointed::Again => {
                return self.open(desk);
            }
            Event::Command(command) if self.window.walk(command, self.found.len()) => {}
            Event::Command(command) => match command {
                Command::Open | Command::Right => return self.open(desk),
                Command::History => {
                    return self.history().map(|of| Action::Open(Route::History(of))).into_iter().collect();
                }
                Command::Filter => self.filter.open(),
                Command::Back | Command::Left if self.filter.close() => self.list(desk),
                Command::Back | Command::Left => return vec![Action::Close],
                _ => {}
            },
            _ => {}
        }
        Vec::new()
    }
}
