//! Names that are offered while somebody types one.
use crate::{
    app::{
        Desk,
        fill::{BETWEEN, Reader},
    },
    grid::{
        org::{NodeIx, UnitIx},
        record::Input,
    },
    screen::find::Finder,
};

/// At most this many names are offered.
pub(super) const MOST: usize = 5;

/// What is offered: what is filled in, and what stands beside it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Offer {
    pub name: String,
    pub beside: String,
}

/// The names that fit what is typed last; none where that is one of them already.
pub(super) fn names(desk: &Desk, input: Input, typed: &str) -> Vec<Offer> {
    let typed = match input {
        Input::Nodes | Input::People => typed.rsplit(BETWEEN).next().unwrap_or_default(),
        _ => typed,
    };
    let typed = typed.trim();
    if typed.is_empty() {
        return Vec::new();
    }
    let offers = match input {
        Input::Node | Input::Nodes => nodes(desk, typed),
        Input::Person | Input::People => people(desk, typed),
        _ => Vec::new(),
    };
    if offers.iter().any(|offer| offer.name == typed) { Vec::new() } else { offers }
}

/// What stands in the field once the offer is taken.
pub(super) fn taken(input: Input, typed: &str, name: &str) -> String {
    match input {
        Input::Nodes | Input::People => {
            let before = typed.rfind(BETWEEN).map_or("", |at| &typed[..at]);
            let before = before.trim();
            if before.is_empty() { format!("{name}、") } else { format!("{before}、{name}、") }
        }
        _ => name.to_owned(),
    }
}

fn reader(desk: &Desk) -> Reader<'_> {
    Reader { state: &desk.state, today: desk.today(), on: desk.today() }
}

fn nodes(desk: &Desk, typed: &str) -> Vec<Offer> {
    let org = desk.state.org();
    let here: Vec<_> = org.nodes().filter(|(_, node)| node.exists_on(desk.today())).collect();
    let path = |ix: Option<NodeIx>| ix.map_or("", |up| org.node(up).name.as_str());
    let names: Vec<String> = here
        .iter()
        .map(|(_, node)| format!("{}/{}", path(node.parent.filter(|_| node.is_grid())), node.name))
        .collect();
    let found = Finder::new(typed).filter(names.iter().map(|name| name.trim_start_matches('/')));
    let offer = |i: usize| {
        let (ix, node) = here[i];
        Offer { name: reader(desk).called(ix), beside: path(node.parent).to_owned() }
    };
    found.into_iter().take(MOST).map(offer).collect()
}

fn people(desk: &Desk, typed: &str) -> Vec<Offer> {
    let org = desk.state.org();
    let found = Finder::new(typed).filter(org.people().map(|(_, person)| person.record.name.as_str()));
    let all: Vec<_> = org.people().collect();
    let offer = |i: usize| {
        let (ix, person) = all[i];
        let unit = person.record.unit.as_deref().and_then(|id| org.unit_ix(id));
        let unit = unit.map_or("", |unit| org.unit(unit).record.name.as_str());
        let name = reader(desk).called_person(ix);
        let beside =
            if name == person.record.name { unit.to_owned() } else { format!("{} {unit}", person.record.name) };
        Offer { name, beside }
    };
    found.into_iter().take(MOST).map(offer).collect()
}

/// The units below the node, by their grid today.
fn below(desk: &Desk, node: NodeIx) -> Vec<UnitIx> {
    let org = desk.state.org();
    org.subtree(node).into_iter().flat_map(|at| org.members_on(at, desk.today()).collect::<Vec<_>>()).collect()
}

/// The units at the node that fit what is typed.
pub(super) fn units(desk: &Desk, node: NodeIx, typed: &str) -> Vec<Offer> {
    let typed = typed.trim();
    if typed.is_empty() || unit(desk, node, typed).is_some() {
        return Vec::new();
    }
    let org = desk.state.org();
    let here = below(desk, node);
    let found = Finder::new(typed).filter(here.iter().map(|unit| org.unit(*unit).record.name.as_str()));
    let offer = |i: usize| {
        let record = &org.unit(here[i]).record;
        Offer { name: record.name.clone(), beside: record.contact.clone() }
    };
    found.into_iter().take(MOST).map(offer).collect()
}

/// The unit at the node with this code or name.
pub(super) fn unit(desk: &Desk, node: NodeIx, typed: &str) -> Option<UnitIx> {
    let org = desk.state.org();
    let typed = typed.trim();
    let named = |unit: &UnitIx| org.unit(*unit).record.name == typed || org.unit(*unit).record.code == typed;
    org.unit_ix(typed).or_else(|| below(desk, node).into_iter().find(named))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_that_is_taken_stands_behind_those_before_it() {
        assert_eq!(taken(Input::Node, "lj", "兰江街道"), "兰江街道");
        assert_eq!(taken(Input::Nodes, "lj", "兰江街道"), "兰江街道、");
        assert_eq!(taken(Input::Nodes, "兰江街道、ys", "云山街道"), "兰江街道、云山街道、");
        assert_eq!(taken(Input::People, "张三，", "李四"), "张三、李四、");
    }
}
