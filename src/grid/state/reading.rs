//! Readings: the numbers that records of some forms leave for monitors (编制, 经费, 清单).
use std::collections::BTreeMap;

use chrono::NaiveDate;
use minicbor::{Decode, Encode};

use crate::grid::{
    fact::{FactId, codec},
    org::{NodeIx, UnitIx},
};

/// What numbers are about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Encode, Decode)]
pub(super) enum About {
    #[n(0)]
    Node(#[n(0)] NodeIx),
    #[n(1)]
    Unit(#[n(0)] UnitIx),
}

/// Which numbers: about what, of which form, of which of its kinds.
pub(super) type Series = (About, u8, u8);

#[derive(Clone, Debug, PartialEq, Encode, Decode)]
struct Reading {
    #[cbor(n(0), with = "codec::day")]
    day: NaiveDate,
    #[n(1)]
    numbers: Vec<i64>,
}

/// All readings, so that a withdrawn one gives way to the one before.
#[derive(Clone, Debug, Default, PartialEq, Encode, Decode)]
pub(super) struct Readings {
    #[n(0)]
    series: BTreeMap<Series, BTreeMap<FactId, Reading>>,
    /// By record, where its reading is.
    #[n(1)]
    of: BTreeMap<FactId, Series>,
}

impl Readings {
    pub(super) fn add(&mut self, series: Series, by: FactId, day: NaiveDate, numbers: Vec<i64>) {
        self.series.entry(series).or_default().insert(by, Reading { day, numbers });
        self.of.insert(by, series);
    }

    /// Takes out a record's reading; returns whether there was one.
    pub(super) fn remove(&mut self, by: FactId) -> bool {
        let Some(series) = self.of.remove(&by) else { return false };
        if let Some(readings) = self.series.get_mut(&series) {
            readings.remove(&by);
        }
        true
    }

    pub(super) fn all(&self, series: Series) -> impl Iterator<Item = (NaiveDate, &[i64])> {
        let readings = self.series.get(&series).into_iter().flat_map(BTreeMap::values);
        readings.map(|reading| (reading.day, reading.numbers.as_slice()))
    }

    /// The newest by its day; of the same day, the one with the greater name, so that the order of coming plays no part.
    pub(super) fn newest(&self, series: Series) -> Option<(NaiveDate, &[i64])> {
        let readings = self.series.get(&series)?.iter();
        let (_, newest) = readings.max_by_key(|(id, reading)| (reading.day, **id))?;
        Some((newest.day, &newest.numbers))
    }

    /// The numbers that one record left.
    pub(super) fn of(&self, by: FactId) -> Option<&[i64]> {
        Some(&self.series.get(self.of.get(&by)?)?.get(&by)?.numbers)
    }

    /// Whether every pointer is to one of so many nodes and units.
    pub(super) fn fits(&self, nodes: u32, units: u32) -> bool {
        self.series.keys().all(|(about, ..)| match about {
            About::Node(node) => node.0 < nodes,
            About::Unit(unit) => unit.0 < units,
        })
    }
}
