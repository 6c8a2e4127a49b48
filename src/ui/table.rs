//! Tables: column widths by display width, a heading, rows.
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use crate::{
    ui::{Look, Role, text},
    words::word,
};

/// Which side a column's text keeps to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Align {
    /// Left: words.
    Left,
    /// Right: numbers.
    Right,
}

/// How a column may be laid out.
#[derive(Clone, Copy, Debug)]
pub struct Column {
    /// The key of the heading.
    pub title: &'static str,
    /// The fewest cells it is any use in; a column that does not get them is left out.
    pub min: u16,
    /// The most cells it can use.
    pub max: u16,
    /// Its side.
    pub align: Align,
}

/// Widths for `columns` within `total` cells with one blank between them: first every minimum, from the left; a
/// column that no longer fits gets 0 and is left out, and so are those after it; then what is left, evenly, up to
/// the maxima.
pub fn widths(columns: &[Column], total: u16) -> Vec<u16> {
    let mut left = total;
    let mut out: Vec<u16> = Vec::with_capacity(columns.len());
    let mut full = false;
    for column in columns {
        let gap = u16::from(!out.is_empty());
        full = full || column.min + gap > left;
        out.push(if full { 0 } else { column.min });
        left -= if full { 0 } else { column.min + gap };
    }
    while left > 0 {
        let mut grown = false;
        for (width, column) in out.iter_mut().zip(columns) {
            if *width > 0 && *width < column.max && left > 0 {
                *width += 1;
                left -= 1;
                grown = true;
            }
        }
        if !grown {
            break;
        }
    }
    out
}

/// Draws one row; each cell is a text and its style. Returns the columns of the first cell, for the list's selection.
pub fn row(buf: &mut Buffer, area: Rect, columns: &[Column], widths: &[u16], cells: &[(&str, Style)]) -> u16 {
    let mut x = area.x;
    let mut first = 0;
    for (i, ((column, &cols), (cell, style))) in columns.iter().zip(widths).zip(cells).enumerate() {
        if cols == 0 {
            break;
        }
        let shown = text::truncate(cell, cols.into());
        let used = text::width(&shown) as u16;
        let from = if column.align == Align::Right { x + cols - used } else { x };
        text::put(buf, from, area.y, &shown, cols.into(), *style);
        if i == 0 {
            first = used;
        }
        x += cols + 1;
    }
    first
}

/// Draws the headings.
pub fn heading(buf: &mut Buffer, area: Rect, look: Look, columns: &[Column], widths: &[u16]) {
    let style = look.theme.style(Role::Label);
    let cells: Vec<_> = columns.iter().map(|column| (word(column.title), style)).collect();
    row(buf, area, columns, widths, &cells);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::text::tests_support::line;

    const COLUMNS: [Column; 3] = [
        Column { title: "planned.column.unit", min: 8, max: 20, align: Align::Left },
        Column { title: "planned.column.units", min: 4, max: 6, align: Align::Right },
        Column { title: "planned.column.sector", min: 6, max: 12, align: Align::Left },
    ];

    #[test]
    fn minima_first_then_the_rest_evenly_and_what_has_no_room_is_left_out() {
        assert_eq!(widths(&COLUMNS, 60), [20, 6, 12]);
        assert_eq!(widths(&COLUMNS, 22), [9, 5, 6]);
        assert_eq!(widths(&COLUMNS, 19), [12, 6, 0]);
        assert_eq!(widths(&COLUMNS, 5), [0, 0, 0]);
    }

    #[test]
    fn cells_keep_to_their_columns() {
        let mut buf = Buffer::empty(Rect::new(0, 0, 24, 2));
        let widths = widths(&COLUMNS, 20);
        heading(&mut buf, Rect::new(0, 0, 24, 1), Look::new(true, true), &COLUMNS, &widths);
        let plain = Style::new();
        let cells = [("兰溪市第一纺织厂", plain), ("8", plain), ("纺织业", plain)];
        assert_eq!(row(&mut buf, Rect::new(0, 1, 24, 1), &COLUMNS, &widths, &cells), 8);
        assert_eq!(line(&buf, 0), "单位     家数 行业");
        assert_eq!(line(&buf, 1), "兰溪市..    8 纺织业");
    }
}
