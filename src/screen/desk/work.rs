//! The desk's commands that record something, or lead to where it is recorded.
use super::{DeskScreen, Focus, PaneRow};
use crate::{
    app::{About, Action, Command, Desk, Message, Route},
    grid::{
        decide::Intent,
        fact::SessionKind,
        org::{Form, UnitIx},
    },
};

impl DeskScreen {
    /// The commands that record something, or lead to where it is recorded.
    pub(super) fn work(&mut self, command: Command, desk: &Desk) -> Vec<Action> {
        match command {
            Command::VisitToday => self.tick(desk),
            Command::VisitForm => match self.chosen() {
                units if units.is_empty() => say("请先选一家企业，再填写走访"),
                units => vec![Action::Open(Route::Visit { units, amends: None })],
            },
            Command::MarkRange => self.mark_range(),
            Command::MarkAll => {
                self.marked = self.rows.iter().filter_map(PaneRow::unit).collect();
                self.anchor = None;
                vec![Action::Say(Message::note(format!("选中 {} 家", self.marked.len())))]
            }
            Command::MarkClear => {
                self.marked.clear();
                self.anchor = None;
                Vec::new()
            }
            Command::Training => self.session(SessionKind::Training),
            Command::Activity => self.session(SessionKind::Activity),
            Command::Done => self.done(desk),
            Command::Record => self.choose(desk),
            Command::CloseProblem => self.close_problem(desk),
            Command::Plan => self.plan(desk),
            Command::AssignUnit => self.assign(desk),
            Command::Regroup => {
                let units = if self.marked.is_empty() { Vec::new() } else { self.chosen() };
                vec![Action::Open(Route::Regroup { node: self.node(), units })]
            }
            Command::Undo => match self.row() {
                Some(PaneRow::Record(record)) => vec![Action::Withdraw(vec![record.fact.clone()])],
                _ => vec![Action::Undo],
            },
            Command::Board if desk.state.org().node(self.node()).is_grid() => {
                vec![Action::Open(Route::Board(self.node()))]
            }
            Command::Board => say(&format!("请先选一个{}，再看走访板", desk.pack().names.level(3, Form::Vertical))),
            Command::History => {
                let unit = self.row().filter(|_| self.focus == Focus::Pane).and_then(PaneRow::unit);
                vec![Action::Open(Route::History(unit.map_or(About::Node(self.node()), About::Unit)))]
            }
            _ => Vec::new(),
        }
    }

    /// Ticks what is chosen: a visit today, or the record that the tab is about.
    fn tick(&mut self, desk: &Desk) -> Vec<Action> {
        if self.focus == Focus::Tree {
            return self.turn(Focus::Pane, desk);
        }
        match self.row() {
            Some(PaneRow::Owed(..)) => self.done(desk),
            Some(PaneRow::Duty(_) | PaneRow::Child(_)) => self.sideways(Command::Open, desk),
            Some(row) if row.unit().is_some() && !desk.month.contains(desk.today()) => {
                let (month, today, form) =
                    (desk.month.label(), Command::Today.row().name(), Command::VisitForm.row().name());
                say(&format!("正在看{month}；记今天的走访先按「{today}」，补录以前的按「{form}」"))
            }
            Some(row) if row.unit().is_some() => vec![Action::Record(visit_today(desk, self.chosen()))],
            _ => say("请先选一家企业，再记走访"),
        }
    }

    pub(super) fn done(&mut self, desk: &Desk) -> Vec<Action> {
        let grid = self.node();
        match self.row() {
            Some(PaneRow::Owed(own, ..)) => {
                let own = *own;
                if !desk.pack().duties[own].by_hand() {
                    let unit = self.row().and_then(PaneRow::unit);
                    return super::matters::form_for(&desk.pack().duties[own], grid, unit).unwrap_or_default();
                }
                let of_duty = |row: &PaneRow| matches!(row, PaneRow::Owed(of, ..) if *of == own);
                let listed: Vec<UnitIx> = self.rows.iter().filter(|r| of_duty(r)).filter_map(PaneRow::unit).collect();
                let units = self.chosen().into_iter().filter(|unit| listed.contains(unit)).collect();
                let duty = desk.pack().duties[own].id.clone();
                vec![Action::Record(Intent::Done {
                    duty,
                    grid,
                    units,
                    on: desk.today(),
                    period: None,
                    note: String::new(),
                })]
            }
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
            _ => say("请先选一条职责，再办结"),
        }
    }

    fn close_problem(&self, desk: &Desk) -> Vec<Action> {
        let visit = match self.row() {
            Some(PaneRow::Problem(visit, _)) => Some(*visit),
            Some(PaneRow::Matter(_)) => self.problem_here(desk),
            Some(row) => row.unit().and_then(|unit| desk.state.open_problems(unit).next()).map(|p| p.id),
            None => None,
        };
        match visit {
            Some(visit) => {
                vec![Action::Record(Intent::CloseProblem { visit, on: desk.today(), note: String::new() })]
            }
            None => say("这一行没有未销号的问题"),
        }
    }

    pub(super) fn assign(&self, desk: &Desk) -> Vec<Action> {
        match self.chosen() {
            units if units.is_empty() => match desk.overview.sum(self.node()).unplaced {
                0 => say("这里没有未划入网格的企业"),
                n => say(&format!("有 {n} 家未划入网格，请在「职责」页里选中它们")),
            },
            units => vec![Action::Open(Route::Place(units))],
        }
    }

    /// Designs the grids of the township that is chosen, or that the chosen grid belongs to.
    fn plan(&self, desk: &Desk) -> Vec<Action> {
        let org = desk.state.org();
        match org.path_up(self.node()).find(|ix| org.node(*ix).level == 2) {
            Some(town) => vec![Action::Open(Route::Plan(town))],
            None => say("请先在左边选一个乡镇（街道）或开发区，再看网格方案"),
        }
    }

    pub(super) fn session(&self, kind: SessionKind) -> Vec<Action> {
        vec![Action::Open(Route::Session { grid: self.node(), kind, amends: None })]
    }

    fn mark_range(&mut self) -> Vec<Action> {
        if self.anchor.take().is_some() {
            return vec![Action::Say(Message::note(format!("选中 {} 家；按空格一次记完", self.marked.len())))];
        }
        let Some(unit) = self.row().and_then(PaneRow::unit) else {
            return say("请先移到一家企业上，再选多家");
        };
        self.anchor = Some(self.window.at);
        self.marked.insert(unit);
        vec![Action::Say(Message::note("移动光标扩大范围，再按空格一次记完"))]
    }

    /// Marks what lies between the anchor and the cursor.
    pub(super) fn stretch(&mut self) {
        let Some(anchor) = self.anchor else { return };
        let (from, to) = (anchor.min(self.window.at), anchor.max(self.window.at));
        self.marked = self.rows[from..=to.min(self.rows.len() - 1)].iter().filter_map(PaneRow::unit).collect();
    }
}

/// A plain visit to these units today.
fn visit_today(desk: &Desk, units: Vec<UnitIx>) -> Intent {
    Intent::Visit {
        units,
        on: desk.today(),
        topics: Vec::new(),
        note: String::new(),
        problem: None,
        with: Vec::new(),
        amends: None,
    }
}

pub(super) fn say(text: &str) -> Vec<Action> {
    vec![Action::Say(Message::note(text))]
}
