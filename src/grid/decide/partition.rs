//! Applying a proposal of the grid designer (B-4, B-6): grids set up and closed, units moved, posts along with them.
use super::{Actor, Decision, Refusal, placement, posts};
use crate::grid::{
    fact::{Body, Draft, NodeRecord},
    org::{Form, Node, NodeIx, Org, Post},
    plan::partition::{PlannedGrid, Proposal, partition},
    state::State,
};

/// All facts of a proposal, or a refusal when it is not what the state as it stands now would give.
///
/// New grids come first, then each unit that moves with the 网格员 post of its people. Last, emptied grids are closed: the
/// posts there end, and the grid that most of their members went to takes over the open work. Units that stay have no
/// fact.
pub(super) fn decide(state: &State, actor: &Actor, proposal: &Proposal) -> Result<Decision, Refusal> {
    let org = state.org();
    let town = &org.node(proposal.town).name;
    if partition(state, proposal.town, proposal.from, &proposal.rules)? != *proposal {
        return Err(Refusal::PlanOutdated(town.clone()));
    }
    if proposal.changes_nothing() {
        return Err(Refusal::PlanChangesNothing(town.clone()));
    }
    let mut drafts: Vec<Draft> = proposal.grids.iter().filter_map(|grid| set_up(org, actor, proposal, grid)).collect();
    for one in &proposal.moves {
        let grid = &proposal.grids[one.to].id;
        drafts.push(placement::draft(actor, &org.unit(one.unit).id, grid, proposal.from));
        drafts.extend(posts::moved(state, actor, one.unit, grid, proposal.from));
    }
    for ix in &proposal.dissolved {
        drafts.extend(end_posts(org, actor, proposal, *ix));
        let node = org.node(*ix);
        let (to, into) = (Some(proposal.from.max(node.from)), heir(proposal, *ix).map(|grid| grid.id.clone()));
        let closed = NodeRecord { to, into, ..as_recorded(org, node) };
        drafts.push(node_draft(actor, &node.id, closed));
    }
    Ok(Decision { drafts, ..Decision::default() })
}

/// The grid that most members of a closed one go to: it takes over the open work. None where nobody was left.
fn heir(proposal: &Proposal, closed: NodeIx) -> Option<&PlannedGrid> {
    let mut came = vec![0; proposal.grids.len()];
    proposal.moves.iter().filter(|one| one.from == Some(closed)).for_each(|one| came[one.to] += 1);
    let most = came.iter().copied().max().filter(|most| *most > 0)?;
    came.iter().position(|came| *came == most).and_then(|at| proposal.grids.get(at))
}

/// The record of a new grid, or of one that is about something else from now on.
fn set_up(org: &Org, actor: &Actor, proposal: &Proposal, grid: &PlannedGrid) -> Option<Draft> {
    let record = match grid.keeps {
        Some(ix) => NodeRecord { sector: Some(grid.sector), ..as_recorded(org, org.node(ix)) },
        None => NodeRecord {
            name: grid.name.clone(),
            parent: Some(org.node(proposal.town).id.clone()),
            level: 3,
            form: Form::Vertical,
            sector: Some(grid.sector),
            from: proposal.from,
            to: None,
            into: None,
        },
    };
    let changes = grid.keeps.is_none_or(|ix| org.node(ix).sector != record.sector);
    changes.then(|| node_draft(actor, &grid.id, record))
}

/// The node's record as it stands.
fn as_recorded(org: &Org, node: &Node) -> NodeRecord {
    NodeRecord {
        name: node.name.clone(),
        parent: node.parent.map(|ix| org.node(ix).id.clone()),
        level: node.level,
        form: node.form,
        sector: node.sector,
        from: node.from,
        to: node.to,
        into: node.into.map(|ix| org.node(ix).id.clone()),
    }
}

fn node_draft(actor: &Actor, id: &str, record: NodeRecord) -> Draft {
    Draft {
        occurred: actor.today,
        by: actor.person.clone(),
        at: Some(id.to_owned()),
        subject: Some(id.to_owned()),
        replaces: None,
        reason: None,
        effort: None,
        body: Body::Node(record),
    }
}

/// Ends the posts at a grid that is closed; those of 网格员 who go along with their unit have ended with its move.
fn end_posts(org: &Org, actor: &Actor, proposal: &Proposal, grid: NodeIx) -> Vec<Draft> {
    let moved: Vec<_> = proposal
        .moves
        .iter()
        .filter(|one| one.from == Some(grid))
        .flat_map(|one| posts::held(org, one.unit, proposal.from))
        .collect();
    let open = org.node(grid).holdings.iter().filter(|held| held.to.is_none_or(|to| to > proposal.from));
    open.filter(|held| held.post != Post::Member || !moved.contains(&(grid, **held)))
        .map(|held| posts::ended(org, actor, (grid, *held), proposal.from, false))
        .collect()
}
