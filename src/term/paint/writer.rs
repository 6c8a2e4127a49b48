//! Bytes for the terminal, with what they leave the cursor and the pen at.
use ratatui::buffer::Cell;

use super::cells::{is_agreed, is_blank};
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

    /// Goes on where `other`, a fork of this one, has ended.
    pub(super) fn join(&mut self, other: Writer) {
        self.out.extend_from_slice(&other.out);
        (self.pen, self.x, self.y) = (other.pen, other.x, other.y);
    }

    /// The pen that the terminal writes with.
    pub(super) fn pen_in_hand(&self) -> Pen {
        self.pen
    }

    /// Whether a blank costs nothing but itself here: the cursor stands there, and the pen leaves nothing on a blank.
    pub(super) fn writes_blank_at(&self, x: u16, y: u16) -> bool {
        (self.x, self.y) == (Some(x), Some(y)) && self.pen.is_clear()
    }

    /// Blanks the whole screen, whatever it held and however it was set; the cursor ends at the top left.
    pub(super) fn clear(&mut self) {
        self.raw("\x1b[0m\x1b[r\x1b[H\x1b[2J");
        self.pen = Pen::PLAIN;
        (self.x, self.y) = (Some(0), Some(0));
    }

    /// Moves rows `top..=bottom` up by `rows`, or down where that is negative; rows moved in are blank.
    pub(super) fn scroll(&mut self, top: u16, bottom: u16, rows: i32) {
        self.clear_pen();
        let way = if rows > 0 { 'S' } else { 'T' };
        self.raw(&format!("\x1b[{};{}r\x1b[{}{way}\x1b[r", top + 1, bottom + 1, rows.abs()));
        (self.x, self.y) = (Some(0), Some(0));
    }

    /// Moves what stands from the cursor on by so many cells to the right, or to the left where negative; cells moved in
    /// are blank, what leaves the row is gone, the cursor stays.
    pub(super) fn shift(&mut self, cells: i32) {
        self.clear_pen();
        let way = if cells > 0 { '@' } else { 'P' };
        self.raw(&format!("\x1b[{}{way}", cells.abs()));
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

    /// Takes a pen that leaves nothing on a blank, unless one is in hand.
    fn clear_pen(&mut self) {
        if !self.pen.is_clear() {
            self.pen(Pen::PLAIN);
        }
    }

    /// Whether the pen in hand writes this cell as it is to be.
    fn suits(&self, cell: &Cell) -> bool {
        Pen::of(cell) == self.pen || (is_blank(cell) && self.pen.is_clear())
    }

    /// Writes a cell where the cursor stands.
    pub(super) fn cell(&mut self, cell: &Cell, width: u16) {
        if !self.suits(cell) {
            self.pen(Pen::of(cell));
        }
        self.raw(cell.symbol());
        // At the right edge terminals differ in where the cursor waits; elsewhere it moves by what all agree on.
        self.x = self.x.map(|x| x + width).filter(|x| *x < self.cols && is_agreed(cell.symbol()));
    }

    /// Blanks the rest of the row.
    pub(super) fn erase_to_end(&mut self) {
        self.clear_pen();
        self.raw("\x1b[K");
    }

    /// Blanks `cells` from the cursor on; the cursor stays.
    pub(super) fn erase(&mut self, cells: usize) {
        self.clear_pen();
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
            let is_whole = gap.first().is_some_and(|cell| !cell.symbol().is_empty());
            let fits = |cell: &Cell| self.suits(cell) && (cell.symbol().is_empty() || is_agreed(cell.symbol()));
            if is_whole && bytes <= path.len() && gap.iter().all(fits) {
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
