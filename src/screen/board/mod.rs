//! The visits board: enterprises by months, so that a year is seen at a glance.
mod listing;
mod view;

use std::collections::BTreeSet;

use chrono::Datelike;

use crate::{
    app::{About, Action, Command, Context, Desk, Event, Message, Route, Screen, nothing_to_undo},
    grid::{
        calendar::{Cadence, Period},
        decide::Intent,
        org::{NodeIx, UnitIx},
        standing::Standing,
    },
    report::{Listing, Wording},
    screen::{
        batch, coverage,
        filter::{self, Filter},
        marks::Marks,
        months::months,
        pasting,
        refuse::{unless, unless_known},
    },
    ui::list::{Pointed, Window},
    words::t,
};

pub(super) struct Board {
    grid: NodeIx,
    /// The January of the shown year.
    january: Period,
    /// The units of the year, and those of them that are found.
    all: Vec<UnitIx>,
    units: Vec<UnitIx>,
    /// The units as rows that can be marked.
    rows: Vec<Option<UnitIx>>,
    window: Window,
    /// The month under the cursor, from 0.
    month: usize,
    /// What was reached and what had to be, month by month; none where nothing was owed.
    quotas: Vec<Option<Standing>>,
    marks: Marks<UnitIx>,
    filter: Filter,
    /// How many facts there were when marks were handed to a form or a question.
    sent_at: Option<u64>,
}

impl Board {
    pub(super) fn new(desk: &Desk, grid: NodeIx, unit: Option<UnitIx>) -> Board {
        let mut board = Board {
            grid,
            january: january(desk.month),
            all: Vec::new(),
            units: Vec::new(),
            rows: Vec::new(),
            window: Window::default(),
            month: desk.month.first().month0() as usize,
            quotas: Vec::new(),
            marks: Marks::default(),
            filter: Filter::default(),
            sent_at: None,
        };
        board.rebuild(desk);
        board.window.at = board.units.iter().position(|shown| Some(*shown) == unit).unwrap_or(0);
        board
    }

    /// All who belonged to the grid at any time of the year, in the order of their ids, and the year's quotas.
    fn rebuild(&mut self, desk: &Desk) {
        let org = desk.state.org();
        let (first, last) = (self.january.first(), self.january.shifted(11).last());
        let stood = self.units.get(self.window.at).copied();
        let of_year = org.node(self.grid).members.iter();
        let of_year = of_year.filter(|m| m.from <= last && m.to.is_none_or(|to| to > first)).map(|m| m.unit);
        let mut units: Vec<UnitIx> = of_year.collect::<BTreeSet<_>>().into_iter().collect();
        units.sort_by(|a, b| org.unit(*a).id.cmp(&org.unit(*b).id));
        self.filter.forget();
        self.all = units;
        self.pick(desk);
        let at = self.units.iter().position(|unit| Some(*unit) == stood);
        self.window.at = at.unwrap_or(self.window.at.min(self.units.len().saturating_sub(1)));
        self.quotas = coverage::months(desk, self.grid, months(self.january).into_iter());
    }

    /// Shows those that are found.
    fn pick(&mut self, desk: &Desk) {
        let all = &self.all;
        let found = self.filter.pick(all.len(), |i| filter::of_unit(desk, all[i]));
        self.units = found.into_iter().map(|i| all[i]).collect();
        self.rows = self.units.iter().copied().map(Some).collect();
    }

    fn under(&self) -> Option<UnitIx> {
        self.units.get(self.window.at).copied()
    }

    /// All that are marked, those that are shown first; or the one under the cursor.
    fn chosen(&self) -> Vec<UnitIx> {
        if self.marks.is_empty() {
            return self.under().into_iter().collect();
        }
        let mut seen = BTreeSet::new();
        let shown = self.units.iter().copied().filter(|unit| self.marks.has(*unit));
        shown.chain(self.marks.all()).filter(|unit| seen.insert(*unit)).collect()
    }

    /// What is chosen, noted as on its way to be recorded.
    fn send(&mut self, desk: &Desk) -> Vec<UnitIx> {
        let units = self.chosen();
        self.marks.send(units.iter().copied());
        self.sent_at = Some(desk.recorded);
        units
    }

    fn turn_year(&mut self, years: i32, desk: &Desk) -> Vec<Action> {
        self.january = self.january.shifted(12 * years);
        self.rebuild(desk);
        vec![Action::Say(Message::note(t!("board.year", year = self.january.first().year())))]
    }

    fn tick(&mut self, desk: &Desk) -> Vec<Action> {
        let shown = self.january.shifted(self.month as i32);
        if !shown.contains(desk.today()) {
            let (month, form) = (shown.label(), Command::VisitForm.row().name());
            return vec![Action::Say(Message::note(t!("board.other_month", month = month, form = form)))];
        }
        let hidden = self.marks.hidden(&self.rows);
        let units = self.send(desk);
        let intent = Intent::Visit {
            units: units.clone(),
            on: desk.today(),
            topics: Vec::new(),
            note: String::new(),
            problem: None,
            with: Vec::new(),
            amends: None,
        };
        batch::record(vec![intent], units, hidden)
    }

    fn mark(&mut self, command: Command) -> Vec<Action> {
        match (command, self.under()) {
            (Command::MarkOne, Some(unit)) => {
                self.marks.toggle(unit);
                self.window.step(1, self.units.len());
            }
            (Command::MarkRange, _) if self.marks.end() => {}
            (Command::MarkRange, Some(unit)) => self.marks.begin(unit),
            (Command::MarkAll, _) => self.marks.add(self.units.iter().copied()),
            (Command::MarkClear, _) => return self.drop_marks(),
            _ => {}
        }
        Vec::new()
    }

    fn drop_marks(&mut self) -> Vec<Action> {
        let n = self.marks.len();
        self.marks.clear();
        let undo = Command::Undo.row().name();
        if n == 0 { Vec::new() } else { vec![Action::Say(Message::note(t!("marks.dropped", n = n, undo = undo)))] }
    }

    fn undo(&mut self) -> Vec<Action> {
        if !self.marks.undo() {
            return vec![Action::Undo];
        }
        let said = match self.marks.len() {
            0 => t!("marks.back_to_none"),
            n => t!("marks.back_to", n = n),
        };
        vec![Action::Say(Message::note(said))]
    }

    fn command(&mut self, command: Command, desk: &Desk) -> Vec<Action> {
        if self.window.walk(command, self.units.len()) {
            self.marks.stretch(&self.rows, self.window.at, |_, _| true);
            return Vec::new();
        }
        match command {
            Command::Left | Command::PrevMonth if self.month == 0 => {
                self.month = 11;
                return self.turn_year(-1, desk);
            }
            Command::Right | Command::NextMonth if self.month == 11 => {
                self.month = 0;
                return self.turn_year(1, desk);
            }
            Command::Left | Command::PrevMonth => self.month -= 1,
            Command::Right | Command::NextMonth => self.month += 1,
            Command::Today => {
                let now = Period::containing(Cadence::Month, desk.today());
                self.january = january(now);
                self.month = now.first().month0() as usize;
                self.rebuild(desk);
            }
            Command::VisitToday if !self.units.is_empty() => return self.tick(desk),
            Command::MarkOne | Command::MarkRange | Command::MarkAll | Command::MarkClear => return self.mark(command),
            Command::Undo => return self.undo(),
            Command::Filter => self.filter.open(),
            Command::Back => return self.back(desk),
            Command::Board => return vec![Action::Close],
            other => return self.open(other, desk),
        }
        Vec::new()
    }

    /// The commands that open another screen.
    fn open(&mut self, command: Command, desk: &Desk) -> Vec<Action> {
        let under = self.under();
        let route = match (command, under) {
            (Command::VisitForm, Some(_)) => Route::Visit { units: self.send(desk), amends: None },
            (Command::AssignUnit, Some(_)) => Route::Place(self.send(desk)),
            (Command::Open | Command::UnitYear, Some(unit)) => Route::Year(unit),
            (Command::History, Some(unit)) => Route::History(About::Unit(unit)),
            (Command::Calendar, _) => Route::Calendar { node: self.grid, pick: None },
            (Command::Recent, _) => Route::Recent,
            _ => return Vec::new(),
        };
        vec![Action::Open(route)]
    }

    fn back(&mut self, desk: &Desk) -> Vec<Action> {
        if self.filter.close() {
            self.rebuild(desk);
            return Vec::new();
        }
        if self.marks.end() {
            return Vec::new();
        }
        if self.marks.is_empty() { vec![Action::Close] } else { self.drop_marks() }
    }

    /// Something above was closed, or the state changed: whether what was sent was recorded shows in the state.
    fn settle(&mut self, desk: &Desk) {
        let Some(before) = self.sent_at.filter(|_| !desk.saving) else { return };
        self.sent_at = None;
        if desk.recorded > before { self.marks.saved() } else { self.marks.refused() }
    }
}

/// The January of a month's year.
fn january(month: Period) -> Period {
    month.shifted(-(month.first().month0() as i32))
}

impl Screen for Board {
    fn context(&self) -> Context {
        if self.filter.is_typing() { Context::Prompt } else { Context::Board }
    }

    fn takes_text(&self) -> bool {
        self.filter.is_typing()
    }

    fn has_marks(&self) -> bool {
        !self.marks.is_empty()
    }

    fn refuses(&self, command: Command, desk: &Desk) -> Option<String> {
        use Command::*;
        let shown = self.january.shifted(self.month as i32);
        match command {
            _ if self.filter.is_typing() => self.filter.refuses(command),
            VisitToday if self.units.is_empty() && self.marks.is_empty() => Some(t!("refusal.no_units").into_owned()),
            VisitToday => unless(shown.contains(desk.today()), || {
                t!("board.other_month", month = shown.label(), form = VisitForm.row().name())
            }),
            MarkRange if self.marks.is_open() => None,
            VisitForm | Open | UnitYear | AssignUnit | History | MarkOne | MarkRange | MarkAll => {
                unless(self.under().is_some(), || t!("refusal.no_units"))
            }
            MarkClear => unless(!self.marks.is_empty(), || t!("refusal.no_marks")),
            Undo => (!self.marks.can_undo() && desk.undoable().is_none()).then(nothing_to_undo),
            Today => unless(!shown.contains(desk.today()), || t!("refusal.this_month")),
            _ => unless_known(command, &[Left, Right, PrevMonth, NextMonth, Filter, Board, Calendar, Recent, Export]),
        }
    }

    fn listings(&self, desk: &Desk) -> Vec<Listing> {
        vec![self.listing(desk)]
    }

    fn told(&self, desk: &Desk) -> Result<Wording, String> {
        let unit = self.under().ok_or_else(|| t!("refusal.no_units").into_owned())?;
        pasting::visit(desk, unit, self.january.shifted(self.month as i32))
    }

    fn on(&mut self, event: Event, desk: &Desk) -> Vec<Action> {
        if let Some(changed) = self.filter.on(&event) {
            if changed {
                self.pick(desk);
                self.window = Window::default();
            }
            return Vec::new();
        }
        match event {
            Event::Command(command) => return self.command(command, desk),
            Event::Point(pointer) if self.window.point(pointer, self.units.len()) == Pointed::Again => {
                return self.command(Command::Open, desk);
            }
            Event::Saved => {
                self.sent_at = None;
                self.marks.saved();
                self.rebuild(desk);
            }
            Event::Changed => {
                self.settle(desk);
                self.rebuild(desk);
            }
            Event::Refused => {
                self.sent_at = None;
                self.marks.refused();
            }
            _ => {}
        }
        Vec::new()
    }
}
