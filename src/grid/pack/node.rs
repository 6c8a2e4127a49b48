//! The tree that a store begins with.
use super::{
    keys,
    option::{Options, Seen, when},
    row::Row,
    words::{FORMS, SECTORS},
};
use crate::grid::org::{Form, Sector};
use crate::words::{t, word};

/// A node of the pack's tree.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PackNode {
    /// The id that facts use.
    pub id: String,
    /// The name people read.
    pub name: String,
    /// The id of the node above.
    pub parent: Option<String>,
    /// 1 一级, 2 二级, 3 三级, 0 none.
    pub level: u8,
    /// Vertical, flat or office.
    pub form: Form,
    /// What it is about.
    pub sector: Option<Sector>,
}

/// Reads `[[node]]`: parents first, one root, no id twice.
pub(super) fn nodes(top: &Row<'_>, options: &Options) -> Vec<PackNode> {
    let rows = top.rows("node", &keys::NODE);
    if top.has("node") && rows.is_empty() {
        top.fault("node", word("pack.node.no_root"));
    }
    let mut seen = Seen::default();
    let mut out: Vec<PackNode> = Vec::new();
    for (i, row) in rows.iter().enumerate() {
        row.no_others(&[]);
        let (asked, there) = when(row, options);
        if i == 0 && asked.is_some() {
            row.fault("when", word("pack.node.root_when"));
        }
        let up = row.text("parent");
        let is_before = up.is_some_and(|up| seen.has(up));
        let id = seen.id(row, asked);
        let node = node(row, id, i == 0, (up, is_before));
        if !there {
            continue;
        }
        if is_before && !out.iter().any(|above| Some(above.id.as_str()) == up) {
            let up = up.unwrap_or_default();
            row.fault("parent", t!("pack.node.parent_gone", parent = up).into_owned());
        }
        out.push(node);
    }
    out
}

/// Reads one node; what is wrong with it is noted, and something else stands there.
fn node(row: &Row<'_>, id: Option<&str>, is_root: bool, (up, is_before): (Option<&str>, bool)) -> PackNode {
    let name = row.text("name");
    let (level, form) = (row.whole("level", 0..4), row.word("form", FORMS));
    let sector = row.word("sector", SECTORS);
    match up {
        Some(_) if is_root => row.fault("parent", word("pack.node.root_parent")),
        None if !is_root && !row.has("parent") => row.fault("parent", word("pack.node.no_parent")),
        Some(up) if !is_before => {
            row.fault("parent", t!("pack.node.parent_later", parent = up).into_owned());
        }
        _ => {}
    }
    match (level, form) {
        (Some(level), Some(_)) if is_root && level != 1 => row.fault("level", word("pack.node.root_level")),
        (Some(1..), Some(Form::Office)) => row.fault("level", word("pack.node.office_level")),
        (Some(0), Some(Form::Vertical | Form::Flat)) => row.fault("level", word("pack.node.grid_level")),
        (Some(1 | 2), Some(Form::Flat)) => row.fault("level", word("pack.node.flat_level")),
        _ => {}
    }
    PackNode {
        id: id.unwrap_or_default().to_owned(),
        name: name.unwrap_or_default().to_owned(),
        parent: up.map(str::to_owned),
        level: level.unwrap_or_default() as u8,
        form: form.unwrap_or(Form::Office),
        sector,
    }
}
