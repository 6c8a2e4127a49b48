//! The overview as a table for a file: every node of the tree by months, with what is to be said about it today.
use super::Page;
use crate::{
    grid::{
        glance::{Measure, Why},
        org::NodeIx,
    },
    report::{Cell, Column, Listing},
    words::{t, word},
};

/// A row for each node at the roots and below of which there is anything to tell: a measure month by month up to the
/// page's, by how much it moved; of the running month, which thresholds the node breaches, why it burns, since when it is
/// silent.
pub(super) fn of(page: &Page<'_>, node: NodeIx, roots: &[NodeIx], measure: Measure) -> Listing {
    let months = &page.glance.months().all()[..=page.month];
    let months = months.iter().map(|month| Column { title: month.label(), ..Column::of("month") });
    let more = ["moved", "warned", "burning", "silent"].map(Column::of);
    let nodes = roots.iter().flat_map(|root| page.all_nodes(*root));
    let name = t!("listing.overview", measure = measure.label()).into_owned();
    Listing::new(name, node, &["node"]).and(months).and(more).of(nodes.map(|node| row(page, node, measure)))
}

fn row(page: &Page<'_>, node: NodeIx, measure: Measure) -> Vec<Cell> {
    let number = |value: Option<i64>| value.map_or(Cell::Empty, Cell::Number);
    let value = |month| page.glance.value(node, measure, month).map(i64::from);
    let moved = page.month.checked_sub(1).and_then(|before| Some(value(page.month)? - value(before)?));
    let said = |all: Vec<String>| Cell::text(all.join(word("word.clause")));
    let own = |at: NodeIx| at == node;
    let warned = page.warnings(node).into_iter().filter(|warning| own(warning.node));
    let silent = page.silent(node).into_iter().filter(|silent| own(silent.node));
    let why = Some(Why::of(page.overview, node)).filter(|why| page.is_now() && why.overdue > 0);
    std::iter::once(Cell::text(page.state.org().full_name(node)))
        .chain((0..=page.month).map(|month| number(value(month))))
        .chain([
            number(moved),
            said(warned.map(|warning| warning.told()).collect()),
            why.map_or(Cell::Empty, |why| Cell::text(why.told(page.state))),
            said(silent.map(|silent| silent.told()).collect()),
        ])
        .collect()
}
