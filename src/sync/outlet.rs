//! What a laptop is given (下发): the entries of its person's scope, page by page, and the fingerprint that says for which
//! scope that was everything. Pure.
use super::batch::{MOST, MOST_BYTES};
use crate::{
    grid::{fact::WriterId, scope::Scope, state::State},
    log::{Entry, Position},
};

/// A page of entries for a laptop.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Page {
    /// The entries, oldest first: one batch.
    pub entries: Vec<Entry>,
    /// The position up to which the laptop has everything with them.
    pub upto: Position,
}

/// The entries of `read`, which follow `after` in the log, that a laptop may hold: at most `most`, and as many as fit into
/// a batch. What the laptop's own device wrote stays out: it is there.
pub fn page(state: &State, scope: &Scope, own: WriterId, (after, read): (Position, Vec<Entry>), most: usize) -> Page {
    let mut page = Page { entries: Vec::new(), upto: after };
    let (most, mut bytes) = (most.min(MOST), 0);
    for entry in read {
        if is_for(state, scope, own, &entry) {
            bytes += entry.envelope.bytes().len();
            if page.entries.len() == most || bytes > MOST_BYTES {
                return page;
            }
            page.upto = entry.position;
            page.entries.push(entry);
        } else {
            page.upto = entry.position;
        }
    }
    page
}

fn is_for(state: &State, scope: &Scope, own: WriterId, entry: &Entry) -> bool {
    if entry.envelope.id().writer == own {
        return false;
    }
    match entry.envelope.open(entry.received_ms) {
        Ok(fact) => scope.holds(state, &fact),
        // Nobody can say where it belongs.
        Err(_) => scope.is_whole(),
    }
}

/// The scope as 16 bytes: another one where something came into it whose earlier facts the laptop has never had. The
/// laptop is then given everything again, and passes over what it has.
pub fn fingerprint(state: &State, scope: &Scope) -> [u8; 16] {
    let mut hasher = blake3::Hasher::new();
    let mut say = |text: &str| {
        hasher.update(&(text.len() as u64).to_le_bytes());
        hasher.update(text.as_bytes());
    };
    scope.names(state).iter().for_each(|name| say(name));
    let mut out = [0; 16];
    out.copy_from_slice(&hasher.finalize().as_bytes()[..16]);
    out
}
