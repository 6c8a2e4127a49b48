//! The desk's commands that record something, or lead to where it is recorded. What can't run was refused before.
use std::collections::BTreeMap;

use super::{DeskScreen, Focus, PaneRow, row::Thing};
use crate::{
    app::{About, Action, Command, Desk, Message, Route},
    grid::{
        decide::Intent,
        fact::{FactId, SessionKind},
        org::{NodeIx, UnitIx},
    },
    screen::batch,
    words::t,
};

impl DeskScreen {
    /// The commands that record something, or lead to where it is recorded.
    pub(super) fn work(&mut self, command: Command, desk: &Desk) -> Vec<Action> {
        match command {
            Command::VisitToday => self.tick(desk),
            Command::VisitForm => {
                let units = self.chosen(desk);
                self.send(self.chosen_things(|_| true), desk);
                vec![Action::Open(Route::Visit { units, amends: None })]
            }
            Command::MarkOne | Command::MarkRange | Command::MarkAll | Command::MarkClear => {
                let mut actions = if self.focus == Focus::Tree { self.turn(Focus::Pane, desk) } else { Vec::new() };
                actions.extend(self.mark(command));
                actions
            }
            Command::Training => self.session(SessionKind::Training),
            Command::Activity => self.session(SessionKind::Activity),
            Command::Done => self.done(desk),
            Command::Record => self.choose(desk),
            Command::CloseProblem => self.close_problems(desk),
            Command::Plan => self.town(desk).map(|town| Action::Open(Route::Plan(town))).into_iter().collect(),
            Command::AssignUnit => self.assign(desk),
            Command::Regroup => {
                let units = if self.marks.is_empty() { Vec::new() } else { self.chosen(desk) };
                self.send(self.chosen_things(|_| true), desk);
                vec![Action::Open(Route::Regroup { node: self.node(), units })]
            }
            Command::Undo => match self.row() {
                _ if self.marks.can_undo() => self.undo_marks().unwrap_or_default(),
                Some(PaneRow::Record(record)) if self.focus == Focus::Pane => {
                    vec![Action::Withdraw(vec![record.fact.clone()])]
                }
                _ => vec![Action::Undo],
            },
            Command::UnitYear => {
                let unit = self.pointed().and_then(PaneRow::unit);
                unit.map(|unit| Action::Open(Route::Year(unit))).into_iter().collect()
            }
            Command::Board if self.grid_here(desk).is_some() => {
                let unit = self.row().and_then(PaneRow::unit);
                self.grid_here(desk).map(|grid| Action::Open(Route::Board { grid, unit })).into_iter().collect()
            }
            Command::History => {
                let unit = self.pointed().and_then(PaneRow::unit);
                vec![Action::Open(Route::History(unit.map_or(About::Node(self.node()), About::Unit)))]
            }
            _ => Vec::new(),
        }
    }

    /// The grid that is chosen; in a working list over several, the one of the unit under the cursor.
    pub(super) fn grid_here(&self, desk: &Desk) -> Option<NodeIx> {
        let org = desk.state.org();
        let of_unit = || org.grid_of(self.row().filter(|_| self.focus == Focus::Pane)?.unit()?, desk.today());
        if org.node(self.node()).is_grid() { Some(self.node()) } else { of_unit() }
    }

    /// Ticks what is chosen: a visit today, or the record that the tab is about.
    fn tick(&mut self, desk: &Desk) -> Vec<Action> {
        if self.focus == Focus::Tree {
            return self.turn(Focus::Pane, desk);
        }
        match self.row() {
            _ if !self.marks.is_empty() => match self.natural() {
                Command::Done => self.done(desk),
                Command::CloseProblem => self.close_problems(desk),
                Command::AssignUnit => self.assign(desk),
                _ => self.visit_today(desk),
            },
            Some(PaneRow::Owed(..)) => self.done(desk),
            Some(PaneRow::Duty(_) | PaneRow::Child(_)) => self.sideways(Command::Open, desk),
            _ => self.visit_today(desk),
        }
    }

    /// Records a visit today for what is marked, or for the unit under the cursor.
    fn visit_today(&mut self, desk: &Desk) -> Vec<Action> {
        let units = self.chosen(desk);
        let things = self.chosen_things(|_| true);
        let hidden = self.unseen(&things);
        self.send(things, desk);
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

    /// Records the duties of the units that are marked for them, or of the one under the cursor.
    fn done_for(&mut self, desk: &Desk) -> Vec<Action> {
        let mut things = self.chosen_things(|thing| matches!(thing, Thing::Owed(..)));
        if things.is_empty() {
            things.extend(self.things.get(self.window.at).copied().flatten());
        }
        let mut of_duty: BTreeMap<usize, Vec<UnitIx>> = BTreeMap::new();
        for thing in &things {
            if let Thing::Owed(duty, unit) = thing {
                of_duty.entry(*duty).or_default().push(*unit);
            }
        }
        if let Some(by_form) = of_duty.keys().find(|own| !desk.pack().duties[**own].by_hand()) {
            let duty = &desk.pack().duties[*by_form];
            if things.len() > 1 {
                return vec![Action::Say(Message::note(t!("marks.one_by_one", duty = duty.name)))];
            }
            let unit = self.row().and_then(PaneRow::unit);
            return super::matters::form_for(duty, self.node(), unit).unwrap_or_default();
        }
        let (grid, on) = (self.node(), desk.today());
        let intent = |(duty, units): (usize, Vec<UnitIx>)| {
            let duty = desk.pack().duties[duty].id.clone();
            Intent::Done { duty, grid, units, on, period: None, note: String::new() }
        };
        let units = of_duty.values().flatten().copied().collect();
        let hidden = self.unseen(&things);
        self.send(things, desk);
        batch::record(of_duty.into_iter().map(intent).collect(), units, hidden)
    }

    pub(super) fn done(&mut self, desk: &Desk) -> Vec<Action> {
        match self.row() {
            _ if self.marks.all().any(|thing| matches!(thing, Thing::Owed(..))) => self.done_for(desk),
            Some(PaneRow::Owed(..)) => self.done_for(desk),
            Some(PaneRow::Duty(standing)) => {
                let duty = &desk.pack().duties[standing.duty];
                if duty.kind.per_unit() || !duty.by_hand() {
                    return self.sideways(Command::Open, desk);
                }
                let duty = duty.id.clone();
                vec![Action::Record(Intent::Done {
                    duty,
                    grid: standing.node,
                    units: Vec::new(),
                    on: desk.today(),
                    period: None,
                    note: String::new(),
                })]
            }
            _ => Vec::new(),
        }
    }

    /// The open problems that are marked, those of the units that are marked, or the one under the cursor.
    pub(super) fn problems(&self, desk: &Desk) -> Vec<FactId> {
        let open = |unit: UnitIx| desk.state.open_problems(unit).map(|problem| problem.id);
        let things = self.chosen_things(|_| true);
        let of = |thing: &Thing| match thing {
            Thing::Problem(id) => vec![*id],
            Thing::Unit(unit) | Thing::Owed(_, unit) => open(*unit).collect(),
        };
        let mut visits: Vec<FactId> = things.iter().flat_map(of).collect();
        if things.is_empty() {
            visits.extend(match self.pointed() {
                Some(PaneRow::Problem(visit, _)) => Some(*visit),
                Some(PaneRow::Matter(_)) => self.problem_here(desk),
                Some(row) => row.unit().and_then(|unit| open(unit).next()),
                None => None,
            });
        }
        visits.sort();
        visits.dedup();
        visits
    }

    fn close_problems(&mut self, desk: &Desk) -> Vec<Action> {
        let (visits, things) = (self.problems(desk), self.chosen_things(|_| true));
        let units = if things.is_empty() { Vec::new() } else { self.chosen(desk) };
        let hidden = self.unseen(&things);
        self.send(things, desk);
        let intent = |visit| Intent::CloseProblem { visit, on: desk.today(), note: String::new() };
        batch::record(visits.into_iter().map(intent).collect(), units, hidden)
    }

    pub(super) fn assign(&mut self, desk: &Desk) -> Vec<Action> {
        let units = self.chosen(desk);
        self.send(self.chosen_things(|_| true), desk);
        vec![Action::Open(Route::Place(units))]
    }

    /// The township that is chosen, or that the chosen grid belongs to: its grids can be designed.
    pub(super) fn town(&self, desk: &Desk) -> Option<NodeIx> {
        let org = desk.state.org();
        org.path_up(self.node()).find(|ix| org.node(*ix).level == 2)
    }

    pub(super) fn session(&self, kind: SessionKind) -> Vec<Action> {
        vec![Action::Open(Route::Session { grid: self.node(), kind, amends: None })]
    }
}

pub(super) fn say(text: &str) -> Vec<Action> {
    vec![Action::Say(Message::note(text))]
}
