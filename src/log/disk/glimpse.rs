//! What a store holds, read beside the process that owns it: no lock is taken and nothing is written or mended.
use std::{collections::BTreeMap, path::Path};

use super::{
    error::OpenError,
    open::newest_snapshot,
    reader::Tail,
    segment,
    walk::{self, Mark},
};
use crate::{
    grid::fact::{Head, WriterId},
    log::Position,
};

/// What a store held at a moment: enough to fold its state.
pub struct Glimpse {
    /// The state that was saved last, and the position up to which it counts.
    pub snapshot: Option<(Vec<u8>, Position)>,
    /// The entries behind the snapshot, oldest first.
    pub tail: Tail,
    /// All entries, from the first on.
    pub everything: Tail,
    /// The position of the last entry.
    pub position: Position,
    /// Where the chains end that are written there.
    pub heads: BTreeMap<WriterId, Head>,
}

/// Looks into the store in `dir` without opening it, whoever has it open.
///
/// A record that is just being written counts or does not. What the owner replaces meanwhile (a snapshot, a journal that
/// goes on in a next file) can make this fail where the next try does not.
///
/// # Errors
/// There is no store, or what is there can't be read.
pub fn glimpse(dir: &Path) -> Result<Glimpse, OpenError> {
    let folder = segment::folder(dir);
    if !folder.is_dir() {
        return Err(OpenError::Missing { dir: dir.display().to_string() });
    }
    let last = walk::segments(&folder)?;
    let id = walk::header(&folder, 1, None)?.store;
    let (snapshot, _) = newest_snapshot(dir, id, &mut Vec::new())?;
    let (from, heads, payload) = match snapshot {
        Some(snapshot) => (snapshot.mark, snapshot.heads, Some((snapshot.payload, snapshot.mark.position))),
        None => (Mark::beginning(id), walk::Heads::new(), None),
    };
    let walked = walk::walk(&folder, last, id, (from, heads), &mut |_, _| {})?;
    let position = walked.mark.position;
    let tail = Tail::new(&folder, &from, position);
    let everything = Tail::new(&folder, &Mark::beginning(id), position);
    Ok(Glimpse { snapshot: payload, tail, everything, position, heads: walked.heads })
}
