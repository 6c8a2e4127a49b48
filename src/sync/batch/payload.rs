//! Payloads by columns: what stands under the same key of every fact stands together, and what is said again is named.
use super::{
    BatchFault, MOST_BYTES,
    numbers::{Given, put},
};

/// The keys of a payload that have a column of their own: all that this build writes.
const KEYS: usize = 9;
/// The keys that had one in version 1; a batch in which no payload has another is written in it still.
const KEYS_OF_ONE: usize = 8;
/// CBOR: a map of so many pairs, in one byte.
const MAP: u8 = 0xa0;

/// The values of one payload by key, each as its CBOR; none for a payload that is written in another way.
fn split(payload: &[u8]) -> Option<[&[u8]; KEYS]> {
    let mut values: [&[u8]; KEYS] = [&[]; KEYS];
    let pairs = usize::from(payload.first()?.checked_sub(MAP)?);
    let mut decoder = minicbor::Decoder::new(payload.get(1..)?);
    let bytes = decoder.input();
    let mut least = 0;
    for _ in 0..pairs {
        let key = usize::from(*bytes.get(decoder.position())?);
        if key < least || key >= KEYS {
            return None;
        }
        decoder.set_position(decoder.position() + 1);
        let from = decoder.position();
        decoder.skip().ok()?;
        values[key] = bytes.get(from..decoder.position()).filter(|value| !value.is_empty())?;
        least = key + 1;
    }
    (pairs > 0 && decoder.position() == bytes.len()).then_some(values)
}

/// One column under way.
#[derive(Default)]
struct Column<'a> {
    /// What has been said, in the order of its coming.
    said: Vec<&'a [u8]>,
    /// Of every value: 0 if it is new, or else how long ago its like was last said, among different ones.
    again: Vec<u8>,
    /// The places in `said`, the last said first.
    recent: Vec<usize>,
}

impl<'a> Column<'a> {
    fn say(&mut self, value: &'a [u8]) {
        let known = self.recent.iter().position(|at| self.said[*at] == value);
        put(&mut self.again, known.map_or(0, |ago| ago as u64 + 1));
        let at = match known {
            Some(ago) => self.recent.remove(ago),
            None => {
                self.said.push(value);
                self.said.len() - 1
            }
        };
        self.recent.insert(0, at);
    }

    fn write(self, out: &mut Vec<u8>) {
        out.extend_from_slice(&self.again);
        self.said.iter().for_each(|value| put(out, value.len() as u64));
        self.said.iter().for_each(|value| out.extend_from_slice(value));
    }
}

/// Appends the columns of these payloads; returns the version in which that is.
pub(super) fn write<'a>(payloads: impl Iterator<Item = &'a [u8]>, out: &mut Vec<u8>) -> u8 {
    let mut columns: [Column<'a>; KEYS] = Default::default();
    // Payloads that are not split: nothing is known of them.
    let mut whole = Column::default();
    let split: Vec<_> = payloads.map(|payload| (payload, split(payload).unwrap_or_default())).collect();
    let is_of_one = |(_, values): &(_, [&[u8]; KEYS])| values[KEYS_OF_ONE..].iter().all(|value| value.is_empty());
    let version = if split.iter().all(is_of_one) { 1 } else { 2 };
    for (payload, values) in split {
        let mask = (0..KEYS).filter(|key| !values[*key].is_empty()).fold(0, |mask, key| mask | 1 << key);
        match version {
            // A byte, of which the highest bit is one of the keys.
            1 => out.push(mask as u8),
            _ => put(out, mask),
        }
        if mask == 0 {
            whole.say(payload);
        }
        for (column, value) in columns.iter_mut().zip(values).filter(|(_, value)| !value.is_empty()) {
            column.say(value);
        }
    }
    let keys = if version == 1 { KEYS_OF_ONE } else { KEYS };
    columns.into_iter().take(keys).for_each(|column| column.write(out));
    whole.write(out);
    version
}

/// The values of a column, one for each of `n` payloads that have one.
fn read_column<'a>(given: &mut Given<'a>, n: usize) -> Result<Vec<&'a [u8]>, BatchFault> {
    let again = given.column(n, Given::number)?;
    let new = again.iter().filter(|ago| **ago == 0).count();
    let lengths = given.column(new, |given| given.count(MOST_BYTES))?;
    let said = lengths.into_iter().map(|length| given.take(length)).collect::<Result<Vec<_>, _>>()?;
    let mut said = said.into_iter();
    let mut recent: Vec<&[u8]> = Vec::with_capacity(new);
    let mut values = Vec::with_capacity(n);
    for ago in again {
        let value = match usize::try_from(ago).unwrap_or(usize::MAX) {
            0 => said.next().ok_or(BatchFault::Reference)?,
            ago if ago <= recent.len() => recent.remove(ago - 1),
            _ => return Err(BatchFault::Reference),
        };
        recent.insert(0, value);
        values.push(value);
    }
    Ok(values)
}

/// Reads the columns of `n` payloads in a version of the encoding and hands each payload, in parts, to `each`.
pub(super) fn read<'a>(
    given: &mut Given<'a>,
    (version, n): (u8, usize),
    mut each: impl FnMut(&[&'a [u8]]) -> Result<(), BatchFault>,
) -> Result<(), BatchFault> {
    const NAMES: [u8; KEYS] = [0, 1, 2, 3, 4, 5, 6, 7, 8];
    const MAPS: [u8; KEYS + 1] = [MAP, MAP + 1, MAP + 2, MAP + 3, MAP + 4, MAP + 5, MAP + 6, MAP + 7, MAP + 8, MAP + 9];
    let (keys, masks) = match version {
        1 => (KEYS_OF_ONE, given.take(n)?.iter().map(|mask| usize::from(*mask)).collect()),
        _ => (KEYS, given.column(n, |given| given.count((1 << KEYS) - 1))?),
    };
    let mut columns = Vec::with_capacity(keys);
    for key in 0..keys {
        let with = masks.iter().filter(|mask| **mask & 1 << key != 0).count();
        columns.push(read_column(given, with)?.into_iter());
    }
    let mut whole = read_column(given, masks.iter().filter(|mask| **mask == 0).count())?.into_iter();
    let mut parts: Vec<&[u8]> = Vec::with_capacity(2 * KEYS + 1);
    for mask in masks {
        parts.clear();
        match mask {
            0 => parts.extend(whole.next()),
            _ => parts.push(&MAPS[mask.count_ones() as usize..][..1]),
        }
        for (key, column) in columns.iter_mut().enumerate().filter(|(key, _)| mask & 1 << key != 0) {
            parts.push(&NAMES[key..][..1]);
            parts.extend(column.next());
        }
        each(&parts)?;
    }
    Ok(())
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn again(payloads: &[&[u8]]) -> Vec<Vec<u8>> {
        let mut out = Vec::new();
        let version = write(payloads.iter().copied(), &mut out);
        let mut read_back = Vec::new();
        let mut given = Given(&out);
        read(&mut given, (version, payloads.len()), |parts| {
            read_back.push(parts.concat());
            Ok(())
        })
        .unwrap();
        assert!(given.0.is_empty());
        read_back
    }

    #[test]
    fn payloads_of_any_bytes_come_back_as_they_were() {
        let cases: [&[u8]; 12] = [
            &[0xa2, 0, 0x61, b'a', 3, 0x61, b'b'],
            &[0xa2, 0, 0x61, b'a', 3, 0x61, b'b'],
            &[0xa1, 7, 0xf6],
            // Empty, keys out of order, keys said twice, keys unknown, more behind, cut short, no map, long form.
            &[],
            &[0xa0],
            &[0xa2, 3, 0x61, b'b', 0, 0x61, b'a'],
            &[0xa2, 3, 1, 3, 1],
            &[0xa1, 9, 1],
            &[0xa1, 0, 1, 0],
            &[0xa1, 0],
            &[0x61, b'a'],
            &[0xb8, 1, 0, 1],
        ];
        assert_eq!(again(&cases), cases);
        // One with a key that version 1 does not know, among the others.
        let later: Vec<&[u8]> = cases.into_iter().chain([&[0xa2, 7, 0xf6, 8, 0x82, 1, 2][..]]).collect();
        assert_eq!(again(&later), later);
    }

    #[test]
    fn what_says_nothing_new_is_written_as_it_always_was() {
        let before: [&[u8]; 2] = [&[0xa2, 0, 0x61, b'a', 7, 0x61, b'b'], &[0x61, b'a']];
        let mut out = Vec::new();
        assert_eq!(write(before.iter().copied(), &mut out), 1);
        // Masks; of key 0 and key 7 one value each, new, of two bytes; six columns without any; what is not split.
        let columns = [&[0, 2, 0x61, b'a'][..], &[0, 2, 0x61, b'b'], &[0, 2, 0x61, b'a']].concat();
        assert_eq!(out, [&[0b1000_0001, 0][..], &columns].concat());
        let mut out = Vec::new();
        assert_eq!(write([&[0xa1, 8, 1][..]].into_iter(), &mut out), 2);
    }
}
