//! The 网格员 post of a unit's 统计负责人: it goes where the unit goes.
use chrono::NaiveDate;

use super::Actor;
use crate::grid::{
    fact::{Body, Draft, PostHolding},
    org::{Holding, NodeIx, Org, Post, UnitIx},
    state::State,
};

/// The id of the person of this name at the unit with this id.
pub(super) fn person_id(unit: &str, name: &str) -> String {
    format!("{unit}#{name}")
}

/// The posts of 网格员 that the unit's people hold on `day`, in whichever of its grids.
pub(super) fn held(org: &Org, unit: UnitIx, day: NaiveDate) -> Vec<(NodeIx, Holding)> {
    let row = org.unit(unit);
    let ours = |id: &str| id.split_once('#').is_some_and(|(of, _)| of == row.id);
    let mut nodes: Vec<NodeIx> = row.stays.iter().filter_map(|stay| stay.node).collect();
    nodes.sort_unstable();
    nodes.dedup();
    let of_node = |ix: NodeIx| org.node(ix).holdings.iter().map(move |holding| (ix, *holding));
    nodes
        .into_iter()
        .flat_map(of_node)
        .filter(|(_, h)| h.post == Post::Member && h.holds_on(day) && ours(&org.person(h.person).id))
        .collect()
}

/// Ends a post on `day`, the first one on which it is no longer held; a `change` of staff is reported upward.
pub(super) fn ended(
    org: &Org,
    actor: &Actor,
    (node, holding): (NodeIx, Holding),
    day: NaiveDate,
    change: bool,
) -> Draft {
    let post = PostHolding {
        post: holding.post,
        from: holding.from,
        to: Some(day.max(holding.from)),
        change,
        stand_in: false,
    };
    held_at(actor, org.node(node).id.clone(), org.person(holding.person).id.clone(), post)
}

/// Begins a post on `from`.
pub(super) fn begun(actor: &Actor, grid: String, person: String, from: NaiveDate) -> Draft {
    held_at(actor, grid, person, PostHolding { post: Post::Member, from, to: None, change: false, stand_in: false })
}

/// What a move of the unit to the grid with this id on `from` means for the posts of its people.
pub(super) fn moved(state: &State, actor: &Actor, unit: UnitIx, grid: &str, from: NaiveDate) -> Vec<Draft> {
    let org = state.org();
    let row = org.unit(unit);
    let (there, elsewhere): (Vec<_>, Vec<_>) =
        held(org, unit, from).into_iter().partition(|(at, _)| org.node(*at).id == grid);
    let mut out: Vec<Draft> = elsewhere.into_iter().map(|post| ended(org, actor, post, from, false)).collect();
    let person = person_id(&row.id, &row.record.contact);
    if there.is_empty() && org.person_ix(&person).is_some() {
        out.push(begun(actor, grid.to_owned(), person, from));
    }
    out
}

fn held_at(actor: &Actor, node: String, person: String, post: PostHolding) -> Draft {
    Draft {
        occurred: actor.today,
        by: actor.person.clone(),
        at: Some(node),
        subject: Some(person),
        replaces: None,
        reason: None,
        effort: None,
        body: Body::Post(post),
    }
}
