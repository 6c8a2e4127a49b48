//! A node gets another name (改名).
use super::{RegroupRefusal as No, change::Change, check};
use crate::grid::{
    decide::{Actor, Refusal},
    fact::{Draft, NodeRecord},
    org::NodeIx,
    state::State,
};

pub(super) fn decide(state: &State, actor: &Actor, ix: NodeIx, name: &str) -> Result<Vec<Draft>, Refusal> {
    let org = state.org();
    // A node that is founded for a later day can be renamed before.
    let node = check::open(org, ix, actor.today.max(org.node(ix).from))?;
    if node.name == name.trim() {
        return Err(No::SameName(node.name.clone()).into());
    }
    let name = check::free_name(org, node.parent, name, Some(ix))?;
    let mut change = Change::new(state, actor, actor.today);
    change.node(&node.id, NodeRecord { name, ..change.record_of(ix) });
    Ok(change.into_drafts())
}
