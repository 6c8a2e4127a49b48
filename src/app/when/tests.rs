#![allow(clippy::unwrap_used)]
use proptest::prelude::*;

use super::*;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

#[test]
fn days_as_people_type_them() {
    let today = day("2026-11-23");
    for (typed, meant) in [
        ("今天", "2026-11-23"),
        ("昨天", "2026-11-22"),
        ("前天", "2026-11-21"),
        ("大前天", "2026-11-20"),
        ("yesterday", "2026-11-22"),
        ("-3", "2026-11-20"),
        ("－１", "2026-11-22"),
        ("3天前", "2026-11-20"),
        ("15", "2026-11-15"),
        ("15号", "2026-11-15"),
        ("30", "2026-10-30"),
        ("31", "2026-10-31"),
        ("11-15", "2026-11-15"),
        ("11。15", "2026-11-15"),
        ("1115", "2026-11-15"),
        ("0131", "2026-01-31"),
        ("11月15日", "2026-11-15"),
        ("12-31", "2025-12-31"),
        ("2-29", "2024-02-29"),
        ("２０２６-１１-０２", "2026-11-02"),
        ("2026.2.28", "2026-02-28"),
        ("2026年2月28日", "2026-02-28"),
        ("20260228", "2026-02-28"),
        ("周一", "2026-11-23"),
        ("周日", "2026-11-22"),
        ("星期五", "2026-11-20"),
        ("上周五", "2026-11-20"),
        ("上上周日", "2026-11-15"),
        ("本周日", "2026-11-29"),
        ("下礼拜3", "2026-12-02"),
        ("上月15", "2026-10-15"),
        ("上个月底", "2026-10-31"),
        ("本月初", "2026-11-01"),
        ("下月5号", "2026-12-05"),
        ("+7", "2026-11-30"),
        ("7天后", "2026-11-30"),
    ] {
        assert_eq!(parse(typed, today), Some(day(meant)), "{typed}");
    }
    for (typed, meant) in [
        ("15", "2026-12-15"),
        ("30", "2026-11-30"),
        ("31", "2026-12-31"),
        ("+7", "2026-11-30"),
        ("12-15", "2026-12-15"),
        ("2-29", "2028-02-29"),
        ("１-５", "2027-01-05"),
        ("23", "2026-11-23"),
        ("周一", "2026-11-23"),
        ("周五", "2026-11-27"),
        ("下周五", "2026-12-04"),
        ("昨天", "2026-11-22"),
        ("2026-01-05", "2026-01-05"),
    ] {
        assert_eq!(ahead(typed, today), Some(day(meant)), "{typed}");
    }
    let nothing = [
        "",
        "32",
        "0",
        "2026-02-30",
        "昨",
        "-",
        "+",
        "--1",
        "+-1",
        "1-2-3-4",
        "99999999999",
        "周八",
        "周",
        "上",
        "上周",
        "上月32",
        "1332",
        "123",
        "202611151",
        "26-11-15",
        "十五",
        "日",
        "月底",
    ];
    for typed in nothing {
        assert_eq!(parse(typed, today), None, "{typed}");
        assert_eq!(ahead(typed, today), None, "{typed}");
    }
}

/// Day by day from today: what a person would find with a finger on the calendar.
fn looked_up(today: NaiveDate, way: Way, is_it: impl Fn(NaiveDate) -> bool) -> Option<NaiveDate> {
    let step = |n: u64| match way {
        Way::Back => today.checked_sub_days(Days::new(n)),
        Way::Ahead => today.checked_add_days(Days::new(n)),
    };
    (0..3_300).filter_map(step).find(|day| is_it(*day))
}

fn a_day() -> impl Strategy<Value = NaiveDate> {
    // 1999-01-01 to 2099-12-31.
    (729_755i32..766_644).prop_map(|n| NaiveDate::from_num_days_from_ce_opt(n).unwrap())
}

fn a_way() -> impl Strategy<Value = Way> {
    prop_oneof![Just(Way::Back), Just(Way::Ahead)]
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_day_of_a_month_is_the_nearest_one(today in a_day(), way in a_way(), n in 0u32..40) {
        let there = looked_up(today, way, |day| day.day() == n);
        prop_assert_eq!(read(&n.to_string(), today, way), there);
        prop_assert_eq!(read(&format!("{n}日"), today, way), there);
    }

    #[test]
    fn a_day_of_the_year_is_the_nearest_one(today in a_day(), way in a_way(), month in 0u32..14, n in 0u32..33) {
        let there = looked_up(today, way, |day| (day.month(), day.day()) == (month, n));
        for typed in [format!("{month}-{n}"), format!("{month}.{n}"), format!("{month}月{n}日"), format!("{month:02}{n:02}")] {
            prop_assert_eq!(read(&typed, today, way), there, "{}", typed);
        }
    }

    #[test]
    fn a_weekday_is_the_nearest_one_and_a_named_week_holds_it(today in a_day(), way in a_way(), n in 0u32..7) {
        let word = "一二三四五六日".chars().nth(n as usize).unwrap();
        let is_it = |day: NaiveDate| day.weekday().num_days_from_monday() == n;
        prop_assert_eq!(read(&format!("周{word}"), today, way), looked_up(today, way, is_it));
        let monday = looked_up(today, Way::Back, |day| day.weekday() == Weekday::Mon).unwrap();
        for (word_before, weeks) in [("上", -1i64), ("本", 0), ("下", 1)] {
            let there = shifted(monday, weeks * 7 + i64::from(n));
            prop_assert_eq!(read(&format!("{word_before}周{word}"), today, way), there);
        }
    }

    #[test]
    fn days_counted_from_today_and_whole_days_read_back(today in a_day(), n in 0i64..FAR as i64) {
        prop_assert_eq!(parse(&format!("-{n}"), today), shifted(today, -n));
        prop_assert_eq!(ahead(&format!("+{n}"), today), shifted(today, n));
        prop_assert_eq!(parse(&today.to_string(), today), Some(today));
        prop_assert_eq!(ahead(&today.format("%Y/%-m/%-d").to_string(), today), Some(today));
    }

    #[test]
    fn nothing_that_is_typed_panics(today in a_day(), way in a_way(), typed in "[0-9+\\-./年月日号上下本这周星期一二天前后底 a-z]{0,12}") {
        let _ = read(&typed, today, way);
    }
}
