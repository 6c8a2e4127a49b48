//! One row: from the cells that are shown to the next ones, in few bytes.
use ratatui::buffer::Cell;

use super::cells::{is_agreed, is_blank};
use super::pen::Pen;
use super::writer::Writer;

/// Blanks in the middle of a row are erased rather than written from this many on.
const ERASE_FROM: usize = 10;

/// Rows that differ by fewer bytes are sent as they are, without looking for cells that moved.
const WORTH_MOVING: usize = 60;
/// Cells are looked for this far from where they stood.
const FAR: usize = 24;

/// Writes what differs between two settled rows, in the shortest of these ways: from left to right; one pen after the
/// other, as in the bottom line, where a key and its word take turns; either of them after moving the rest of the row,
/// as where a key comes or goes and the others make room.
pub(super) fn draw(old: &[Cell], new: &[Cell], y: u16, writer: &mut Writer) {
    let mut straight = writer.fork();
    in_order(old, new, y, &mut straight);
    let mut ways = vec![straight];
    // What stands beside a glyph of disputed width is to be written after it, and stays where it is.
    if old.iter().chain(new).all(|cell| cell.symbol().is_empty() || is_agreed(cell.symbol())) {
        let mut grouped = writer.fork();
        by_pen(old, new, y, &mut grouped);
        ways.push(grouped);
        if ways.iter().all(|way| way.out.len() >= WORTH_MOVING)
            && let Some(shift) = Shift::find(old, new)
        {
            let moved = shift.apply(old);
            for rest in [in_order, by_pen] {
                let mut way = writer.fork();
                way.go(shift.at as u16, y, &[]);
                way.shift(shift.cells);
                rest(&moved, new, y, &mut way);
                ways.push(way);
            }
        }
    }
    if let Some(best) = ways.into_iter().min_by_key(|way| way.out.len()) {
        writer.join(best);
    }
}

/// The rest of a row, from a cell on, that moves to the right, or to the left where `cells` is negative.
struct Shift {
    at: usize,
    cells: i32,
}

impl Shift {
    /// The shift at the first difference after which most glyphs stand where they are to be.
    fn find(old: &[Cell], new: &[Cell]) -> Option<Shift> {
        let at = old.iter().zip(new).position(|(old, new)| old != new)?;
        let is_start = |x: usize| old.get(x).is_some_and(|cell| !cell.symbol().is_empty());
        let fits = |a: &[Cell], b: &[Cell]| a.iter().zip(b).filter(|(a, b)| a == b && !is_blank(a)).count();
        let stays = fits(&old[at..], &new[at..]);
        let ways = (1..=FAR.min(old.len().saturating_sub(at + 1))).flat_map(|n| {
            // No glyph is cut in two, neither here nor at the right edge.
            let left = is_start(at + n).then(|| (fits(&old[at + n..], &new[at..]), -(n as i32)));
            let right = is_start(old.len() - n).then(|| (fits(&old[at..], &new[at + n..]), n as i32));
            [left, right]
        });
        let (gain, cells) = ways.flatten().max_by_key(|(gain, _)| *gain).filter(|(gain, _)| *gain > stays)?;
        (gain > 0 && is_start(at)).then_some(Shift { at, cells })
    }

    /// What a terminal shows after it.
    fn apply(&self, old: &[Cell]) -> Vec<Cell> {
        let n = self.cells.unsigned_abs() as usize;
        let mut after = old.to_vec();
        let rest = &mut after[self.at..];
        let free = if self.cells < 0 {
            rest.rotate_left(n);
            rest.len() - n..rest.len()
        } else {
            rest.rotate_right(n);
            0..n
        };
        rest[free].fill(Cell::EMPTY);
        after
    }
}

fn in_order(old: &[Cell], new: &[Cell], y: u16, writer: &mut Writer) {
    let blank_from = new.iter().rposition(|cell| !is_blank(cell)).map_or(0, |x| x + 1);
    let mut x = 0;
    // After a glyph of disputed width the next cell may have been covered: it is written again.
    let mut disputed = false;
    while x < new.len() {
        if old[x] == new[x] && !disputed {
            x += 1;
            continue;
        }
        let blanks = new[x..].iter().take_while(|cell| is_blank(cell)).count();
        let changed = old[x..x + blanks].iter().rposition(|cell| !is_blank(cell)).map_or(0, |last| last + 1);
        writer.go(x as u16, y, new);
        if x >= blank_from && changed > 3 {
            writer.erase_to_end();
            return;
        }
        if changed >= ERASE_FROM {
            writer.erase(changed);
            (x, disputed) = (x + changed, false);
            continue;
        }
        let width = width(new, x);
        disputed = [old[x].symbol(), new[x].symbol()].iter().any(|s| !s.is_empty() && !is_agreed(s));
        writer.cell(&new[x], width as u16);
        x += width;
    }
}

/// All that one pen writes, then all that the next one does, then the blanks that are left.
fn by_pen(old: &[Cell], new: &[Cell], y: u16, writer: &mut Writer) {
    let mut now = old.to_vec();
    let changed: Vec<usize> = (0..new.len()).filter(|x| old[*x] != new[*x] && !new[*x].symbol().is_empty()).collect();
    let mut pens: Vec<Pen> = Vec::new();
    for pen in changed.iter().filter(|x| !is_blank(&new[**x])).map(|x| Pen::of(&new[*x])) {
        if !pens.contains(&pen) {
            pens.push(pen);
        }
    }
    // The one that is in hand writes first.
    pens.sort_by_key(|pen| *pen != writer.pen_in_hand());
    for pen in pens {
        for x in changed.iter().copied() {
            let is_next = if is_blank(&new[x]) { writer.writes_blank_at(x as u16, y) } else { Pen::of(&new[x]) == pen };
            if is_next && now[x] != new[x] {
                let width = width(new, x);
                writer.go(x as u16, y, new);
                writer.cell(&new[x], width as u16);
                now[x..x + width].clone_from_slice(&new[x..x + width]);
            }
        }
    }
    in_order(&now, new, y, writer);
}

/// How many cells the glyph at `x` takes.
fn width(row: &[Cell], x: usize) -> usize {
    1 + usize::from(row.get(x + 1).is_some_and(|next| next.symbol().is_empty()))
}
