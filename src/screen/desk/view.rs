//! How the desk looks.
use ratatui::layout::Rect;

use super::{DeskScreen, Focus, PaneRow, pane, tab::Tab};
use crate::{
    app::{Command, Desk, Screen},
    grid::org::NodeIx,
    screen::{Canvas, View, Zone, filter::Filter, frame},
    ui::{Role, tabs, tree},
    words::t,
};

/// What the bottom line offers on a row of a unit, the most wanted first.
const ON_UNIT: &[Command] = &[
    Command::VisitToday,
    Command::MarkOne,
    Command::MarkRange,
    Command::VisitForm,
    Command::Undo,
    Command::Filter,
    Command::Jump,
    Command::NextFocus,
    Command::Quit,
    Command::History,
    Command::UnitYear,
    Command::Board,
    Command::Lists,
    Command::NextTab,
    Command::Overview,
];

/// On a duty.
const ON_DUTY: &[Command] = &[
    Command::Open,
    Command::Done,
    Command::Record,
    Command::Undo,
    Command::NextTab,
    Command::NextFocus,
    Command::PrevMonth,
    Command::Quit,
    Command::Training,
    Command::Activity,
    Command::Board,
    Command::Timeline,
    Command::NextMonth,
];

/// On what each unit owes.
const ON_OWED: &[Command] =
    &[Command::Done, Command::MarkRange, Command::Undo, Command::Filter, Command::NextFocus, Command::Quit];

/// On a unit without a grid.
const ON_UNPLACED: &[Command] =
    &[Command::AssignUnit, Command::MarkRange, Command::Filter, Command::NextFocus, Command::Quit];

/// On an open problem.
const ON_PROBLEM: &[Command] =
    &[Command::CloseProblem, Command::VisitForm, Command::Undo, Command::NextFocus, Command::Quit];

/// On what waits for its answer.
const ON_MATTER: &[Command] = &[
    Command::Open,
    Command::Record,
    Command::Undo,
    Command::Filter,
    Command::Jump,
    Command::NextFocus,
    Command::NextTab,
    Command::Quit,
];

/// On a record.
const ON_RECORD: &[Command] = &[Command::Open, Command::Undo, Command::Filter, Command::NextFocus, Command::Quit];

/// In the tree, and on rows that lead elsewhere.
const ELSEWHERE: &[Command] = &[
    Command::Open,
    Command::NextOverdue,
    Command::Record,
    Command::Timeline,
    Command::Filter,
    Command::Jump,
    Command::NextFocus,
    Command::Quit,
    Command::Training,
    Command::Activity,
    Command::Board,
    Command::Lists,
    Command::NextTab,
];

/// On a township.
const ON_TOWN: &[Command] = &[
    Command::Open,
    Command::Plan,
    Command::NextOverdue,
    Command::Record,
    Command::Timeline,
    Command::Filter,
    Command::Jump,
    Command::NextFocus,
    Command::Quit,
    Command::NextTab,
    Command::Overview,
];

const PROMPT_HINTS: &[Command] = &[Command::Open, Command::Back];

impl View for DeskScreen {
    fn draw(&mut self, canvas: &mut Canvas<'_>) {
        let hints = self.hints(canvas.desk);
        let about = self.marked(canvas).unwrap_or_else(|| self.about(canvas.desk));
        let body = frame::draw(canvas, self.node(), self.context(), hints, &about);
        // 80 columns leave 24 for the tree; wide screens give it up to 36.
        let cols = (body.width * 3 / 10).clamp(22, 36);
        let left = Rect { width: cols, ..body };
        let right = Rect { x: body.x + cols + 2, width: body.width.saturating_sub(cols + 2), ..body };
        for y in body.top()..body.bottom() {
            canvas.put(body, body.x + cols, y, canvas.look.glyphs.vline, Role::Border);
        }
        self.draw_tree(canvas, left);
        self.draw_pane(canvas, right);
        // While a key is held, what tells about the row under the cursor may follow when the keys rest: beside the tree the
        // other side, beside the list the two lines at the bottom.
        let foot = Rect { y: body.bottom(), height: canvas.area.bottom().saturating_sub(body.bottom()), ..canvas.area };
        let later = if self.focus == Focus::Tree { right } else { foot };
        canvas.later = Some(later).filter(|_| self.focus == Focus::Tree || canvas.desk.message.is_none());
    }
}

impl DeskScreen {
    /// What can be done with what the cursor stands on.
    fn hints(&self, desk: &Desk) -> &'static [Command] {
        if self.filter.is_typing() {
            return PROMPT_HINTS;
        }
        match self.row().filter(|_| self.focus == Focus::Pane) {
            Some(PaneRow::Duty(_)) => ON_DUTY,
            Some(PaneRow::Owed(..)) => ON_OWED,
            Some(PaneRow::Unplaced(_)) => ON_UNPLACED,
            Some(PaneRow::Problem(..)) => ON_PROBLEM,
            Some(PaneRow::Matter(_)) => ON_MATTER,
            Some(PaneRow::Record(_)) => ON_RECORD,
            Some(row) if row.unit().is_some() => ON_UNIT,
            _ if self.focus == Focus::Tree && desk.state.org().node(self.node()).level == 2 => ON_TOWN,
            _ => ELSEWHERE,
        }
    }

    /// The clause behind the duty under the cursor, in the policy's own words.
    fn about(&self, desk: &Desk) -> String {
        match self.row() {
            Some(PaneRow::Duty(standing)) if self.focus == Focus::Pane => {
                let told = standing.about.map_or(String::new(), |id| super::matters::told(desk, id) + "  ");
                format!("{told}{}", frame::clause(&desk.pack().duties[standing.duty]))
            }
            Some(PaneRow::Matter(id)) if self.focus == Focus::Pane => super::matters::told(desk, *id),
            Some(PaneRow::Child(node)) if self.focus == Focus::Pane => super::child::told(desk, *node),
            _ => self.gone(desk),
        }
    }

    /// That the node is closed, since when, and who carries on, where that is so.
    fn gone(&self, desk: &Desk) -> String {
        let org = desk.state.org();
        let Some(to) = org.node(self.node()).to.filter(|to| *to <= desk.today()) else { return String::new() };
        let heir = &org.node(org.successor_on(self.node(), desk.today())).name;
        t!("desk.gone", to = to, heir = heir).into_owned()
    }

    fn draw_tree(&mut self, canvas: &mut Canvas<'_>, area: Rect) {
        let focused = self.focus == Focus::Tree;
        let nothing = Filter::default();
        let filter = if focused { &self.filter } else { &nothing };
        let area = filter.above(canvas, area);
        let (look, desk) = (canvas.look, canvas.desk);
        let rows = &self.tree.rows;
        let window = &mut self.tree.window;
        filter.list(canvas, area, window, rows.len(), focused, |buf, cells, i| {
            let (badge, role) = badge(desk, rows[i].node);
            let node = desk.state.org().node(rows[i].node);
            let gone = if node.exists_on(desk.today()) { "".into() } else { t!("desk.closed") };
            let name = &format!("{}{gone}", node.name);
            let row = tree::Row { depth: rows[i].depth, fold: rows[i].fold, name, badge: &badge, role };
            tree::draw(buf, cells, look, &row)
        });
    }

    fn draw_pane(&mut self, canvas: &mut Canvas<'_>, area: Rect) {
        let line = Rect { height: 1, ..area };
        let name = self.list.as_ref().map(|list| list.name.as_str());
        let tabs = Tab::titles();
        let titles: Vec<&str> = tabs.iter().map(String::as_str).chain(name).collect();
        let active = if name.is_some() { tabs.len() } else { self.tab.place() };
        let places = tabs::draw(canvas.buf, line, canvas.look, &titles, active);
        canvas
            .zones
            .extend(places.into_iter().filter_map(|(i, area)| Some(Zone { area, command: Command::of_tab(i)? })));
        let focused = self.focus == Focus::Pane;
        let area = Rect { y: area.y + 1, height: area.height.saturating_sub(1), ..area };
        let nothing = Filter::default();
        let area = if focused { self.filter.above(canvas, area) } else { area };
        let (look, desk, node) = (canvas.look, canvas.desk, self.node());
        self.window.settle(self.rows.len(), area.height.into());
        self.look_below(desk, self.window.rows(self.rows.len(), area.height.into()));
        let courses = &self.courses;
        let (rows, things, marks) = (&self.rows, &self.things, &self.marks);
        let columns = self.list.as_ref().map_or(&[][..], |list| &list.columns);
        let filter = if focused { &self.filter } else { &nothing };
        filter.list(canvas, area, &mut self.window, rows.len(), focused, |buf, cells, i| {
            let is_marked = things[i].is_some_and(|thing| marks.has(thing));
            let mut pane = pane::Pane { buf, area: cells, look, desk, node, courses, columns };
            pane::draw(&mut pane, &rows[i], is_marked)
        });
    }
}

/// What stands behind a node's name: overdue, due soon, units without a grid, or that all is well.
fn badge(desk: &Desk, node: NodeIx) -> (String, Role) {
    let counts = desk.overview.sum(node);
    let unplaced = if counts.unplaced > 0 { format!("?{} ", counts.unplaced) } else { String::new() };
    if counts.overdue > 0 {
        (format!("{unplaced}!{}", counts.overdue), Role::Overdue)
    } else if counts.unplaced > 0 {
        (format!("?{}", counts.unplaced), Role::DueSoon)
    } else if counts.due_soon > 0 {
        (format!("~{}", counts.due_soon), Role::DueSoon)
    } else if counts.open + counts.met > 0 {
        ("ok".to_owned(), Role::Met)
    } else {
        (String::new(), Role::Dim)
    }
}
