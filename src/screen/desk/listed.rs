//! A working list in the pane: its units in columns.
use super::{PaneRow, pane::Pane};
use crate::{
    app::{
        Desk,
        lists::{Column, WorkingList},
    },
    grid::org::{NodeIx, UnitIx},
    ui::{Role, text},
    words::t,
};

/// The fewest and the most columns of the name.
const NAME: (u16, u16) = (24, 36);
/// A column with less room than this is left out.
const LEAST: u16 = 5;

/// The rows of a list over a node and all below it.
pub(super) fn rows(desk: &Desk, node: NodeIx, list: &WorkingList) -> Vec<PaneRow> {
    let units = list.units(desk, node);
    let title = t!("lists.shown", name = list.name).into_owned();
    if units.is_empty() {
        return vec![PaneRow::Text(format!("{title}  {}", t!("lists.empty")))];
    }
    let mut out = vec![PaneRow::Heading(title, t!("lists.count", n = units.len()).into_owned())];
    out.push(PaneRow::Titles(list.columns.clone()));
    out.extend(units.into_iter().map(PaneRow::Listed));
    out
}

/// Where the columns stand: the room of the name, then each with its first cell and its room.
fn layout(width: u16, columns: &[Column]) -> (u16, Vec<(Column, u16, u16)>) {
    let wanted: u16 = columns.iter().map(|column| column.cols() + 1).sum();
    let name = width.saturating_sub(2 + wanted).clamp(NAME.0, NAME.1);
    let mut x = 2 + name + 1;
    let mut out = Vec::new();
    for column in columns {
        let room = column.cols().min(width.saturating_sub(x));
        if room < LEAST {
            break;
        }
        out.push((*column, x, room));
        x += room + 1;
    }
    (name, out)
}

/// Draws the titles of the columns.
pub(super) fn titles(pane: &mut Pane<'_>, columns: &[Column]) -> u16 {
    let start = pane.area.x;
    for (column, x, room) in layout(pane.area.width, columns).1 {
        pane.column(start + x, room, &column.label(), Role::Label);
    }
    0
}

/// Draws a unit; returns how many of its columns are its name.
pub(super) fn draw(pane: &mut Pane<'_>, unit: UnitIx, marked: bool) -> u16 {
    let glyphs = pane.look.glyphs;
    let (mark, role) = if marked { (glyphs.marked, Role::Title) } else { (glyphs.unmarked, Role::Dim) };
    let (name_cols, columns) = layout(pane.area.width, pane.columns);
    let start = pane.area.x;
    let x = pane.column(start, 1, mark, role);
    let desk = pane.desk;
    let name = &desk.state.org().unit(unit).record.name;
    pane.column(x, name_cols, name, Role::Text);
    for (column, x, room) in columns {
        let late = column == Column::LastVisit && desk.state.last_visit(unit).is_none();
        let role = if late { Role::DueSoon } else { Role::Dim };
        pane.column(start + x, room, &column.of(desk, unit), role);
    }
    2 + text::width(name).min(usize::from(name_cols)) as u16
}
