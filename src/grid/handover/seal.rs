//! The hash over a pack: ids, numbers and days, no words of any language, no places in tables.
use super::{Item, Part, Seat, Work};
use crate::grid::{org::UnitIx, standing::Standing};

pub(super) fn over(seat: Seat<'_>, parts: &[(Part, Vec<Item>)]) -> [u8; 32] {
    let org = seat.state.org();
    let mut hash = blake3::Hasher::new();
    let mut line = |text: String| {
        hash.update(text.as_bytes()).update(b"\n");
    };
    let (node, from) = (&org.node(seat.node).id, &org.person(seat.from).id);
    line(format!("{node} {} {from} {}", seat.post.key(), seat.today));
    for (part, items) in parts {
        line(part.key().to_owned());
        items.iter().for_each(|item| line(said(seat, item)));
    }
    *hash.finalize().as_bytes()
}

fn said(seat: Seat<'_>, item: &Item) -> String {
    let org = seat.state.org();
    let unit = |unit: UnitIx| org.unit(unit).id.as_str();
    match item {
        Item::Duty(row) | Item::Owed(row) => standing(seat, row),
        Item::Matter(Work { matter, due, rows }) => {
            let text = seat.state.matter_of(*matter).map_or("", |matter| matter.text.as_str());
            let rows: Vec<String> = rows.iter().map(|row| standing(seat, row)).collect();
            format!("{matter} {due:?} {text:?} {rows:?}")
        }
        Item::Returns(row, missing) => {
            let missing: Vec<&str> = missing.iter().map(|ix| unit(*ix)).collect();
            format!("{} {missing:?}", standing(seat, row))
        }
        Item::Held { id, kind, day, topic, present, invited } => {
            format!("{id} {kind:?} {day} {topic:?} {present} {invited}")
        }
        Item::Fund(fund) => format!("{fund:?}"),
        Item::Unvisited(ix, last) => format!("{} {last:?}", unit(*ix)),
        Item::Unit(ix) => {
            let row = org.unit(*ix);
            format!("{} {:?} {:?} {:?}", row.id, row.record.name, row.record.contact, row.record.phone)
        }
        Item::Node(ix, leader) => format!("{} {:?}", org.node(*ix).id, leader.map(|ix| &org.person(ix).id)),
        Item::Login(login) => login.clone(),
        Item::Device(writer, name) => format!("{writer} {name:?}"),
        Item::Post(ix, post) => format!("{} {}", org.node(*ix).id, post.key()),
    }
}

fn standing(seat: Seat<'_>, row: &Standing) -> String {
    let duty = &seat.state.pack().duties[row.duty].id;
    format!("{duty} {} {} {}/{} {} {:?}", row.period, row.state.key(), row.have, row.need, row.due_on, row.about)
}
