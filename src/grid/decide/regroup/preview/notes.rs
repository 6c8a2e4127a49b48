//! The sentence that says what is done, and what else is worth knowing.
use super::{super::Regroup, View};
use crate::grid::org::{NodeIx, UnitIx};
use crate::words::{t, word};

/// What is done, in one sentence.
pub(super) fn title(view: &View<'_>, intent: &Regroup) -> String {
    let name = |ix: NodeIx| view.node(ix).name;
    // What a node was called and where it hung before.
    let old = |ix: NodeIx| view.before.org().node(ix);
    let day = view.from;
    match intent {
        Regroup::Found { parent, name: new, .. } => {
            t!("regroup.title.found", parent = name(*parent), name = new.trim(), day = day).into_owned()
        }
        Regroup::Split { grid, name: new, units, .. } => {
            t!("regroup.title.split", grid = name(*grid), n = units.len(), name = new.trim(), day = day).into_owned()
        }
        Regroup::Merge { grids, into, .. } => {
            let gone: Vec<String> = grids.iter().map(|ix| name(*ix)).collect();
            t!("regroup.title.merge", gone = gone.join(word("word.list")), into = name(*into), day = day).into_owned()
        }
        Regroup::Close { grid, into: Some(into), .. } => {
            t!("regroup.title.close_into", grid = name(*grid), into = name(*into), day = day).into_owned()
        }
        Regroup::Close { grid, into: None, .. } => {
            t!("regroup.title.close", grid = name(*grid), day = day).into_owned()
        }
        Regroup::Rename { node, name: new } => {
            t!("regroup.title.rename", node = old(*node).name, name = new.trim()).into_owned()
        }
        Regroup::Rehang { node, parent, .. } => {
            let above = old(*node).parent.map_or(String::new(), |ix| old(ix).name.clone());
            t!("regroup.title.move", node = old(*node).name, above = above, to = name(*parent)).into_owned()
        }
    }
}

/// What else is worth knowing, one sentence each.
pub(super) fn notes(view: &View<'_>, intent: &Regroup) -> Vec<String> {
    let mut out = Vec::new();
    if view.from > view.today {
        out.push(t!("regroup.note.later", day = view.from).into_owned());
    }
    match intent {
        Regroup::Merge { grids, into, .. } => grids.iter().for_each(|grid| out.extend(unlike(view, *grid, *into))),
        Regroup::Close { grid, into: Some(into), .. } => out.extend(unlike(view, *grid, *into)),
        Regroup::Rename { .. } => out.push(t!("regroup.note.no_old_name").into_owned()),
        Regroup::Rehang { .. } => out.push(t!("regroup.note.no_old_parent").into_owned()),
        _ => {}
    }
    out.extend(unplaced(view));
    for grid in view.closed() {
        let heir = view.node(view.org().successor(grid)).name;
        out.push(t!("regroup.note.heir", grid = view.node(grid).name, heir = heir).into_owned());
    }
    out.extend(view.touched().into_iter().filter_map(|grid| kept(view, grid)));
    out
}

/// What differs between a grid that is closed and the one that takes it in.
fn unlike(view: &View<'_>, grid: NodeIx, into: NodeIx) -> Vec<String> {
    let (from, to) = (view.org().node(grid), view.org().node(into));
    let mut out = Vec::new();
    if from.parent != to.parent {
        let above = |ix: Option<NodeIx>| ix.map_or(String::new(), |ix| view.org().node(ix).name.clone());
        let (from, to) = (above(from.parent), above(to.parent));
        out.push(t!("regroup.note.across", from = from, to = to).into_owned());
    }
    if let (Some(was), Some(is)) = (from.sector, to.sector)
        && was != is
    {
        out.push(
            t!("regroup.note.sectors", from = from.name, was = was.label(), to = to.name, is = is.label()).into_owned(),
        );
    }
    out
}

/// That units are left without a grid, and where that is flagged.
fn unplaced(view: &View<'_>) -> Option<String> {
    let left: Vec<UnitIx> = view.placed().filter(|(_, _, to)| to.is_none()).map(|(unit, ..)| unit).collect();
    let at = left.first().and_then(|unit| view.org().flagged_at(*unit))?;
    let at = &view.org().node(at).name;
    Some(t!("regroup.note.unplaced", n = left.len(), at = at).into_owned())
}

/// Records since the day that stay at the grid where they were made, although the unit is said to have left it by then.
fn kept(view: &View<'_>, grid: NodeIx) -> Option<String> {
    let moved = view.placed().filter(|(unit, day, _)| view.was_at(*unit, *day) == Some(grid));
    let of = |(unit, day, _)| {
        view.before.unit_marks(unit).iter().filter(move |mark| mark.at == grid && mark.date() >= day).count()
    };
    let count: usize = moved.map(of).sum();
    let name = || view.node(grid).name;
    (count > 0).then(|| t!("regroup.note.kept", day = view.from, n = count, grid = name()).into_owned())
}
