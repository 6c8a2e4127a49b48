//! Grids are closed and their units go into another one (合并).
use chrono::NaiveDate;

use super::{RegroupRefusal as No, change::Change, check};
use crate::grid::{
    decide::{Actor, Refusal},
    fact::Draft,
    org::NodeIx,
    state::State,
};

pub(super) fn decide(
    state: &State,
    actor: &Actor,
    grids: &[NodeIx],
    into: NodeIx,
    from: NaiveDate,
) -> Result<Vec<Draft>, Refusal> {
    let org = state.org();
    let takes_in = check::open_grid(org, into, from)?;
    let mut grids = grids.to_vec();
    grids.sort_unstable();
    grids.dedup();
    if grids.is_empty() {
        return Err(No::NothingToMerge.into());
    }
    if grids.contains(&into) {
        return Err(No::IntoItself(takes_in.name.clone()).into());
    }
    let mut change = Change::new(state, actor, from);
    for grid in grids {
        check::open_grid(org, grid, from)?;
        check::may_leave(org, grid)?;
        change.close(grid, Some(into), Some(into));
    }
    Ok(change.into_drafts())
}
