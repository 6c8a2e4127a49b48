//! Bytes for the terminal, with what they leave the cursor and the pen at.
use ratatui::buffer::Cell;

use super::cells::is_agreed;
use super::pen::Pen;

/// Collects the bytes of a frame.
#[derive(Clone, Debug)]
pub(super) struct Writer {
    /// What is to be sent.
    pub(super) out: Vec<u8>,
    pen: Pen,
    /// The cursor's column, where it is known.
    x: Option<u16>,
    /// The cursor's row, where it is known.
    y: Option<u16>,
    cols: u16,
}

impl Writer {
    /// A writer that knows nothing about the cursor, on a screen of `cols`.
    pub(super) fn new(cols: u16) -> Writer {
        Writer { out: Vec::new(), pen: Pen::PLAIN, x: None, y: None, cols }
    }

    /// The same cursor and pen, nothing to be sent yet.
    pub(super) fn fork(&self) -> Writer {
        Writer { out: Vec::new(), ..self.clone() }
    }

    /// Blanks the whole screen, whatever it held and however it was set; the cursor ends at the top left.
    pub(super) fn clear(&mut self) {
        self.raw("\x1b[0m\x1b[r\x1b[H\x1b[2J");
        self.pen = Pen::PLAIN;
        (self.x, self.y) = (Some(0), Some(0));
    }

    /// Moves rows `top..=bottom` up by `rows`, or down where that is negative; rows moved in are blank.
    pub(super) fn scroll(&mut self, top: u16, bottom: u16, rows: i32) {
        self.pen(Pen::PLAIN);
        let way = if rows > 0 { 'S' } else { 'T' };
        self.raw(&format!("\x1b[{};{}r\x1b[{}{way}\x1b[r", top + 1, bottom + 1, rows.abs()));
        (self.x, self.y) = (Some(0), Some(0));
    }

    /// Bytes that change neither the pen nor the cursor's place.
    pub(super) fn raw(&mut self, bytes: &str) {
        self.out.extend_from_slice(bytes.as_bytes());
    }

    /// Switches the pen.
    pub(super) fn pen(&mut self, pen: Pen) {
        let bytes = self.pen.change(pen);
        self.raw(&bytes);
        self.pen = pen;
    }

    /// Writes a cell where the cursor stands.
    pub(super) fn cell(&mut self, cell: &Cell, width: u16) {
        self.pen(Pen::of(cell));
        self.raw(cell.symbol());
        // At the right edge terminals differ in where the cursor waits; elsewhere it moves by what all agree on.
        self.x = self.x.map(|x| x + width).filter(|x| *x < self.cols && is_agreed(cell.symbol()));
    }

    /// Blanks the rest of the row.
    pub(super) fn erase_to_end(&mut self) {
        self.pen(Pen::PLAIN);
        self.raw("\x1b[K");
    }

    /// Blanks `cells` from the cursor on; the cursor stays.
    pub(super) fn erase(&mut self, cells: usize) {
        self.pen(Pen::PLAIN);
        self.raw(&format!("\x1b[{cells}X"));
    }

    /// Brings the cursor to `x`, `y`. `between` are the cells of that row as they already are on the screen; where
    /// writing the few that lie in between again is no longer than a move, it does that.
    pub(super) fn go(&mut self, x: u16, y: u16, between: &[Cell]) {
        if (self.x, self.y) == (Some(x), Some(y)) {
            return;
        }
        let path = self.path(x, y);
        if let Some(from) = self.x.filter(|from| self.y == Some(y) && *from < x) {
            let gap = between.get(usize::from(from)..usize::from(x)).unwrap_or_default();
            let bytes: usize = gap.iter().map(|cell| cell.symbol().len()).sum();
            let plain = gap.iter().all(|cell| is_agreed(cell.symbol()) && cell.symbol().is_ascii());
            if !gap.is_empty() && bytes <= path.len() && plain && gap.iter().all(|cell| Pen::of(cell) == self.pen) {
                gap.iter().for_each(|cell| self.raw(cell.symbol()));
                self.x = Some(x);
                return;
            }
        }
        self.raw(&path);
        (self.x, self.y) = (Some(x), Some(y));
    }

    /// The shortest bytes that move the cursor to `x`, `y`.
    fn path(&self, x: u16, y: u16) -> String {
        let mut best = match (x, y) {
            (0, 0) => "\x1b[H".to_owned(),
            (0, _) => format!("\x1b[{}H", y + 1),
            _ => format!("\x1b[{};{}H", y + 1, x + 1),
        };
        let mut offer = |path: String| {
            if path.len() < best.len() {
                best = path;
            }
        };
        let Some(down) = self.y.and_then(|from| y.checked_sub(from)).filter(|down| *down < 4) else { return best };
        let feeds = "\n".repeat(down.into());
        if x == 0 {
            offer(format!("\r{feeds}"));
        }
        if down == 0 {
            offer(format!("\x1b[{}G", x + 1));
        }
        match self.x {
            Some(from) if from == x => offer(feeds),
            Some(from) if from < x => offer(feeds + &steps(x - from, 'C')),
            Some(from) => {
                offer(feeds.clone() + &"\x08".repeat((from - x).into()));
                offer(feeds + &steps(from - x, 'D'));
            }
            None => {}
        }
        best
    }
}

fn steps(n: u16, way: char) -> String {
    if n == 1 { format!("\x1b[{way}") } else { format!("\x1b[{n}{way}") }
}
