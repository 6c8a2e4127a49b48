//! Marks: one small row for every countable record, so that a million of them fit in a laptop.
use std::cell::Cell;

use chrono::{Datelike, NaiveDate};

use crate::grid::{
    fact::{Acting, SessionKind, Topic},
    org::{NodeIx, Post},
    shelf::{Fields, Packed, put_signed, put_u32, put_varint},
};

/// Day 1 of the small day numbers: 2000-01-01. Sixteen bits reach to the year 2179.
const EPOCH_CE: i32 = 730_120;

/// A day as a small number, clamped to what sixteen bits can say.
pub(crate) fn small_day(day: NaiveDate) -> u16 {
    (day.num_days_from_ce() - EPOCH_CE).clamp(0, i32::from(u16::MAX)) as u16
}

/// The day behind a small number.
pub(crate) fn big_day(day: u16) -> NaiveDate {
    NaiveDate::from_num_days_from_ce_opt(i32::from(day) + EPOCH_CE).unwrap_or(NaiveDate::MAX)
}

/// What kind of record a mark stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum What {
    /// A visit with the set of its topics.
    Visit {
        /// One bit per [`Topic`].
        topics: u8,
    },
    /// A session.
    Session(SessionKind),
    /// A record of a form.
    Record {
        /// The form's number in [`crate::grid::record::FORMS`]; `u8::MAX` when this build has no such form.
        form: u8,
        /// The number of its kind among the form's kinds; 0 where it has none.
        kind: u8,
    },
    /// A duty's own record.
    Done {
        /// The duty's place in the pack; `u8::MAX` when the pack has no such duty.
        duty: u8,
    },
}

impl What {
    /// The bit of a topic.
    pub fn bit(topic: Topic) -> u8 {
        1 << topic as u8
    }

    /// A visit with these topics; a visit without topics is a plain call.
    pub fn visit(topics: &[Topic]) -> What {
        What::Visit { topics: topics.iter().fold(What::bit(Topic::Call), |set, topic| set | What::bit(*topic)) }
    }

    /// Whether it is a visit.
    pub fn is_visit(self) -> bool {
        matches!(self, What::Visit { .. })
    }

    /// Three bytes where the number is large or it is a form, else one.
    fn pack(self, out: &mut Vec<u8>) {
        let (kind, number) = match self {
            What::Visit { topics } => (0, topics),
            What::Session(SessionKind::Training) => (1, 0),
            What::Session(SessionKind::Activity) => (1, 1),
            What::Done { duty } => (2, duty),
            What::Record { form, kind } => return out.extend_from_slice(&[3 << 6 | 3, form, kind]),
        };
        match number < 64 {
            true => out.push(kind << 6 | number),
            false => out.extend_from_slice(&[3 << 6, kind, number]),
        }
    }

    fn unpack(from: &mut Fields<'_>) -> Option<What> {
        let (kind, number) = match from.u8() {
            byte if byte < 3 << 6 => (byte >> 6, byte & 63),
            byte if byte == 3 << 6 | 3 => return Some(What::Record { form: from.u8(), kind: from.u8() }),
            _ => (from.u8(), from.u8()),
        };
        Some(match (kind, number) {
            (0, topics) => What::Visit { topics },
            (1, 0) => What::Session(SessionKind::Training),
            (1, 1) => What::Session(SessionKind::Activity),
            (2, duty) => What::Done { duty },
            _ => return None,
        })
    }
}

/// One countable record: what, when, where, and by which fact.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mark {
    /// The day it happened, as a small number.
    pub day: u16,
    /// The day it was entered, as a small number; later than the due day is 补录.
    pub recorded: u16,
    /// What it is.
    pub what: What,
    /// The writer of its fact, as an index into the state's writers.
    pub writer: u16,
    /// The fact's place in its writer's chain.
    pub seq: u32,
    /// The node where it counts.
    pub at: NodeIx,
    /// In which posts it was done: the bit 4 x level + post for each.
    pub acting: u16,
    /// The amount that its form names, for example hours; 0 where it names none.
    pub amount: u16,
}

impl Mark {
    /// The bits of the posts in which something was done.
    pub fn posts(acting: &[Acting]) -> u16 {
        acting.iter().filter(|acting| acting.level < 4).fold(0, |bits, a| bits | 1 << (4 * a.level + a.post as u8))
    }

    /// A record of this kind, done in these posts, as far as it decides which duties it feeds.
    pub(in crate::grid) fn of(what: What, acting: &[Acting]) -> Mark {
        Mark { what, acting: Mark::posts(acting), ..NOTHING }
    }

    /// Whether it was done by who holds this post at the node of this level at or above the mark's own.
    pub fn acts(&self, level: u8, post: Post) -> bool {
        level < 4 && self.acting & 1 << (4 * level + post as u8) != 0
    }

    /// The day it happened.
    pub fn date(&self) -> NaiveDate {
        big_day(self.day)
    }

    /// The day it was entered.
    pub fn recorded_on(&self) -> NaiveDate {
        big_day(self.recorded)
    }

    /// Writes the mark as what differs from the one before: about six bytes.
    fn pack(self, before: Mark, out: &mut Vec<u8>) {
        let days = self.day.wrapping_sub(before.day);
        let head = out.len();
        out.push(days.min(u16::from(DAYS)) as u8);
        if days >= u16::from(DAYS) {
            put_varint(out, days.into());
        }
        if self.recorded != self.day {
            out[head] |= ENTERED_LATER;
            put_varint(out, self.recorded.wrapping_sub(self.day).into());
        }
        if self.writer != before.writer {
            out[head] |= OTHER_WRITER;
            put_varint(out, self.writer.into());
        }
        if self.at != before.at {
            out[head] |= ELSEWHERE;
            put_varint(out, self.at.0);
        }
        self.what.pack(out);
        let extra = u8::from(self.acting != 0) | u8::from(self.amount != 0) << 1;
        out.push(extra);
        [self.acting, self.amount].iter().filter(|n| **n != 0).for_each(|n| put_varint(out, u32::from(*n)));
        put_signed(out, self.seq.wrapping_sub(before.seq) as i32);
    }

    fn unpack(before: Mark, from: &mut Fields<'_>) -> Option<Mark> {
        let head = from.u8();
        let mut maybe = |bit: u8| (head & bit == bit).then(|| from.varint());
        let days = maybe(DAYS).unwrap_or((head & DAYS).into()) as u16;
        let day = before.day.wrapping_add(days);
        let recorded = day.wrapping_add(maybe(ENTERED_LATER).unwrap_or(0) as u16);
        let writer = maybe(OTHER_WRITER).map_or(before.writer, |writer| writer as u16);
        let at = maybe(ELSEWHERE).map_or(before.at, NodeIx);
        let what = What::unpack(from)?;
        let extra = from.u8();
        let [acting, amount] = [1, 2].map(|bit| if extra & bit != 0 { from.varint() as u16 } else { 0 });
        let seq = before.seq.wrapping_add(from.signed() as u32);
        Some(Mark { day, recorded, what, writer, seq, at, acting, amount })
    }
}

/// The first byte of a packed mark: the days since the one before (all bits set: they follow), and what follows.
const DAYS: u8 = 0x1f;
const ENTERED_LATER: u8 = 0x20;
const OTHER_WRITER: u8 = 0x40;
const ELSEWHERE: u8 = 0x80;
/// What the first mark of a subject differs from.
const NOTHING: Mark = Mark {
    day: 0,
    recorded: 0,
    what: What::Visit { topics: 0 },
    writer: 0,
    seq: 0,
    at: NodeIx(0),
    acting: 0,
    amount: 0,
};

/// The marks of one subject, in the order of days, then of facts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Marks(Vec<Mark>);

impl Marks {
    /// All of them.
    pub fn all(&self) -> &[Mark] {
        &self.0
    }

    /// Those from `first` to `last`, both included.
    pub fn between(&self, first: u16, last: u16) -> &[Mark] {
        let from = self.0.partition_point(|mark| mark.day < first);
        let to = self.0.partition_point(|mark| mark.day <= last);
        &self.0[from..to.max(from)]
    }

    pub(super) fn insert(&mut self, mark: Mark) {
        let key = |m: &Mark| (m.day, m.writer, m.seq);
        let at = self.0.partition_point(|m| key(m) < key(&mark));
        self.0.insert(at, mark);
    }

    pub(super) fn remove(&mut self, writer: u16, seq: u32) -> Option<Mark> {
        let at = self.0.iter().rposition(|m| m.writer == writer && m.seq == seq)?;
        Some(self.0.remove(at))
    }

    pub(super) fn find(&self, writer: u16, seq: u32) -> Option<&Mark> {
        self.0.iter().rev().find(|m| m.writer == writer && m.seq == seq)
    }
}

impl Packed for Marks {
    fn pack(&self, out: &mut Vec<u8>) {
        put_u32(out, self.0.len() as u32);
        let mut before = NOTHING;
        for mark in &self.0 {
            mark.pack(before, out);
            before = *mark;
        }
    }

    fn unpack(from: &mut Fields<'_>) -> Marks {
        let limits = from.limits;
        let known = |mark: &Mark| mark.at.0 < limits.nodes && u32::from(mark.writer) < limits.writers;
        let before = Cell::new(NOTHING);
        Marks(from.rows(|from| {
            let mark = Mark::unpack(before.get(), from)?;
            before.set(mark);
            Some(mark).filter(known)
        }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::grid::shelf::Limits;

    #[test]
    fn marks_come_back_as_they_were_in_about_six_bytes_each() {
        let mark = |day: u16, what, seq| Mark {
            day,
            recorded: day,
            what,
            writer: 0,
            seq,
            at: NodeIx(17),
            acting: 0,
            amount: 0,
        };
        let done = What::Done { duty: 6 };
        let mut marks: Vec<Mark> =
            (0..300).map(|i| mark(9_000 + i * 15, done, 40_000 + u32::from(i) * 1_700)).collect();
        let plain = marks.len();
        marks.push(Mark { recorded: 20_000, ..mark(14_000, What::Visit { topics: 0xff }, 3) });
        marks.push(Mark { writer: 2, at: NodeIx(400), ..mark(14_000, What::Session(SessionKind::Activity), u32::MAX) });
        let form = What::Record { form: 200, kind: 3 };
        marks.push(Mark { acting: 0x8001, amount: 24, ..mark(20_000, form, 9) });
        marks.push(Mark { recorded: 0, ..mark(u16::MAX, What::Done { duty: u8::MAX }, 0) });
        let limits = Limits { nodes: 500, writers: 3, ..Limits::default() };
        let pack = |marks: &[Mark]| {
            let mut bytes = Vec::new();
            Marks(marks.to_vec()).pack(&mut bytes);
            bytes
        };
        let bytes = pack(&marks);
        assert_eq!(Marks::unpack(&mut Fields::new(&bytes, limits)).all(), &marks);
        assert!(pack(&marks[..plain]).len() <= plain * 6 + 16);
        let limits = Limits { nodes: 17, ..limits };
        assert!(Marks::unpack(&mut Fields::new(&bytes, limits)).all().is_empty(), "at a node that is not there");
    }
}
