//! What comes down: what others wrote and this store may hold, in batches, each durable here before the next.
use std::collections::BTreeMap;

use super::{
    batch,
    message::{Ask, Tell},
    talk::{SyncError, Talk},
    upstream::Upstream,
};
use crate::{
    grid::fact::{Head, WriterId},
    log::{Entry, Log, Position},
};

/// What came down.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Pulled {
    /// How many facts are new here.
    pub facts: u64,
    /// How many were here before.
    pub known: u64,
    /// How many bytes the batches took.
    pub bytes: u64,
}

/// Pulls everything after what `note` says, and writes into `note` how far it came; `keep` makes the note durable.
///
/// Own chains are not added to: what the server has of them and this side has not is told by the plan.
pub fn pull(
    talk: &mut Talk<'_>,
    log: &mut dyn Log,
    own: &BTreeMap<WriterId, Head>,
    note: &mut Upstream,
    keep: &mut dyn FnMut(&Upstream) -> std::io::Result<()>,
    progress: &mut dyn FnMut(u64, Position, Position),
) -> Result<Pulled, SyncError> {
    let mut pulled = Pulled::default();
    let ask = |talk: &mut Talk<'_>, note: &Upstream| {
        let (after, scope) = (note.after.0, note.scope);
        talk.say(|of| Ask::Pull { of, after, most: batch::MOST as u32, scope })
    };
    let mut asked = ask(talk, note)?;
    loop {
        let Tell::Pulled { of, upto, end, scope, batch } = talk.hear()? else { return Err(SyncError::Protocol) };
        let over = upto >= end;
        let stands_still = scope == note.scope && Position(upto) <= note.after;
        if of != asked || (stands_still && !over) {
            return Err(SyncError::Protocol);
        }
        (note.after, note.scope) = (Position(upto), scope);
        if !over {
            // The link brings the next one while this one becomes durable.
            asked = ask(talk, note)?;
        }
        pulled.bytes += batch.len() as u64;
        let entries = if batch.is_empty() { Vec::new() } else { batch::decode(&batch)? };
        take(log, entries, own, &mut pulled)?;
        keep(note)?;
        progress(pulled.facts, note.after, Position(end));
        if over {
            return Ok(pulled);
        }
    }
}

/// Takes a batch in.
pub fn take(
    log: &mut dyn Log,
    mut entries: Vec<Entry>,
    own: &BTreeMap<WriterId, Head>,
    pulled: &mut Pulled,
) -> Result<(), SyncError> {
    let came = entries.len() as u64;
    entries.retain(|entry| !own.contains_key(&entry.envelope.id().writer));
    let new = log.relay(&entries)?.len() as u64;
    pulled.facts += new;
    pulled.known += came - new;
    Ok(())
}
