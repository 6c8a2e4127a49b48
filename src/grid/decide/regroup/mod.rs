//! Grids that are founded, split, merged, closed, renamed and hung elsewhere (动态调整, B-6).
//!
//! What was recorded stays where it happened; membership and posts change from a day on; a closed grid names who takes
//! over its open work. [`preview`] says what would move before anything is written.
mod change;
mod check;
mod close;
mod found;
mod merge;
mod preview;
mod refusal;
mod rehang;
mod rename;
mod split;

use chrono::NaiveDate;
pub use preview::{
    Amount, DutyChange, GridSize, Line, Named, OverdueLeft, PostChange, PostMove, Preview, ProblemMove, UnitMove,
    preview,
};
pub use refusal::RegroupRefusal;

use super::{Actor, Decision, Refusal};
use crate::grid::{
    org::{Form, NodeIx, Sector, UnitIx},
    state::State,
};

/// A change of the grids. Days may lie ahead; what counts from a day on is dated with it.
#[derive(Clone, Debug, PartialEq)]
pub enum Regroup {
    /// A new grid (新建).
    Found {
        /// The node above.
        parent: NodeIx,
        /// What people call it.
        name: String,
        /// What it is about.
        sector: Option<Sector>,
        /// Vertical or flat.
        form: Form,
        /// The first day it exists.
        from: NaiveDate,
    },
    /// Some of a grid's units become a new grid beside it (拆分).
    Split {
        /// The grid.
        grid: NodeIx,
        /// What people call the new one.
        name: String,
        /// The units that leave.
        units: Vec<UnitIx>,
        /// The first day of the new grid.
        from: NaiveDate,
        /// Who leads the new one, by name or id; a new name is a new person.
        leader: Option<String>,
    },
    /// Grids are closed and their units go into another one (合并).
    Merge {
        /// The grids that are closed.
        grids: Vec<NodeIx>,
        /// The grid that takes them in.
        into: NodeIx,
        /// The first day on which they no longer exist.
        from: NaiveDate,
    },
    /// A grid is closed (撤销).
    Close {
        /// The grid.
        grid: NodeIx,
        /// Where its units go.
        into: Option<NodeIx>,
        /// Whether they may be left without a grid where `into` is none.
        unplaced: bool,
        /// The first day on which it no longer exists.
        from: NaiveDate,
    },
    /// A node gets another name (改名); the tree keeps no earlier names.
    Rename {
        /// The node.
        node: NodeIx,
        /// What people call it from now on.
        name: String,
    },
    /// A node is hung below another one (移到); the tree keeps no earlier parents.
    Rehang {
        /// The node.
        node: NodeIx,
        /// The node above from now on.
        parent: NodeIx,
        /// The day on which that was decided; not after today.
        from: NaiveDate,
    },
}

/// Checks a regrouping and turns it into drafts, all or none.
pub(super) fn decide(state: &State, actor: &Actor, intent: &Regroup) -> Result<Decision, Refusal> {
    let drafts = match intent {
        Regroup::Found { parent, name, sector, form, from } => {
            found::decide(state, actor, &found::Founded { parent: *parent, name, sector: *sector, form: *form }, *from)
        }
        Regroup::Split { grid, name, units, from, leader } => {
            let split = split::SplitOff { grid: *grid, name, units, leader: leader.as_deref() };
            split::decide(state, actor, &split, *from)
        }
        Regroup::Merge { grids, into, from } => merge::decide(state, actor, grids, *into, *from),
        Regroup::Close { grid, into, unplaced, from } => {
            close::decide(state, actor, &close::Closed { grid: *grid, into: *into, unplaced: *unplaced }, *from)
        }
        Regroup::Rename { node, name } => rename::decide(state, actor, *node, name),
        Regroup::Rehang { node, parent, from } => rehang::decide(state, actor, *node, *parent, *from),
    }?;
    Ok(Decision { drafts, ..Decision::default() })
}
