//! The ways in which a node can change, as the menu offers them.
use crate::words::word;
use crate::{app::Desk, grid::org::NodeIx};

/// One way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Verb {
    Found,
    Split,
    Merge,
    Close,
    Rename,
    Move,
}

impl Verb {
    /// What people call it.
    pub(super) fn label(self) -> &'static str {
        match self {
            Verb::Found => word("regroup.verb.found"),
            Verb::Split => word("regroup.verb.split"),
            Verb::Merge => word("regroup.verb.merge"),
            Verb::Close => word("regroup.verb.close"),
            Verb::Rename => word("regroup.verb.rename"),
            Verb::Move => word("regroup.verb.move"),
        }
    }

    /// What it does, in a few words.
    pub(super) fn about(self) -> &'static str {
        match self {
            Verb::Found => word("regroup.about.found"),
            Verb::Split => word("regroup.about.split"),
            Verb::Merge => word("regroup.about.merge"),
            Verb::Close => word("regroup.about.close"),
            Verb::Rename => word("regroup.about.rename"),
            Verb::Move => word("regroup.about.move"),
        }
    }

    /// Those that make sense for the node.
    pub(super) fn of(desk: &Desk, node: NodeIx) -> Vec<Verb> {
        let row = desk.state.org().node(node);
        match (row.is_grid(), row.parent) {
            (true, _) => vec![Verb::Split, Verb::Merge, Verb::Close, Verb::Rename, Verb::Move],
            (false, Some(_)) => vec![Verb::Found, Verb::Rename, Verb::Move],
            (false, None) => vec![Verb::Rename],
        }
    }
}
