//! Which envelopes of an append, or of what is relayed, are new: the rules that every backend shares.
use std::collections::HashMap;

use super::{Entry, LogError, Position};
use crate::grid::fact::{Envelope, FactId, Head, WriterId};

/// What an append amounts to.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Admission {
    /// The places of the first envelopes, which are already there.
    pub(crate) known: Vec<Position>,
    /// Where the writer's chain stands when the rest is in.
    pub(crate) head: Head,
}

/// Whether an append can't be judged by the head alone: it sends again what may already be there.
pub(crate) fn sends_again(envelopes: &[Envelope], found: Head) -> bool {
    envelopes.first().is_some_and(|first| first.id().seq <= found.seq)
}

/// Judges an append against `found`, the head of the writer's chain; `known` looks an envelope up by its name.
pub(crate) fn admit(
    envelopes: &[Envelope],
    expected: Head,
    found: Head,
    known: impl Fn(FactId) -> Result<Option<Entry>, LogError>,
) -> Result<Admission, LogError> {
    let Some(first) = envelopes.first() else {
        return Ok(Admission { known: Vec::new(), head: found });
    };
    let writer = first.id().writer;
    let mut follows = expected;
    for envelope in envelopes {
        let id = envelope.id();
        if !envelope.fits() {
            return Err(LogError::TooLong(id));
        }
        if id.writer != writer || id.seq != follows.seq + 1 || envelope.previous() != follows.hash {
            return Err(LogError::BrokenChain(id));
        }
        follows = Head { seq: id.seq, hash: envelope.hash() };
    }
    if expected.seq > found.seq {
        return Err(LogError::Conflict { writer, found: found.seq, expected: expected.seq });
    }
    if expected.seq == found.seq && expected.hash != found.hash {
        return Err(LogError::Fork(FactId { writer, seq: expected.seq }));
    }
    let mut places = Vec::new();
    for envelope in envelopes.iter().take_while(|e| e.id().seq <= found.seq) {
        match known(envelope.id())? {
            Some(entry) if entry.envelope == *envelope => places.push(entry.position),
            _ => return Err(LogError::Fork(envelope.id())),
        }
    }
    let head = if follows.seq > found.seq { follows } else { found };
    Ok(Admission { known: places, head })
}

/// The entries of `relayed` that are new; `head` is where a chain that is written here ends, `known` looks an envelope up
/// by its name.
pub(crate) fn admit_relayed(
    relayed: Vec<Entry>,
    head: impl Fn(WriterId) -> Head,
    known: impl Fn(FactId) -> Result<Option<Entry>, LogError>,
) -> Result<Vec<Entry>, LogError> {
    let mut new: Vec<Entry> = Vec::with_capacity(relayed.len());
    let mut places: HashMap<FactId, usize> = HashMap::new();
    for entry in relayed {
        let id = entry.envelope.id();
        let found = head(id.writer).seq;
        let there = match places.get(&id) {
            Some(at) => new.get(*at).cloned(),
            None => known(id)?,
        };
        match there {
            Some(there) if there.envelope == entry.envelope => {}
            Some(_) => return Err(LogError::Fork(id)),
            None if found > 0 => {
                return Err(LogError::Conflict { writer: id.writer, found, expected: id.seq.saturating_sub(1) });
            }
            None => {
                places.insert(id, new.len());
                new.push(entry);
            }
        }
    }
    Ok(new)
}
