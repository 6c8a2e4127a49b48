//! A grid is closed (撤销).
use chrono::NaiveDate;

use super::{RegroupRefusal as No, change::Change, check, merge};
use crate::grid::{
    decide::{Actor, Refusal},
    fact::Draft,
    org::NodeIx,
    state::State,
};

pub(super) struct Closed {
    pub grid: NodeIx,
    pub into: Option<NodeIx>,
    pub unplaced: bool,
}

/// With `into` it is a merger of one; without, the units are left without a grid and the node above takes over the
/// open work.
pub(super) fn decide(state: &State, actor: &Actor, closed: &Closed, from: NaiveDate) -> Result<Vec<Draft>, Refusal> {
    if let Some(into) = closed.into {
        return merge::decide(state, actor, &[closed.grid], into, from);
    }
    let org = state.org();
    let grid = check::open_grid(org, closed.grid, from)?;
    check::may_leave(org, closed.grid)?;
    let left = grid.members.iter().filter(|member| member.to.is_none_or(|to| to > from)).count();
    if left > 0 && !closed.unplaced {
        return Err(No::LeavesUnplaced(grid.name.clone(), left).into());
    }
    let mut change = Change::new(state, actor, from);
    change.close(closed.grid, None, grid.parent);
    Ok(change.into_drafts())
}
