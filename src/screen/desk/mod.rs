//! The desk: the tree on the left, what the node owes and holds on the right.
mod child;
mod duties;
mod handover;
mod instance;
mod listed;
mod listing;
mod look;
mod marking;
mod matters;
mod open;
mod pane;
mod refuse;
mod row;
mod rows;
mod scores;
mod tab;
mod tree;
mod update;
mod view;
mod work;

use std::{collections::BTreeMap, ops::Range};

use chrono::NaiveDate;

pub(super) use self::row::PaneRow;
use self::{child::Course, row::Thing, tab::Tab, tree::Tree};
use crate::{
    app::{Desk, Record, lists::WorkingList},
    grid::org::NodeIx,
    screen::{coverage, filter::Filter, marks::Marks},
    ui::list::Window,
};

/// Which side has the focus.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Focus {
    Tree,
    Pane,
}

/// The desk's own state: what is unfolded, where the cursors are, what is marked and looked for.
pub(super) struct DeskScreen {
    tree: Tree,
    focus: Focus,
    tab: Tab,
    rows: Vec<PaneRow>,
    /// What each row can be marked as.
    things: Vec<Option<Thing>>,
    window: Window,
    /// What the cursor stood on before nothing was found.
    stood: Option<PaneRow>,
    marks: Marks<Thing>,
    /// The node whose marks these are.
    marked_at: NodeIx,
    /// The marks of the nodes that were left.
    kept: BTreeMap<NodeIx, Marks<Thing>>,
    /// How the visits of the nodes below went, as far as they were shown; and how many facts there were, on which day.
    courses: BTreeMap<NodeIx, Course>,
    coursed: (u64, NaiveDate),
    /// How many facts there were when marks were handed to a form or a question.
    sent_at: Option<u64>,
    /// What is looked for in the side that has the focus.
    filter: Filter,
    /// All rows of the pane, while something is looked for in them.
    whole: Vec<PaneRow>,
    /// The working list that is shown in place of a tab.
    list: Option<Box<WorkingList>>,
    records: Vec<Record>,
    /// Whether the log has nothing older.
    all_read: bool,
}

impl DeskScreen {
    pub(super) fn new(desk: &Desk) -> DeskScreen {
        let mut screen = DeskScreen {
            tree: Tree::new(desk, desk.home),
            focus: Focus::Pane,
            tab: Tab::Duties,
            rows: Vec::new(),
            things: Vec::new(),
            window: Window::default(),
            stood: None,
            marks: Marks::default(),
            marked_at: desk.home,
            kept: BTreeMap::new(),
            courses: BTreeMap::new(),
            coursed: (0, desk.today()),
            sent_at: None,
            filter: Filter::default(),
            whole: Vec::new(),
            list: None,
            records: Vec::new(),
            all_read: false,
        };
        screen.rebuild(desk);
        screen.window.at = screen.first_row();
        screen
    }

    /// The node under the tree's cursor.
    fn node(&self) -> NodeIx {
        self.tree.node()
    }

    fn row(&self) -> Option<&PaneRow> {
        self.rows.get(self.window.at)
    }

    /// Makes the rows of the pane again; the cursor stays with what it stood on, where that is still there, else with what
    /// came next, however the rows above have changed.
    fn rebuild(&mut self, desk: &Desk) {
        let before = std::mem::take(&mut self.rows);
        // Where nothing is found, the cursor comes back to where it was.
        let stood = before.get(self.window.at).cloned().or_else(|| self.stood.take());
        let rows = match &self.list {
            Some(list) => listed::rows(desk, self.node(), list),
            None => rows::rows(desk, self.node(), self.tab, &self.records),
        };
        self.fill(rows, desk);
        let place = |of: &PaneRow| self.rows.iter().position(|row| row.is_same(of));
        let next =
            |stood: &PaneRow| before.iter().skip(self.window.at + 1).filter(|row| row.follows(stood)).find_map(place);
        if let Some(at) = stood.as_ref().and_then(|stood| place(stood).or_else(|| next(stood))) {
            self.window.at = at;
        }
        self.stood = stood.filter(|_| self.rows.is_empty());
        self.window.at = self.window.at.min(self.rows.len().saturating_sub(1));
        if !self.row().is_some_and(PaneRow::is_selectable) {
            self.window.at = self.nearest_row(self.window.at);
        }
    }

    /// Reckons how the visits went below, for the rows that are shown and are not known yet.
    fn look_below(&mut self, desk: &Desk, shown: Range<usize>) {
        let now = (desk.state.count(), desk.today());
        if std::mem::replace(&mut self.coursed, now) != now {
            self.courses.clear();
        }
        for row in &self.rows[shown] {
            if let PaneRow::Child(node) = row {
                self.courses.entry(*node).or_insert_with(|| coverage::lately(desk, *node, child::MONTHS));
            }
        }
    }

    fn first_row(&self) -> usize {
        self.rows.iter().position(PaneRow::is_selectable).unwrap_or(0)
    }

    /// The selectable row at or after `at`, or else the last one before it.
    fn nearest_row(&self, at: usize) -> usize {
        let after = self.rows.iter().enumerate().skip(at).find(|(_, row)| row.is_selectable());
        let before = || self.rows.iter().take(at).rposition(PaneRow::is_selectable);
        after.map(|(i, _)| i).or_else(before).unwrap_or(0)
    }
}
