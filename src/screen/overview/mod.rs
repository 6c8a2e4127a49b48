//! 数字智览, the overview: what is below a node by months, what warns, what is worst, who is silent and what moved. Every
//! number opens the facts behind it, every name what is below it.
mod listing;
mod notes;
mod rows;
mod view;

use chrono::NaiveDate;

use notes::{Note, notes};
use rows::{Row, Subject, rows};

use crate::{
    app::{About, Action, Behind, Command, Context, Desk, Event, Route, Screen},
    grid::{
        glance::{MONTHS, Measure, Whose},
        org::NodeIx,
    },
    report::Listing,
    screen::{
        filter::{Filter, named},
        refuse::{unless, unless_known, unless_row},
    },
    ui::list::{Pointed, Window},
    words::t,
};

/// The running month's place.
const NOW: usize = MONTHS - 1;

/// Where the keys go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Focus {
    /// The rows and months.
    Map,
    /// What warns, what is worst, who is silent, what moved.
    Notes,
}

/// Where one was, to come back to.
#[derive(Clone, Copy, Debug)]
struct Stop {
    node: NodeIx,
    window: Window,
    month: Option<usize>,
}

pub(super) struct OverviewScreen {
    node: NodeIx,
    /// The nodes above from which one came, the uppermost first.
    path: Vec<Stop>,
    measure: Measure,
    all: Vec<Row>,
    /// The places of the rows that are found.
    found: Vec<usize>,
    window: Window,
    /// The month under the cursor; none where it stands on the names.
    month: Option<usize>,
    notes: Vec<Note>,
    below: Window,
    focus: Focus,
    filter: Filter,
    /// How many facts there were, and which day it was, when it was reckoned.
    seen: (u64, NaiveDate),
}

impl OverviewScreen {
    pub(super) fn new(desk: &Desk, node: NodeIx) -> OverviewScreen {
        let mut screen = OverviewScreen {
            node,
            path: Vec::new(),
            measure: Measure::default(),
            all: Vec::new(),
            found: Vec::new(),
            window: Window::default(),
            month: None,
            notes: Vec::new(),
            below: Window::default(),
            focus: Focus::Map,
            filter: Filter::default(),
            seen: (0, desk.today()),
        };
        screen.reckon(desk);
        screen
    }

    /// Reads everything that is shown from the desk's own months.
    fn reckon(&mut self, desk: &Desk) {
        self.seen = (desk.state.count(), desk.today());
        let stood = self.under().map(|row| row.subject);
        self.all = rows(desk, self.node, self.measure);
        self.notes = notes(desk, self.node, self.measure);
        self.filter.forget();
        self.list(desk);
        let at = self.found.iter().position(|i| Some(self.all[*i].subject) == stood);
        self.window.at = at.unwrap_or(self.window.at);
        self.below.at = notes::place(&self.notes, self.below.at, 0);
    }

    fn list(&mut self, desk: &Desk) {
        let all = &self.all;
        self.found = self.filter.pick(all.len(), |i| named(all[i].name(desk)));
        self.window.at = self.window.at.min(self.found.len().saturating_sub(1));
    }

    fn under(&self) -> Option<&Row> {
        self.found.get(self.window.at).map(|i| &self.all[*i])
    }

    /// Goes down to a node, and remembers where one came from.
    fn go_to(&mut self, node: NodeIx, desk: &Desk) {
        self.path.push(Stop { node: self.node, window: self.window, month: self.month });
        self.show(Stop { node, window: Window::default(), month: None }, desk);
    }

    fn show(&mut self, stop: Stop, desk: &Desk) {
        self.filter.close();
        (self.node, self.month, self.focus) = (stop.node, stop.month, Focus::Map);
        (self.all, self.found, self.below) = (Vec::new(), Vec::new(), Window::default());
        self.reckon(desk);
        self.window = stop.window;
        self.window.at = self.window.at.min(self.found.len().saturating_sub(1));
    }

    fn back(&mut self, desk: &Desk) -> Vec<Action> {
        if self.filter.close() {
            self.list(desk);
            return Vec::new();
        }
        match self.path.pop() {
            Some(stop) => self.show(stop, desk),
            None => return vec![Action::Close],
        }
        Vec::new()
    }

    fn open(&mut self, desk: &Desk) -> Vec<Action> {
        if self.focus == Focus::Notes {
            return self.open_note(desk);
        }
        let Some(subject) = self.under().map(|row| row.subject) else { return Vec::new() };
        match (subject, self.month) {
            (Subject::Child(node), None) => self.go_to(node, desk),
            (Subject::Unit(unit), None) => return vec![Action::Open(Route::Year(unit))],
            (subject, month) => return vec![self.behind(subject, month.unwrap_or(NOW), desk)],
        }
        Vec::new()
    }

    /// The facts behind a number.
    fn behind(&self, subject: Subject, month: usize, desk: &Desk) -> Action {
        let period = desk.glance().months().all()[month];
        let number = |whose| Behind::Number { whose, measure: self.measure, month: period };
        Action::Open(Route::Behind(match subject {
            Subject::Whole(node) | Subject::Child(node) => number(Whose::Tree(node)),
            Subject::Itself(node) => number(Whose::Itself(node)),
            Subject::Unit(unit) => Behind::Unit { grid: self.node, unit, month: period },
        }))
    }

    fn open_note(&mut self, desk: &Desk) -> Vec<Action> {
        let Some((node, silent)) = self.notes.get(self.below.at).and_then(Note::leads) else { return Vec::new() };
        if silent {
            return vec![Action::Open(Route::History(About::Node(node)))];
        }
        let (whose, month) = (Whose::Itself(node), desk.glance().months().all()[NOW]);
        vec![Action::Open(Route::Behind(Behind::Number { whose, measure: Measure::Overdue, month }))]
    }

    /// Moves the cursor over the names and the months, the running one beside the names on the left.
    fn sideways(&mut self, right: bool) {
        self.month = match (self.month, right) {
            (None, true) => Some(0),
            (None, false) => Some(NOW),
            (Some(NOW), true) | (Some(0), false) => None,
            (Some(month), true) => Some(month + 1),
            (Some(month), false) => Some(month - 1),
        };
    }

    fn turn(&mut self, by: usize, desk: &Desk) {
        let at = Measure::ALL.iter().position(|measure| *measure == self.measure).unwrap_or(0);
        self.measure = Measure::ALL[(at + by) % Measure::ALL.len()];
        self.reckon(desk);
    }

    /// Goes to the next row that warns, or the one before.
    fn go_to_warned(&mut self, forward: bool) {
        self.window.at = self.next_warned(forward).unwrap_or(self.window.at);
    }

    fn next_warned(&self, forward: bool) -> Option<usize> {
        self.window.next(self.found.len(), forward, |at| self.all[self.found[at]].warnings > 0)
    }

    fn walk(&mut self, command: Command) -> bool {
        match self.focus {
            Focus::Map => self.window.walk(command, self.found.len()),
            Focus::Notes => {
                let before = self.below.at;
                let moved = self.below.walk(command, self.notes.len());
                self.below.at = notes::place(&self.notes, self.below.at, before);
                moved
            }
        }
    }

    fn command(&mut self, command: Command, desk: &Desk) -> Vec<Action> {
        if self.walk(command) {
            return Vec::new();
        }
        match command {
            Command::Left | Command::PrevMonth => self.sideways(false),
            Command::Right | Command::NextMonth => self.sideways(true),
            Command::Today => self.month = Some(NOW),
            Command::NextTab => self.turn(1, desk),
            Command::PrevTab => self.turn(Measure::ALL.len() - 1, desk),
            Command::NextFocus | Command::PrevFocus => {
                self.focus = if self.focus == Focus::Map { Focus::Notes } else { Focus::Map };
                self.below.at = notes::place(&self.notes, self.below.at, 0);
            }
            Command::NextOverdue => self.go_to_warned(true),
            Command::PrevOverdue => self.go_to_warned(false),
            Command::Filter => self.filter.open(),
            Command::Open => return self.open(desk),
            Command::History => {
                let about = match self.under().map(|row| row.subject) {
                    Some(Subject::Unit(unit)) => About::Unit(unit),
                    Some(Subject::Whole(node) | Subject::Itself(node) | Subject::Child(node)) => About::Node(node),
                    None => About::Node(self.node),
                };
                return vec![Action::Open(Route::History(about))];
            }
            Command::Back => return self.back(desk),
            Command::Overview => return vec![Action::Close],
            _ => {}
        }
        Vec::new()
    }
}

impl Screen for OverviewScreen {
    fn context(&self) -> Context {
        if self.filter.is_typing() { Context::Prompt } else { Context::Board }
    }

    fn takes_text(&self) -> bool {
        self.filter.is_typing()
    }

    fn refuses(&self, command: Command, _: &Desk) -> Option<String> {
        use Command::*;
        match command {
            _ if self.filter.is_typing() => self.filter.refuses(command),
            Open if self.focus == Focus::Notes => {
                unless_row(self.notes.get(self.below.at).is_some_and(|note| note.leads().is_some()))
            }
            Open => unless_row(self.under().is_some()),
            NextFocus | PrevFocus => unless_row(!self.notes.is_empty()),
            NextOverdue | PrevOverdue => unless(self.next_warned(true).is_some(), || t!("overview.no_other_warning")),
            Today => unless(self.month != Some(NOW), || t!("refusal.this_month")),
            _ => unless_known(
                command,
                &[Left, Right, PrevMonth, NextMonth, NextTab, PrevTab, Filter, History, Overview, Export],
            ),
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
            Event::Command(command) => return self.command(command, desk),
            Event::Changed | Event::Saved if self.seen != (desk.state.count(), desk.today()) => self.reckon(desk),
            Event::Point(pointer) if self.below.shows(pointer) => {
                self.focus = Focus::Notes;
                if self.below.point(pointer, self.notes.len()) == Pointed::Again {
                    return self.open(desk);
                }
            }
            Event::Point(pointer) => match self.window.point(pointer, self.found.len()) {
                Pointed::Again => return self.open(desk),
                Pointed::Moved => self.focus = Focus::Map,
                Pointed::Elsewhere => {}
            },
            _ => {}
        }
        Vec::new()
    }
}
