//! A unit's year: what it is, which months it was visited and what it handed in, and its records one by one.
mod rows;
mod view;

use chrono::Datelike;

use crate::{
    app::{About, Action, Command, Context, Desk, Event, Query, Record, Route, Screen, nothing_to_undo},
    grid::{
        calendar::{Cadence, Period},
        decide::Intent,
        org::UnitIx,
    },
    report::{Cell, Listing, Wording},
    screen::{
        amend,
        filter::{Filter, named},
        months, pasting, recorded,
        refuse::{unless, unless_known, unless_row},
    },
    ui::list::{Pointed, Window},
    words::t,
};

/// How many records are read at a time.
const PAGE: usize = 200;

pub(super) struct Year {
    unit: UnitIx,
    /// The January of the shown year.
    january: Period,
    records: Vec<Record>,
    /// The places of the shown year's records that are found.
    shown: Vec<usize>,
    window: Window,
    filter: Filter,
    asked: bool,
    all_read: bool,
    /// How many facts there were when it was read.
    seen: Option<u64>,
}

impl Year {
    pub(super) fn new(desk: &Desk, unit: UnitIx) -> Year {
        let month = Period::containing(Cadence::Month, desk.month.first());
        Year {
            unit,
            january: month.shifted(-(month.first().month0() as i32)),
            records: Vec::new(),
            shown: Vec::new(),
            window: Window::default(),
            filter: Filter::default(),
            asked: false,
            all_read: false,
            seen: None,
        }
    }

    /// Lists the year's records of those that were read, as far as they are found.
    fn list(&mut self, desk: &Desk) {
        let year = self.january.first().year();
        let of_year = |(i, record): (usize, &Record)| (record.fact.draft.occurred.year() == year).then_some(i);
        self.shown = self.records.iter().enumerate().filter_map(of_year).collect();
        self.shown.sort_by_key(|i| std::cmp::Reverse(self.records[*i].fact.draft.occurred));
        let (of_year, records) = (&self.shown, &self.records);
        self.filter.forget();
        let found =
            self.filter.pick(of_year.len(), |i| named(desk.describe(std::slice::from_ref(&records[of_year[i]].fact))));
        self.shown = found.into_iter().map(|i| self.shown[i]).collect();
        self.window.at = self.window.at.min(self.shown.len().saturating_sub(1));
    }

    fn read(&mut self, desk: &Desk) -> Vec<Action> {
        self.asked = true;
        if self.seen.replace(desk.state.count()) != Some(desk.state.count()) {
            self.records.clear();
            self.shown.clear();
            self.all_read = false;
        }
        let before = self.records.last().map(|record| record.position);
        vec![Action::Read(Query { about: About::Unit(self.unit), before, limit: PAGE })]
    }

    fn turn(&mut self, years: i32, desk: &Desk) {
        self.january = self.january.shifted(12 * years);
        self.window = Window::default();
        self.list(desk);
    }

    fn open(&self, desk: &Desk) -> Vec<Action> {
        let Some(record) = self.shown.get(self.window.at).map(|i| &self.records[*i]) else { return Vec::new() };
        amend::open(desk, &record.fact)
    }

    fn command(&mut self, command: Command, desk: &Desk) -> Vec<Action> {
        if self.window.walk(command, self.shown.len()) {
            return Vec::new();
        }
        match command {
            Command::Left | Command::PrevMonth => self.turn(-1, desk),
            Command::Right | Command::NextMonth => self.turn(1, desk),
            Command::Today => self.turn(desk.today().year() - self.january.first().year(), desk),
            Command::Open => return self.open(desk),
            Command::VisitToday => {
                return vec![Action::Record(Intent::Visit {
                    units: vec![self.unit],
                    on: desk.today(),
                    topics: Vec::new(),
                    note: String::new(),
                    problem: None,
                    with: Vec::new(),
                    amends: None,
                })];
            }
            Command::VisitForm => {
                return vec![Action::Open(Route::Visit { units: vec![self.unit], amends: None })];
            }
            Command::Filter => self.filter.open(),
            Command::Undo => return vec![Action::Undo],
            Command::History => return vec![Action::Open(Route::History(About::Unit(self.unit)))],
            Command::Back | Command::UnitYear => return vec![Action::Close],
            _ => {}
        }
        Vec::new()
    }
}

impl Screen for Year {
    fn context(&self) -> Context {
        if self.filter.is_typing() { Context::Prompt } else { Context::List }
    }

    fn takes_text(&self) -> bool {
        self.filter.is_typing()
    }

    fn refuses(&self, command: Command, desk: &Desk) -> Option<String> {
        use Command::*;
        match command {
            _ if self.filter.is_typing() => self.filter.refuses(command),
            Open => unless_row(self.window.at < self.shown.len()),
            Undo => (desk.undoable().is_none()).then(nothing_to_undo),
            Today => unless(self.january.first().year() != desk.today().year(), || t!("refusal.this_year")),
            Filter => unless_row(!self.records.is_empty()),
            _ => unless_known(
                command,
                &[Left, Right, PrevMonth, NextMonth, VisitToday, VisitForm, History, UnitYear, Export],
            ),
        }
    }

    fn listings(&self, desk: &Desk) -> Vec<Listing> {
        let (name, year) = (&desk.state.org().unit(self.unit).record.name, self.january.first().year());
        let node = desk.state.org().grid_of(self.unit, desk.today()).unwrap_or(desk.home);
        let by_month = Listing::new(t!("listing.year", name = name, year = year), node, &["duty"])
            .and(months::titles())
            .of(rows::rows(desk, self.unit, self.january).into_iter().map(|row| {
                let cells = row.months.into_iter().map(months::told);
                std::iter::once(Cell::text(row.name)).chain(cells).collect()
            }));
        let records = self.shown.iter().map(|i| recorded::row(&desk.state, &self.records[*i].fact));
        let records = Listing::new(t!("listing.year_records", name = name, year = year), node, recorded::COLUMNS)
            .of(records)
            .narrowed(self.filter.text());
        vec![by_month, records]
    }

    fn told(&self, desk: &Desk) -> Result<Wording, String> {
        let record = self.shown.get(self.window.at).map(|i| &self.records[*i]);
        pasting::records(desk, record.map(|record| &record.fact).into_iter())
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
            Event::Command(Command::Back) if self.filter.close() => {
                self.list(desk);
                Vec::new()
            }
            Event::Point(pointer) => match self.window.point(pointer, self.shown.len()) {
                Pointed::Again => self.open(desk),
                Pointed::Moved | Pointed::Elsewhere => Vec::new(),
            },
            Event::Command(command) => self.command(command, desk),
            Event::Rows(rows) => {
                self.asked = false;
                self.all_read = rows.len() < PAGE;
                self.records.extend(rows);
                self.list(desk);
                // A unit has some hundred records in many years: all of them are read.
                if self.all_read { Vec::new() } else { self.read(desk) }
            }
            Event::Changed | Event::Saved if self.seen != Some(desk.state.count()) => self.read(desk),
            _ => Vec::new(),
        }
    }
}
