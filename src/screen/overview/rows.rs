//! The rows of the map: the node as a whole, what it owes itself, and what is below it; at a grid its enterprises.
use crate::{
    app::Desk,
    grid::{
        glance::{Glance, MONTHS, Measure, Tile, units, warnings},
        org::{NodeIx, UnitIx},
    },
    words::t,
};

/// What a row is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Subject {
    /// The node with everything below it.
    Whole(NodeIx),
    /// What the node owes itself.
    Itself(NodeIx),
    /// A node below, with everything below that.
    Child(NodeIx),
    /// An enterprise of the grid.
    Unit(UnitIx),
}

/// A row of the map.
#[derive(Clone, Debug)]
pub(super) struct Row {
    pub subject: Subject,
    /// The numbers, month by month.
    pub values: [Option<u32>; MONTHS],
    /// By how much it moved.
    pub moved: Option<i64>,
    /// How many thresholds are breached at it and below it.
    pub warnings: usize,
}

impl Row {
    /// What it is called.
    pub(super) fn name(&self, desk: &Desk) -> String {
        let org = desk.state.org();
        match self.subject {
            Subject::Whole(node) => t!("overview.whole", name = org.node(node).name).into_owned(),
            Subject::Itself(_) => t!("overview.itself").into_owned(),
            Subject::Child(node) => org.node(node).name.clone(),
            Subject::Unit(unit) => org.unit(unit).record.name.clone(),
        }
    }
}

/// The rows below a node: what warns first, otherwise in the order of the tree.
pub(super) fn rows(desk: &Desk, node: NodeIx, measure: Measure) -> Vec<Row> {
    let (org, glance) = (desk.state.org(), desk.glance());
    let warned = warnings(&desk.state, glance, node);
    let count = |within: &dyn Fn(NodeIx) -> bool| warned.iter().filter(|warning| within(warning.node)).count();
    let tree = |ix: NodeIx, subject| Row {
        subject,
        values: std::array::from_fn(|month| glance.value(ix, measure, month)),
        moved: glance.moved(ix, measure),
        warnings: count(&|at| org.is_within(at, ix)),
    };
    let mut out = vec![tree(node, Subject::Whole(node))];
    if org.node(node).is_grid() {
        out.extend(of_units(desk, node, measure));
        return out;
    }
    let own = glance.own(node);
    if own != [Tile::default(); MONTHS] {
        let values = std::array::from_fn(|month| own_value(glance, &own, measure, month));
        let moved = glance.moved_itself(node, measure);
        out.push(Row { subject: Subject::Itself(node), values, moved, warnings: count(&|at| at == node) });
    }
    let below = org.node(node).children.iter().filter(|ix| desk.shows(**ix) && owes(glance, **ix));
    let mut below: Vec<Row> = below.map(|ix| tree(*ix, Subject::Child(*ix))).collect();
    below.sort_by_key(|row| row.warnings == 0);
    out.extend(below);
    out
}

fn own_value(glance: &Glance, own: &[Tile; MONTHS], measure: Measure, month: usize) -> Option<u32> {
    glance.months().has_begun(month).then(|| measure.of(&own[month]))?
}

/// Whether there is anything to tell of a node: an office without duties has no row.
fn owes(glance: &Glance, node: NodeIx) -> bool {
    glance.sum(node) != [Tile::default(); MONTHS]
}

fn of_units(desk: &Desk, grid: NodeIx, measure: Measure) -> impl Iterator<Item = Row> {
    let months = desk.glance().months();
    let (before, after) = measure.spans();
    units(&desk.state, months, grid).into_iter().map(move |(unit, tiles)| {
        let of = |month: usize| if months.has_begun(month) { tiles[month].of(measure) } else { None };
        let moved = of(after).zip(of(before)).map(|(after, before)| i64::from(after) - i64::from(before));
        Row { subject: Subject::Unit(unit), values: std::array::from_fn(of), moved, warnings: 0 }
    })
}
