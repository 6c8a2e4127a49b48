//! Shelves: rows that are read out of a snapshot's bytes when they are first asked for.
//!
//! A county of a million facts opens in the time that its outline takes, and what nobody looks at is never read.
mod ids;
mod plain;

use std::{
    borrow::Cow,
    sync::{Arc, OnceLock},
};

pub(super) use ids::Ids;
pub(super) use plain::{Fields, Limits, put_day, put_maybe_day, put_signed, put_text, put_u32, put_varint};

/// A row that can be written plainly and read back; reading never fails (see [`Fields`]).
pub(super) trait Packed {
    fn pack(&self, out: &mut Vec<u8>);
    fn unpack(from: &mut Fields<'_>) -> Self;
}

/// The bytes of the snapshot that a state came from.
#[derive(Debug, Default)]
pub(super) struct Source {
    pub(super) bytes: Vec<u8>,
    pub(super) limits: Limits,
}

/// Rows in the order of their coming.
#[derive(Clone, Debug)]
pub(super) struct Shelf<T> {
    slots: Vec<Slot<T>>,
    source: Arc<Source>,
}

#[derive(Clone, Debug)]
struct Slot<T> {
    row: OnceLock<Box<T>>,
    /// Where the row stands in the source until it is read.
    from: u32,
    to: u32,
}

impl<T> Default for Shelf<T> {
    fn default() -> Shelf<T> {
        Shelf { slots: Vec::new(), source: Arc::default() }
    }
}

impl<T: Packed> Shelf<T> {
    pub(super) fn len(&self) -> usize {
        self.slots.len()
    }

    pub(super) fn get(&self, at: usize) -> Option<&T> {
        self.slots.get(at).map(|slot| slot.read(&self.source))
    }

    /// The row at a place that is known to be there.
    pub(super) fn at(&self, at: usize) -> &T {
        self.slots[at].read(&self.source)
    }

    /// [`Shelf::at`] without keeping what is read: for a look at every row, once.
    pub(super) fn glimpse(&self, at: usize) -> Cow<'_, T>
    where
        T: Clone,
    {
        let slot = &self.slots[at];
        match slot.row.get() {
            Some(row) => Cow::Borrowed(row),
            None => Cow::Owned(T::unpack(&mut Fields::new(slot.bytes(&self.source), self.source.limits))),
        }
    }

    /// See [`Shelf::at`].
    pub(super) fn at_mut(&mut self, at: usize) -> &mut T {
        let slot = &mut self.slots[at];
        slot.read(&self.source);
        match slot.row.get_mut() {
            Some(row) => row,
            None => unreachable!("read just now"),
        }
    }

    pub(super) fn iter(&self) -> impl ExactSizeIterator<Item = &T> {
        self.slots.iter().map(|slot| slot.read(&self.source))
    }

    pub(super) fn push(&mut self, row: T) {
        self.slots.push(Slot { row: OnceLock::from(Box::new(row)), from: 0, to: 0 });
    }

    /// Adds empty rows until there are `n`.
    pub(super) fn grow(&mut self, n: usize)
    where
        T: Default,
    {
        while self.slots.len() < n {
            self.push(T::default());
        }
    }

    /// How many bytes the rows that were not read yet take, and a guess at the others.
    pub(super) fn size_hint(&self) -> usize {
        let size = |slot: &Slot<T>| if slot.row.get().is_some() { 256 } else { (slot.to - slot.from) as usize };
        self.slots.iter().map(|slot| size(slot) + 4).sum()
    }

    /// Writes the number of rows, where each ends, and the rows; those that were never read are copied as they are.
    pub(super) fn pack(&self, out: &mut Vec<u8>) {
        put_u32(out, self.slots.len() as u32);
        let ends = out.len();
        out.resize(ends + 4 * self.slots.len(), 0);
        let first = out.len();
        for (i, slot) in self.slots.iter().enumerate() {
            match slot.row.get() {
                Some(row) => row.pack(out),
                None => out.extend_from_slice(slot.bytes(&self.source)),
            }
            let end = (out.len() - first) as u32;
            out[ends + 4 * i..ends + 4 * i + 4].copy_from_slice(&end.to_le_bytes());
        }
    }

    /// Finds what [`Shelf::pack`] wrote in `source` at `*at` and moves on; none if it can't be that.
    pub(super) fn unpack(source: &Arc<Source>, at: &mut usize) -> Option<Shelf<T>> {
        let bytes = &source.bytes;
        let count = read_u32(bytes, at)? as usize;
        let ends = bytes.get(*at..at.checked_add(count.checked_mul(4)?)?)?;
        let first = *at + ends.len();
        let mut from = first;
        let mut slots = Vec::with_capacity(count);
        for end in ends.as_chunks::<4>().0 {
            let to = first.checked_add(u32::from_le_bytes(*end) as usize)?;
            if to < from || to > bytes.len() {
                return None;
            }
            slots.push(Slot { row: OnceLock::new(), from: u32::try_from(from).ok()?, to: u32::try_from(to).ok()? });
            from = to;
        }
        *at = from;
        Some(Shelf { slots, source: source.clone() })
    }
}

impl<T: Packed> Slot<T> {
    fn read(&self, source: &Source) -> &T {
        self.row.get_or_init(|| Box::new(T::unpack(&mut Fields::new(self.bytes(source), source.limits))))
    }

    fn bytes<'a>(&self, source: &'a Source) -> &'a [u8] {
        &source.bytes[self.from as usize..self.to as usize]
    }
}

/// Reads a little-endian number at `*at` and moves on.
pub(super) fn read_u32(bytes: &[u8], at: &mut usize) -> Option<u32> {
    let chunk = bytes.get(*at..)?.first_chunk::<4>()?;
    *at += 4;
    Some(u32::from_le_bytes(*chunk))
}
