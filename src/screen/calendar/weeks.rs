//! The weeks of a month, from Monday to Sunday.
use chrono::{Datelike, Days, NaiveDate};

use crate::grid::calendar::{Cadence, Period};

/// The weeks that the month's days lie in; none for days of other months.
pub(super) fn weeks(month: Period) -> Vec<[Option<NaiveDate>; 7]> {
    let (first, last) = (month.first(), month.last());
    let before = first.weekday().num_days_from_monday() as usize;
    let mut out = vec![[None; 7]];
    for (i, day) in first.iter_days().take_while(|day| *day <= last).enumerate() {
        let place = (before + i) % 7;
        if place == 0 && i > 0 {
            out.push([None; 7]);
        }
        if let Some(cell) = out.last_mut().and_then(|week| week.get_mut(place)) {
            *cell = Some(day);
        }
    }
    out
}

/// The month of a day.
pub(super) fn month_of(day: NaiveDate) -> Period {
    Period::containing(Cadence::Month, day)
}

/// The day so many days later, or earlier; the same one where there is no such day.
pub(super) fn moved(day: NaiveDate, days: i64) -> NaiveDate {
    let n = Days::new(days.unsigned_abs());
    if days < 0 { day.checked_sub_days(n) } else { day.checked_add_days(n) }.unwrap_or(day)
}

/// The same day of a month so many months later, or earlier; the month's last one where it is shorter.
pub(super) fn month_moved(day: NaiveDate, months: i32) -> NaiveDate {
    let n = chrono::Months::new(months.unsigned_abs());
    if months < 0 { day.checked_sub_months(n) } else { day.checked_add_months(n) }.unwrap_or(day)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn a_month_is_whole_weeks_from_monday_with_every_day_once_in_its_place() {
        for months in 0..240 {
            let month = month_of(day("2020-01-01")).shifted(months);
            let weeks = weeks(month);
            let days: Vec<NaiveDate> = weeks.iter().flatten().flatten().copied().collect();
            assert_eq!(days, month.first().iter_days().take(days.len()).collect::<Vec<_>>(), "{month}");
            assert_eq!(days.last(), Some(&month.last()), "{month}");
            for week in &weeks {
                assert!(week.iter().any(Option::is_some), "{month}");
                for (i, day) in week.iter().enumerate() {
                    assert!(day.is_none_or(|day| day.weekday().num_days_from_monday() as usize == i), "{month}");
                }
            }
        }
    }

    #[test]
    fn november_2026_begins_on_a_sunday_and_has_six_weeks() {
        let weeks = weeks(month_of(day("2026-11-23")));
        assert_eq!(weeks.len(), 6);
        assert_eq!(weeks[0][6], Some(day("2026-11-01")));
        assert_eq!(weeks[4][0], Some(day("2026-11-23")));
    }

    #[test]
    fn the_31st_goes_to_the_last_of_a_shorter_month() {
        assert_eq!(month_moved(day("2026-10-31"), 1), day("2026-11-30"));
        assert_eq!(month_moved(day("2026-03-31"), -1), day("2026-02-28"));
        assert_eq!(moved(day("2026-03-01"), -1), day("2026-02-28"));
    }
}
