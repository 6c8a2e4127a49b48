//! Rows that have an id, found by it.
use std::{borrow::Cow, sync::Arc};

use crate::grid::shelf::{Ids, Packed, Shelf, Source};

/// A row that knows its id.
pub(super) trait Row: Packed {
    fn id(&self) -> &str;
}

/// Rows in the order of their coming, with an index by id.
#[derive(Clone, Debug)]
pub(super) struct Table<T> {
    rows: Shelf<T>,
    ids: Ids,
}

impl<T> Default for Table<T> {
    fn default() -> Table<T> {
        Table { rows: Shelf::default(), ids: Ids::default() }
    }
}

impl<T: Row> Table<T> {
    pub(super) fn len(&self) -> usize {
        self.rows.len()
    }

    pub(super) fn iter(&self) -> impl ExactSizeIterator<Item = &T> {
        self.rows.iter()
    }

    pub(super) fn find(&self, id: &str) -> Option<u32> {
        self.ids.find(id, |at| self.get(at).id() == id)
    }

    pub(super) fn get(&self, ix: u32) -> &T {
        self.rows.at(ix as usize)
    }

    pub(super) fn glimpse(&self, ix: u32) -> Cow<'_, T>
    where
        T: Clone,
    {
        self.rows.glimpse(ix as usize)
    }

    pub(super) fn get_mut(&mut self, ix: u32) -> &mut T {
        self.rows.at_mut(ix as usize)
    }

    pub(super) fn push(&mut self, row: T) -> u32 {
        let ix = self.rows.len() as u32;
        self.ids.insert(row.id(), ix);
        self.rows.push(row);
        ix
    }

    pub(super) fn pack(&self, out: &mut Vec<u8>) {
        self.rows.pack(out);
        self.ids.pack(out);
    }

    pub(super) fn unpack(source: &Arc<Source>, at: &mut usize) -> Option<Table<T>> {
        let rows: Shelf<T> = Shelf::unpack(source, at)?;
        let ids = Ids::unpack(&source.bytes, at, rows.len())?;
        Some(Table { rows, ids })
    }
}
