//! Keys and values of the index: everything is packed 64 to a value, so that a million facts make few pages.
//!
//! | key | value |
//! |---|---|
//! | `a` | where the index stands: position, hash, start, end, store; which lists there are |
//! | `p` position/64 | up to 64 places in the journal (segment u32, offset u64) |
//! | `i` writer, seq/64 | up to 64 positions |
//! | `r` writer, seq | the position of a relayed fact, whose writer's chain may have gaps here |
//! | `h` writer | the writer's head: seq, hash |
//! | `n` node, first position | up to 64 positions of entries that count there |
//! | `s` subject, first position | up to 64 positions of entries about it |
//! | `m` month, first position | up to 64 positions of entries that happened then |
//! | `f` form, first position | up to 64 positions of records that bear on what their form says |
//! | `x` first position | up to 64 positions of entries that may bear on anything |
//!
//! Keys are big-endian so that they sort, names carry their length in front; values are little-endian.
use super::{frame::array, segment::Location, walk::Mark};
use crate::{
    grid::{
        bearing::{Bearing, far_reaching},
        fact::{FactId, Hash, Head, WriterId},
    },
    log::{Position, Subtree, places::Places},
};

/// How many go into one value.
pub(crate) const PACK: u64 = 64;
/// Which lists there are.
const LISTS: u8 = 2;
/// Where the index stands.
pub(crate) const APPLIED: &[u8] = b"a";

/// The key under which the place of a position is packed.
pub(crate) fn place_key(position: Position) -> [u8; 9] {
    let mut key = [b'p'; 9];
    key[1..].copy_from_slice(&((position.0 - 1) / PACK).to_be_bytes());
    key
}

/// The key under which the position of a fact is packed.
pub(crate) fn name_key(writer: WriterId, seq: u64) -> [u8; 25] {
    let mut key = [b'i'; 25];
    key[1..17].copy_from_slice(&writer.0);
    key[17..].copy_from_slice(&((seq - 1) / PACK).to_be_bytes());
    key
}

/// The key of the position of a relayed fact.
pub(crate) fn relayed_key(id: FactId) -> [u8; 25] {
    let mut key = [b'r'; 25];
    key[1..17].copy_from_slice(&id.writer.0);
    key[17..].copy_from_slice(&id.seq.to_be_bytes());
    key
}

/// The key of a writer's head.
pub(crate) fn head_key(writer: WriterId) -> [u8; 17] {
    let mut key = [b'h'; 17];
    key[1..].copy_from_slice(&writer.0);
    key
}

fn named(kind: u8, name: &[u8]) -> Vec<u8> {
    let mut prefix = Vec::with_capacity(name.len() + 11);
    prefix.push(kind);
    prefix.extend_from_slice(&(name.len() as u16).to_be_bytes());
    prefix.extend_from_slice(name);
    prefix
}

fn of_month(year: i32, month: u32) -> Vec<u8> {
    let months = i64::from(year) * 12 + i64::from(month);
    let mut prefix = vec![b'm'];
    prefix.extend_from_slice(&months.wrapping_add(1 << 40).to_be_bytes());
    prefix
}

/// The lists that an entry stands in.
pub(crate) fn prefixes(places: &Places) -> Vec<Vec<u8>> {
    let at = places.at.as_ref().map(|at| named(b'n', at.as_bytes()));
    let subject = places.subject.as_ref().map(|subject| named(b's', subject.as_bytes()));
    let month = places.month.map(|(year, month)| of_month(year, month));
    let bearing = match &places.bearing {
        Bearing::Place => None,
        Bearing::AsForm(form) => Some(named(b'f', form.as_bytes())),
        Bearing::Anything => Some(vec![b'x']),
    };
    [at, subject, month, bearing].into_iter().flatten().collect()
}

/// The lists that make up a subtree; none for [`Subtree::All`], which is the journal itself.
pub(crate) fn lists(subtree: &Subtree) -> Option<Vec<Vec<u8>>> {
    match subtree {
        Subtree::All => None,
        Subtree::Nodes(nodes) => Some(nodes.iter().map(|node| named(b'n', node.as_bytes())).collect()),
        Subtree::Subject(subject) => Some(vec![named(b's', subject.as_bytes())]),
        Subtree::Month { year, month } => Some(vec![of_month(*year, *month)]),
        Subtree::Around { node, units } => {
            let about = [node].into_iter().chain(units).map(|id| named(b's', id.as_bytes()));
            let forms = far_reaching().map(|form| named(b'f', form.as_bytes()));
            Some([named(b'n', node.as_bytes()), vec![b'x']].into_iter().chain(about).chain(forms).collect())
        }
    }
}

/// The key of the part of a list that begins with a position.
pub(crate) fn part_key(prefix: &[u8], first: u64) -> Vec<u8> {
    [prefix, &first.to_be_bytes()].concat()
}

/// The positions packed in a value.
pub(crate) fn positions(value: &[u8]) -> Vec<u64> {
    value.as_chunks::<8>().0.iter().map(|bytes| u64::from_le_bytes(*bytes)).collect()
}

/// The place of a position within its packed value.
pub(crate) fn place(value: &[u8], position: Position) -> Option<Location> {
    let bytes = value.as_chunks::<12>().0.get(((position.0 - 1) % PACK) as usize)?;
    Some(Location { segment: u32::from_le_bytes(array(bytes, 0)), offset: u64::from_le_bytes(array(bytes, 4)) })
}

/// Adds a place to a packed value.
pub(crate) fn push_place(value: &mut Vec<u8>, place: Location) {
    value.extend_from_slice(&place.segment.to_le_bytes());
    value.extend_from_slice(&place.offset.to_le_bytes());
}

/// The bytes of a writer's head.
pub(crate) fn head_value(head: Head) -> [u8; 40] {
    let mut value = [0; 40];
    value[..8].copy_from_slice(&head.seq.to_le_bytes());
    value[8..].copy_from_slice(&head.hash.0);
    value
}

/// The bytes of where the index stands.
pub(crate) fn applied_value(mark: &Mark, store: [u8; 16]) -> Vec<u8> {
    let mut value = Vec::with_capacity(81);
    value.extend_from_slice(&mark.position.0.to_le_bytes());
    value.extend_from_slice(&mark.hash.0);
    push_place(&mut value, mark.start);
    push_place(&mut value, mark.end);
    value.extend_from_slice(&store);
    value.push(LISTS);
    value
}

/// Whether a build wrote this that keeps other lists; the first ones did not say which.
pub(crate) fn has_other_lists(applied: &[u8]) -> bool {
    applied.len() == 80 || applied.get(80).is_some_and(|lists| *lists != LISTS)
}

/// Reads where the index stands and whose it is.
pub(crate) fn applied(value: &[u8]) -> Option<(Mark, [u8; 16])> {
    if value.len() != 81 {
        return None;
    }
    let at = |from| Location {
        segment: u32::from_le_bytes(array(value, from)),
        offset: u64::from_le_bytes(array(value, from + 4)),
    };
    let position = Position(u64::from_le_bytes(array(value, 0)));
    Some((Mark { position, hash: Hash(array(value, 8)), start: at(40), end: at(52) }, array(value, 64)))
}
