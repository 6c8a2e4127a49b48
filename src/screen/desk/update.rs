//! How the desk answers events.
use super::{DeskScreen, Focus, PaneRow, row::Thing, tab::Tab};
use crate::{
    app::{About, Act, Action, Command, Context, Desk, Event, Pointer, Query, Route, Screen, Spot},
    grid::org::NodeIx,
    report::{Job, Listing, What, Wording, write::Format},
};

/// How many records are read at a time.
const PAGE: usize = 200;

impl Screen for DeskScreen {
    fn context(&self) -> Context {
        if self.filter.is_typing() { Context::Prompt } else { Context::Desk }
    }

    fn takes_text(&self) -> bool {
        self.filter.is_typing()
    }

    fn has_marks(&self) -> bool {
        !self.marks.is_empty()
    }

    fn refuses(&self, command: Command, desk: &Desk) -> Option<String> {
        self.why_not(command, desk)
    }

    fn listings(&self, desk: &Desk) -> Vec<Listing> {
        vec![self.listing(desk)]
    }

    fn told(&self, desk: &Desk) -> Result<Wording, String> {
        self.has_to_tell(desk)
    }

    fn on(&mut self, event: Event, desk: &Desk) -> Vec<Action> {
        if let Some(changed) = self.filter.on(&event) {
            return if changed { self.refilter(desk) } else { Vec::new() };
        }
        match event {
            Event::Command(command) => self.command(command, desk),
            Event::Point(pointer) => self.point(pointer, desk),
            Event::Rows(rows) => {
                self.all_read = rows.len() < PAGE;
                self.records.extend(rows);
                self.rebuild(desk);
                Vec::new()
            }
            Event::Saved => {
                self.sent_at = None;
                self.marks.saved();
                self.refresh(desk)
            }
            Event::Changed => {
                self.settle_marks(desk);
                self.refresh(desk)
            }
            Event::Refused => {
                self.sent_at = None;
                self.marks.refused();
                Vec::new()
            }
            Event::GoTo { node, spot } => self.go_to(node, spot, desk),
            Event::Show(list) => self.show_list(list, desk),
            _ => Vec::new(),
        }
    }
}

impl DeskScreen {
    fn refresh(&mut self, desk: &Desk) -> Vec<Action> {
        self.filter.forget();
        self.tree.rebuild(desk, Some(&mut self.filter).filter(|_| self.focus == Focus::Tree));
        self.reload(desk)
    }

    /// Makes the pane's rows again; records are read from the log again.
    fn reload(&mut self, desk: &Desk) -> Vec<Action> {
        self.records.clear();
        self.all_read = false;
        self.rebuild(desk);
        if self.shows_records() { vec![self.read_more()] } else { Vec::new() }
    }

    fn read_more(&self) -> Action {
        let before = self.records.last().map(|record| record.position);
        Action::Read(Query { about: About::Node(self.node()), before, limit: PAGE })
    }

    fn command(&mut self, command: Command, desk: &Desk) -> Vec<Action> {
        match command {
            Command::Up | Command::Down | Command::PageUp | Command::PageDown | Command::Home | Command::End => {
                self.step(command, desk)
            }
            Command::Left | Command::Right | Command::ToggleFold | Command::Open => self.sideways(command, desk),
            Command::NextFocus | Command::PrevFocus => {
                self.turn(if self.focus == Focus::Tree { Focus::Pane } else { Focus::Tree }, desk)
            }
            Command::NextTab => self.show(self.tab.shifted(1), desk),
            Command::PrevTab => self.show(self.tab.shifted(-1), desk),
            Command::NextOverdue => self.go_to_overdue(desk, true),
            Command::PrevOverdue => self.go_to_overdue(desk, false),
            Command::PrevMonth => vec![Action::ShowMonth(desk.month.shifted(-1).first())],
            Command::NextMonth => vec![Action::ShowMonth(desk.month.shifted(1).first())],
            Command::Today => vec![Action::ShowMonth(desk.today())],
            Command::Filter => {
                self.filter.open();
                Vec::new()
            }
            Command::Lists => self.lists(),
            Command::Back => self.back(desk),
            Command::Drafts => vec![Action::Open(Route::Drafts)],
            Command::Calendar => vec![Action::Open(Route::Calendar { node: self.node(), pick: None })],
            Command::Burden => vec![Action::Open(Route::Burden(self.node()))],
            Command::Recent => vec![Action::Open(Route::Recent)],
            Command::Handover => self.hand_over(desk),
            Command::Held => vec![Action::Open(Route::Held)],
            Command::Overview => vec![Action::Open(Route::Overview { node: self.node() })],
            Command::Assessment => vec![Action::Open(Route::Assessment { node: self.node(), period: None })],
            Command::Timeline => vec![Action::Open(Route::Timeline)],
            Command::Report => {
                vec![Action::Export(Job { node: self.node(), period: desk.month, what: What::Pack(Format::Xlsx) })]
            }
            other => match other.tab() {
                Some(n) if self.marks.is_open() => self.take(n + 1),
                Some(n) => Tab::ALL.get(n).map_or(Vec::new(), |tab| self.show(*tab, desk)),
                None => self.work(other, desk),
            },
        }
    }

    fn step(&mut self, command: Command, desk: &Desk) -> Vec<Action> {
        const FAR: isize = isize::MAX / 2;
        let rows = match command {
            Command::Up => -1,
            Command::Down => 1,
            Command::PageUp => -10,
            Command::PageDown => 10,
            Command::Home => -FAR,
            _ => FAR,
        };
        if self.focus == Focus::Tree {
            let before = self.node();
            let len = self.tree.rows.len();
            self.tree.window.step(rows, len);
            return if self.node() == before { Vec::new() } else { self.arrive(desk) };
        }
        self.move_in_pane(rows);
        self.marks.stretch(&self.things, self.window.at, Thing::is_like);
        let at_end = self.window.at + 1 >= self.rows.len();
        if self.shows_records() && at_end && !self.all_read && !self.records.is_empty() {
            return vec![self.read_more()];
        }
        Vec::new()
    }

    /// A click puts the cursor on a row of the side that it is in, and opens the row that it stands on; the wheel moves
    /// that side's cursor.
    fn point(&mut self, pointer: Pointer, desk: &Desk) -> Vec<Action> {
        let side = if self.tree.window.shows(pointer) {
            Focus::Tree
        } else if self.window.shows(pointer) {
            Focus::Pane
        } else {
            return Vec::new();
        };
        self.filter.rest();
        let mut actions = if self.focus == side { Vec::new() } else { self.turn(side, desk) };
        let (window, len) = match side {
            Focus::Tree => (&mut self.tree.window, self.tree.rows.len()),
            Focus::Pane => (&mut self.window, self.rows.len()),
        };
        let row = window.row_at(pointer, len);
        match (pointer.act, row) {
            (Act::WheelDown, _) => actions.extend((0..3).flat_map(|_| self.step(Command::Down, desk))),
            (Act::WheelUp, _) => actions.extend((0..3).flat_map(|_| self.step(Command::Up, desk))),
            (Act::Click, None) => {}
            (Act::Click, Some(row)) => actions.extend(self.click(side, row, desk)),
        }
        actions
    }

    fn click(&mut self, side: Focus, row: usize, desk: &Desk) -> Vec<Action> {
        if side == Focus::Pane {
            if !self.rows[row].is_selectable() {
                return Vec::new();
            }
            return if self.window.click(row) { self.sideways(Command::Open, desk) } else { Vec::new() };
        }
        let before = self.node();
        if self.tree.window.click(row) {
            self.tree.toggle(desk);
        }
        if self.node() == before { Vec::new() } else { self.arrive(desk) }
    }

    pub(super) fn move_in_pane(&mut self, rows: isize) {
        let selectable: Vec<usize> =
            self.rows.iter().enumerate().filter(|(_, row)| row.is_selectable()).map(|(i, _)| i).collect();
        let Some(here) = selectable.iter().position(|i| *i >= self.window.at) else { return };
        let next = here.saturating_add_signed(rows).min(selectable.len() - 1);
        self.window.at = selectable[next];
        if next == 0 {
            // The heading above the first row comes back into view with it.
            self.window.top = 0;
        }
    }

    pub(super) fn sideways(&mut self, command: Command, desk: &Desk) -> Vec<Action> {
        match (self.focus, command) {
            (Focus::Tree, Command::Left) => {
                self.tree.fold(desk);
                self.arrive(desk)
            }
            (Focus::Tree, Command::ToggleFold) => {
                self.tree.toggle(desk);
                Vec::new()
            }
            (Focus::Tree, _) => {
                if self.filter.close() {
                    self.tree.go_to(desk, self.node());
                    return self.arrive(desk);
                }
                if self.tree.unfold(desk) { Vec::new() } else { self.turn(Focus::Pane, desk) }
            }
            (Focus::Pane, Command::Left) => self.turn(Focus::Tree, desk),
            (Focus::Pane, Command::Open) => self.open_row(desk),
            (Focus::Pane, _) => Vec::new(),
        }
    }

    pub(super) fn show(&mut self, tab: Tab, desk: &Desk) -> Vec<Action> {
        (self.tab, self.list) = (tab, None);
        self.focus = Focus::Pane;
        self.arrive(desk)
    }

    pub(super) fn turn(&mut self, focus: Focus, desk: &Desk) -> Vec<Action> {
        self.focus = focus;
        self.marks.end();
        if self.filter.close() { self.refresh(desk) } else { Vec::new() }
    }

    /// The node or the tab is another one: the pane starts at its top.
    pub(super) fn arrive(&mut self, desk: &Desk) -> Vec<Action> {
        self.marks.end();
        if self.focus == Focus::Pane {
            self.filter.close();
        }
        let mut actions = self.keep_marks(desk);
        self.rows.clear();
        self.stood = None;
        self.window = Default::default();
        actions.extend(self.reload(desk));
        self.window.at = self.first_row();
        actions
    }

    /// Shows a node with the cursor on what is meant there, where it is listed.
    fn go_to(&mut self, node: NodeIx, spot: Spot, desk: &Desk) -> Vec<Action> {
        self.filter.close();
        self.tree.go_to(desk, node);
        let tab = match spot {
            Spot::Unit(unit) if desk.state.org().grid_of(unit, desk.today()) == Some(node) => Tab::Visits,
            Spot::Person(_) => Tab::People,
            _ => Tab::Duties,
        };
        let actions = self.show(tab, desk);
        let is_it = |row: &PaneRow| match (row, spot) {
            (PaneRow::Duty(s), Spot::Duty(duty)) => (s.duty, s.node) == (duty, node),
            (PaneRow::Post(_, held), Spot::Person(person)) => *held == person,
            (row, Spot::Unit(unit)) => row.unit() == Some(unit),
            _ => false,
        };
        if let Some(at) = self.rows.iter().position(is_it) {
            self.window.at = at;
        }
        actions
    }

    fn go_to_overdue(&mut self, desk: &Desk, forward: bool) -> Vec<Action> {
        self.filter.close();
        if !self.tree.go_to_overdue(desk, forward) {
            return Vec::new();
        }
        (self.tab, self.list) = (Tab::Duties, None);
        self.arrive(desk)
    }

    fn back(&mut self, desk: &Desk) -> Vec<Action> {
        if self.filter.close() {
            return self.refresh(desk);
        }
        if self.marks.end() {
            return Vec::new();
        }
        if !self.marks.is_empty() {
            return self.drop_marks();
        }
        if self.focus == Focus::Tree {
            return self.turn(Focus::Pane, desk);
        }
        if self.tab != Tab::Duties || self.list.is_some() {
            return self.show(Tab::Duties, desk);
        }
        if self.node() != desk.home {
            self.tree.go_to(desk, desk.home);
            return self.arrive(desk);
        }
        Vec::new()
    }
}
