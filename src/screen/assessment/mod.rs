//! Assessment (考核): a node's sheet criterion by criterion, the stars, and how the nodes right below it stand. Enter takes a
//! row's next step with its form filled in; one key takes it for the whole sheet.
mod facts;
mod listing;
mod rows;
mod view;
mod work;

use facts::Facts;
use rows::{Row, Sending};

use crate::{
    app::{Action, Command, Context, Desk, Event, Record, Screen, nothing_to_undo},
    grid::{
        assess::Move,
        calendar::Period,
        decide::Intent,
        fact::{Body, Fact, FactId},
        org::NodeIx,
        pack::LENGTHS,
    },
    report::Listing,
    screen::refuse::{unless, unless_known, unless_row},
    ui::list::{Pointed, Window},
    words::t,
};

pub(super) struct Assessment {
    node: NodeIx,
    period: Period,
    rows: Vec<Row>,
    /// What the sheet adds up to, in words.
    total: String,
    window: Window,
    /// The step that one key takes for the whole sheet, or why it can't.
    all: Result<(Move, Vec<Intent>), String>,
    /// What is sent up, or why it can't be.
    send: Result<Sending, String>,
    /// The evidence of a row, where it is shown.
    facts: Option<Facts>,
    /// The last review of the chosen row as it was written.
    comment: Option<Fact>,
    /// The record that is looked up to be corrected.
    wanted: Option<FactId>,
    /// What is sent again as soon as what it corrects is looked up.
    again: Option<Sending>,
    /// What is on its way to the disk.
    sent: bool,
    /// How many facts there were when it was reckoned, for whom.
    seen: Option<(u64, Option<String>)>,
}

impl Assessment {
    pub(super) fn new(desk: &Desk, node: NodeIx, period: Option<Period>) -> Assessment {
        let asked = period.is_some();
        let period = period.unwrap_or_else(|| Period::containing(desk.pack().assessment.cadence, desk.today()));
        let mut screen = Assessment {
            node,
            period,
            rows: Vec::new(),
            total: String::new(),
            window: Window::default(),
            all: Err(String::new()),
            send: Err(String::new()),
            facts: None,
            comment: None,
            wanted: None,
            again: None,
            sent: false,
            seen: None,
        };
        screen.reckon(desk);
        // Whoever comes for a period comes for what waits in it.
        if asked && !screen.row().is_some_and(Row::waits) {
            screen.go_to_waiting(true);
        }
        screen
    }

    /// Goes to the next row that waits to be acted on, or the one before.
    fn go_to_waiting(&mut self, forward: bool) -> Vec<Action> {
        self.window.at = self.next_waiting(forward).unwrap_or(self.window.at);
        self.look()
    }

    fn next_waiting(&self, forward: bool) -> Option<usize> {
        self.window.next(self.rows.len(), forward, |at| self.rows[at].waits())
    }

    fn row(&self) -> Option<&Row> {
        self.rows.get(self.window.at)
    }

    /// Goes to another period, never to one that is to come.
    fn show(&mut self, period: Period, desk: &Desk) -> Vec<Action> {
        if period.first() <= desk.today() {
            self.period = period;
            self.facts = None;
            self.reckon(desk);
        }
        self.look()
    }

    /// The same end of a longer or shorter period.
    fn turn(&mut self, by: usize, desk: &Desk) -> Vec<Action> {
        let at = LENGTHS.iter().position(|length| *length == self.period.cadence).unwrap_or(0);
        let length = LENGTHS[(at + by) % LENGTHS.len()];
        self.show(Period::containing(length, self.period.last().min(desk.today())), desk)
    }

    /// Looks the comment of the chosen row up, where it has one that is not known yet.
    fn look(&mut self) -> Vec<Action> {
        let wanted = self.row().and_then(Row::review);
        if wanted == self.comment.as_ref().map(|fact| fact.id) {
            return Vec::new();
        }
        self.comment = None;
        wanted.map(Action::Find).into_iter().collect()
    }

    /// What was looked up: a comment to show, or a record to correct.
    fn take_in(&mut self, desk: &Desk, rows: Vec<Record>) -> Vec<Action> {
        let Some(fact) = rows.into_iter().map(|row| row.fact).next() else { return Vec::new() };
        if self.again.as_ref().is_some_and(|again| again.corrects == Some(fact.id)) {
            return self.send_again(fact);
        }
        if self.wanted == Some(fact.id) {
            self.wanted = None;
            return crate::screen::amend::open(desk, &fact);
        }
        if self.row().and_then(Row::review) == Some(fact.id) {
            self.comment = Some(fact);
        }
        Vec::new()
    }

    /// What was written in the last review of the chosen row.
    fn said(&self) -> Option<&str> {
        match &self.comment.as_ref()?.draft.body {
            Body::Record(record) => Some(record.text("content")).filter(|text| !text.is_empty()),
            _ => None,
        }
    }

    fn command(&mut self, command: Command, desk: &Desk) -> Vec<Action> {
        if let Some(facts) = &mut self.facts {
            if facts.window.walk(command, facts.rows.len()) {
                return Vec::new();
            }
            return match command {
                Command::Back | Command::Left => {
                    self.facts = None;
                    Vec::new()
                }
                Command::Open | Command::Right => self.open_fact(),
                _ => Vec::new(),
            };
        }
        if self.window.walk(command, self.rows.len()) {
            return self.look();
        }
        match command {
            Command::Open => self.open(desk),
            Command::Right => self.deeper(desk),
            Command::AssessAll => self.take_all(),
            Command::SendScores => self.send_up(),
            Command::NextOverdue => self.go_to_waiting(true),
            Command::PrevOverdue => self.go_to_waiting(false),
            Command::PrevMonth => self.show(self.period.shifted(-1), desk),
            Command::NextMonth => self.show(self.period.shifted(1), desk),
            Command::Today => self.show(Period::containing(self.period.cadence, desk.today()), desk),
            Command::NextFocus => self.turn(1, desk),
            Command::PrevFocus => self.turn(LENGTHS.len() - 1, desk),
            Command::Undo => vec![Action::Undo],
            Command::Back | Command::Left => vec![Action::Close],
            _ => Vec::new(),
        }
    }
}

impl Screen for Assessment {
    fn context(&self) -> Context {
        Context::List
    }

    fn refuses(&self, command: Command, desk: &Desk) -> Option<String> {
        use Command::*;
        if let Some(facts) = &self.facts {
            return match command {
                Open | Right => unless_row(!facts.rows.is_empty()),
                _ => unless_known(command, &[Left]),
            };
        }
        match command {
            Open | Right => unless_row(!self.rows.is_empty()),
            AssessAll => self.all.as_ref().err().cloned(),
            NextOverdue | PrevOverdue => unless(self.next_waiting(true).is_some(), || t!("assess.no_waiting")),
            SendScores => self.send.as_ref().err().cloned(),
            NextMonth => unless(self.period.shifted(1).first() <= desk.today(), || t!("assess.later")),
            Today => unless(!self.period.contains(desk.today()), || t!("assess.this_period")),
            Undo => (desk.undoable().is_none()).then(nothing_to_undo),
            _ => unless_known(command, &[Left, PrevMonth, NextFocus, PrevFocus, Export]),
        }
    }

    fn listings(&self, desk: &Desk) -> Vec<Listing> {
        vec![self.listing(desk)]
    }

    fn on(&mut self, event: Event, desk: &Desk) -> Vec<Action> {
        match event {
            Event::Command(command) => self.command(command, desk),
            Event::Point(pointer) => match &mut self.facts {
                Some(facts) => match facts.window.point(pointer, facts.rows.len()) {
                    Pointed::Again => self.open_fact(),
                    _ => Vec::new(),
                },
                None => match self.window.point(pointer, self.rows.len()) {
                    Pointed::Again => self.open(desk),
                    _ => self.look(),
                },
            },
            Event::Rows(rows) => self.take_in(desk, rows),
            Event::Refused => {
                self.sent = false;
                Vec::new()
            }
            Event::Saved | Event::Changed => {
                self.sent &= !matches!(event, Event::Saved);
                if self.seen != Some((desk.state.count(), desk.actor.person.clone())) {
                    self.reckon(desk);
                }
                self.look()
            }
            _ => Vec::new(),
        }
    }
}
