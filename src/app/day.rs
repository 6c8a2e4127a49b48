//! A day in words: which weekday it is, whether people work on it, how far it is away.
use std::borrow::Cow;

use chrono::{Datelike, NaiveDate, Weekday};

use super::Desk;
use crate::{
    grid::decide::is_belated,
    words::{t, word},
};

/// What people call the day of the week.
pub fn weekday(day: NaiveDate) -> &'static str {
    match day.weekday() {
        Weekday::Mon => word("day.monday"),
        Weekday::Tue => word("day.tuesday"),
        Weekday::Wed => word("day.wednesday"),
        Weekday::Thu => word("day.thursday"),
        Weekday::Fri => word("day.friday"),
        Weekday::Sat => word("day.saturday"),
        Weekday::Sun => word("day.sunday"),
    }
}

impl Desk {
    /// A day beside the field into which it is typed: `11-15 周日 8天前`, with the name of a holiday, and whether people
    /// work on a Saturday or Sunday.
    pub fn tell_day(&self, day: NaiveDate) -> String {
        let today = self.today();
        let date = day.format(if day.year() == today.year() { "%m-%d" } else { "%Y-%m-%d" }).to_string();
        let name = self.calendar.name(day).unwrap_or_default();
        let is_weekend = matches!(day.weekday(), Weekday::Sat | Weekday::Sun);
        let off = match (self.calendar.is_workday(day), is_weekend) {
            (true, true) => t!("day.made_up", name = name),
            (false, _) => name.to_owned().into(),
            (true, false) => "".into(),
        };
        let away = match (day - today).num_days() {
            0 => t!("day.today"),
            -1 => t!("day.yesterday"),
            1 => t!("day.tomorrow"),
            n @ -60..=-2 => t!("day.ago", n = -n),
            n @ 2..=60 => t!("day.ahead", n = n),
            _ => "".into(),
        };
        let parts = [date.into(), weekday(day).into(), off, away];
        parts.into_iter().filter(|part: &Cow<'_, str>| !part.is_empty()).collect::<Vec<_>>().join(" ")
    }

    /// Whether what happened on that day is entered late today (补录).
    pub fn is_belated(&self, day: NaiveDate) -> bool {
        is_belated(day, self.today())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::grid::{calendar::Calendar, decide::Actor, pack::Pack, state::State};

    #[test]
    fn a_day_is_told_with_its_weekday_and_what_kind_of_day_it_is() {
        let calendar = Calendar::parse(crate::grid::pack::HOLIDAYS).expect("the file that ships");
        let today = "2026-10-12".parse().expect("a day");
        let state = State::new(Pack::builtin("lanxi").expect("a pack").expect("in order").into());
        let desk = Desk::new(state, calendar, Actor::owner(None, today));
        for (day, told) in [
            ("2026-10-12", "10-12 周一 今天"),
            ("2026-10-11", "10-11 周日 昨天"),
            ("2026-10-10", "10-10 周六 国庆节调休上班 2天前"),
            ("2026-10-01", "10-01 周四 国庆节 11天前"),
            ("2026-10-13", "10-13 周二 明天"),
            ("2025-12-31", "2025-12-31 周三"),
        ] {
            assert_eq!(desk.tell_day(day.parse().expect("a day")), told);
        }
        assert!(desk.is_belated("2026-09-30".parse().expect("a day")));
        assert!(!desk.is_belated("2026-10-01".parse().expect("a day")));
    }
}
