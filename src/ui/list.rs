//! A list of which only the visible rows are drawn, however long it is.
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use crate::{
    app::{Act, Command, Pointer},
    ui::{Look, Role, text},
};

/// Columns before a row's own text: the cursor mark and a blank.
pub const GUTTER: u16 = 2;
/// The longest reversed part of the row under the cursor: a move then stays within 300 bytes.
const REVERSED: u16 = 30;

/// How many rows the wheel moves.
const WHEEL: isize = 3;

/// Where the cursor stands and which row is drawn first.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Window {
    /// The row under the cursor, from 0.
    pub at: usize,
    /// The first row that is drawn.
    pub top: usize,
    /// The cells that it was last drawn into, for the mouse.
    shown: Rect,
    /// The row that was last clicked.
    clicked: Option<usize>,
}

/// What the mouse did to a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pointed {
    /// It was elsewhere, or on no row.
    Elsewhere,
    /// The cursor stands on that row now.
    Moved,
    /// The row under the cursor was clicked again: open it.
    Again,
}

impl Window {
    /// Moves the cursor by `rows`, stopping at both ends of a list of `len`.
    pub fn step(&mut self, rows: isize, len: usize) {
        self.at = self.at.saturating_add_signed(rows).min(len.saturating_sub(1));
    }

    /// Moves the cursor as a command says, in a list of `len`; false when the command is not about moving.
    pub fn walk(&mut self, command: Command, len: usize) -> bool {
        let rows = match command {
            Command::Up => -1,
            Command::Down => 1,
            Command::PageUp => -10,
            Command::PageDown => 10,
            Command::Home => isize::MIN / 2,
            Command::End => isize::MAX / 2,
            _ => return false,
        };
        self.step(rows, len);
        true
    }

    /// The next other row for which something is so, or the one before, going round; none where it is so for no other.
    pub fn next(&self, len: usize, forward: bool, is_so: impl Fn(usize) -> bool) -> Option<usize> {
        let (before, after) = (0..self.at.min(len), self.at + 1..len);
        let is_so = |at: &usize| is_so(*at);
        if forward { after.chain(before).find(is_so) } else { before.rev().chain(after.rev()).find(is_so) }
    }

    /// Answers the mouse, in a list of `len`: a click puts the cursor on a row, the wheel moves it by three.
    pub fn point(&mut self, pointer: Pointer, len: usize) -> Pointed {
        let rows = match pointer.act {
            Act::Click => {
                let Some(row) = self.row_at(pointer, len) else { return Pointed::Elsewhere };
                return if self.click(row) { Pointed::Again } else { Pointed::Moved };
            }
            _ if !self.shows(pointer) => return Pointed::Elsewhere,
            Act::WheelDown => WHEEL,
            Act::WheelUp => -WHEEL,
        };
        self.step(rows, len);
        Pointed::Moved
    }

    /// Whether the mouse is over the list.
    pub fn shows(&self, pointer: Pointer) -> bool {
        self.shown.contains((pointer.x, pointer.y).into())
    }

    /// The row under the mouse, in a list of `len`.
    pub fn row_at(&self, pointer: Pointer, len: usize) -> Option<usize> {
        let row = self.top + usize::from(pointer.y.checked_sub(self.shown.y)?);
        (self.shows(pointer) && row < len).then_some(row)
    }

    /// Notes that a row was clicked; whether it was the last one that was, and the cursor is still on it.
    pub fn click(&mut self, row: usize) -> bool {
        let again = self.clicked == Some(row) && self.at == row;
        (self.at, self.clicked) = (row, Some(row));
        again
    }

    /// Brings the cursor into a window of `height` rows over `len`.
    ///
    /// One row past the edge moves the window by half its height, so that a long way down costs one large frame in
    /// several; further away (a search, the end) puts the cursor in the middle. The last page is always full.
    pub fn settle(&mut self, len: usize, height: usize) {
        self.at = self.at.min(len.saturating_sub(1));
        let last_top = len.saturating_sub(height);
        if height == 0 || self.at < self.top || self.at >= self.top + height {
            self.top = self.at.saturating_sub(height / 2);
        }
        self.top = self.top.min(last_top);
    }

    /// The rows that a window of `height` over `len` shows.
    pub fn rows(&self, len: usize, height: usize) -> std::ops::Range<usize> {
        self.top.min(len)..len.min(self.top + height)
    }
}

/// Draws the rows of `window` into `area`.
///
/// `draw` puts row `index` into the cells it is given (after the gutter) and returns how many of them, from the
/// left, are its name; at most 30 of those are reversed under the cursor. Settles the window first.
pub fn draw(
    buf: &mut Buffer,
    area: Rect,
    look: Look,
    window: &mut Window,
    len: usize,
    focused: bool,
    mut draw: impl FnMut(&mut Buffer, Rect, usize) -> u16,
) {
    let area = area.intersection(buf.area);
    window.settle(len, area.height.into());
    window.shown = area;
    for (y, index) in (area.y..area.bottom()).zip(window.rows(len, area.height.into())) {
        let row = Rect { x: area.x + GUTTER.min(area.width), y, width: area.width.saturating_sub(GUTTER), height: 1 };
        let name = draw(buf, row, index);
        if index == window.at {
            select(buf, row, name, look, focused);
        }
    }
}

/// Marks `row` as the one under the cursor: the mark in its gutter, and its first `name` columns (less the indent)
/// reversed in the plain colours, whatever colours they have otherwise.
pub fn select(buf: &mut Buffer, row: Rect, name: u16, look: Look, focused: bool) {
    let role = if focused { Role::Selection } else { Role::SelectionAway };
    if row.x >= GUTTER {
        let style = look.theme.style(if focused { Role::Title } else { Role::Dim });
        text::put(buf, row.x - GUTTER, row.y, look.glyphs.cursor, 1, style);
    }
    let cols = name.min(row.width);
    let indent = (0..cols).take_while(|i| buf[(row.x + i, row.y)].symbol() == " ").count() as u16;
    let cells = Rect { x: row.x + indent, width: (cols - indent).min(REVERSED), ..row };
    let style = look.theme.style(role);
    if focused {
        for x in cells.left()..cells.right() {
            buf[(x, row.y)].set_style(ratatui::style::Style::reset());
        }
    }
    buf.set_style(cells, style);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moving_past_the_edge_turns_half_a_page() {
        let mut w = Window::default();
        for _ in 0..9 {
            w.step(1, 100);
            w.settle(100, 10);
        }
        assert_eq!((w.at, w.top), (9, 0));
        w.step(1, 100);
        w.settle(100, 10);
        assert_eq!((w.at, w.top), (10, 5));
        w.step(-6, 100);
        w.settle(100, 10);
        assert_eq!((w.at, w.top), (4, 0));
        w.step(1000, 100);
        w.settle(100, 10);
        assert_eq!((w.at, w.top), (99, 90));
        w.settle(3, 10);
        assert_eq!((w.at, w.top), (2, 0));
        w.settle(0, 10);
        assert_eq!((w.at, w.top), (0, 0));
        w.settle(5, 0);
    }

    #[test]
    fn only_visible_rows_are_asked_for_and_the_cursor_row_is_marked() {
        let area = Rect::new(0, 0, 12, 3);
        let mut buf = Buffer::empty(area);
        let mut window = Window { at: 999_999, ..Window::default() };
        let mut asked = Vec::new();
        draw(&mut buf, area, Look::new(true, true), &mut window, 1_000_000, true, |buf, row, index| {
            asked.push(index);
            text::put(buf, row.x, row.y, &format!("企业{index}"), row.width.into(), Default::default()) - row.x
        });
        assert_eq!(asked, [999_997, 999_998, 999_999]);
        assert_eq!(buf[(0, 2)].symbol(), ">");
        assert_eq!(buf[(0, 1)].symbol(), " ");
        assert!(buf[(2, 2)].modifier.contains(ratatui::style::Modifier::REVERSED));
        assert!(!buf[(2, 1)].modifier.contains(ratatui::style::Modifier::REVERSED));
    }

    #[test]
    fn the_mouse_finds_the_row_that_was_drawn_under_it() {
        let area = Rect::new(4, 2, 12, 3);
        let mut buf = Buffer::empty(Rect::new(0, 0, 20, 6));
        let mut window = Window { at: 7, ..Window::default() };
        draw(&mut buf, area, Look::new(true, true), &mut window, 9, true, |_, _, _| 0);
        assert_eq!(window.top, 6);
        let at = |x, y, act| Pointer { x, y, act };
        assert_eq!(window.point(at(3, 2, Act::Click), 9), Pointed::Elsewhere);
        assert_eq!(window.point(at(5, 5, Act::WheelUp), 9), Pointed::Elsewhere);
        assert_eq!(window.at, 7);
        // The first click only selects, even where the cursor stands already.
        assert_eq!(window.point(at(4, 3, Act::Click), 9), Pointed::Moved);
        assert_eq!(window.point(at(4, 3, Act::Click), 9), Pointed::Again);
        assert_eq!(window.point(at(15, 4, Act::Click), 9), Pointed::Moved);
        assert_eq!(window.at, 8);
        assert_eq!(window.point(at(15, 4, Act::WheelUp), 9), Pointed::Moved);
        assert_eq!(window.at, 5);
        // Moved away by keys or wheel, a click selects again.
        window.top = 6;
        assert_eq!(window.point(at(15, 4, Act::Click), 9), Pointed::Moved);
        // Below the last row there is nothing.
        assert_eq!(window.point(at(5, 4, Act::Click), 8), Pointed::Elsewhere);
    }
}
