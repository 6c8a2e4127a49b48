//! Facts and places as they travel.
use minicbor::{Decode, Encode};

use crate::{
    grid::fact::{Envelope, FactError, Hash, Head},
    log::{Entry, Position},
};

/// Where a chain stands; see [`Head`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Encode, Decode)]
pub struct Mark {
    /// The last sequence number.
    #[n(0)]
    pub seq: u64,
    /// The hash of that envelope.
    #[cbor(n(1), with = "minicbor::bytes")]
    pub hash: [u8; 32],
}

impl From<Head> for Mark {
    fn from(head: Head) -> Mark {
        Mark { seq: head.seq, hash: head.hash.0 }
    }
}

impl From<Mark> for Head {
    fn from(mark: Mark) -> Head {
        Head { seq: mark.seq, hash: Hash(mark.hash) }
    }
}

/// One envelope.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct Sealed {
    /// Its bytes.
    #[cbor(n(0), with = "minicbor::bytes")]
    pub bytes: Vec<u8>,
    /// The signature that travels with it, if one does.
    #[cbor(n(1), with = "minicbor::bytes")]
    pub signature: Option<[u8; 64]>,
}

impl From<&Envelope> for Sealed {
    fn from(envelope: &Envelope) -> Sealed {
        Sealed { bytes: envelope.bytes().to_vec(), signature: envelope.signature().copied() }
    }
}

impl TryFrom<Sealed> for Envelope {
    type Error = FactError;

    fn try_from(sealed: Sealed) -> Result<Envelope, FactError> {
        Ok(Envelope::from_bytes(sealed.bytes)?.with_signature(sealed.signature))
    }
}

/// One entry of a log.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct Carried {
    /// Its place in the server's log.
    #[n(0)]
    pub position: u64,
    /// When the server took it in.
    #[n(1)]
    pub received_ms: i64,
    /// The fact.
    #[n(2)]
    pub envelope: Sealed,
}

impl From<&Entry> for Carried {
    fn from(entry: &Entry) -> Carried {
        Carried { position: entry.position.0, received_ms: entry.received_ms, envelope: Sealed::from(&entry.envelope) }
    }
}

impl TryFrom<Carried> for Entry {
    type Error = FactError;

    fn try_from(carried: Carried) -> Result<Entry, FactError> {
        Ok(Entry {
            position: Position(carried.position),
            received_ms: carried.received_ms,
            envelope: carried.envelope.try_into()?,
        })
    }
}

/// Places that follow one another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode)]
pub struct Run {
    /// The first.
    #[n(0)]
    pub from: u64,
    /// How many.
    #[n(1)]
    pub count: u64,
}

/// The places of an append, shortly.
pub fn runs(positions: &[Position]) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::new();
    for position in positions {
        match runs.last_mut() {
            Some(run) if run.from + run.count == position.0 => run.count += 1,
            _ => runs.push(Run { from: position.0, count: 1 }),
        }
    }
    runs
}

impl Run {
    /// The places of `runs`; none where they are not `count`, which the other side has made up then.
    pub fn places(runs: &[Run], count: usize) -> Option<Vec<Position>> {
        let total = runs.iter().try_fold(0_u64, |sum, run| sum.checked_add(run.count))?;
        let fits = total == count as u64 && runs.iter().all(|run| run.from.checked_add(run.count).is_some());
        fits.then(|| runs.iter().flat_map(|run| run.from..run.from + run.count).map(Position).collect())
    }
}
