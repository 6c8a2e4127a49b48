//! The state as bytes and back, fast enough to come before the first frame.
//!
//! Rows that grow with the county (nodes, units, people, marks, sessions, tallies) stand on shelves and are read when they
//! are first asked for; the outline is CBOR and is read at once. Snapshots are a private cache: the store guards
//! their bytes by a checksum, and one of another build or another pack is refused and the state is folded again from
//! the log.
use std::{collections::BTreeMap, sync::Arc};

use minicbor::{Decode, Encode};

use super::{
    State, access::Access, custody::Custody, handover::Handovers, matter::Matters, reading::Readings, relief::Relief,
    taken::Taken, tally::Tallies,
};
use crate::grid::{
    fact::{StoreOpened, WriterId},
    org::{Org, Outline},
    pack::Pack,
    shelf::{Limits, Shelf, Source, put_u32, read_u32},
};

/// Changes whenever the bytes would be read differently.
const LAYOUT: u32 = 11;

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

/// What is read at once.
#[derive(Decode)]
struct Head {
    #[n(0)]
    outline: Outline,
    #[n(1)]
    opened: Option<StoreOpened>,
    #[n(2)]
    writers: Vec<WriterId>,
    #[n(3)]
    matters: Matters,
    #[n(4)]
    readings: Readings,
    #[n(5)]
    relief: Relief,
    #[n(6)]
    taken: Taken,
    #[n(7)]
    count: u64,
    #[n(8)]
    unknown: u64,
    #[n(9)]
    access: Access,
    #[n(10)]
    custody: Custody,
    #[n(11)]
    handovers: Handovers,
}

/// [`Head`] as it is written.
#[derive(Encode)]
struct HeadOf<'a> {
    #[n(0)]
    outline: &'a Outline,
    #[n(1)]
    opened: &'a Option<StoreOpened>,
    #[n(2)]
    writers: &'a Vec<WriterId>,
    #[n(3)]
    matters: &'a Matters,
    #[n(4)]
    readings: &'a Readings,
    #[n(5)]
    relief: &'a Relief,
    #[n(6)]
    taken: &'a Taken,
    #[n(7)]
    count: u64,
    #[n(8)]
    unknown: u64,
    #[n(9)]
    access: &'a Access,
    #[n(10)]
    custody: &'a Custody,
    #[n(11)]
    handovers: &'a Handovers,
}

impl State {
    /// The state as bytes.
    pub fn to_snapshot(&self) -> Vec<u8> {
        let head = HeadOf {
            outline: self.org.outline(),
            opened: &self.opened,
            writers: &self.writers,
            matters: &self.matters,
            readings: &self.readings,
            relief: &self.relief,
            taken: &self.taken,
            count: self.count,
            unknown: self.unknown,
            access: &self.access,
            custody: &self.custody,
            handovers: &self.handovers,
        };
        let mut cbor = Vec::new();
        if let Err(never) = minicbor::encode(&head, &mut cbor) {
            // Writing into a Vec has no error of its own.
            unreachable!("{never}");
        }
        let Limits { nodes, units, people, .. } = self.org.limits();
        let mut out =
            Vec::with_capacity(cbor.len() + self.of_unit.size_hint() + self.of_node.size_hint() + 512 * units as usize);
        put_u32(&mut out, LAYOUT);
        out.extend_from_slice(&self.pack.fingerprint);
        [nodes, units, people, self.writers.len() as u32].iter().for_each(|n| put_u32(&mut out, *n));
        put_u32(&mut out, cbor.len() as u32);
        out.extend_from_slice(&cbor);
        self.org.pack(&mut out);
        self.of_unit.pack(&mut out);
        self.of_node.pack(&mut out);
        self.sessions.pack(&mut out);
        self.tallies.pack(&mut out);
        self.days.pack(&mut out);
        out
    }

    /// Reads what [`State::to_snapshot`] wrote with the same build and pack. The bytes are kept: rows are read out of
    /// them when they are asked for.
    pub fn from_snapshot(bytes: Vec<u8>, pack: &Arc<Pack>) -> Result<State, SnapshotError> {
        let mut at = 0;
        let mut number = || read_u32(&bytes, &mut at).ok_or(SnapshotError::Damaged);
        if number()? != LAYOUT {
            return Err(SnapshotError::Layout);
        }
        if bytes.get(4..36) != Some(&pack.fingerprint[..]) {
            return Err(SnapshotError::Pack);
        }
        at = 36;
        let mut number = || read_u32(&bytes, &mut at).ok_or(SnapshotError::Damaged);
        let limits = Limits { nodes: number()?, units: number()?, people: number()?, writers: number()? };
        let size = number()? as usize;
        let cbor = bytes.get(at..at.saturating_add(size)).ok_or(SnapshotError::Damaged)?;
        let head: Head = minicbor::decode(cbor).map_err(|_| SnapshotError::Damaged)?;
        at += size;
        State::unpack(Arc::new(Source { bytes, limits }), at, head, pack).ok_or(SnapshotError::Damaged)
    }

    /// Puts the shelves behind `head`; none if they do not fit it or each other.
    fn unpack(source: Arc<Source>, mut at: usize, head: Head, pack: &Arc<Pack>) -> Option<State> {
        let org = Org::unpack(&source, &mut at, head.outline)?;
        let of_unit = Shelf::unpack(&source, &mut at)?;
        let of_node = Shelf::unpack(&source, &mut at)?;
        let sessions = Shelf::unpack(&source, &mut at)?;
        let tallies = Tallies::unpack(&source, &mut at, source.limits.nodes as usize)?;
        let days = Shelf::unpack(&source, &mut at)?;
        let limits = Limits { writers: head.writers.len() as u32, ..org.limits() };
        let fits = at == source.bytes.len()
            && limits == source.limits
            && of_unit.len() <= limits.units as usize
            && of_node.len() <= limits.nodes as usize
            && sessions.len() <= limits.nodes as usize
            && days.len() <= limits.nodes as usize
            && head.matters.fits(limits.nodes, limits.units)
            && head.readings.fits(limits.nodes, limits.units)
            && head.relief.fits(limits.nodes, pack.duties.len() as u32);
        fits.then(|| State {
            org,
            pack: pack.clone(),
            opened: head.opened,
            writers: head.writers,
            of_unit,
            of_node,
            tallies,
            busy: BTreeMap::new(),
            matters: head.matters.read_back(),
            readings: head.readings,
            relief: head.relief,
            access: head.access,
            custody: head.custody,
            handovers: head.handovers,
            days,
            sessions,
            taken: head.taken,
            count: head.count,
            unknown: head.unknown,
        })
    }
}
