//! The calendar: a month at a node and all below it, holidays and make-up workdays, what is due on each day and what was
//! recorded; and, over a form, the choice of a day.
mod day;
mod days;
mod picker;
mod view;
mod weeks;

use chrono::NaiveDate;
use ratatui::layout::Rect;

use self::{
    days::{MonthOf, Recorded},
    weeks::{month_moved, month_of, moved},
};
use crate::{
    app::{About, Act, Action, Command, Context, Desk, Event, Pointer, Route, Screen, Spot, useless},
    grid::{org::NodeIx, standing::Standing},
    report::{Listing, Wording},
    screen::{
        filter::{Filter, named},
        pasting,
        refuse::{unless, unless_known},
    },
    ui::list::{Pointed, Window},
    words::t,
};

/// A row of the day's list.
#[derive(Clone, Copy, Debug)]
enum Row {
    /// Something that is due.
    Due(Standing),
    /// Something that was done.
    Done(Recorded),
}

pub(super) struct CalendarScreen {
    node: NodeIx,
    /// Whether a form asks for a day.
    picks: bool,
    day: NaiveDate,
    month: Option<MonthOf>,
    /// What is due on the day, then what was done, as far as it is found.
    rows: Vec<Row>,
    window: Window,
    filter: Filter,
    /// Whether the list has the focus.
    listing: bool,
    /// Where the days were last drawn, for the mouse.
    shown: Vec<(Rect, NaiveDate)>,
}

impl CalendarScreen {
    /// The month that the desk shows, or that of the day to begin with.
    pub(super) fn new(desk: &Desk, node: NodeIx, pick: Option<NaiveDate>) -> CalendarScreen {
        let shown = if desk.month.contains(desk.today()) { desk.today() } else { desk.month.first() };
        let day = pick.unwrap_or(shown);
        let mut screen = CalendarScreen {
            node,
            picks: pick.is_some(),
            day,
            month: None,
            rows: Vec::new(),
            window: Window::default(),
            filter: Filter::default(),
            listing: false,
            shown: Vec::new(),
        };
        screen.look(desk);
        screen
    }

    /// Reckons the month where it is another one or something changed, and lists the day.
    fn look(&mut self, desk: &Desk) {
        if self.picks {
            return;
        }
        let month = month_of(self.day);
        if !self.month.as_ref().is_some_and(|known| known.is_of(desk, month)) {
            self.month = Some(MonthOf::new(desk, self.node, month));
        }
        let Some(day) = self.month.as_ref().map(|known| known.day(self.day)) else { return };
        let all: Vec<Row> = day.rows().collect();
        self.filter.forget();
        let found = self.filter.pick(all.len(), |i| named(all[i].told(desk, self.node)));
        self.rows = found.into_iter().map(|i| all[i]).collect();
        self.window.at = self.window.at.min(self.rows.len().saturating_sub(1));
        self.listing &= !all.is_empty();
    }

    fn go_to(&mut self, day: NaiveDate, desk: &Desk) {
        self.day = day;
        self.window = Window::default();
        // What was looked for was looked for on the day that is left.
        self.filter.close();
        self.look(desk);
    }

    /// Where a command leads among the days; none where it is about something else.
    fn next_day(&self, command: Command, desk: &Desk) -> Option<NaiveDate> {
        Some(match command {
            Command::Left => moved(self.day, -1),
            Command::Right => moved(self.day, 1),
            Command::Up => moved(self.day, -7),
            Command::Down => moved(self.day, 7),
            Command::PageUp | Command::PrevMonth => month_moved(self.day, -1),
            Command::PageDown | Command::NextMonth => month_moved(self.day, 1),
            Command::Home => month_of(self.day).first(),
            Command::End => month_of(self.day).last(),
            Command::Today => desk.today(),
            _ => return None,
        })
    }

    fn command(&mut self, command: Command, desk: &Desk) -> Vec<Action> {
        let by_month = matches!(command, Command::PrevMonth | Command::NextMonth | Command::Today);
        if self.listing && !by_month && self.window.walk(command, self.rows.len()) {
            return Vec::new();
        }
        match command {
            Command::Back | Command::Left if self.listing => self.listing = false,
            Command::Open | Command::Right if self.listing => return self.open(),
            Command::NextFocus | Command::PrevFocus if !self.rows.is_empty() => self.listing = !self.listing,
            Command::Open | Command::VisitToday if self.picks => return vec![Action::Pick(self.day)],
            Command::Open => self.listing = !self.rows.is_empty(),
            Command::Filter => {
                self.listing = true;
                self.filter.open();
            }
            Command::Back | Command::Calendar => return vec![Action::Close],
            _ => {
                if let Some(day) = self.next_day(command, desk) {
                    self.listing = false;
                    self.go_to(day, desk);
                }
            }
        }
        Vec::new()
    }

    /// A click on a day goes there; where a form asks for one, a second click takes it.
    fn click(&mut self, pointer: Pointer, desk: &Desk) -> Vec<Action> {
        let is_there = |(cell, _): &&(Rect, NaiveDate)| cell.contains((pointer.x, pointer.y).into());
        match self.shown.iter().find(is_there).map(|(_, day)| *day) {
            Some(day) if pointer.act == Act::Click && self.picks && day == self.day => return vec![Action::Pick(day)],
            Some(day) if pointer.act == Act::Click => {
                self.listing = false;
                self.go_to(day, desk);
            }
            _ => {}
        }
        Vec::new()
    }

    /// Opens the row under the cursor: the duty at its node, or the records of whom it is about.
    fn open(&self) -> Vec<Action> {
        match self.rows.get(self.window.at) {
            Some(Row::Due(row)) => vec![Action::GoTo { node: row.node, spot: Spot::Duty(row.duty) }],
            Some(Row::Done(done)) => {
                let about = done.unit.map_or(About::Node(done.mark.at), About::Unit);
                vec![Action::Open(Route::History(about))]
            }
            None => Vec::new(),
        }
    }
}

impl Screen for CalendarScreen {
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
            Filter if !self.picks => unless(!self.rows.is_empty(), || t!("refusal.empty_day")),
            Open | VisitToday if self.picks => None,
            Open => unless(!self.rows.is_empty(), || t!("refusal.empty_day")),
            NextFocus | PrevFocus => unless(!self.rows.is_empty(), || t!("refusal.empty_day")),
            Today => unless(self.day != desk.today(), || t!("refusal.this_day")),
            Export => unless(!self.picks, || t!("refusal.picks_day")),
            _ => unless_known(command, &[Left, Right, PrevMonth, NextMonth, Calendar]),
        }
    }

    fn listings(&self, desk: &Desk) -> Vec<Listing> {
        let Some(month) = self.month.as_ref().filter(|_| !self.picks) else { return Vec::new() };
        let shown = self.rows.iter().map(|row| (self.day, *row));
        let day = view::listing(desk, self.node, t!("listing.day", day = self.day).into_owned(), shown);
        let whole = month.days().flat_map(|(day, holds)| holds.rows().map(move |row| (day, row)));
        let name = t!("listing.agenda", month = month_of(self.day).label()).into_owned();
        vec![day.narrowed(self.filter.text()), view::listing(desk, self.node, name, whole)]
    }

    fn told(&self, desk: &Desk) -> Result<Wording, String> {
        match self.rows.get(self.window.at).filter(|_| self.listing) {
            Some(Row::Done(done)) => Ok(Wording::Records(vec![desk.state.fact_of(&done.mark)])),
            _ if self.picks => Err(useless(Command::CopyText)),
            _ => pasting::period(desk, self.node, month_of(self.day)),
        }
    }

    fn on(&mut self, event: Event, desk: &Desk) -> Vec<Action> {
        if let Some(changed) = self.filter.on(&event) {
            if changed {
                self.window = Window::default();
                self.look(desk);
            }
            return Vec::new();
        }
        match event {
            Event::Command(Command::Back) if self.filter.close() => {
                self.look(desk);
                Vec::new()
            }
            Event::Command(command) => self.command(command, desk),
            Event::Point(pointer) => match self.window.point(pointer, self.rows.len()) {
                Pointed::Elsewhere => self.click(pointer, desk),
                Pointed::Again if self.listing => self.open(),
                Pointed::Again | Pointed::Moved => {
                    self.listing = true;
                    Vec::new()
                }
            },
            Event::Changed | Event::Saved => {
                self.look(desk);
                Vec::new()
            }
            _ => Vec::new(),
        }
    }
}
