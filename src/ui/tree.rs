//! A row of the tree: indent, fold mark, name, and a badge at the right edge.
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use crate::ui::{Look, Role, text};

/// Whether a node's children are shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fold {
    /// It has children, and they are shown.
    Open,
    /// It has children, and they are hidden.
    Closed,
    /// It has none.
    Leaf,
}

/// What a tree row shows.
#[derive(Clone, Copy, Debug)]
pub struct Row<'a> {
    /// How deep it stands, from 0.
    pub depth: u16,
    /// Its children.
    pub fold: Fold,
    /// Its name.
    pub name: &'a str,
    /// What stands at the right edge, for example `!12`.
    pub badge: &'a str,
    /// How the badge looks.
    pub role: Role,
}

/// Draws `row` into the one-row `area`; returns the columns up to the end of the name, for the list's selection.
///
/// The badge is never cut and the name gives way; deep rows are indented less when room is short.
pub fn draw(buf: &mut Buffer, area: Rect, look: Look, row: &Row) -> u16 {
    if area.is_empty() {
        return 0;
    }
    let badge = text::width(row.badge) as u16;
    let room = area.width.saturating_sub(badge + u16::from(badge > 0));
    let indent = (row.depth * 2).min(room.saturating_sub(8));
    let mark = match row.fold {
        Fold::Open => look.glyphs.unfolded,
        Fold::Closed => look.glyphs.folded,
        Fold::Leaf => " ",
    };
    let x = text::put(buf, area.x + indent, area.y, mark, 1, look.theme.style(Role::Dim)) + 1;
    let cols = room.saturating_sub(indent + 2);
    let end = text::put_fit(buf, x, area.y, row.name, cols.into(), look.theme.style(Role::Text));
    if badge <= area.width {
        text::put(buf, area.right() - badge, area.y, row.badge, badge.into(), look.theme.style(row.role));
    }
    end.saturating_sub(area.x)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::text::tests_support::line;

    fn shown(cols: u16, depth: u16, name: &str, badge: &str) -> String {
        let area = Rect::new(0, 0, cols, 1);
        let mut buf = Buffer::empty(area);
        let row = Row { depth, fold: Fold::Closed, name, badge, role: Role::Overdue };
        draw(&mut buf, area, Look::new(true, true), &row);
        line(&buf, 0)
    }

    #[test]
    fn the_name_gives_way_and_the_badge_stays_at_the_edge() {
        assert_eq!(shown(24, 1, "工业第1网格", "!12"), "  > 工业第1网格      !12");
        assert_eq!(shown(16, 1, "工业第1网格", "!12"), "  > 工业第.. !12");
        assert_eq!(shown(16, 9, "工业第1网格", "ok"), "     > 工业.. ok");
        assert_eq!(shown(2, 0, "工业", "!12"), ">");
    }
}
