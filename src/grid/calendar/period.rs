//! Months, pairs of months, quarters, half-years and years.
use std::fmt;

use chrono::{Datelike, NaiveDate};
use serde::{Deserialize, Serialize};

use crate::words::{Language, t, word, word_in};

/// How often a duty comes round.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Cadence {
    /// 每月.
    Month,
    /// 每两个月（双月）.
    #[serde(rename = "bimonth")]
    TwoMonths,
    /// 每季度.
    Quarter,
    /// 每半年.
    HalfYear,
    /// 每年.
    Year,
}

impl Cadence {
    /// All of them, the shortest first.
    pub const ALL: [Cadence; 5] =
        [Cadence::Month, Cadence::TwoMonths, Cadence::Quarter, Cadence::HalfYear, Cadence::Year];

    /// The id in packs: `month`, `bimonth`, `quarter`, `half_year`, `year`.
    pub fn key(self) -> &'static str {
        match self {
            Cadence::Month => "month",
            Cadence::TwoMonths => "bimonth",
            Cadence::Quarter => "quarter",
            Cadence::HalfYear => "half_year",
            Cadence::Year => "year",
        }
    }

    /// The cadence with this id.
    pub fn parse(text: &str) -> Option<Cadence> {
        Cadence::ALL.into_iter().find(|cadence| cadence.key() == text)
    }

    /// What people call it: 每月, 每双月, 每季, 每半年, 每年.
    pub fn label(self) -> &'static str {
        word(&format!("cadence.{}", self.key()))
    }

    /// The length in months.
    pub fn months(self) -> u32 {
        match self {
            Cadence::Month => 1,
            Cadence::TwoMonths => 2,
            Cadence::Quarter => 3,
            Cadence::HalfYear => 6,
            Cadence::Year => 12,
        }
    }

    /// What people call the running one: 本月, 本双月, 本季, 本半年, 本年.
    pub fn running(self) -> &'static str {
        word(&format!("running.{}", self.key()))
    }
}

/// One calendar month, pair of months, quarter, half-year or year.
///
/// Written `2026-11`, `2026-B6`, `2026-Q4`, `2026-H2` or `2026`. The ordinal counts periods of one cadence without gaps, so that
/// a series of tallies is a plain vector.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Period {
    /// How long it is.
    pub cadence: Cadence,
    ordinal: i32,
}

impl Period {
    /// The period of this cadence that holds `day`.
    pub fn containing(cadence: Cadence, day: NaiveDate) -> Period {
        let months = day.year() * 12 + day.month0() as i32;
        Period { cadence, ordinal: months.div_euclid(cadence.months() as i32) }
    }

    /// The period with this place in the sequence of its cadence.
    pub fn from_ordinal(cadence: Cadence, ordinal: i32) -> Period {
        Period { cadence, ordinal }
    }

    /// The place in the sequence of its cadence; the next period has the next number.
    pub fn ordinal(self) -> i32 {
        self.ordinal
    }

    /// The first day.
    pub fn first(self) -> NaiveDate {
        let months = self.ordinal * self.cadence.months() as i32;
        NaiveDate::from_ymd_opt(months.div_euclid(12), months.rem_euclid(12) as u32 + 1, 1)
            .unwrap_or(if self.ordinal < 0 { NaiveDate::MIN } else { NaiveDate::MAX })
    }

    /// The last day.
    pub fn last(self) -> NaiveDate {
        self.shifted(1).first().pred_opt().unwrap_or(NaiveDate::MAX)
    }

    /// Whether `day` lies in it.
    pub fn contains(self, day: NaiveDate) -> bool {
        Period::containing(self.cadence, day) == self
    }

    /// The period `n` places later (earlier when negative).
    pub fn shifted(self, n: i32) -> Period {
        Period { ordinal: self.ordinal + n, ..self }
    }

    /// Reads `2026-11`, `2026-B6`, `2026-Q4`, `2026-H2` or `2026`.
    pub fn parse(text: &str) -> Option<Period> {
        let (year, rest) = match text.split_once('-') {
            Some((year, rest)) => (year, Some(rest)),
            None => (text, None),
        };
        if year.len() != 4 {
            return None;
        }
        let year: i32 = year.parse().ok()?;
        let (cadence, place) = match rest {
            None => (Cadence::Year, 1),
            Some(b) if b.starts_with('B') => (Cadence::TwoMonths, b[1..].parse().ok()?),
            Some(q) if q.starts_with('Q') => (Cadence::Quarter, q[1..].parse().ok()?),
            Some(h) if h.starts_with('H') => (Cadence::HalfYear, h[1..].parse().ok()?),
            Some(m) if m.len() == 2 => (Cadence::Month, m.parse().ok()?),
            Some(_) => return None,
        };
        let per_year = 12 / cadence.months() as i32;
        (1..=per_year).contains(&place).then(|| Period { cadence, ordinal: year * per_year + place - 1 })
    }

    /// What people call it: `2026年11月`, `2026年11-12月`, `2026年四季度`, `2026年下半年`, `2026年`.
    pub fn label(self) -> String {
        let (year, _) = self.year_and_place();
        match self.cadence {
            Cadence::Year => t!("period.year", year = year).into_owned(),
            _ => t!("period.month", year = year, short = self.short_label()).into_owned(),
        }
    }

    /// The label without its year: `11月`, `11-12月`, `四季度`, `下半年`, `2026年`.
    pub fn short_label(self) -> String {
        self.short_label_in(Language::spoken())
    }

    /// [`Period::short_label`] in a language.
    pub fn short_label_in(self, language: Language) -> String {
        let (year, place) = self.year_and_place();
        let letter = match self.cadence {
            Cadence::Month => 'm',
            Cadence::TwoMonths => 'b',
            Cadence::Quarter => 'q',
            Cadence::HalfYear => 'h',
            Cadence::Year => return word_in(language, "period.year").replace("%{year}", &year.to_string()),
        };
        word_in(language, &format!("period.{letter}{place}")).to_owned()
    }

    fn year_and_place(self) -> (i32, i32) {
        let per_year = 12 / self.cadence.months() as i32;
        (self.ordinal.div_euclid(per_year), self.ordinal.rem_euclid(per_year) + 1)
    }
}

impl fmt::Display for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (year, place) = self.year_and_place();
        match self.cadence {
            Cadence::Month => write!(f, "{year:04}-{place:02}"),
            Cadence::TwoMonths => write!(f, "{year:04}-B{place}"),
            Cadence::Quarter => write!(f, "{year:04}-Q{place}"),
            Cadence::HalfYear => write!(f, "{year:04}-H{place}"),
            Cadence::Year => write!(f, "{year:04}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().expect("a day")
    }

    #[test]
    fn ends_of_months_quarters_and_years() {
        for (cadence, inside, first, last, text) in [
            (Cadence::Month, "2024-02-15", "2024-02-01", "2024-02-29", "2024-02"),
            (Cadence::Month, "2026-02-28", "2026-02-01", "2026-02-28", "2026-02"),
            (Cadence::Month, "2026-12-31", "2026-12-01", "2026-12-31", "2026-12"),
            (Cadence::TwoMonths, "2026-11-23", "2026-11-01", "2026-12-31", "2026-B6"),
            (Cadence::TwoMonths, "2024-02-29", "2024-01-01", "2024-02-29", "2024-B1"),
            (Cadence::Quarter, "2026-11-23", "2026-10-01", "2026-12-31", "2026-Q4"),
            (Cadence::HalfYear, "2026-06-30", "2026-01-01", "2026-06-30", "2026-H1"),
            (Cadence::Year, "2026-01-01", "2026-01-01", "2026-12-31", "2026"),
        ] {
            let period = Period::containing(cadence, day(inside));
            assert_eq!((period.first(), period.last()), (day(first), day(last)), "{text}");
            assert_eq!(period.to_string(), text);
            assert_eq!(Period::parse(text), Some(period));
            assert!(period.contains(day(inside)) && !period.contains(period.shifted(1).first()));
        }
    }

    #[test]
    fn what_is_no_period_is_refused() {
        for text in [
            "",
            "26-11",
            "2026-13",
            "2026-00",
            "2026-Q5",
            "2026-H3",
            "2026-B7",
            "2026-B0",
            "2026-B",
            "2026-1",
            "2026-11-23",
            "abcd",
        ] {
            assert_eq!(Period::parse(text), None, "{text}");
        }
    }

    #[test]
    fn cadences_are_read_back_by_their_ids() {
        for cadence in Cadence::ALL {
            assert_eq!(Cadence::parse(cadence.key()), Some(cadence));
            assert_eq!(12 % cadence.months(), 0, "a year holds whole ones");
        }
        assert_eq!(Cadence::parse("week"), None);
    }

    #[test]
    fn labels_are_what_people_say() {
        let label = |text| Period::parse(text).expect("a period").label();
        assert_eq!(label("2026-11"), "2026年11月");
        assert_eq!(label("2026-B6"), "2026年11-12月");
        assert_eq!(label("2026-Q4"), "2026年四季度");
        assert_eq!(label("2026-H2"), "2026年下半年");
        assert_eq!(Period::parse("2026-Q4").expect("a period").short_label(), "四季度");
    }
}
