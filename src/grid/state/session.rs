//! The sessions of a node, as lists show them.
use chrono::NaiveDate;

use crate::grid::{
    fact::{FactId, SessionKind, WriterId},
    org::NodeIx,
    shelf::{Fields, Packed, put_day, put_text, put_u32, put_varint},
};

/// A session as lists show it.
#[derive(Clone, Debug, PartialEq)]
pub struct SessionLine {
    /// The fact.
    pub id: FactId,
    /// The grid.
    pub at: NodeIx,
    /// Training or activity.
    pub kind: SessionKind,
    /// The day it was held.
    pub day: NaiveDate,
    /// What it was about.
    pub topic: String,
    /// How long it took, in minutes.
    pub minutes: u32,
    /// How many took part (到、迟到、早退、代会).
    pub present: u32,
    /// How many of them were there themselves from beginning to end (到).
    pub proper: u32,
    /// How many were excused (请假).
    pub excused: u32,
    /// How many stood on the roster.
    pub invited: u32,
}

/// The sessions of one node, in the order of their facts.
#[derive(Clone, Debug, Default)]
pub(super) struct Sessions(Vec<SessionLine>);

impl Sessions {
    pub(super) fn all(&self) -> &[SessionLine] {
        &self.0
    }

    pub(super) fn add(&mut self, line: SessionLine) {
        self.0.push(line);
    }

    pub(super) fn remove(&mut self, id: FactId) {
        self.0.retain(|line| line.id != id);
    }
}

impl Packed for Sessions {
    fn pack(&self, out: &mut Vec<u8>) {
        put_u32(out, self.0.len() as u32);
        for line in &self.0 {
            out.extend_from_slice(&line.id.writer.0);
            out.extend_from_slice(&line.id.seq.to_le_bytes());
            put_u32(out, line.at.0);
            out.push(u8::from(line.kind == SessionKind::Activity));
            put_day(out, line.day);
            put_text(out, &line.topic);
            [line.minutes, line.present, line.proper, line.excused, line.invited]
                .iter()
                .for_each(|n| put_varint(out, *n));
        }
    }

    fn unpack(from: &mut Fields<'_>) -> Sessions {
        let limits = from.limits;
        Sessions(from.rows(|from| {
            let id = FactId { writer: WriterId(from.array()), seq: u64::from_le_bytes(from.array()) };
            let at = from.pointer(limits.nodes).map(NodeIx);
            let kind = if from.u8() == 0 { SessionKind::Training } else { SessionKind::Activity };
            let (day, topic) = (from.day(), from.text());
            let [minutes, present, proper, excused, invited] = [(); 5].map(|()| from.varint());
            at.map(|at| SessionLine { id, at, kind, day, topic, minutes, present, proper, excused, invited })
        }))
    }
}
