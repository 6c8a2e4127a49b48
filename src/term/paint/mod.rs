//! Painting: from one frame of cells to the next in few bytes, told as one byte string.
//!
//! The painter replaces `ratatui::Terminal`: it never asks the terminal anything (rule 15), repositions the cursor
//! only where clients disagree about a glyph's width (rule 10), and sends nothing when nothing changed (rule 18).
mod cells;
mod pen;
mod row;
mod scroll;
mod writer;

use ratatui::buffer::{Buffer, Cell};
use ratatui::layout::Rect;

use self::cells::settle;
use self::writer::Writer;

/// Differences of fewer bytes are sent as they are, without looking for rows that moved.
const WORTH_MOVING: usize = 200;

/// Knows what the terminal shows and says how to make it show something else.
#[derive(Debug)]
pub struct Painter {
    color: bool,
    shown: Buffer,
    next: Buffer,
    writer: Writer,
    cursor: Option<(u16, u16)>,
    fresh: bool,
}

impl Painter {
    /// A painter for a screen of unknown content; without `color` (`NO_COLOR`) no colour code is ever sent.
    pub fn new(color: bool) -> Painter {
        let (shown, next) = (Buffer::default(), Buffer::default());
        Painter { color, shown, next, writer: Writer::new(0), cursor: None, fresh: true }
    }

    /// Makes the next frame a full one, whatever the terminal shows (Ctrl-L, after a suspension,
    /// and after any resize: a window that is back at its size may have lost what it showed).
    pub fn repaint(&mut self) {
        self.fresh = true;
    }

    /// Puts what the terminal shows in `area` into `next`, so that those cells cost nothing in this frame; false where
    /// that is not known, and the frame has to be whole. Draw a whole one soon after.
    pub fn keep(&self, next: &mut Buffer, area: Rect) -> bool {
        let known = !self.fresh && self.shown.area == next.area;
        for position in area.intersection(next.area).positions().filter(|_| known) {
            let shown = &self.shown[position];
            // The second cell of a wide glyph is a blank to everybody but the painter.
            next[position] = if shown.symbol().is_empty() { Cell::default() } else { shown.clone() };
        }
        known
    }

    /// The bytes that make the terminal show `next`, with the hardware cursor at `cursor` or hidden; none if it
    /// already does. Write them whole and in order. A `next` of another size means that the terminal was resized.
    pub fn paint(&mut self, next: &Buffer, cursor: Option<(u16, u16)>) -> Vec<u8> {
        let area = Rect::new(0, 0, next.area.width, next.area.height);
        settle(next, &mut self.next, self.color);
        self.next.area = area;
        let cursor = cursor.filter(|(x, y)| *x < area.width && *y < area.height);
        let fresh = self.fresh || self.shown.area != area;
        let body = if fresh {
            self.shown = Buffer::empty(area);
            self.writer = Writer::new(area.width);
            let mut writer = self.writer.fork();
            writer.clear();
            changes(&self.shown, &self.next, &mut writer);
            writer
        } else {
            self.difference()
        };
        std::mem::swap(&mut self.shown, &mut self.next);
        self.fresh = false;
        self.finish(body, cursor, fresh)
    }

    /// The shorter of the plain difference and one that first moves rows.
    fn difference(&self) -> Writer {
        let mut plain = self.writer.fork();
        changes(&self.shown, &self.next, &mut plain);
        if plain.out.len() < WORTH_MOVING {
            return plain;
        }
        let Some(shift) = scroll::find(&self.shown, &self.next) else { return plain };
        let mut moved = self.writer.fork();
        moved.scroll(shift.top, shift.bottom, shift.rows);
        changes(&scroll::apply(&self.shown, shift), &self.next, &mut moved);
        if moved.out.len() < plain.out.len() { moved } else { plain }
    }

    /// Puts the cursor where it belongs around `body`.
    fn finish(&mut self, mut body: Writer, cursor: Option<(u16, u16)>, fresh: bool) -> Vec<u8> {
        let drawn = !body.out.is_empty();
        let hide = fresh || (self.cursor.is_some() && (drawn || cursor.is_none()));
        let show = cursor.is_some() && (hide || self.cursor.is_none());
        if let Some((x, y)) = cursor {
            body.go(x, y, &[]);
        }
        if show {
            body.raw("\x1b[?25h");
        }
        let mut out = Vec::with_capacity(body.out.len() + 6);
        if hide {
            out.extend_from_slice(b"\x1b[?25l");
        }
        out.append(&mut body.out);
        self.writer = body;
        self.cursor = cursor;
        out
    }
}

/// Writes what differs between two settled frames of one size.
fn changes(shown: &Buffer, next: &Buffer, writer: &mut Writer) {
    let cols = usize::from(next.area.width).max(1);
    for (y, (old, new)) in shown.content.chunks(cols).zip(next.content.chunks(cols)).enumerate() {
        if old != new {
            row::draw(old, new, y as u16, writer);
        }
    }
}

#[cfg(test)]
mod tests;
