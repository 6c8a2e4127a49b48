//! Days as people type them.
use chrono::{Datelike, Days, NaiveDate};

/// Reads a day as people type it, seen from `today`: `今天`, `昨天`, `前天`, `-3` (days ago), `15` (the last 15th),
/// `11-15` or `11.15` (the last one), `2026-11-15`. Full-width digits work.
pub fn parse(text: &str, today: NaiveDate) -> Option<NaiveDate> {
    let text: String = text.trim().chars().map(narrow).collect();
    match text.as_str() {
        "今天" | "今日" => return Some(today),
        "昨天" | "昨日" => return today.pred_opt(),
        "前天" => return today.checked_sub_days(Days::new(2)),
        "明天" => return today.succ_opt(),
        _ => {}
    }
    if let Some(days) = text.strip_prefix('-') {
        return today.checked_sub_days(Days::new(days.parse().ok().filter(|n| *n < 4000)?));
    }
    if let Some(days) = text.strip_prefix('+') {
        return today.checked_add_days(Days::new(days.parse().ok().filter(|n| *n < 4000)?));
    }
    let parts: Vec<u32> = text.split(['-', '.', '/']).map(|part| part.parse().ok()).collect::<Option<_>>()?;
    match parts[..] {
        [day] => last(today, 24, |first| first.with_day(day)),
        [month, day] => last(today, 24, |first| (first.month() == month).then(|| first.with_day(day))?),
        [year, month, day] if year >= 1000 => NaiveDate::from_ymd_opt(year as i32, month, day),
        _ => None,
    }
}

/// Reads a day that lies ahead, as people type it, seen from `today`: `15` is the next 15th, `1-5` the next 5th of
/// January, where [`parse`] finds the last ones. What names its year, or is counted from today, is taken as it is.
pub fn ahead(text: &str, today: NaiveDate) -> Option<NaiveDate> {
    let day = parse(text, today)?;
    let text: String = text.trim().chars().map(narrow).collect();
    let is_plain = text.len() < 8 && !text.starts_with(['-', '+', '今', '明', '昨', '前']);
    if day >= today || !is_plain {
        return Some(day);
    }
    let months = if text.contains(['-', '.', '/']) { 12 } else { 1 };
    day.checked_add_months(chrono::Months::new(months))
}

/// The last day not after `today` that `of` finds in one of the months before.
fn last(today: NaiveDate, months: u32, of: impl Fn(NaiveDate) -> Option<NaiveDate>) -> Option<NaiveDate> {
    let first = today.with_day(1)?;
    (0..months)
        .filter_map(|back| first.checked_sub_months(chrono::Months::new(back)))
        .filter_map(of)
        .find(|day| *day <= today)
}

fn narrow(c: char) -> char {
    match c {
        '。' => '.',
        '—' => '-',
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
        _ => c,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_as_people_type_them() {
        let today: NaiveDate = "2026-11-23".parse().expect("a day");
        for (typed, day) in [
            ("今天", "2026-11-23"),
            ("昨天", "2026-11-22"),
            ("-3", "2026-11-20"),
            ("15", "2026-11-15"),
            ("30", "2026-10-30"),
            ("31", "2026-10-31"),
            ("11-15", "2026-11-15"),
            ("12-31", "2025-12-31"),
            ("２０２６-１１-０２", "2026-11-02"),
            ("2026.2.28", "2026-02-28"),
            ("+7", "2026-11-30"),
        ] {
            assert_eq!(parse(typed, today), Some(day.parse().expect("a day")), "{typed}");
        }
        for (typed, day) in [
            ("15", "2026-12-15"),
            ("30", "2026-11-30"),
            ("+7", "2026-11-30"),
            ("12-15", "2026-12-15"),
            ("１-５", "2027-01-05"),
            ("23", "2026-11-23"),
            ("昨天", "2026-11-22"),
            ("2026-01-05", "2026-01-05"),
        ] {
            assert_eq!(ahead(typed, today), Some(day.parse().expect("a day")), "{typed}");
        }
        for typed in ["", "32", "2026-02-30", "昨", "-", "1-2-3-4", "99999999999"] {
            assert_eq!(parse(typed, today), None, "{typed}");
        }
    }
}
