//! Working days with legal holidays and make-up workdays (调休).
use std::collections::{BTreeMap, BTreeSet};

use chrono::{Datelike, Days, NaiveDate, Weekday};

use crate::words::t;

/// Why a holiday file was not taken.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}", t!("refused.holidays", line = line, text = text))]
pub struct CalendarError {
    /// The line, from 1.
    pub line: usize,
    /// What stands there.
    pub text: String,
}

/// The days that differ from "weekdays are workdays", for the years that are known.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Calendar {
    special: BTreeMap<NaiveDate, (bool, String)>,
    years: BTreeSet<i32>,
}

impl Calendar {
    /// Reads the csv `date,kind,name` with `kind` `holiday` or `workday`; a header line and blank lines are passed
    /// over.
    pub fn parse(csv: &str) -> Result<Calendar, CalendarError> {
        let mut calendar = Calendar::default();
        for (i, line) in csv.lines().enumerate() {
            let line = line.trim_start_matches('\u{feff}').trim();
            if line.is_empty() || line.starts_with("date,") {
                continue;
            }
            let wrong = || CalendarError { line: i + 1, text: line.to_owned() };
            let mut fields = line.splitn(3, ',');
            let day: NaiveDate = fields.next().and_then(|d| d.parse().ok()).ok_or_else(wrong)?;
            let works = match fields.next() {
                Some("workday") => true,
                Some("holiday") => false,
                _ => return Err(wrong()),
            };
            calendar.years.insert(day.year());
            calendar.special.insert(day, (works, fields.next().unwrap_or_default().to_owned()));
        }
        Ok(calendar)
    }

    /// Whether the year's holidays are known; otherwise its days are reckoned by weekday alone.
    pub fn knows(&self, year: i32) -> bool {
        self.years.contains(&year)
    }

    /// Whether people work on `day`.
    pub fn is_workday(&self, day: NaiveDate) -> bool {
        match self.special.get(&day) {
            Some((works, _)) => *works,
            None => is_weekday(day),
        }
    }

    /// The name of the holiday or make-up workday on `day`, where it is one.
    pub fn name(&self, day: NaiveDate) -> Option<&str> {
        self.special.get(&day).map(|(_, name)| name.as_str())
    }

    /// How many working days lie after `from`, up to and including `to`; 0 when `to` is not later.
    pub fn workdays_after(&self, from: NaiveDate, to: NaiveDate) -> u32 {
        let days = (to - from).num_days();
        let Some(first) = from.succ_opt().filter(|_| days > 0) else { return 0 };
        // Every seven days in a row hold five weekdays; the days beyond whole weeks are looked at, and those that differ.
        let rest = first.iter_days().take((days % 7) as usize).filter(|day| is_weekday(*day)).count() as i64;
        let differs =
            |(day, (works, _)): (&NaiveDate, &(bool, String))| i64::from(*works) - i64::from(is_weekday(*day));
        let special: i64 = self.special.range(first..=to).map(differs).sum();
        (days / 7 * 5 + rest + special) as u32
    }

    /// The day that is `n` working days after `from`; `from` itself when `n` is 0.
    pub fn add_workdays(&self, from: NaiveDate, n: u32) -> NaiveDate {
        let mut day = from;
        let mut left = n;
        while left > 0 {
            let Some(next) = day.checked_add_days(Days::new(1)) else { return day };
            day = next;
            left -= u32::from(self.is_workday(day));
        }
        day
    }
}

fn is_weekday(day: NaiveDate) -> bool {
    !matches!(day.weekday(), Weekday::Sat | Weekday::Sun)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().expect("a day")
    }

    fn china() -> Calendar {
        Calendar::parse(include_str!("../../../data/holidays/cn.csv")).expect("the file that ships")
    }

    #[test]
    fn national_day_2026_is_a_week_with_make_up_days() {
        let china = china();
        assert!(!china.is_workday(day("2026-10-01")));
        assert_eq!(china.name(day("2026-10-01")), Some("国庆节"));
        // 30 September to 8 October: 1-7 October are off, Thursday the 8th is a workday.
        assert_eq!(china.workdays_after(day("2026-09-30"), day("2026-10-08")), 1);
        assert_eq!(china.add_workdays(day("2026-09-30"), 1), day("2026-10-08"));
        // Saturday 10 October 2026 was made a workday.
        assert!(china.is_workday(day("2026-10-10")));
    }

    #[test]
    fn working_days_are_counted_as_they_are_one_by_one() {
        let china = china();
        let days: Vec<NaiveDate> = day("2025-12-20").iter_days().take(420).collect();
        for from in days.iter().step_by(5) {
            for to in days.iter().step_by(3) {
                let one_by_one = days.iter().filter(|day| *day > from && *day <= to && china.is_workday(**day)).count();
                assert_eq!(china.workdays_after(*from, *to) as usize, one_by_one, "{from} {to}");
            }
        }
    }

    #[test]
    fn a_year_without_data_goes_by_weekdays_and_says_so() {
        let china = china();
        assert!(china.knows(2026) && !china.knows(2031));
        assert!(china.is_workday(day("2031-10-01")), "a Wednesday");
        assert!(!china.is_workday(day("2031-10-04")), "a Saturday");
    }

    #[test]
    fn a_bad_line_is_named() {
        let error = Calendar::parse("date,kind,name\n2026-01-01,feast,元旦\n").expect_err("an unknown kind");
        assert_eq!(error.line, 2);
        assert!(error.to_string().contains("第 2 行"));
    }
}
