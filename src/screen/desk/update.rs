//! How the desk answers events.
use super::{DeskScreen, Focus, PaneRow, tab::Tab, work::say};
use crate::{
    app::{About, Action, Code, Command, Context, Desk, Event, Key, Message, Query, Route, Screen},
    grid::org::NodeIx,
    ui::field::Field,
};

/// How many records are read at a time.
const PAGE: usize = 200;

impl Screen for DeskScreen {
    fn context(&self) -> Context {
        if self.typing { Context::Prompt } else { Context::Desk }
    }

    fn takes_text(&self) -> bool {
        self.typing
    }

    fn on(&mut self, event: Event, desk: &Desk) -> Vec<Action> {
        match event {
            Event::Command(command) if self.typing => self.prompt(command, desk),
            Event::Command(command) => self.command(command, desk),
            Event::Text(key) => self.type_key(key, desk),
            Event::Paste(text) => {
                if let Some(field) = &mut self.filter {
                    field.paste(&text);
                }
                self.refilter(desk)
            }
            Event::Rows(rows) => {
                self.all_read = rows.len() < PAGE;
                self.records.extend(rows);
                self.rebuild(desk);
                Vec::new()
            }
            Event::Saved => {
                self.marked.clear();
                self.anchor = None;
                self.refresh(desk)
            }
            Event::Changed => self.refresh(desk),
            Event::Refused | Event::Picked(_) => Vec::new(),
            Event::GoTo { node, duty } => self.go_to(node, duty, desk),
        }
    }
}

impl DeskScreen {
    fn refresh(&mut self, desk: &Desk) -> Vec<Action> {
        let pattern = if self.focus == Focus::Tree { self.pattern().to_owned() } else { String::new() };
        self.tree.rebuild(desk, &pattern);
        self.reload(desk)
    }

    /// Makes the pane's rows again; records are read from the log again.
    fn reload(&mut self, desk: &Desk) -> Vec<Action> {
        self.records.clear();
        self.all_read = false;
        self.rebuild(desk);
        if self.tab == Tab::Records { vec![self.read_more()] } else { Vec::new() }
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
                self.filter = Some(Field::default());
                self.typing = true;
                Vec::new()
            }
            Command::Back => self.back(desk),
            Command::Calendar => vec![Action::Open(Route::Calendar { node: self.node(), pick: None })],
            Command::Timeline => vec![Action::Open(Route::Timeline)],
            other => match other.tab() {
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
        if self.anchor.is_some() {
            self.stretch();
            return vec![Action::Say(Message::note(format!("选中 {} 家；按空格一次记完", self.marked.len())))];
        }
        let at_end = self.window.at + 1 >= self.rows.len();
        if self.tab == Tab::Records && at_end && !self.all_read && !self.records.is_empty() {
            return vec![self.read_more()];
        }
        Vec::new()
    }

    fn move_in_pane(&mut self, rows: isize) {
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
                if self.filter.take().is_some() {
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
        self.tab = tab;
        self.focus = Focus::Pane;
        self.arrive(desk)
    }

    pub(super) fn turn(&mut self, focus: Focus, desk: &Desk) -> Vec<Action> {
        self.focus = focus;
        self.anchor = None;
        if self.filter.take().is_some() { self.refresh(desk) } else { Vec::new() }
    }

    /// The node or the tab is another one: the pane starts at its top.
    pub(super) fn arrive(&mut self, desk: &Desk) -> Vec<Action> {
        self.marked.clear();
        self.anchor = None;
        if self.focus == Focus::Pane {
            self.filter = None;
        }
        self.rows.clear();
        self.window = Default::default();
        let actions = self.reload(desk);
        self.window.at = self.first_row();
        actions
    }

    /// Shows a node's duties, with the cursor on one of them where it is listed.
    fn go_to(&mut self, node: NodeIx, duty: usize, desk: &Desk) -> Vec<Action> {
        self.filter = None;
        self.tree.go_to(desk, node);
        let actions = self.show(Tab::Duties, desk);
        let is_it = |row: &PaneRow| matches!(row, PaneRow::Duty(s) if (s.duty, s.node) == (duty, node));
        if let Some(at) = self.rows.iter().position(is_it) {
            self.window.at = at;
        }
        actions
    }

    fn go_to_overdue(&mut self, desk: &Desk, forward: bool) -> Vec<Action> {
        self.filter = None;
        if !self.tree.go_to_overdue(desk, forward) {
            return say("没有别的网格逾期");
        }
        self.tab = Tab::Duties;
        self.arrive(desk)
    }

    fn back(&mut self, desk: &Desk) -> Vec<Action> {
        if self.filter.take().is_some() {
            return self.refresh(desk);
        }
        if self.anchor.take().is_some() || !self.marked.is_empty() {
            self.marked.clear();
            return Vec::new();
        }
        if self.focus == Focus::Tree {
            return self.turn(Focus::Pane, desk);
        }
        if self.tab != Tab::Duties {
            return self.show(Tab::Duties, desk);
        }
        if self.node() != desk.home {
            self.tree.go_to(desk, desk.home);
            return self.arrive(desk);
        }
        say("这里已是最上一层；要离开请按退出键")
    }

    fn prompt(&mut self, command: Command, desk: &Desk) -> Vec<Action> {
        match command {
            Command::Back => {
                self.typing = false;
                self.filter = None;
                self.refresh(desk)
            }
            Command::Open | Command::NextFocus => {
                self.typing = false;
                if self.pattern().is_empty() {
                    self.filter = None;
                }
                Vec::new()
            }
            Command::Up | Command::Down | Command::PageUp | Command::PageDown => self.step(command, desk),
            _ => Vec::new(),
        }
    }

    fn type_key(&mut self, key: Key, desk: &Desk) -> Vec<Action> {
        let Some(field) = &mut self.filter else { return Vec::new() };
        if key.code == Code::Backspace && field.value().is_empty() {
            return self.prompt(Command::Back, desk);
        }
        field.handle(key);
        self.refilter(desk)
    }

    fn refilter(&mut self, desk: &Desk) -> Vec<Action> {
        if self.focus == Focus::Tree {
            let pattern = self.pattern().to_owned();
            self.tree.rebuild(desk, &pattern);
            self.tree.window.at = 0;
            return self.arrive(desk);
        }
        self.rebuild(desk);
        self.window.at = self.first_row();
        Vec::new()
    }
}
