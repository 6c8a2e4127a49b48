//! Nodes, people and units that are named in a field.
//!
//! Once the store's index of names is built they are looked up in it, so that a key is answered at once however many
//! there are; until then, one by one.
use super::offer::MOST;
use crate::{
    app::{
        Desk,
        fill::Reader,
        find::{Answer, Kind, Own, Pattern},
    },
    grid::org::{NodeIx, PersonIx, UnitIx},
    screen::find::Finder,
    ui::drop::Row,
};

fn reader(desk: &Desk) -> Reader<'_> {
    Reader { state: &desk.state, today: desk.today(), on: desk.today() }
}

/// What the index finds of a kind; none before it holds all of them.
fn indexed(desk: &Desk, kind: Kind, typed: &str) -> Option<Answer> {
    let org = desk.state.org();
    let all = match kind {
        Kind::Node => org.nodes().len(),
        Kind::Unit => org.units().len(),
        Kind::Person => org.people().len(),
    };
    (desk.names.of(kind).len() == all).then(|| desk.names.find(&Pattern::new(typed), None))
}

pub(super) fn nodes(desk: &Desk, typed: &str) -> Vec<Row> {
    let org = desk.state.org();
    let here: Vec<_> = org.nodes().filter(|(_, node)| node.exists_on(desk.today())).collect();
    let path = |ix: Option<NodeIx>| ix.map_or("", |up| org.node(up).name.as_str());
    let names: Vec<String> = here
        .iter()
        .map(|(_, node)| format!("{}/{}", path(node.parent.filter(|_| node.is_grid())), node.name))
        .collect();
    let found = Finder::new(typed).filter(names.iter().map(|name| name.trim_start_matches('/')));
    let row = |i: usize| {
        let (ix, node) = here[i];
        Row { name: reader(desk).called(ix), beside: path(node.parent).to_owned() }
    };
    found.into_iter().take(MOST).map(row).collect()
}

pub(super) fn people(desk: &Desk, typed: &str) -> Vec<Row> {
    let org = desk.state.org();
    let all = || (0..org.people().len() as u32).map(PersonIx);
    let found: Vec<PersonIx> = match indexed(desk, Kind::Person, typed) {
        Some(answer) => {
            let own = Own::of(&desk.state, desk.home, desk.today());
            let best = answer.best(&[Kind::Person], MOST, &own);
            best.into_iter().map(|(_, _, row)| PersonIx(row)).collect()
        }
        None => {
            let finder = Finder::new(typed);
            all().filter(|ix| finder.finds(&org.person_glimpse(*ix).record.name)).take(MOST).collect()
        }
    };
    let row = |ix: PersonIx| {
        let person = org.person(ix);
        let unit = person.record.unit.as_deref().and_then(|id| org.unit_ix(id));
        let unit = unit.map_or("", |unit| org.unit(unit).record.name.as_str());
        let name = reader(desk).called_person(ix);
        let beside =
            if name == person.record.name { unit.to_owned() } else { format!("{} {unit}", person.record.name) };
        Row { name, beside }
    };
    found.into_iter().map(row).collect()
}

/// The units below the node, by their grid today.
fn below(desk: &Desk, node: NodeIx) -> impl Iterator<Item = UnitIx> {
    let org = desk.state.org();
    org.subtree(node).into_iter().flat_map(|at| org.members_on(at, desk.today()).collect::<Vec<_>>())
}

/// Whether the unit belongs to the node or one below it today.
fn is_below(desk: &Desk, node: NodeIx, unit: UnitIx) -> bool {
    let org = desk.state.org();
    org.grid_of(unit, desk.today()).is_some_and(|grid| org.is_within(grid, node))
}

pub(super) fn units(desk: &Desk, node: NodeIx, typed: &str) -> Vec<Row> {
    if unit_called(desk, node, typed).is_some() {
        return Vec::new();
    }
    let org = desk.state.org();
    let found: Vec<UnitIx> = match indexed(desk, Kind::Unit, typed) {
        Some(answer) => {
            let rows = answer.of(Kind::Unit).rows().iter().map(|row| UnitIx(*row));
            rows.filter(|unit| is_below(desk, node, *unit)).take(MOST).collect()
        }
        None => {
            let finder = Finder::new(typed);
            let finds = |unit: &UnitIx| finder.finds(&org.unit_glimpse(*unit).record.name);
            below(desk, node).filter(finds).take(MOST).collect()
        }
    };
    let row = |unit: UnitIx| {
        let record = &org.unit(unit).record;
        Row { name: record.name.clone(), beside: record.contact.clone() }
    };
    found.into_iter().map(row).collect()
}

/// The unit at the node with this code or name.
pub(in crate::screen) fn unit_called(desk: &Desk, node: NodeIx, typed: &str) -> Option<UnitIx> {
    let org = desk.state.org();
    let typed = typed.trim();
    if typed.is_empty() {
        return None;
    }
    let is_it = |unit: &UnitIx| {
        let unit = org.unit_glimpse(*unit);
        unit.record.name == typed || unit.record.code == typed
    };
    org.unit_ix(typed).or_else(|| match indexed(desk, Kind::Unit, typed) {
        Some(answer) => {
            let mut rows = answer.of(Kind::Unit).rows().iter().map(|row| UnitIx(*row));
            rows.find(|unit| is_it(unit) && is_below(desk, node, *unit))
        }
        None => below(desk, node).find(is_it),
    })
}
