//! Why the desk can't run a command now.
use super::{DeskScreen, Focus, PaneRow, row::Thing, tab::Tab};
use crate::{
    app::{Command, Desk, nothing_to_undo, useless},
    grid::org::Form,
    screen::refuse::{unless, unless_row},
    ui::tree::Fold,
    words::t,
};

impl DeskScreen {
    /// Why a command can't run where the cursor stands; none where it can.
    pub(super) fn why_not(&self, command: Command, desk: &Desk) -> Option<String> {
        use Command::*;
        match command {
            _ if self.filter.is_typing() => self.why_not_in_line(command),
            VisitToday => self.why_no_tick(desk),
            VisitForm => unless(self.has_units(), || t!("refusal.no_unit")),
            UnitYear => unless(self.pointed_unit(), || t!("refusal.no_unit")),
            MarkOne => unless(self.points_at_thing(), || t!("marks.not_here")),
            MarkRange => unless(self.marks.is_open() || self.points_at_thing(), || t!("marks.not_here")),
            MarkAll => unless(self.things.iter().any(Option::is_some), || t!("marks.not_here")),
            MarkClear => unless(!self.marks.is_empty(), || t!("refusal.no_marks")),
            Done => self.why_not_done(desk),
            CloseProblem => unless(!self.problems(desk).is_empty(), || t!("refusal.no_problem")),
            AssignUnit => self.why_no_assignment(desk),
            Handover => unless(self.handover_of(desk).is_some(), || t!("refusal.handover.nobody")),
            Plan => unless(self.town(desk).is_some(), || t!("refusal.no_town")),
            Board => {
                let level = desk.pack().names.level(3, Form::Vertical);
                unless(self.grid_here(desk).is_some(), || t!("refusal.no_grid", level = level))
            }
            Undo => self.why_no_undo(desk),
            Report => {
                unless(desk.month.first() <= desk.today(), || t!("refusal.no_period", month = desk.month.label()))
            }
            NextOverdue | PrevOverdue => unless(self.burns_elsewhere(desk), || t!("refusal.no_overdue")),
            Today => unless(!desk.month.contains(desk.today()), || t!("refusal.this_month")),
            Left | Right | ToggleFold | Open => self.why_not_sideways(command, desk),
            Back => unless(!self.is_at_top(desk), || t!("refusal.at_top")),
            other if other.tab().is_some() && self.marks.is_open() => None, // it says how many
            other => other.tab().and_then(|n| self.why_not_tab(n)),
        }
    }

    fn why_not_tab(&self, n: usize) -> Option<String> {
        let is_shown = self.focus == Focus::Pane && self.tab.place() == n;
        match n {
            n if n >= Tab::ALL.len() => Some(t!("refusal.no_tab", n = n + 1).into_owned()),
            _ => unless(!is_shown, || t!("refusal.this_tab")),
        }
    }

    /// In the line where something is looked for.
    fn why_not_in_line(&self, command: Command) -> Option<String> {
        use Command::{Back, Down, NextFocus, Open, PageDown, PageUp, Quit, Up};
        let is_known = matches!(command, Back | Open | NextFocus | Up | Down | PageUp | PageDown | Quit);
        (!is_known).then(|| useless(command))
    }

    /// The row that a command on one row is about: none while the tree has the focus.
    pub(super) fn pointed(&self) -> Option<&PaneRow> {
        self.row().filter(|_| self.focus == Focus::Pane)
    }

    /// Whether there is something to mark under the pane's cursor; marking from the tree goes there.
    fn points_at_thing(&self) -> bool {
        self.things.get(self.window.at).is_some_and(Option::is_some)
    }

    fn pointed_unit(&self) -> bool {
        self.pointed().and_then(PaneRow::unit).is_some()
    }

    /// Whether a command on several units has some.
    fn has_units(&self) -> bool {
        !self.marks.is_empty() || self.pointed_unit()
    }

    fn why_no_tick(&self, desk: &Desk) -> Option<String> {
        if self.focus == Focus::Tree {
            return None; // it leads to the pane
        }
        let in_month = || {
            unless(desk.month.contains(desk.today()), || {
                let (today, form) = (Command::Today.row().name(), Command::VisitForm.row().name());
                t!("refusal.other_month", month = desk.month.label(), today = today, form = form)
            })
        };
        match self.row() {
            _ if !self.marks.is_empty() && self.natural() != Command::VisitToday => None,
            _ if !self.marks.is_empty() => in_month(),
            Some(PaneRow::Owed(..) | PaneRow::Duty(_) | PaneRow::Child(_)) => None,
            Some(row) if row.unit().is_some() => in_month(),
            _ => unless(false, || t!("refusal.no_unit")),
        }
    }

    fn why_not_done(&self, desk: &Desk) -> Option<String> {
        match self.pointed() {
            Some(PaneRow::Owed(..)) => None,
            _ if self.marks.all().any(|thing| matches!(thing, Thing::Owed(..))) => None,
            Some(PaneRow::Duty(standing)) => {
                let duty = &desk.pack().duties[standing.duty];
                let record = Command::Record.row().name();
                unless(!duty.evidence.is_empty(), || t!("refusal.judged", record = record))
            }
            _ => unless(false, || t!("refusal.no_duty")),
        }
    }

    fn why_no_assignment(&self, desk: &Desk) -> Option<String> {
        if self.has_units() {
            return None;
        }
        Some(match desk.overview.sum(self.node()).unplaced {
            0 => t!("refusal.none_unplaced").into_owned(),
            n => t!("refusal.some_unplaced", n = n).into_owned(),
        })
    }

    fn why_no_undo(&self, desk: &Desk) -> Option<String> {
        match self.pointed() {
            Some(PaneRow::Record(record)) if !self.marks.can_undo() => {
                unless(!desk.state.is_withdrawn(&record.fact), || t!("refusal.withdrawn"))
            }
            _ if self.marks.can_undo() || desk.undoable().is_some() => None,
            _ => Some(nothing_to_undo()),
        }
    }

    /// Whether some other node has something overdue of its own.
    fn burns_elsewhere(&self, desk: &Desk) -> bool {
        let roots = desk.state.org().roots().iter();
        let all: usize = roots.map(|root| desk.overview.sum(*root).overdue as usize).sum();
        all > desk.overview.own(self.node()).overdue as usize
    }

    fn why_not_sideways(&self, command: Command, desk: &Desk) -> Option<String> {
        let fold = self.tree.rows.get(self.tree.window.at).map(|row| row.fold);
        match (self.focus, command) {
            (Focus::Tree, Command::ToggleFold) => unless(fold != Some(Fold::Leaf), || t!("refusal.leaf")),
            (Focus::Tree, Command::Left) => {
                let has_above = desk.state.org().node(self.node()).parent.is_some();
                unless(fold == Some(Fold::Open) || has_above, || t!("refusal.at_root"))
            }
            (Focus::Pane, Command::ToggleFold) => unless(false, || t!("refusal.not_in_tree")),
            (Focus::Pane, Command::Right) => {
                unless(false, || t!("refusal.no_right", open = Command::Open.row().name()))
            }
            (Focus::Pane, Command::Open) => {
                let leads = |row: &PaneRow| row.is_selectable() && !matches!(row, PaneRow::Post(..));
                unless_row(self.row().is_some_and(leads))
            }
            _ => None,
        }
    }

    /// Whether one step back leads nowhere.
    fn is_at_top(&self, desk: &Desk) -> bool {
        let nothing_open = self.filter.text().is_empty() && self.marks.is_empty() && self.list.is_none();
        nothing_open && self.focus == Focus::Pane && self.tab == Tab::Duties && self.node() == desk.home
    }
}
