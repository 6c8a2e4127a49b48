//! The tree's visible rows: only what is unfolded is ever listed.
use std::collections::BTreeSet;

use crate::{
    app::Desk,
    grid::org::NodeIx,
    screen::filter::Filter,
    ui::{list::Window, tree::Fold},
};

/// One visible row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct TreeRow {
    pub node: NodeIx,
    pub depth: u16,
    pub fold: Fold,
}

/// The tree with its cursor.
pub(super) struct Tree {
    unfolded: BTreeSet<NodeIx>,
    pub rows: Vec<TreeRow>,
    pub window: Window,
}

impl Tree {
    /// A tree that is unfolded down to `home`, with the cursor there.
    pub(super) fn new(desk: &Desk, home: NodeIx) -> Tree {
        let mut tree = Tree { unfolded: BTreeSet::new(), rows: Vec::new(), window: Window::default() };
        tree.unfolded.extend(desk.state.org().roots().iter().copied());
        tree.go_to(desk, home);
        tree
    }

    pub(super) fn node(&self) -> NodeIx {
        self.rows.get(self.window.at).map_or(NodeIx(0), |row| row.node)
    }

    /// Unfolds everything above `node` and puts the cursor on it.
    pub(super) fn go_to(&mut self, desk: &Desk, node: NodeIx) {
        self.unfolded.extend(desk.state.org().path_up(node).skip(1));
        self.rebuild(desk, None);
        if let Some(at) = self.rows.iter().position(|row| row.node == node) {
            self.window.at = at;
        }
    }

    /// Lists the visible rows again; where something is looked for, every node that is found, without folding.
    pub(super) fn rebuild(&mut self, desk: &Desk, filter: Option<&mut Filter>) {
        let stood = self.rows.get(self.window.at).map(|row| row.node);
        self.rows.clear();
        if let Some(filter) = filter.filter(|filter| filter.is_on()) {
            let nodes: Vec<_> = desk.state.org().nodes().filter(|(_, n)| n.exists_on(desk.today())).collect();
            let found = filter.pick(nodes.len(), |i| {
                let node = nodes[i].1;
                Some((desk.names.aliases().with(&node.name, &[&node.id]), node.id.as_str().into()))
            });
            let row = |i: usize| TreeRow { node: nodes[i].0, depth: 0, fold: Fold::Leaf };
            self.rows.extend(found.into_iter().map(row));
        } else {
            for root in desk.state.org().roots() {
                self.list(desk, *root, 0);
            }
        }
        let at = self.rows.iter().position(|row| Some(row.node) == stood);
        self.window.at = at.unwrap_or(self.window.at.min(self.rows.len().saturating_sub(1)));
    }

    fn list(&mut self, desk: &Desk, node: NodeIx, depth: u16) {
        let org = desk.state.org();
        if !desk.shows(node) {
            return;
        }
        let unfolded = self.unfolded.contains(&node);
        let fold = match (org.node(node).children.is_empty(), unfolded) {
            (true, _) => Fold::Leaf,
            (false, true) => Fold::Open,
            (false, false) => Fold::Closed,
        };
        self.rows.push(TreeRow { node, depth, fold });
        if unfolded {
            for child in &org.node(node).children {
                self.list(desk, *child, depth + 1);
            }
        }
    }

    /// Unfolds or folds the node under the cursor.
    pub(super) fn toggle(&mut self, desk: &Desk) {
        let node = self.node();
        if !self.unfolded.remove(&node) {
            self.unfolded.insert(node);
        }
        self.rebuild(desk, None);
    }

    /// Unfolds the node; false when there is nothing to unfold.
    pub(super) fn unfold(&mut self, desk: &Desk) -> bool {
        let closed = self.rows.get(self.window.at).is_some_and(|row| row.fold == Fold::Closed);
        if closed {
            self.toggle(desk);
        }
        closed
    }

    /// Folds the node, or goes to the one above when it is folded already.
    pub(super) fn fold(&mut self, desk: &Desk) {
        let Some(row) = self.rows.get(self.window.at).copied() else { return };
        if row.fold == Fold::Open {
            self.toggle(desk);
        } else if let Some(parent) = desk.state.org().node(row.node).parent {
            self.go_to(desk, parent);
        }
    }

    /// Moves to the next (or previous) visible node that has overdue duties of its own or below it.
    pub(super) fn go_to_overdue(&mut self, desk: &Desk, forward: bool) -> bool {
        let org = desk.state.org();
        let all: Vec<NodeIx> = org.roots().iter().flat_map(|root| preorder(desk, *root)).collect();
        let Some(here) = all.iter().position(|node| *node == self.node()) else { return false };
        let burning = |node: &&NodeIx| desk.overview.own(**node).overdue > 0;
        let (before, after) = (&all[..here], &all[(here + 1).min(all.len())..]);
        let found = if forward {
            after.iter().chain(before).find(burning)
        } else {
            before.iter().rev().chain(after.iter().rev()).find(burning)
        };
        let Some(node) = found.copied() else { return false };
        self.go_to(desk, node);
        true
    }
}

fn preorder(desk: &Desk, node: NodeIx) -> Vec<NodeIx> {
    let children = desk.state.org().node(node).children.iter();
    std::iter::once(node).chain(children.flat_map(|child| preorder(desk, *child))).collect()
}
