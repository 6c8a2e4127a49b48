//! The state as bytes and back, fast enough to come before the first frame.
//!
//! Marks, which are many, are plain rows of sixteen bytes; the rest is CBOR. Snapshots are a private cache: one of
//! another build or another pack is refused and the state is folded again from the log.
use std::{collections::BTreeSet, sync::Arc};

use minicbor::{Decode, Encode};

use super::{
    SessionLine, State,
    mark::{Mark, Marks},
    problem::Problems,
    tally::Tallies,
};
use crate::grid::{
    fact::{FactId, StoreOpened, WriterId},
    org::Org,
    pack::Pack,
};

/// Changes whenever the bytes would be read differently.
const LAYOUT: u32 = 2;

/// Why bytes are not a snapshot that this build and pack can use.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum SnapshotError {
    /// Written by another build.
    #[error("snapshot of another layout")]
    Layout,
    /// Computed with another pack or another text of it.
    #[error("snapshot of another pack")]
    Pack,
    /// Not what was written.
    #[error("snapshot damaged")]
    Damaged,
}

#[derive(Encode, Decode)]
struct Rest {
    #[n(0)]
    org: Org,
    #[n(1)]
    opened: Option<StoreOpened>,
    #[n(2)]
    writers: Vec<WriterId>,
    #[n(3)]
    tallies: Tallies,
    #[n(4)]
    problems: Problems,
    #[n(5)]
    sessions: Vec<SessionLine>,
    #[n(6)]
    withdrawn: BTreeSet<FactId>,
    #[n(7)]
    count: u64,
    #[n(8)]
    unknown: u64,
}

impl State {
    /// The state as bytes.
    pub fn to_snapshot(&self) -> Vec<u8> {
        let rest = Rest {
            org: self.org.clone(),
            opened: self.opened.clone(),
            writers: self.writers.clone(),
            tallies: self.tallies.clone(),
            problems: self.problems.clone(),
            sessions: self.sessions.clone(),
            withdrawn: self.withdrawn.clone(),
            count: self.count,
            unknown: self.unknown,
        };
        let mut cbor = Vec::new();
        if let Err(never) = minicbor::encode(&rest, &mut cbor) {
            // Writing into a Vec has no error of its own.
            unreachable!("{never}");
        }
        let mut out = Vec::with_capacity(64 + cbor.len() + self.count as usize * Mark::BYTES);
        out.extend_from_slice(&LAYOUT.to_le_bytes());
        out.extend_from_slice(&self.pack.fingerprint);
        out.extend_from_slice(&(cbor.len() as u32).to_le_bytes());
        out.extend_from_slice(&cbor);
        for list in [&self.of_unit, &self.of_node] {
            out.extend_from_slice(&(list.len() as u32).to_le_bytes());
            for marks in list {
                out.extend_from_slice(&(marks.all().len() as u32).to_le_bytes());
                marks.all().iter().for_each(|mark| out.extend_from_slice(&mark.to_bytes()));
            }
        }
        out
    }

    /// Reads what [`State::to_snapshot`] wrote with the same build and pack.
    pub fn from_snapshot(bytes: &[u8], pack: &Arc<Pack>) -> Result<State, SnapshotError> {
        let mut from = Reader(bytes);
        if from.u32()? != LAYOUT {
            return Err(SnapshotError::Layout);
        }
        if from.take(32)? != pack.fingerprint {
            return Err(SnapshotError::Pack);
        }
        let cbor = from.u32()? as usize;
        let rest: Rest = minicbor::decode(from.take(cbor)?).map_err(|_| SnapshotError::Damaged)?;
        let of_unit = from.marks()?;
        let of_node = from.marks()?;
        Ok(State {
            org: rest.org,
            pack: pack.clone(),
            opened: rest.opened,
            writers: rest.writers,
            of_unit,
            of_node,
            tallies: rest.tallies,
            problems: rest.problems,
            sessions: rest.sessions,
            withdrawn: rest.withdrawn,
            count: rest.count,
            unknown: rest.unknown,
        })
    }
}

struct Reader<'a>(&'a [u8]);

impl<'a> Reader<'a> {
    fn take(&mut self, n: usize) -> Result<&'a [u8], SnapshotError> {
        let (head, tail) = self.0.split_at_checked(n).ok_or(SnapshotError::Damaged)?;
        self.0 = tail;
        Ok(head)
    }

    fn u32(&mut self) -> Result<u32, SnapshotError> {
        let bytes = self.take(4)?;
        Ok(u32::from_le_bytes([bytes[0], bytes[1], bytes[2], bytes[3]]))
    }

    fn marks(&mut self) -> Result<Vec<Marks>, SnapshotError> {
        let subjects = self.u32()? as usize;
        // A count that the bytes can't hold must not ask for memory.
        let mut out = Vec::with_capacity(subjects.min(self.0.len() / 4));
        for _ in 0..subjects {
            let n = self.u32()? as usize;
            let rows = self.take(n.checked_mul(Mark::BYTES).ok_or(SnapshotError::Damaged)?)?;
            let mut marks = Marks::default();
            marks.reserve(n);
            let (rows, _) = rows.as_chunks::<{ Mark::BYTES }>();
            for row in rows {
                marks.push(Mark::from_bytes(row).ok_or(SnapshotError::Damaged)?);
            }
            out.push(marks);
        }
        Ok(out)
    }
}
