//! A node is hung below another one (移到).
use chrono::NaiveDate;

use super::{RegroupRefusal as No, change::Change, check};
use crate::grid::{
    decide::{Actor, Refusal, not_future},
    fact::{Draft, NodeRecord},
    org::NodeIx,
    state::State,
};

pub(super) fn decide(
    state: &State,
    actor: &Actor,
    ix: NodeIx,
    parent: NodeIx,
    from: NaiveDate,
) -> Result<Vec<Draft>, Refusal> {
    let org = state.org();
    // The tree has no history: what hangs elsewhere hangs there at once.
    not_future(actor, from)?;
    let node = check::open(org, ix, from)?;
    let above = check::open_parent(org, parent, from)?;
    let names = || (node.name.clone(), above.name.clone());
    if node.parent.is_none() {
        return Err(No::Root(node.name.clone()).into());
    }
    if node.parent == Some(parent) {
        let (node, above) = names();
        return Err(No::SameParent(node, above).into());
    }
    if org.is_within(parent, ix) {
        let (node, above) = names();
        return Err(No::Circle(node, above).into());
    }
    check::may_leave(org, ix)?;
    if check::is_farm_grid(node) {
        check::may_have_farm_grid(state, parent)?;
    }
    check::free_name(org, Some(parent), &node.name, Some(ix))?;
    let mut change = Change::new(state, actor, from);
    change.node(&node.id, NodeRecord { parent: Some(above.id.clone()), ..change.record_of(ix) });
    let mut drafts = change.into_drafts();
    drafts.iter_mut().for_each(|draft| draft.occurred = from);
    Ok(drafts)
}
