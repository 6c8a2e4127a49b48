//! The visits board: enterprises by months, so that a year is seen at a glance.
mod view;

use std::collections::BTreeSet;

use chrono::Datelike;

use crate::{
    app::{About, Action, Code, Command, Context, Desk, Event, Key, Message, Route, Screen},
    grid::{
        calendar::{Cadence, Period},
        decide::Intent,
        org::{NodeIx, UnitIx},
    },
    screen::find::Finder,
    ui::{field::Field, list::Window},
};

pub(super) struct Board {
    grid: NodeIx,
    /// The January of the shown year.
    january: Period,
    units: Vec<UnitIx>,
    window: Window,
    /// The month under the cursor, from 0.
    month: usize,
    marked: BTreeSet<UnitIx>,
    anchor: Option<usize>,
    filter: Option<Field>,
    typing: bool,
}

impl Board {
    pub(super) fn new(desk: &Desk, grid: NodeIx) -> Board {
        let mut board = Board {
            grid,
            january: january(desk.month),
            units: Vec::new(),
            window: Window::default(),
            month: desk.month.first().month0() as usize,
            marked: BTreeSet::new(),
            anchor: None,
            filter: None,
            typing: false,
        };
        board.rebuild(desk);
        board
    }

    /// All who belonged to the grid at any time of the year, in the order of their ids.
    fn rebuild(&mut self, desk: &Desk) {
        let org = desk.state.org();
        let (first, last) = (self.january.first(), self.january.shifted(11).last());
        let stood = self.units.get(self.window.at).copied();
        let of_year = org.node(self.grid).members.iter();
        let of_year = of_year.filter(|m| m.from <= last && m.to.is_none_or(|to| to > first)).map(|m| m.unit);
        let mut units: Vec<UnitIx> = of_year.collect::<BTreeSet<_>>().into_iter().collect();
        units.sort_by(|a, b| org.unit(*a).id.cmp(&org.unit(*b).id));
        let pattern = self.filter.as_ref().map_or("", Field::value);
        let found = Finder::new(pattern).filter(units.iter().map(|u| org.unit(*u).record.name.as_str()));
        self.units = found.into_iter().map(|i| units[i]).collect();
        let at = self.units.iter().position(|unit| Some(*unit) == stood);
        self.window.at = at.unwrap_or(self.window.at.min(self.units.len().saturating_sub(1)));
        self.marked.retain(|unit| self.units.contains(unit));
    }

    fn chosen(&self) -> Vec<UnitIx> {
        if self.marked.is_empty() {
            return self.units.get(self.window.at).copied().into_iter().collect();
        }
        self.units.iter().copied().filter(|unit| self.marked.contains(unit)).collect()
    }

    fn step(&mut self, rows: isize) {
        self.window.step(rows, self.units.len());
        if let Some(anchor) = self.anchor {
            let (from, to) = (anchor.min(self.window.at), anchor.max(self.window.at));
            self.marked = self.units[from..=to].iter().copied().collect();
        }
    }

    fn turn_year(&mut self, years: i32, desk: &Desk) -> Vec<Action> {
        self.january = self.january.shifted(12 * years);
        self.rebuild(desk);
        vec![Action::Say(Message::note(format!("{}年", self.january.first().year())))]
    }

    fn tick(&self, desk: &Desk) -> Vec<Action> {
        let shown = self.january.shifted(self.month as i32);
        if !shown.contains(desk.today()) {
            let key = Command::VisitForm.row().name();
            let text = format!("光标在{}；补录以前的走访请按「{key}」键并写明日期", shown.label());
            return vec![Action::Say(Message::note(text))];
        }
        vec![Action::Record(Intent::Visit {
            units: self.chosen(),
            on: desk.today(),
            topics: Vec::new(),
            note: String::new(),
            problem: None,
            with: Vec::new(),
            amends: None,
        })]
    }

    fn command(&mut self, command: Command, desk: &Desk) -> Vec<Action> {
        match command {
            Command::Up => self.step(-1),
            Command::Down => self.step(1),
            Command::PageUp => self.step(-10),
            Command::PageDown => self.step(10),
            Command::Home => self.step(isize::MIN / 2),
            Command::End => self.step(isize::MAX / 2),
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
            Command::VisitToday => return self.tick(desk),
            Command::VisitForm | Command::Open => {
                let units = self.chosen();
                return if units.is_empty() {
                    Vec::new()
                } else {
                    vec![Action::Open(Route::Visit { units, amends: None })]
                };
            }
            Command::MarkRange if self.anchor.take().is_none() => {
                self.anchor = Some(self.window.at);
                self.marked.extend(self.units.get(self.window.at));
                return vec![Action::Say(Message::note("移动光标扩大范围，再按空格一次记完"))];
            }
            Command::MarkAll => self.marked = self.units.iter().copied().collect(),
            Command::MarkClear => self.marked.clear(),
            Command::Undo => return vec![Action::Undo],
            Command::Calendar => return vec![Action::Open(Route::Calendar { node: self.grid, pick: None })],
            Command::Filter => {
                self.filter = Some(Field::default());
                self.typing = true;
            }
            Command::AssignUnit => {
                let units = self.chosen();
                return if units.is_empty() { Vec::new() } else { vec![Action::Open(Route::Place(units))] };
            }
            Command::History => {
                return match self.units.get(self.window.at) {
                    Some(unit) => vec![Action::Open(Route::History(About::Unit(*unit)))],
                    None => Vec::new(),
                };
            }
            Command::Back => return self.back(desk),
            Command::Board => return vec![Action::Close],
            _ => {}
        }
        Vec::new()
    }

    fn back(&mut self, desk: &Desk) -> Vec<Action> {
        if self.filter.take().is_some() {
            self.rebuild(desk);
            return Vec::new();
        }
        if self.anchor.take().is_some() || !self.marked.is_empty() {
            self.marked.clear();
            return Vec::new();
        }
        vec![Action::Close]
    }

    fn prompt(&mut self, command: Command, desk: &Desk) -> Vec<Action> {
        match command {
            Command::Back => {
                self.typing = false;
                self.filter = None;
                self.rebuild(desk);
            }
            Command::Open | Command::NextFocus => self.typing = false,
            Command::Up => self.step(-1),
            Command::Down => self.step(1),
            _ => {}
        }
        Vec::new()
    }

    fn typed(&mut self, key: Key, desk: &Desk) -> Vec<Action> {
        let Some(field) = &mut self.filter else { return Vec::new() };
        if key.code == Code::Backspace && field.value().is_empty() {
            return self.prompt(Command::Back, desk);
        }
        field.handle(key);
        self.rebuild(desk);
        self.window.at = 0;
        Vec::new()
    }
}

/// The January of a month's year.
fn january(month: Period) -> Period {
    month.shifted(-(month.first().month0() as i32))
}

impl Screen for Board {
    fn context(&self) -> Context {
        if self.typing { Context::Prompt } else { Context::Board }
    }

    fn takes_text(&self) -> bool {
        self.typing
    }

    fn on(&mut self, event: Event, desk: &Desk) -> Vec<Action> {
        match event {
            Event::Command(command) if self.typing => self.prompt(command, desk),
            Event::Command(command) => self.command(command, desk),
            Event::Text(key) => self.typed(key, desk),
            Event::Paste(text) => {
                if let Some(field) = &mut self.filter {
                    field.paste(&text);
                }
                self.rebuild(desk);
                Vec::new()
            }
            Event::Saved => {
                self.marked.clear();
                self.anchor = None;
                self.rebuild(desk);
                Vec::new()
            }
            Event::Changed => {
                self.rebuild(desk);
                Vec::new()
            }
            Event::Refused | Event::Rows(_) | Event::GoTo { .. } | Event::Picked(_) => Vec::new(),
        }
    }
}
