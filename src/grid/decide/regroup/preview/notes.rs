//! The sentence that says what is done, and what else is worth knowing.
use super::{super::Regroup, View};
use crate::grid::org::{NodeIx, UnitIx};

/// What is done, in one sentence.
pub(super) fn title(view: &View<'_>, intent: &Regroup) -> String {
    let name = |ix: NodeIx| view.node(ix).name;
    // What a node was called and where it hung before.
    let old = |ix: NodeIx| view.before.org().node(ix);
    let day = view.from;
    match intent {
        Regroup::Found { parent, name: new, .. } => format!("新建 {} {}，从 {day} 起", name(*parent), new.trim()),
        Regroup::Split { grid, name: new, units, .. } => {
            format!("拆分 {}：{} 家划入新建的 {}，从 {day} 起", name(*grid), units.len(), new.trim())
        }
        Regroup::Merge { grids, into, .. } => {
            let gone: Vec<String> = grids.iter().map(|ix| name(*ix)).collect();
            format!("合并：{} 并入 {}，从 {day} 起", gone.join("、"), name(*into))
        }
        Regroup::Close { grid, into: Some(into), .. } => {
            format!("撤销 {}，单位划入 {}，从 {day} 起", name(*grid), name(*into))
        }
        Regroup::Close { grid, into: None, .. } => format!("撤销 {}，从 {day} 起", name(*grid)),
        Regroup::Rename { node, name: new } => format!("改名：{} 改为 {}", old(*node).name, new.trim()),
        Regroup::Rehang { node, parent, .. } => {
            let above = old(*node).parent.map_or(String::new(), |ix| old(ix).name.clone());
            format!("{} 从 {above} 移到 {}", old(*node).name, name(*parent))
        }
    }
}

/// What else is worth knowing, one sentence each.
pub(super) fn notes(view: &View<'_>, intent: &Regroup) -> Vec<String> {
    let mut out = Vec::new();
    if view.from > view.today {
        out.push(format!("{} 才生效，在那以前一切照旧。", view.from));
    }
    match intent {
        Regroup::Merge { grids, into, .. } => grids.iter().for_each(|grid| out.extend(unlike(view, *grid, *into))),
        Regroup::Close { grid, into: Some(into), .. } => out.extend(unlike(view, *grid, *into)),
        Regroup::Rename { .. } => out.push("账本不留旧名称：以前的记录也显示新名称。".to_owned()),
        Regroup::Rehang { .. } => out.push("账本不留旧上级：以前的也从现在起汇总到新的上级。".to_owned()),
        _ => {}
    }
    out.extend(unplaced(view));
    for grid in view.closed() {
        let heir = view.node(view.org().successor(grid)).name;
        out.push(format!("{} 没办完的由 {heir} 接办；以前的记录仍算在原网格。", view.node(grid).name));
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
        out.push(format!("跨乡镇：从 {from} 到 {to}；单位的区划代码不变，职责从此计入 {to}。"));
    }
    if let (Some(was), Some(is)) = (from.sector, to.sector)
        && was != is
    {
        out.push(format!("行业不同：{} 是{}，{} 是{}；B-4 要求同行业。", from.name, was.label(), to.name, is.label()));
    }
    out
}

/// That units are left without a grid, and where that is flagged.
fn unplaced(view: &View<'_>) -> Option<String> {
    let left: Vec<UnitIx> = view.placed().filter(|(_, _, to)| to.is_none()).map(|(unit, ..)| unit).collect();
    let at = left.first().and_then(|unit| view.org().flagged_at(*unit))?;
    let at = &view.org().node(at).name;
    Some(format!("{} 家不再属于任何网格，在 {at} 标为「未划入」，直到划入网格（B-7）。", left.len()))
}

/// Records since the day that stay at the grid where they were made, although the unit is said to have left it by then.
fn kept(view: &View<'_>, grid: NodeIx) -> Option<String> {
    let moved = view.placed().filter(|(unit, day, _)| view.was_at(*unit, *day) == Some(grid));
    let of = |(unit, day, _)| {
        view.before.unit_marks(unit).iter().filter(move |mark| mark.at == grid && mark.date() >= day).count()
    };
    let count: usize = moved.map(of).sum();
    let name = || view.node(grid).name;
    (count > 0).then(|| format!("{} 起已有 {count} 条记录记在 {}，仍算在那里。", view.from, name()))
}
