//! Days as people type them.
use chrono::{Datelike, Days, Months, NaiveDate, Weekday};

/// The longest way from today that is counted in days.
const FAR: u64 = 4000;

/// Where a day without its year or month is looked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// The last one: what was done.
    Back,
    /// The next one: what is to be done.
    Ahead,
}

/// Reads a day as people type it, seen from `today`: `今天`, `昨天`, `-3` and `3天前`, `15` (the last 15th), `11-15`,
/// `11.15`, `1115` or `11月15日` (the last one), `2026-11-15`, `周五` (the last one), `上周五`, `下月5`, `本月底`.
/// Full-width signs work.
pub fn parse(text: &str, today: NaiveDate) -> Option<NaiveDate> {
    read(text, today, Way::Back)
}

/// Reads a day that lies ahead, as people type it, seen from `today`: `15` is the next 15th, `1-5` the next 5th of
/// January, `周五` the next Friday, where [`parse`] finds the last ones. What names its year, its week or its month, or
/// is counted from today, is taken as it is.
pub fn ahead(text: &str, today: NaiveDate) -> Option<NaiveDate> {
    read(text, today, Way::Ahead)
}

/// [`parse`] or [`ahead`].
pub fn read(text: &str, today: NaiveDate, way: Way) -> Option<NaiveDate> {
    let text: String = text.trim().chars().map(narrow).collect::<String>().to_lowercase();
    let by_name = named(&text).and_then(|days| shifted(today, days));
    by_name
        .or_else(|| counted(&text).and_then(|days| shifted(today, days)))
        .or_else(|| of_week(&text, today, way))
        .or_else(|| of_named_month(&text, today))
        .or_else(|| written(&text, today, way))
}

/// How many days from today a word is.
fn named(text: &str) -> Option<i64> {
    Some(match text {
        "大前天" => -3,
        "前天" | "前日" => -2,
        "昨天" | "昨日" | "昨晚" | "yesterday" => -1,
        "今天" | "今日" | "today" => 0,
        "明天" | "明日" | "tomorrow" => 1,
        "后天" | "后日" => 2,
        "大后天" => 3,
        _ => return None,
    })
}

/// `-3`, `+7`, `3天前`, `7天后`.
fn counted(text: &str) -> Option<i64> {
    let (sign, digits) = if let Some(digits) = text.strip_prefix('-') {
        (-1, digits)
    } else if let Some(digits) = text.strip_prefix('+') {
        (1, digits)
    } else if let Some(digits) = text.strip_suffix("天前").or(text.strip_suffix("日前")) {
        (-1, digits)
    } else {
        (1, text.strip_suffix("天后").or(text.strip_suffix("日后"))?)
    };
    let days: u64 = number(digits.trim())?.into();
    (days < FAR).then_some(sign * days as i64)
}

fn shifted(today: NaiveDate, days: i64) -> Option<NaiveDate> {
    match days {
        0.. => today.checked_add_days(Days::new(days.unsigned_abs())),
        _ => today.checked_sub_days(Days::new(days.unsigned_abs())),
    }
}

/// `周五`, `上周五`, `下星期1`; weeks begin on Monday.
fn of_week(text: &str, today: NaiveDate, way: Way) -> Option<NaiveDate> {
    let (weeks, rest) = stepped(text);
    let rest = ["周", "星期", "礼拜"].iter().find_map(|word| rest.strip_prefix(word))?;
    let mut chars = rest.chars();
    let (Some(c), None) = (chars.next(), chars.next()) else { return None };
    let place = match c {
        '日' | '天' | '7' => 6,
        c => "一二三四五六".chars().position(|day| day == c).or("123456".chars().position(|day| day == c))?,
    };
    let weekday = Weekday::try_from(place as u8).ok()?;
    match weeks {
        Some(weeks) => {
            let monday = shifted(today, -i64::from(today.weekday().num_days_from_monday()))?;
            shifted(monday, i64::from(weeks) * 7 + place as i64)
        }
        None => (0..7).find_map(|n| {
            let day = shifted(today, if way == Way::Back { -n } else { n })?;
            (day.weekday() == weekday).then_some(day)
        }),
    }
}

/// `上月15`, `本月底`, `下个月5号`.
fn of_named_month(text: &str, today: NaiveDate) -> Option<NaiveDate> {
    let (months, rest) = stepped(text);
    let first = months_on(today.with_day(1)?, months?)?;
    match rest.strip_prefix('月')? {
        "底" | "末" => months_on(first, 1)?.pred_opt(),
        "初" => Some(first),
        day => first.with_day(number(bare(day))?),
    }
}

/// How many weeks or months a word before them moves on; none where there is no such word.
fn stepped(text: &str) -> (Option<i32>, &str) {
    for (word, n) in [("上上", -2), ("上", -1), ("本", 0), ("这", 0), ("下下", 2), ("下", 1)] {
        if let Some(rest) = text.strip_prefix(word) {
            return (Some(n), rest.strip_prefix('个').unwrap_or(rest));
        }
    }
    (None, text)
}

/// A day in digits.
fn written(text: &str, today: NaiveDate, way: Way) -> Option<NaiveDate> {
    let text = bare(text).replace(['年', '月'], "-");
    let parts: Vec<&str> = text.split(['-', '.', '/']).map(str::trim).collect();
    match parts[..] {
        [digits] if digits.len() == 8 && is_digits(digits) => NaiveDate::parse_from_str(digits, "%Y%m%d").ok(),
        [digits] if digits.len() == 4 && is_digits(digits) => {
            of_year(number(&digits[..2])?, number(&digits[2..])?, today, way)
        }
        [day] => {
            let (first, day) = (today.with_day(1)?, number(day)?);
            // In no more than two months there is a 31st.
            nearest(3, way, today, |n| months_on(first, n)?.with_day(day))
        }
        [month, day] => of_year(number(month)?, number(day)?, today, way),
        [year, month, day] if year.len() == 4 => {
            NaiveDate::from_ymd_opt(number(year)? as i32, number(month)?, number(day)?)
        }
        _ => None,
    }
}

/// The last or the next day of this name; 29 February may be eight years away.
fn of_year(month: u32, day: u32, today: NaiveDate, way: Way) -> Option<NaiveDate> {
    nearest(9, way, today, |n| NaiveDate::from_ymd_opt(today.year() + n, month, day))
}

/// The first of the days that `of` finds at each of so many steps that lies on the right side of today.
fn nearest(steps: i32, way: Way, today: NaiveDate, of: impl Fn(i32) -> Option<NaiveDate>) -> Option<NaiveDate> {
    match way {
        Way::Back => (0..steps).filter_map(|n| of(-n)).find(|day| *day <= today),
        Way::Ahead => (0..steps).filter_map(of).find(|day| *day >= today),
    }
}

fn months_on(first: NaiveDate, n: i32) -> Option<NaiveDate> {
    let months = Months::new(n.unsigned_abs());
    if n < 0 { first.checked_sub_months(months) } else { first.checked_add_months(months) }
}

/// Without the word behind the day.
fn bare(text: &str) -> &str {
    text.trim_end_matches(['日', '号'])
}

fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// A plain number; a sign is none.
fn number(text: &str) -> Option<u32> {
    is_digits(text).then(|| text.parse().ok())?
}

/// Full-width signs as plain ones.
fn narrow(c: char) -> char {
    match c {
        '。' => '.',
        '—' | '–' => '-',
        '\u{3000}' => ' ',
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
        _ => c,
    }
}

#[cfg(test)]
mod tests;
