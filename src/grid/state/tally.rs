//! Tallies per (duty, node, period), as gap-free series.
use std::sync::Arc;

use super::mark::{Marks, small_day};
use crate::grid::{
    calendar::{Calendar, Period},
    duty::{Gathered, Tally},
    org::NodeIx,
    pack::{Duty, Pack},
    shelf::{Fields, Packed, Shelf, Source, put_signed, put_u32, put_varint},
};

/// The first and the last month of which a mark can be, as ordinals of months; years have smaller ones.
const FIRST_MONTH: i32 = 2000 * 12;
const LAST_MONTH: i32 = 2179 * 12 + 11;

/// All tallies: by node, by duty, by period.
#[derive(Clone, Debug, Default)]
pub struct Tallies {
    nodes: Shelf<Duties>,
}

/// The tallies of one node, by duty.
#[derive(Clone, Debug, Default)]
struct Duties(Vec<Series>);

/// The tallies of one duty at one node, from the period `first` on.
#[derive(Clone, Debug, Default)]
struct Series {
    first: i32,
    cells: Vec<Tally>,
}

impl Series {
    /// Whether no period lies beyond what marks can say.
    fn is_sane(&self) -> bool {
        let last = i64::from(self.first) + self.cells.len() as i64;
        FIRST_MONTH / 12 <= self.first && last <= i64::from(LAST_MONTH) + 1
    }

    fn get(&self, ordinal: i32) -> Tally {
        usize::try_from(ordinal - self.first).ok().and_then(|i| self.cells.get(i)).copied().unwrap_or_default()
    }

    fn cell(&mut self, ordinal: i32) -> &mut Tally {
        if self.cells.is_empty() {
            self.first = ordinal;
        }
        if ordinal < self.first {
            let missing = (self.first - ordinal) as usize;
            self.cells.splice(0..0, std::iter::repeat_n(Tally::default(), missing));
            self.first = ordinal;
        }
        let at = (ordinal - self.first) as usize;
        if at >= self.cells.len() {
            self.cells.resize(at + 1, Tally::default());
        }
        &mut self.cells[at]
    }
}

impl Tallies {
    pub(super) fn get(&self, duty: usize, node: NodeIx, ordinal: i32) -> Tally {
        self.nodes
            .get(node.0 as usize)
            .and_then(|duties| duties.0.get(duty))
            .map_or(Tally::default(), |s| s.get(ordinal))
    }

    pub(super) fn add(&mut self, duty: usize, node: NodeIx, ordinal: i32, more: Tally) {
        let cell = self.cell(duty, node, ordinal);
        cell.have = cell.have.saturating_add(more.have);
        cell.on_time = cell.on_time.saturating_add(more.on_time);
    }

    pub(super) fn take(&mut self, duty: usize, node: NodeIx, ordinal: i32, less: Tally) {
        let cell = self.cell(duty, node, ordinal);
        cell.have = cell.have.saturating_sub(less.have);
        cell.on_time = cell.on_time.saturating_sub(less.on_time);
    }

    fn cell(&mut self, duty: usize, node: NodeIx, ordinal: i32) -> &mut Tally {
        let at = node.0 as usize;
        self.nodes.grow(at + 1);
        let duties = &mut self.nodes.at_mut(at).0;
        if duty >= duties.len() {
            duties.resize_with(duty + 1, Series::default);
        }
        duties[duty].cell(ordinal)
    }

    /// Whether anything was counted at the node.
    pub(super) fn has(&self, node: NodeIx) -> bool {
        self.nodes.get(node.0 as usize).is_some_and(|duties| !duties.0.is_empty())
    }

    pub(super) fn pack(&self, out: &mut Vec<u8>) {
        self.nodes.pack(out);
    }

    /// Finds what [`Tallies::pack`] wrote for at most so many nodes.
    pub(super) fn unpack(source: &Arc<Source>, at: &mut usize, nodes: usize) -> Option<Tallies> {
        Shelf::unpack(source, at).filter(|shelf| shelf.len() <= nodes).map(|nodes| Tallies { nodes })
    }

    /// Every tally that is not nothing, as (duty, node, period's ordinal, tally); two sets of tallies are equal when
    /// these are.
    pub fn rows(&self) -> impl Iterator<Item = (usize, NodeIx, i32, Tally)> {
        self.nodes.iter().enumerate().flat_map(|(node, duties)| {
            duties.0.iter().enumerate().flat_map(move |(duty, series)| {
                series
                    .cells
                    .iter()
                    .enumerate()
                    .filter(|(_, tally)| **tally != Tally::default())
                    .map(move |(i, tally)| (duty, NodeIx(node as u32), series.first + i as i32, *tally))
            })
        })
    }
}

impl Packed for Duties {
    fn pack(&self, out: &mut Vec<u8>) {
        put_u32(out, self.0.len() as u32);
        for Series { first, cells } in &self.0 {
            put_signed(out, *first);
            put_varint(out, cells.len() as u32);
            for Tally { have, on_time } in cells {
                put_varint(out, *have);
                put_varint(out, have.wrapping_sub(*on_time));
            }
        }
    }

    fn unpack(from: &mut Fields<'_>) -> Duties {
        let cell = |from: &mut Fields<'_>| {
            let have = from.varint();
            Some(Tally { have, on_time: have.wrapping_sub(from.varint()) })
        };
        Duties(from.rows(|from| {
            let (first, n) = (from.signed(), from.varint() as usize);
            let series = Series { first, cells: from.times(n, cell) };
            Some(if series.is_sane() { series } else { Series::default() })
        }))
    }
}

impl PartialEq for Tallies {
    fn eq(&self, other: &Tallies) -> bool {
        self.rows().eq(other.rows())
    }
}

/// What one subject's marks add to a duty at a node in a period.
pub(super) fn contribution(
    calendar: &Calendar,
    (own, duty): (usize, &Duty),
    marks: &Marks,
    at: NodeIx,
    period: Period,
) -> Tally {
    contribution_by((own, duty), marks, at, period, small_day(duty.due_on(period, calendar)))
}

/// The same, with the part that had been entered by another day than the due day.
pub(super) fn contribution_by(of: (usize, &Duty), marks: &Marks, at: NodeIx, period: Period, by: u16) -> Tally {
    of.1.kind.contribution(&gathered(of, marks, at, period, by))
}

/// One subject's marks that feed a duty at a node in a period.
pub(super) fn gathered((own, duty): (usize, &Duty), marks: &Marks, at: NodeIx, period: Period, by: u16) -> Gathered {
    let (first, last) = duty.kind.days_of(period);
    let within = marks.between(small_day(first), small_day(last));
    let mut all = Gathered::by(by);
    within.iter().filter(|mark| mark.at == at && duty.fed_by(mark, own)).for_each(|mark| all.put(mark));
    all
}

/// Calls `each` with what one subject's marks add, for every (duty, node, period) that they feed.
pub(super) fn count_all(pack: &Pack, marks: &Marks, mut each: impl FnMut(usize, NodeIx, i32, Tally)) {
    for (own, duty) in pack.duties.iter().enumerate() {
        let mut seen: Vec<(NodeIx, Period)> = marks
            .all()
            .iter()
            .filter(|mark| duty.fed_by(mark, own))
            .map(|mark| (mark.at, duty.period_of(mark.date())))
            .collect();
        seen.sort_unstable();
        seen.dedup();
        for (at, period) in seen {
            each(own, at, period.ordinal(), contribution(pack.calendar(), (own, duty), marks, at, period));
        }
    }
}
