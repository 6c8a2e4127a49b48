//! Stepping days and picking them from the month.
use chrono::NaiveDate;

use super::{Entry, Form, ON, Sheet};
use crate::app::{Action, Desk, Route};

impl<S: Sheet> Form<S> {
    /// The key of the day under the cursor, or else of that of the record, and the day from which it is seen.
    pub(super) fn day_here(&self, desk: &Desk) -> (&'static str, NaiveDate) {
        let here = self.slots.0.get(self.at).and_then(|slot| match &slot.entry {
            Entry::Day(day) => Some((slot.key, day.from)),
            _ => None,
        });
        let (key, from) = here.unwrap_or((ON, None));
        (key, self.slots.base(from, desk.today()))
    }

    /// Opens the month in which the day is picked.
    pub(super) fn calendar(&self, desk: &Desk) -> Vec<Action> {
        let (key, base) = self.day_here(desk);
        let begin = self.slots.day(key, desk.today()).unwrap_or(base);
        vec![Action::Open(Route::Calendar { node: self.sheet.node(desk), pick: Some(begin) })]
    }

    /// A day was picked for the field under the cursor, or else for the record.
    pub(super) fn pick(&mut self, picked: NaiveDate) -> Vec<Action> {
        let here = self.slots.0.get(self.at).filter(|slot| matches!(slot.entry, Entry::Day(_))).map(|slot| slot.key);
        if let Some(Entry::Day(day)) = self.slots.get_mut(here.unwrap_or(ON)).map(|slot| &mut slot.entry) {
            day.set(&picked.to_string());
        }
        Vec::new()
    }

    /// Steps the day under the cursor, or else that of the record.
    pub(super) fn step_day(&mut self, days: i64, desk: &Desk) {
        let (key, base) = self.day_here(desk);
        let today = desk.today();
        if let Some(Entry::Day(day)) = self.slots.get_mut(key).map(|slot| &mut slot.entry) {
            let before = day.read(base);
            day.step(days, base);
            // What was done was not done tomorrow.
            if key == ON && before.is_some_and(|before| before <= today) && day.read(base) > Some(today) {
                day.set(&today.to_string());
            }
        }
    }
}
