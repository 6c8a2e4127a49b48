//! Finds rows that only moved up or down, so that the terminal can move them itself.
use std::ops::Range;

use ratatui::buffer::{Buffer, Cell};

use super::cells::is_blank;

/// Rows that moved.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Shift {
    /// The first row of the region.
    pub(super) top: u16,
    /// The last row of the region.
    pub(super) bottom: u16,
    /// By how many rows it moves up; negative is down.
    pub(super) rows: i32,
}

/// The longest run of rows that stand elsewhere in `next` than in `shown`; none if fewer than three rows changed.
pub(super) fn find(shown: &Buffer, next: &Buffer) -> Option<Shift> {
    let height = i32::from(next.area.height);
    let moved = |y: i32| row(shown, y) != row(next, y);
    if (0..height).filter(|y| moved(*y)).count() < 3 {
        return None;
    }
    let mut best: Option<(usize, Shift)> = None;
    for rows in (1 - height..height).filter(|rows| *rows != 0) {
        let fits = |y: i32| (0..height).contains(&(y + rows)) && row(next, y) == row(shown, y + rows);
        for run in runs(height, fits) {
            let gain = run.clone().filter(|y| moved(*y) && !row(next, *y).iter().all(is_blank)).count();
            if gain >= 2 && best.is_none_or(|(most, _)| gain > most) {
                let top = run.start.min(run.start + rows) as u16;
                let bottom = (run.end - 1).max(run.end - 1 + rows) as u16;
                best = Some((gain, Shift { top, bottom, rows }));
            }
        }
    }
    best.map(|(_, shift)| shift)
}

/// What a terminal shows after the shift.
pub(super) fn apply(shown: &Buffer, shift: Shift) -> Buffer {
    let mut after = shown.clone();
    let cols = usize::from(shown.area.width);
    for y in i32::from(shift.top)..=i32::from(shift.bottom) {
        let from = y + shift.rows;
        let to = &mut after.content[y as usize * cols..][..cols];
        if (i32::from(shift.top)..=i32::from(shift.bottom)).contains(&from) {
            to.clone_from_slice(row(shown, from));
        } else {
            to.fill(Cell::EMPTY);
        }
    }
    after
}

fn row(buf: &Buffer, y: i32) -> &[Cell] {
    let cols = usize::from(buf.area.width);
    &buf.content[y as usize * cols..][..cols]
}

fn runs(height: i32, fits: impl Fn(i32) -> bool) -> Vec<Range<i32>> {
    let mut out: Vec<Range<i32>> = Vec::new();
    for y in (0..height).filter(|y| fits(*y)) {
        match out.last_mut() {
            Some(run) if run.end == y => run.end = y + 1,
            _ => out.push(y..y + 1),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_that_moved_by_one_row_is_found() {
        let shown = Buffer::with_lines(["title", "a", "b", "c", "d", "hints"]);
        let next = Buffer::with_lines(["title", "b", "c", "d", "e", "hints"]);
        let shift = Shift { top: 1, bottom: 4, rows: 1 };
        assert_eq!(find(&shown, &next), Some(shift));
        assert_eq!(apply(&shown, shift), Buffer::with_lines(["title", "b", "c", "d", "     ", "hints"]));
        let back = Shift { rows: -1, ..shift };
        assert_eq!(find(&next, &shown), Some(back));
        assert_eq!(apply(&next, back), Buffer::with_lines(["title", "     ", "b", "c", "d", "hints"]));
        assert_eq!(find(&shown, &shown), None);
    }
}
