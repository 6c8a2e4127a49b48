//! The ways in which a node can change, as the menu offers them.
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
            Verb::Found => "新建",
            Verb::Split => "拆分",
            Verb::Merge => "合并",
            Verb::Close => "撤销",
            Verb::Rename => "改名",
            Verb::Move => "移到",
        }
    }

    /// What it does, in a few words.
    pub(super) fn about(self) -> &'static str {
        match self {
            Verb::Found => "在它下面新建一个网格",
            Verb::Split => "选中的企业拆成旁边的新网格",
            Verb::Merge => "并入另一个网格",
            Verb::Close => "从某天起不再有这个网格",
            Verb::Rename => "换一个名称",
            Verb::Move => "换一个上级",
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
