//! Marks: one small row for every countable record, so that a million of them fit in a laptop.
use chrono::{Datelike, NaiveDate};

use crate::grid::{
    fact::{SessionKind, Topic},
    org::NodeIx,
    shelf::{Fields, Packed},
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

    fn to_bytes(self) -> [u8; 2] {
        match self {
            What::Visit { topics } => [0, topics],
            What::Session(SessionKind::Training) => [1, 0],
            What::Session(SessionKind::Activity) => [1, 1],
            What::Done { duty } => [2, duty],
        }
    }

    fn from_bytes(bytes: [u8; 2]) -> Option<What> {
        Some(match bytes {
            [0, topics] => What::Visit { topics },
            [1, 0] => What::Session(SessionKind::Training),
            [1, 1] => What::Session(SessionKind::Activity),
            [2, duty] => What::Done { duty },
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
}

impl Mark {
    /// The length of a mark in a snapshot.
    const BYTES: usize = 16;

    /// The day it happened.
    pub fn date(&self) -> NaiveDate {
        big_day(self.day)
    }

    /// The day it was entered.
    pub fn recorded_on(&self) -> NaiveDate {
        big_day(self.recorded)
    }

    fn to_bytes(self) -> [u8; Mark::BYTES] {
        let mut out = [0; Mark::BYTES];
        out[0..2].copy_from_slice(&self.day.to_le_bytes());
        out[2..4].copy_from_slice(&self.recorded.to_le_bytes());
        out[4..6].copy_from_slice(&self.what.to_bytes());
        out[6..8].copy_from_slice(&self.writer.to_le_bytes());
        out[8..12].copy_from_slice(&self.seq.to_le_bytes());
        out[12..16].copy_from_slice(&self.at.0.to_le_bytes());
        out
    }

    fn from_bytes(b: &[u8; Mark::BYTES]) -> Option<Mark> {
        Some(Mark {
            day: u16::from_le_bytes([b[0], b[1]]),
            recorded: u16::from_le_bytes([b[2], b[3]]),
            what: What::from_bytes([b[4], b[5]])?,
            writer: u16::from_le_bytes([b[6], b[7]]),
            seq: u32::from_le_bytes([b[8], b[9], b[10], b[11]]),
            at: NodeIx(u32::from_le_bytes([b[12], b[13], b[14], b[15]])),
        })
    }
}

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
        self.0.iter().for_each(|mark| out.extend_from_slice(&mark.to_bytes()));
    }

    fn unpack(from: &mut Fields<'_>) -> Marks {
        let limits = from.limits;
        let known = |mark: &Mark| mark.at.0 < limits.nodes && u32::from(mark.writer) < limits.writers;
        let (rows, _) = from.rest().as_chunks::<{ Mark::BYTES }>();
        Marks(rows.iter().filter_map(Mark::from_bytes).filter(known).collect())
    }
}
