//! What is looked for on the desk: in the tree, or in the rows of the pane.
use super::{DeskScreen, Focus, PaneRow, rows, tab::Tab};
use crate::app::{Action, Desk, Route, lists::WorkingList};

impl DeskScreen {
    /// Takes in the rows of the pane: those that are found.
    pub(super) fn fill(&mut self, rows: Vec<PaneRow>, desk: &Desk) {
        self.rows = rows;
        self.whole.clear();
        if self.focus == Focus::Pane {
            self.filter.forget();
            self.narrow(desk);
        }
        self.things = self.rows.iter().map(|row| row.thing(&desk.state)).collect();
    }

    /// Shows what is found of the pane's rows.
    fn narrow(&mut self, desk: &Desk) {
        if self.whole.is_empty() {
            self.whole = std::mem::take(&mut self.rows);
        }
        if self.filter.is_on() {
            let whole = &self.whole;
            let found = self.filter.pick(whole.len(), |i| rows::name(desk, &whole[i]));
            self.rows = found.into_iter().map(|i| whole[i].clone()).collect();
        } else {
            self.rows = std::mem::take(&mut self.whole);
        }
    }

    /// Something else is looked for.
    pub(super) fn refilter(&mut self, desk: &Desk) -> Vec<Action> {
        if self.focus == Focus::Tree {
            self.tree.rebuild(desk, Some(&mut self.filter));
            self.tree.window.at = 0;
            return self.arrive(desk);
        }
        self.narrow(desk);
        self.things = self.rows.iter().map(|row| row.thing(&desk.state)).collect();
        self.window = Default::default();
        self.window.at = self.first_row();
        Vec::new()
    }

    /// Whether the pane shows records of the log.
    pub(super) fn shows_records(&self) -> bool {
        self.tab == Tab::Records && self.list.is_none()
    }

    /// Opens the working lists; what is looked for in the pane can be saved as one.
    pub(super) fn lists(&self) -> Vec<Action> {
        let typed = if self.focus == Focus::Pane { self.filter.text().trim() } else { "" };
        vec![Action::Open(Route::Lists { node: self.node(), text: typed.to_owned() })]
    }

    /// Shows a working list in place of a tab.
    pub(super) fn show_list(&mut self, list: Box<WorkingList>, desk: &Desk) -> Vec<Action> {
        self.focus = Focus::Pane;
        self.list = Some(list);
        self.arrive(desk)
    }
}
