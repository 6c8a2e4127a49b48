//! The timeline: what must be done by a day of its own, in the order of days, and how it stands in this store.
mod view;

pub(crate) use view::listing;

use chrono::NaiveDate;

use crate::{
    app::{Act, Action, Command, Context, Desk, Event, Pointer, Route, Screen},
    grid::standing::{DutyState, Stop, timeline},
    report::Listing,
    screen::{
        filter::{Filter, named},
        refuse::{unless, unless_known, unless_row},
    },
    ui::list::Window,
    words::t,
};

/// A row of the list.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Row {
    /// A day; what is due on it follows.
    Day(NaiveDate),
    /// A stop, by its place.
    Stop(usize),
}

pub(super) struct Timeline {
    stops: Vec<Stop>,
    rows: Vec<Row>,
    window: Window,
    filter: Filter,
    /// How many facts there were, and which day it was, when it was reckoned.
    seen: (u64, NaiveDate),
}

impl Timeline {
    /// The timeline with the cursor on the first that is still to be done.
    pub(super) fn new(desk: &Desk) -> Timeline {
        let (stops, seen) = (timeline(&desk.state, desk.today()), (desk.state.count(), desk.today()));
        let mut screen =
            Timeline { stops, rows: Vec::new(), window: Window::default(), filter: Filter::default(), seen };
        screen.list(desk);
        let open = |stop: &Stop| stop.worst().is_some_and(|state| !state.is_settled());
        let ahead = |stop: &Stop| stop.due_on >= desk.today();
        let first = screen.stops.iter().position(open).or_else(|| screen.stops.iter().position(ahead));
        let at = first.and_then(|first| screen.rows.iter().position(|row| *row == Row::Stop(first)));
        screen.window.at = at.unwrap_or(screen.first());
        screen
    }

    /// Lists what is found, under its days.
    fn list(&mut self, desk: &Desk) {
        let (duties, names) = (&desk.pack().duties, &desk.pack().names);
        let name = |stop: &Stop| {
            let duty = &duties[stop.duty];
            format!("{} {} {}", duty.name, duty.cite, names.seats(&duty.seats))
        };
        let stops = &self.stops;
        let found = self.filter.pick(stops.len(), |i| named(name(&stops[i])));
        self.rows.clear();
        let mut day = None;
        for i in found {
            let due = self.stops[i].due_on;
            if day.replace(due) != Some(due) {
                self.rows.push(Row::Day(due));
            }
            self.rows.push(Row::Stop(i));
        }
        self.window.at = self.window.at.clamp(self.first(), self.rows.len().max(2) - 1);
    }

    /// The first row that is no day.
    fn first(&self) -> usize {
        usize::from(!self.rows.is_empty())
    }

    fn stop(&self) -> Option<&Stop> {
        match self.rows.get(self.window.at) {
            Some(Row::Stop(i)) => self.stops.get(*i),
            _ => None,
        }
    }

    /// Moves over this many stops.
    fn step(&mut self, n: isize) {
        let is_stop = |(i, row): (usize, &Row)| matches!(row, Row::Stop(_)).then_some(i);
        let stops: Vec<usize> = self.rows.iter().enumerate().filter_map(is_stop).collect();
        let Some(here) = stops.iter().position(|i| *i >= self.window.at) else { return };
        let next = here.saturating_add_signed(n).min(stops.len() - 1);
        self.window.at = stops[next];
        if next == 0 {
            // Its day comes back into view with it.
            self.window.top = 0;
        }
    }

    /// Goes to the next stop, or the one before, that is overdue somewhere.
    fn go_to_overdue(&mut self, forward: bool) {
        self.window.at = self.next_overdue(forward).unwrap_or(self.window.at);
    }

    fn next_overdue(&self, forward: bool) -> Option<usize> {
        let burns = |at: usize| match self.rows[at] {
            Row::Stop(stop) => self.stops[stop].worst() == Some(DutyState::Overdue),
            Row::Day(_) => false,
        };
        self.window.next(self.rows.len(), forward, burns)
    }

    fn point(&mut self, pointer: Pointer) -> Vec<Action> {
        let row = self.window.row_at(pointer, self.rows.len());
        match (pointer.act, row) {
            (Act::WheelDown, _) => self.step(3),
            (Act::WheelUp, _) => self.step(-3),
            (Act::Click, Some(row)) if matches!(self.rows[row], Row::Stop(_)) && self.window.click(row) => {
                return self.command(Command::Open);
            }
            (Act::Click, _) => {}
        }
        Vec::new()
    }

    fn command(&mut self, command: Command) -> Vec<Action> {
        const FAR: isize = isize::MAX / 2;
        match command {
            Command::Up => self.step(-1),
            Command::Down => self.step(1),
            Command::PageUp => self.step(-10),
            Command::PageDown => self.step(10),
            Command::Home => self.step(-FAR),
            Command::End => self.step(FAR),
            Command::NextOverdue => self.go_to_overdue(true),
            Command::PrevOverdue => self.go_to_overdue(false),
            Command::Open | Command::Right => {
                let route = self.stop().map(|stop| Route::Milestone { duty: stop.duty, period: stop.period });
                return route.map(Action::Open).into_iter().collect();
            }
            Command::Filter => self.filter.open(),
            _ => {}
        }
        Vec::new()
    }
}

impl Screen for Timeline {
    fn context(&self) -> Context {
        if self.filter.is_typing() { Context::Prompt } else { Context::List }
    }

    fn takes_text(&self) -> bool {
        self.filter.is_typing()
    }

    fn refuses(&self, command: Command, _: &Desk) -> Option<String> {
        match command {
            _ if self.filter.is_typing() => self.filter.refuses(command),
            Command::Open | Command::Right => unless_row(self.stop().is_some()),
            Command::NextOverdue | Command::PrevOverdue => {
                unless(self.next_overdue(true).is_some(), || t!("refusal.no_overdue_here"))
            }
            _ => unless_known(command, &[Command::Left, Command::Filter, Command::Export]),
        }
    }

    fn listings(&self, desk: &Desk) -> Vec<Listing> {
        let found = self.rows.iter().filter_map(|row| match row {
            Row::Stop(i) => self.stops.get(*i),
            Row::Day(_) => None,
        });
        let root = desk.state.org().roots().first().copied().unwrap_or(desk.home);
        vec![view::listing((&desk.state, desk.today()), root, found).narrowed(self.filter.text())]
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
            Event::Command(Command::Back | Command::Left) if self.filter.close() => self.list(desk),
            Event::Command(Command::Back | Command::Left) => return vec![Action::Close],
            Event::Point(pointer) => return self.point(pointer),
            Event::Command(command) => return self.command(command),
            Event::Changed | Event::Saved if self.seen != (desk.state.count(), desk.today()) => {
                self.seen = (desk.state.count(), desk.today());
                self.stops = timeline(&desk.state, desk.today());
                self.filter.forget();
                self.list(desk);
            }
            _ => {}
        }
        Vec::new()
    }
}
