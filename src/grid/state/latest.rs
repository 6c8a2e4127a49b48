//! On which days a node has records, so that silence is seen (M-13).
use crate::grid::shelf::{Fields, Packed, put_u32, put_varint};

/// The days of one node that have records, and how many each, in the order of days.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Days(Vec<(u16, u16)>);

impl Days {
    pub(super) fn insert(&mut self, day: u16) {
        match self.0.binary_search_by_key(&day, |(at, _)| *at) {
            Ok(at) => self.0[at].1 = self.0[at].1.saturating_add(1),
            Err(at) => self.0.insert(at, (day, 1)),
        }
    }

    pub(super) fn remove(&mut self, day: u16) {
        if let Ok(at) = self.0.binary_search_by_key(&day, |(at, _)| *at) {
            match self.0[at].1 {
                0 | 1 => drop(self.0.remove(at)),
                _ => self.0[at].1 -= 1,
            }
        }
    }

    /// The last day with a record.
    pub(super) fn last(&self) -> Option<u16> {
        self.0.last().map(|(day, _)| *day)
    }
}

impl Packed for Days {
    fn pack(&self, out: &mut Vec<u8>) {
        put_u32(out, self.0.len() as u32);
        let mut before = 0;
        for (day, records) in &self.0 {
            put_varint(out, u32::from(day - before));
            put_varint(out, u32::from(*records));
            before = *day;
        }
    }

    fn unpack(from: &mut Fields<'_>) -> Days {
        let before = std::cell::Cell::new(0_u16);
        Days(from.rows(|from| {
            before.set(before.get().wrapping_add(from.varint() as u16));
            Some((before.get(), from.varint() as u16))
        }))
    }
}
