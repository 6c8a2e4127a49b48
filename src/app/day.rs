//! A day in words: which weekday it is, whether people work on it, how far it is away.
use chrono::{Datelike, NaiveDate, Weekday};

use super::Desk;
use crate::grid::decide::is_belated;

/// What people call the day of the week.
pub fn weekday(day: NaiveDate) -> &'static str {
    match day.weekday() {
        Weekday::Mon => "周一",
        Weekday::Tue => "周二",
        Weekday::Wed => "周三",
        Weekday::Thu => "周四",
        Weekday::Fri => "周五",
        Weekday::Sat => "周六",
        Weekday::Sun => "周日",
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
            (true, true) => format!("{name}调休上班"),
            (false, _) => name.to_owned(),
            (true, false) => String::new(),
        };
        let away = match (day - today).num_days() {
            0 => "今天".to_owned(),
            -1 => "昨天".to_owned(),
            1 => "明天".to_owned(),
            n @ -60..=-2 => format!("{}天前", -n),
            n @ 2..=60 => format!("{n}天后"),
            _ => String::new(),
        };
        let parts = [date, weekday(day).to_owned(), off, away];
        parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
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
        let desk = Desk::new(state, calendar, Actor { person: None, today });
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
