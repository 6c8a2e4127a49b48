//! The tree that a store begins with.
use super::{
    keys,
    option::{Options, Seen, when},
    row::Row,
    words::{FORMS, SECTORS},
};
use crate::grid::org::{Form, Sector};

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
        top.fault("node", "至少要有一个 [[node]] 作为树根");
    }
    let mut seen = Seen::default();
    let mut out: Vec<PackNode> = Vec::new();
    for (i, row) in rows.iter().enumerate() {
        row.no_others(&[]);
        let (asked, there) = when(row, options);
        if i == 0 && asked.is_some() {
            row.fault("when", "树根不能有条件，请去掉 when");
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
            row.fault("parent", format!("「{up}」按现在的选项不在，它下面的节点也应写同样的 when"));
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
        Some(_) if is_root => row.fault("parent", "第一个 node 是树根，不写 parent"),
        None if !is_root && !row.has("parent") => row.fault("parent", "缺少这个键：只有第一个 node（树根）可以不写"),
        Some(up) if !is_before => {
            row.fault("parent", format!("前面没有编号为「{up}」的 node；上级要写在下级前面"));
        }
        _ => {}
    }
    match (level, form) {
        (Some(level), Some(_)) if is_root && level != 1 => row.fault("level", "树根应为 level = 1"),
        (Some(1..), Some(Form::Office)) => row.fault("level", "部门、平台（form = \"office\"）应写 level = 0"),
        (Some(0), Some(Form::Vertical | Form::Flat)) => row.fault("level", "网格应写 level = 1、2 或 3"),
        (Some(1 | 2), Some(Form::Flat)) => row.fault("level", "扁平网格（form = \"flat\"）应写 level = 3"),
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
