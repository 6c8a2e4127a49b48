//! Checklists: standards that are met item by item (五有, 四大体系, 乡镇七制度, 统计之家验收).
use super::{
    keys,
    option::{Options, Seen, when},
    row::Row,
};

/// A checklist of the pack (`[[checklist]]`).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Checklist {
    /// The id that rules and records use.
    pub id: String,
    /// What people call it.
    pub name: String,
    /// The row of the requirements, for example `A1-4a`.
    pub clause: String,
    /// Whether it is about units one by one (四大体系) or about the node.
    pub per_unit: bool,
    /// What must be in order.
    pub items: Vec<Item>,
}

/// One item of a checklist.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    /// The id in facts.
    pub id: String,
    /// What must be in order.
    pub text: String,
}

/// Reads `[[checklist]]`.
pub(super) fn checklists(top: &Row<'_>, options: &Options) -> Vec<Checklist> {
    let mut seen = Seen::default();
    let mut out = Vec::new();
    for row in top.rows("checklist", &keys::CHECKLIST) {
        row.no_others(&[]);
        let (asked, there) = when(&row, options);
        let id = seen.id(&row, asked);
        let list = checklist(&row, id);
        if there {
            out.push(list);
        }
    }
    out
}

/// Reads one checklist; what is wrong with it is noted.
fn checklist(row: &Row<'_>, id: Option<&str>) -> Checklist {
    let (name, clause, per_unit) = (row.text("name"), row.text("clause"), row.flag("per_unit"));
    let mut seen = Seen::default();
    let mut items = Vec::new();
    for item in row.rows("item", &keys::ITEM) {
        item.no_others(&[]);
        let (id, text) = (owned(seen.id(&item, None)), owned(item.text("text")));
        items.push(Item { id, text });
    }
    Checklist { id: owned(id), name: owned(name), clause: owned(clause), per_unit, items }
}

fn owned(text: Option<&str>) -> String {
    text.unwrap_or_default().to_owned()
}
