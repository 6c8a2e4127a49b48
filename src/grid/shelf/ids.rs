//! An index from ids to places, small enough to be written and read back as it is.
use super::{put_u32, read_u32};

/// Open addressing over (hash, place + 1); an empty slot has place 0. The ids themselves stay in their rows.
#[derive(Clone, Debug, Default)]
pub(in crate::grid) struct Ids {
    /// None, or a power of two of which at most half is taken.
    slots: Vec<(u32, u32)>,
    taken: usize,
}

impl Ids {
    /// The place of `id`, where `is` says whether the row at a place has that id.
    pub(in crate::grid) fn find(&self, id: &str, is: impl Fn(u32) -> bool) -> Option<u32> {
        let hash = hash(id);
        let mut at = self.start(hash)?;
        loop {
            match self.slots[at] {
                (_, 0) => return None,
                (same, place) if same == hash && is(place - 1) => return Some(place - 1),
                _ => at = (at + 1) % self.slots.len(),
            }
        }
    }

    /// Adds an id that is not there yet.
    pub(in crate::grid) fn insert(&mut self, id: &str, place: u32) {
        if (self.taken + 1) * 2 > self.slots.len() {
            let bigger = vec![(0, 0); (self.slots.len() * 2).max(16)];
            let old = std::mem::replace(&mut self.slots, bigger);
            old.into_iter().filter(|(_, place)| *place != 0).for_each(|slot| self.put(slot));
        }
        self.put((hash(id), place + 1));
        self.taken += 1;
    }

    fn put(&mut self, slot: (u32, u32)) {
        let Some(mut at) = self.start(slot.0) else { return };
        while self.slots[at].1 != 0 {
            at = (at + 1) % self.slots.len();
        }
        self.slots[at] = slot;
    }

    fn start(&self, hash: u32) -> Option<usize> {
        (hash as usize).checked_rem(self.slots.len())
    }

    pub(in crate::grid) fn pack(&self, out: &mut Vec<u8>) {
        put_u32(out, self.slots.len() as u32);
        for (hash, place) in &self.slots {
            put_u32(out, *hash);
            put_u32(out, *place);
        }
    }

    /// Reads what [`Ids::pack`] wrote for `rows` rows; none if it can't be that.
    pub(in crate::grid) fn unpack(bytes: &[u8], at: &mut usize, rows: usize) -> Option<Ids> {
        let count = read_u32(bytes, at)? as usize;
        let slots = bytes.get(*at..at.checked_add(count.checked_mul(8)?)?)?;
        *at += slots.len();
        let number = |chunk: &[u8]| chunk.first_chunk().map_or(0, |chunk| u32::from_le_bytes(*chunk));
        let slots: Vec<_> = slots.as_chunks::<8>().0.iter().map(|s| (number(&s[..4]), number(&s[4..]))).collect();
        let taken = slots.iter().filter(|(_, place)| *place != 0).count();
        // An empty slot is what ends a search.
        let fits =
            slots.iter().all(|(_, place)| *place as usize <= rows) && taken == rows && (taken < count || rows == 0);
        fits.then_some(Ids { slots, taken })
    }
}

/// FNV-1a, folded: ids are a county's own codes, and the index is written to disk, so it is the same everywhere.
fn hash(id: &str) -> u32 {
    let hash =
        id.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x100_0000_01b3));
    (hash ^ hash >> 32) as u32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_id_is_found_at_its_place_also_after_writing() {
        let ids: Vec<String> = (0..1000).map(|n| format!("91330781MA2{n:07}")).collect();
        let mut index = Ids::default();
        assert_eq!(index.find("x", |_| true), None);
        ids.iter().enumerate().for_each(|(n, id)| index.insert(id, n as u32));
        let mut bytes = Vec::new();
        index.pack(&mut bytes);
        let again = Ids::unpack(&bytes, &mut 0, ids.len()).expect("what was written");
        for index in [index, again] {
            for (n, id) in ids.iter().enumerate() {
                assert_eq!(index.find(id, |place| ids[place as usize] == *id), Some(n as u32));
            }
            assert_eq!(index.find("91330781MA20001000", |place| ids[place as usize] == "91330781MA20001000"), None);
        }
        assert!(Ids::unpack(&bytes, &mut 0, ids.len() - 1).is_none(), "a place beyond the rows");
        assert!(Ids::unpack(&bytes[..bytes.len() - 1], &mut 0, ids.len()).is_none());
    }
}
