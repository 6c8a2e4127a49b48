//! Who holds which post (人员), and who came or went in the period.
use super::Row;
use crate::{
    grid::{org::Holding, org::NodeIx},
    report::{Cell, Scene},
    words::word,
};

/// Everybody who held a post on some day of the period.
pub(super) fn people(scene: &Scene<'_>, emit: &mut dyn FnMut(Row)) {
    let (scope, org) = (&scene.scope, scene.scope.state.org());
    for node in &scope.nodes {
        let then = |held: &&Holding| held.from <= scope.last() && held.to.is_none_or(|to| to > scope.period.first());
        let mut held: Vec<&Holding> = org.node(*node).holdings.iter().filter(then).collect();
        held.sort_by_key(|held| (held.post, held.from));
        held.into_iter().for_each(|held| emit(row(scene, *node, held)));
    }
}

fn row(scene: &Scene<'_>, node: NodeIx, held: &Holding) -> Row {
    let (scope, org) = (&scene.scope, scene.scope.state.org());
    let person = &org.person(held.person).record;
    let unit = person.unit.as_deref().and_then(|id| org.unit_ix(id));
    let standing = match held.to {
        Some(to) if to <= scope.last() => word("report.went"),
        _ if held.from >= scope.period.first() => word("report.came"),
        _ => word("report.stays"),
    };
    vec![
        Cell::text(scope.node_name(node)),
        Cell::text(scope.state.pack().names.post_at(org.node(node), held.post)),
        Cell::text(&person.name),
        unit.map_or(Cell::Empty, |unit| Cell::text(scope.unit_name(unit))),
        Cell::text(&*person.phone),
        Cell::Day(held.from),
        Cell::day(held.to),
        Cell::text(standing),
    ]
}
