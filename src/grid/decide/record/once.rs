//! What is recorded once: the same return of the same unit for the same period, and the like.
use super::{Filling, Target};
use crate::grid::{
    calendar::Period,
    fact::Record,
    state::{Mark, What, named},
};

/// The kind of which two records are never the same one.
const OTHER: &str = "other";

impl Filling<'_> {
    /// What was recorded before, in words, where the record is the same again.
    pub(super) fn said_before(self, target: Target, record: &Record) -> Option<String> {
        let once = self.form.once;
        if once.is_empty() || once.contains(&"kind") && record.text("kind") == OTHER {
            return None;
        }
        let marks = match target.unit {
            Some(unit) => self.state.unit_marks(unit),
            None => self.state.node_marks(target.at),
        };
        let period = self.form.period().map(|field| record.text(field.key)).and_then(Period::parse);
        let is_same = |mark: &&Mark| self.is_same(mark, period, record);
        marks.iter().filter(is_same).find(|mark| Some(self.state.fact_of(mark)) != self.replaces)?;
        let org = self.state.org();
        let whose = target.unit.map_or(&org.node(target.at).name, |unit| &org.unit(unit).record.name);
        let kind = self.form.kinds().iter().find(|choice| choice.id == record.text("kind"));
        let words = [Some(whose.clone()), period.map(Period::label), kind.map(|choice| choice.label().to_owned())];
        Some(words.into_iter().flatten().collect::<Vec<_>>().join(" "))
    }

    fn is_same(self, mark: &Mark, period: Option<Period>, record: &Record) -> bool {
        let What::Record { form, kind } = mark.what else { return false };
        let same = |key: &&str| match *key {
            "kind" => self.form.kind_number(record.text("kind")) == Some(usize::from(kind)),
            key => {
                let place = self.form.readings.iter().position(|reading| *reading == key);
                if place.is_none() && self.form.period().is_some_and(|field| field.key == key) {
                    return period.is_some_and(|period| period.contains(mark.date()));
                }
                // Where the period itself was kept, a year is none of its quarters.
                let number = place.and_then(|place| self.state.numbers_of(mark)?.get(place).copied());
                number == Some(named(record.text(key)))
            }
        };
        form == self.number && self.form.once.iter().all(same)
    }
}
