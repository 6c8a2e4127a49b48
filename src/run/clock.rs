//! The one place where time comes from.
use chrono::{DateTime, NaiveDate, Utc};

/// What the time is: the system's, or one that stands still (tests set `WANGGE_NOW`; the desk says so).
#[derive(Clone, Copy, Debug)]
pub struct Clock {
    fixed: Option<i64>,
}

impl Clock {
    /// The system's clock.
    pub fn system() -> Clock {
        Clock { fixed: None }
    }

    /// A clock that stands still at this time of RFC 3339, for example `2026-11-23T09:00:00+08:00`.
    pub fn fixed(text: &str) -> Option<Clock> {
        let time = DateTime::parse_from_rfc3339(text.trim()).ok()?;
        Some(Clock { fixed: Some(time.timestamp_millis()) })
    }

    /// Whether the clock stands still.
    pub fn is_fixed(self) -> bool {
        self.fixed.is_some()
    }

    /// UTC milliseconds since 1970.
    #[expect(clippy::disallowed_methods, reason = "the clock's home")]
    pub fn now_ms(self) -> i64 {
        self.fixed.unwrap_or_else(|| Utc::now().timestamp_millis())
    }

    /// The day at `utc_offset` seconds east of UTC: the county's day, whatever zone the server is in.
    pub fn today(self, utc_offset: i32) -> NaiveDate {
        day(self.now_ms(), utc_offset)
    }

    /// Milliseconds until the next day begins there.
    pub fn until_midnight(self, utc_offset: i32) -> u64 {
        const DAY: i64 = 86_400_000;
        (DAY - (self.now_ms() + i64::from(utc_offset) * 1000).rem_euclid(DAY)) as u64
    }
}

/// The day of an instant at `utc_offset` seconds east of UTC.
fn day(utc_ms: i64, utc_offset: i32) -> NaiveDate {
    DateTime::from_timestamp_millis(utc_ms.saturating_add(i64::from(utc_offset) * 1000))
        .map_or(NaiveDate::MIN, |time| time.date_naive())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_day_is_the_countys() {
        let clock = Clock::fixed("2026-11-30T16:00:00Z").expect("a time");
        assert_eq!(clock.today(8 * 3600).to_string(), "2026-12-01");
        assert_eq!(clock.today(0).to_string(), "2026-11-30");
        assert_eq!(clock.until_midnight(8 * 3600), 86_400_000);
        assert!(Clock::fixed("gestern").is_none());
    }
}
