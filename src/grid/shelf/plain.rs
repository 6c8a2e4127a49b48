//! Plain fields: little-endian numbers, and text with its length before it.
use chrono::{Datelike, NaiveDate};

/// How many there are of what rows point to; a pointer beyond is not followed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(in crate::grid) struct Limits {
    pub(in crate::grid) nodes: u32,
    pub(in crate::grid) units: u32,
    pub(in crate::grid) people: u32,
    pub(in crate::grid) writers: u32,
}

/// Reads fields one after another. Reading never fails: where the bytes end, numbers are zero and texts empty. The
/// bytes are a private cache that the store guards by a checksum.
pub(in crate::grid) struct Fields<'a> {
    rest: &'a [u8],
    pub(in crate::grid) limits: Limits,
}

impl<'a> Fields<'a> {
    pub(in crate::grid) fn new(rest: &'a [u8], limits: Limits) -> Fields<'a> {
        Fields { rest, limits }
    }

    fn take(&mut self, n: usize) -> &'a [u8] {
        let (head, tail) = self.rest.split_at(n.min(self.rest.len()));
        self.rest = tail;
        head
    }

    pub(in crate::grid) fn u8(&mut self) -> u8 {
        self.take(1).first().copied().unwrap_or(0)
    }

    pub(in crate::grid) fn u32(&mut self) -> u32 {
        self.take(4).first_chunk().map_or(0, |chunk| u32::from_le_bytes(*chunk))
    }

    /// A number that [`put_varint`] wrote.
    pub(in crate::grid) fn varint(&mut self) -> u32 {
        let mut number = 0;
        for shift in (0..32).step_by(7) {
            let byte = self.u8();
            number |= u32::from(byte & 0x7f) << shift;
            if byte < 0x80 {
                break;
            }
        }
        number
    }

    /// A number that [`put_signed`] wrote.
    pub(in crate::grid) fn signed(&mut self) -> i32 {
        let number = self.varint();
        (number >> 1) as i32 ^ -((number & 1) as i32)
    }

    pub(in crate::grid) fn array<const N: usize>(&mut self) -> [u8; N] {
        self.take(N).first_chunk().copied().unwrap_or([0; N])
    }

    /// A pointer to one of `n`.
    pub(in crate::grid) fn pointer(&mut self, n: u32) -> Option<u32> {
        Some(self.u32()).filter(|at| *at < n)
    }

    pub(in crate::grid) fn text(&mut self) -> String {
        let n = self.u32() as usize;
        String::from_utf8_lossy(self.take(n)).into_owned()
    }

    pub(in crate::grid) fn day(&mut self) -> NaiveDate {
        self.maybe_day().unwrap_or(NaiveDate::MAX)
    }

    pub(in crate::grid) fn maybe_day(&mut self) -> Option<NaiveDate> {
        NaiveDate::from_num_days_from_ce_opt(self.u32() as i32)
    }

    /// As many rows as are written there, each read by `read`; none once the bytes are at their end.
    pub(in crate::grid) fn rows<T>(&mut self, read: impl Fn(&mut Fields<'a>) -> Option<T>) -> Vec<T> {
        let n = self.u32() as usize;
        self.times(n, read)
    }

    /// [`Fields::rows`] where the number is known.
    pub(in crate::grid) fn times<T>(&mut self, n: usize, read: impl Fn(&mut Fields<'a>) -> Option<T>) -> Vec<T> {
        let mut out = Vec::with_capacity(n.min(self.rest.len()));
        for _ in 0..n {
            if self.rest.is_empty() {
                break;
            }
            out.extend(read(self));
        }
        out
    }
}

pub(in crate::grid) fn put_u32(out: &mut Vec<u8>, n: u32) {
    out.extend_from_slice(&n.to_le_bytes());
}

/// A number in as few bytes as it needs: seven bits in each, the lowest first.
pub(in crate::grid) fn put_varint(out: &mut Vec<u8>, mut n: u32) {
    while n >= 0x80 {
        out.push(n as u8 | 0x80);
        n >>= 7;
    }
    out.push(n as u8);
}

/// A number near zero on either side, in as few bytes as it needs.
pub(in crate::grid) fn put_signed(out: &mut Vec<u8>, n: i32) {
    put_varint(out, (n << 1 ^ n >> 31) as u32);
}

pub(in crate::grid) fn put_text(out: &mut Vec<u8>, text: &str) {
    put_u32(out, text.len() as u32);
    out.extend_from_slice(text.as_bytes());
}

pub(in crate::grid) fn put_day(out: &mut Vec<u8>, day: NaiveDate) {
    put_maybe_day(out, Some(day));
}

pub(in crate::grid) fn put_maybe_day(out: &mut Vec<u8>, day: Option<NaiveDate>) {
    put_u32(out, day.map_or(i32::MIN, |day| day.num_days_from_ce()) as u32);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_come_back_and_small_ones_are_short() {
        let mut out = Vec::new();
        let numbers = [0, 1, 127, 128, 16_383, 16_384, u32::MAX];
        numbers.iter().for_each(|n| put_varint(&mut out, *n));
        assert_eq!(out.len(), 1 + 1 + 1 + 2 + 2 + 3 + 5);
        let signed = [0, -1, 63, -64, i32::MAX, i32::MIN];
        signed.iter().for_each(|n| put_signed(&mut out, *n));
        let mut fields = Fields::new(&out, Limits::default());
        assert_eq!(numbers.map(|_| fields.varint()), numbers);
        assert_eq!(signed.map(|_| fields.signed()), signed);
        assert_eq!((fields.varint(), fields.signed(), fields.array::<2>()), (0, 0, [0, 0]), "behind the end");
    }
}
