//! The table of work: by month, duty and form.
use std::collections::BTreeMap;

use super::{Burden, Kind, Scope, pool::Told};
use crate::grid::calendar::{Cadence, Period};

/// What the entries of one form that serve one duty cost in a month.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Work {
    /// The month in which they happened.
    pub month: Period,
    /// The duty, by its place in the pack; none for entries that serve no duty.
    pub duty: Option<usize>,
    /// What is filled in.
    pub kind: Kind,
    /// How many entries; one that serves several duties stands in the row of each.
    pub entries: u32,
    /// Those that correct an earlier one: entered again.
    pub again: u32,
    /// Those that say what they cost: typed at a desk.
    pub measured: u32,
    /// Those of which the cost is in the sums: enough people typed them together.
    pub told: u32,
    /// Keys, of those.
    pub keys: u64,
    /// Seconds, of those.
    pub seconds: u64,
    /// How many duties the entries serve, summed up.
    pub serves: u32,
    /// Those that serve this duty and no other.
    pub only: u32,
}

impl Work {
    fn empty(month: i32, duty: Option<usize>, kind: Kind) -> Work {
        let month = Period::from_ordinal(Cadence::Month, month);
        let (entries, again, measured, told, keys, seconds, serves, only) = (0, 0, 0, 0, 0, 0, 0, 0);
        Work { month, duty, kind, entries, again, measured, told, keys, seconds, serves, only }
    }

    fn add(&mut self, Told { all, told }: &Told, duties: usize) {
        self.entries += all.entries;
        self.again += all.again;
        self.measured += all.measured;
        self.told += told.measured;
        self.keys += told.keys;
        self.seconds += told.seconds;
        self.serves += all.entries * duties as u32;
        self.only += if duties == 1 { all.entries } else { 0 };
    }

    /// Whole minutes, halves up; none where nothing can be told.
    pub fn minutes(&self) -> Option<u64> {
        (self.told > 0).then_some((self.seconds + 30) / 60)
    }

    /// Keys; none where nothing can be told.
    pub fn all_keys(&self) -> Option<u64> {
        (self.told > 0).then_some(self.keys)
    }

    /// Seconds for one entry, halves up; none where nothing can be told.
    pub fn seconds_each(&self) -> Option<u64> {
        let told = u64::from(self.told);
        (told > 0).then(|| (2 * self.seconds + told) / (2 * told))
    }

    /// Whether people typed it at a desk, but too few for anything to be told.
    pub fn is_hidden(&self) -> bool {
        self.measured > 0 && self.told == 0
    }
}

impl Burden {
    /// The rows by month, then in the order of the pack's duties; what serves none comes last.
    pub fn work(&self, scope: &Scope<'_>) -> Vec<Work> {
        let mut rows: BTreeMap<(i32, usize, Kind), Work> = BTreeMap::new();
        for (key, told) in self.told(scope) {
            let duties = &self.sets[key.set];
            let mut add = |duty: Option<usize>| {
                let row = rows.entry((key.month, duty.unwrap_or(usize::MAX), key.kind));
                row.or_insert_with(|| Work::empty(key.month, duty, key.kind)).add(&told, duties.len());
            };
            match duties[..] {
                [] => add(None),
                _ => duties.iter().for_each(|duty| add(Some(*duty))),
            }
        }
        rows.into_values().collect()
    }

    /// The same by month and form, each entry once.
    pub fn forms(&self, scope: &Scope<'_>) -> Vec<Work> {
        let mut rows: BTreeMap<(i32, Kind), Work> = BTreeMap::new();
        for (key, told) in self.told(scope) {
            let row = rows.entry((key.month, key.kind)).or_insert_with(|| Work::empty(key.month, None, key.kind));
            row.add(&told, self.sets[key.set].len());
        }
        rows.into_values().collect()
    }
}
