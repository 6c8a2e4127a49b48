//! A day that is typed, stepped or picked.
use chrono::{Days, NaiveDate};

use crate::{
    app::{
        Code, Key,
        when::{self, Way},
    },
    ui::field::Field,
};

/// A day field.
pub(in crate::screen) struct Day {
    field: Field,
    /// Nobody has typed into it since it was filled in: what is typed takes the place of all of it.
    fresh: bool,
    /// Whether `15` is the last or the next 15th.
    way: Way,
    /// The key of the day from which `15` and `+7` are seen; today where there is none.
    pub from: Option<&'static str>,
}

impl Day {
    /// A field for a day that has been.
    pub(in crate::screen) fn past(day: NaiveDate) -> Day {
        Day { field: Field::new(&day.to_string()), fresh: true, way: Way::Back, from: None }
    }

    /// An empty field for a day.
    pub(in crate::screen) fn empty(way: Way, from: Option<&'static str>) -> Day {
        Day { field: Field::default(), fresh: false, way, from }
    }

    pub(super) fn field(&self) -> &Field {
        &self.field
    }

    pub(super) fn is_fresh(&self) -> bool {
        self.fresh
    }

    pub(super) fn set(&mut self, text: &str) {
        self.field = Field::new(text);
        self.fresh = !text.is_empty();
    }

    /// The day that is typed, seen from another one.
    pub(super) fn read(&self, base: NaiveDate) -> Option<NaiveDate> {
        when::read(self.field.value(), base, self.way)
    }

    /// Whether only days up to today make sense in it.
    pub(super) fn is_past(&self) -> bool {
        self.way == Way::Back
    }

    /// Goes so many days on; an empty field begins at `base`.
    pub(super) fn step(&mut self, days: i64, base: NaiveDate) {
        let here = self.read(base).unwrap_or(base);
        let there = match days {
            0.. => here.checked_add_days(Days::new(days.unsigned_abs())),
            _ => here.checked_sub_days(Days::new(days.unsigned_abs())),
        };
        if let Some(there) = there {
            self.set(&there.to_string());
        }
    }

    /// Takes a key; what is typed first takes the place of what stood there.
    pub(super) fn key(&mut self, key: Key) -> bool {
        let replaces = key.typed().is_some() || matches!(key.code, Code::Backspace | Code::Delete);
        if std::mem::take(&mut self.fresh) && replaces {
            self.field = Field::default();
        }
        self.field.handle(key)
    }

    pub(super) fn paste(&mut self, text: &str) {
        if std::mem::take(&mut self.fresh) {
            self.field = Field::default();
        }
        self.field.paste(text.trim());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn press(day: &mut Day, names: &str) {
        for name in names.split_whitespace() {
            day.key(name.parse().expect("a key"));
        }
    }

    #[test]
    fn what_is_typed_first_takes_the_place_of_the_day_that_stood_there() {
        let today: NaiveDate = "2026-11-23".parse().expect("a day");
        let mut day = Day::past(today);
        press(&mut day, "- 1");
        assert_eq!((day.field().value(), day.read(today)), ("-1", today.pred_opt()));
        let mut day = Day::past(today);
        press(&mut day, "left backspace 1 end");
        assert_eq!(day.field().value(), "2026-11-13", "who moves within it corrects it");
        let mut day = Day::past(today);
        press(&mut day, "backspace");
        assert_eq!(day.field().value(), "");
        day.step(-1, today);
        assert_eq!(day.field().value(), "2026-11-22");
        day.step(-21, today);
        assert_eq!(day.field().value(), "2026-11-01");
        day.paste(" 11-15\n");
        assert_eq!(day.field().value(), "11-15");
    }
}
