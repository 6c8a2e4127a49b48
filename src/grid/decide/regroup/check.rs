//! What the verbs ask of nodes before they touch them.
use chrono::NaiveDate;

use super::RegroupRefusal as No;
use crate::grid::{
    org::{Form, Node, NodeIx, Org, Sector},
    state::State,
};

/// The node, which exists on `day` and has no end.
pub(super) fn open(org: &Org, ix: NodeIx, day: NaiveDate) -> Result<&Node, No> {
    let node = org.node(ix);
    if !node.is_recorded() {
        return Err(No::NotRecorded(node.name.clone()));
    }
    if day < node.from {
        return Err(No::TooEarly(node.name.clone(), node.from));
    }
    match node.to {
        Some(to) => Err(No::Closed(node.name.clone(), to)),
        None => Ok(node),
    }
}

/// The grid, which exists on `day` and has no end.
pub(super) fn open_grid(org: &Org, ix: NodeIx, day: NaiveDate) -> Result<&Node, No> {
    let node = org.node(ix);
    if !node.is_grid() {
        return Err(No::NotAGrid(node.name.clone()));
    }
    open(org, ix, day)
}

/// The parent that a grid can hang below on `day`.
pub(super) fn open_parent(org: &Org, ix: NodeIx, day: NaiveDate) -> Result<&Node, No> {
    let node = open(org, ix, day)?;
    if node.is_grid() { Err(No::UnderAGrid(node.name.clone())) } else { Ok(node) }
}

/// The name without blanks around it, which no other node below `parent` has that is not closed.
pub(super) fn free_name(org: &Org, parent: Option<NodeIx>, name: &str, own: Option<NodeIx>) -> Result<String, No> {
    let name = name.trim();
    if name.is_empty() {
        return Err(No::NoName);
    }
    let siblings = parent.map_or(org.roots(), |parent| &org.node(parent).children);
    let taken = |ix: &&NodeIx| Some(**ix) != own && org.node(**ix).to.is_none() && org.node(**ix).name == name;
    match (siblings.iter().find(taken), parent) {
        (Some(_), Some(parent)) => Err(No::NameTaken(org.node(parent).name.clone(), name.to_owned())),
        _ => Ok(name.to_owned()),
    }
}

/// Whether the node is the 农业网格 of a township (B-4).
pub(super) fn is_farm_grid(node: &Node) -> bool {
    node.is_grid() && node.form == Form::Vertical && node.sector == Some(Sector::Agriculture)
}

/// Refuses what would leave a township without its 农业网格.
pub(super) fn may_leave(org: &Org, ix: NodeIx) -> Result<(), No> {
    let node = org.node(ix);
    let Some(parent) = node.parent.filter(|_| is_farm_grid(node)) else { return Ok(()) };
    let others = org.node(parent).children.iter().filter(|other| **other != ix);
    if others.map(|other| org.node(*other)).any(|other| is_farm_grid(other) && other.to.is_none()) {
        return Ok(());
    }
    Err(No::LastFarmGrid(org.node(parent).name.clone()))
}

/// Refuses a 农业网格 where there is one or where the pack has none.
pub(super) fn may_have_farm_grid(state: &State, parent: NodeIx) -> Result<(), No> {
    let org = state.org();
    let node = org.node(parent);
    if !state.pack().divisions.iter().any(|division| division.code == node.id) {
        return Err(No::NoFarmGrid(node.name.clone()));
    }
    if node.children.iter().map(|child| org.node(*child)).any(|child| is_farm_grid(child) && child.to.is_none()) {
        return Err(No::SecondFarmGrid(node.name.clone()));
    }
    Ok(())
}
