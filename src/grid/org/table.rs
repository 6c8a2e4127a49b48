//! Rows that have an id, found by it.
use std::collections::HashMap;

use minicbor::{
    Decode, Decoder, Encode, Encoder,
    decode::Error as DecodeError,
    encode::{Error as EncodeError, Write},
};

/// A row that knows its id.
pub(super) trait Row {
    fn id(&self) -> &str;
}

/// Rows in the order of their coming, with an index by id that is built when it is read back.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Table<T> {
    rows: Vec<T>,
    by_id: HashMap<Box<str>, u32>,
}

impl<T> Default for Table<T> {
    fn default() -> Table<T> {
        Table { rows: Vec::new(), by_id: HashMap::new() }
    }
}

impl<T: Row> Table<T> {
    pub(super) fn rows(&self) -> &[T] {
        &self.rows
    }

    pub(super) fn find(&self, id: &str) -> Option<u32> {
        self.by_id.get(id).copied()
    }

    pub(super) fn get(&self, ix: u32) -> &T {
        &self.rows[ix as usize]
    }

    pub(super) fn get_mut(&mut self, ix: u32) -> &mut T {
        &mut self.rows[ix as usize]
    }

    pub(super) fn push(&mut self, row: T) -> u32 {
        let ix = self.rows.len() as u32;
        self.by_id.insert(row.id().into(), ix);
        self.rows.push(row);
        ix
    }
}

impl<C, T: Encode<C>> Encode<C> for Table<T> {
    fn encode<W: Write>(&self, e: &mut Encoder<W>, ctx: &mut C) -> Result<(), EncodeError<W::Error>> {
        self.rows.encode(e, ctx)
    }
}

impl<'b, C, T: Row + Decode<'b, C>> Decode<'b, C> for Table<T> {
    fn decode(d: &mut Decoder<'b>, ctx: &mut C) -> Result<Table<T>, DecodeError> {
        let rows: Vec<T> = Vec::decode(d, ctx)?;
        let by_id = rows.iter().enumerate().map(|(i, row)| (row.id().into(), i as u32)).collect();
        Ok(Table { rows, by_id })
    }
}
