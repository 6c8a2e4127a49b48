//! An eighth kind touches nothing else: a file, a line in a registry, and packs can use it.
use std::sync::Arc;

use wangge::grid::{
    decide::{Actor, Intent, Setup, decide, decide_setup},
    duty::{Entry, KINDS},
    fact::{Chain, Head, WriterId},
    pack::{Pack, PackError, PackFiles},
    standing::standings_at,
    state::State,
};

use super::{files, streak::STREAK};

const ROW: &str = r#"
[[duty]]
id = "watch"
name = "值班记录"
clause = "样例 7"
cite = "样例 第7条"
text = "每月连续三个工作日值班。"
on = ["1/vertical/leader"]
cadence = "month"
kind = "streak"
days = 3
evidence = ["done"]
measure = "天"
lead_days = 5
"#;

fn pack(row: &str) -> Result<Pack, PackError> {
    let kinds: Vec<Entry> = KINDS.iter().copied().chain([STREAK]).collect();
    let duties = format!("{}{row}", files("sample").duties);
    Pack::parse_with(&PackFiles { duties: &duties, ..files("sample") }, &kinds)
}

/// October 2026: the 1st to the 7th are holidays, Saturday the 10th is a working day.
#[test]
fn a_kind_of_a_test_stands_as_it_says() {
    let pack = Arc::new(pack(ROW).unwrap());
    let mut state = State::new(pack.clone());
    let mut chain = Chain::new(WriterId([1; 16]), Head::default());
    let mut write = |state: &mut State, draft: &_, day: &str| {
        let at = format!("{day}T04:00:00Z").parse::<chrono::DateTime<chrono::Utc>>().unwrap().timestamp_millis();
        state.apply(&chain.seal(draft, at).open(at).unwrap());
    };
    let day = |text: &str| -> chrono::NaiveDate { text.parse().unwrap() };
    for draft in decide_setup(&pack, Setup { from: day("2026-10-01"), sample: false }) {
        write(&mut state, &draft, "2026-10-01");
    }
    let county = state.org().roots()[0];
    let says = |state: &State, on: &str| {
        let rows = standings_at(state, county, day(on));
        let rows = rows.iter().filter(|row| state.pack().duties[row.duty].id == "watch");
        rows.map(|row| format!("{} {} {}/{}", row.period, row.state.key(), row.have, row.need)).collect::<Vec<_>>()
    };
    assert_eq!(says(&state, "2026-10-12"), ["2026-10 not_started 0/3"]);
    for (on, then) in [
        ("2026-10-08", "2026-10 in_progress 1/3"), // a Thursday
        ("2026-10-09", "2026-10 in_progress 2/3"),
        ("2026-10-12", "2026-10 in_progress 2/3"), // Monday, but Saturday the 10th was a working day
        ("2026-10-10", "2026-10 met 4/3"),         // the gap is filled: 8, 9, 10, 12 in a row
    ] {
        let done = Intent::Done {
            duty: "watch".to_owned(),
            grid: county,
            units: Vec::new(),
            on: day(on),
            period: None,
            note: String::new(),
        };
        let actor = Actor::owner(None, day("2026-10-12"));
        let decision = decide(&state, &actor, &done).unwrap();
        assert_eq!(decision.counts_for, [pack.duty("watch").unwrap().0]);
        decision.drafts.iter().for_each(|draft| write(&mut state, draft, "2026-10-12"));
        assert_eq!(says(&state, "2026-10-12"), [then], "{on}");
    }
    assert_eq!(says(&state, "2026-11-02"), ["2026-10 met 4/3", "2026-11 not_started 0/3"]);
}

#[test]
fn its_keys_are_checked_like_any_others() {
    let wrong = |row: &str| -> Vec<String> {
        let error = pack(row).unwrap_err();
        error.faults.iter().map(|fault| format!("{}：{}", fault.key, fault.what)).collect()
    };
    assert_eq!(wrong(&ROW.replace("days = 3", "days = 21")), ["days：21 不对，应为 2 到 20 之间的整数"]);
    assert_eq!(wrong(&ROW.replacen("days = 3\n", "", 1)), ["days：缺少 days，例如 days = 2"]);
    // A build without the kind says which kinds it has.
    let duties = format!("{}{ROW}", files("sample").duties);
    let error = Pack::parse(&PackFiles { duties: &duties, ..files("sample") }).unwrap_err();
    assert_eq!(error.faults.len(), 1);
    assert!(error.faults[0].what.starts_with("「streak」不认识，可写的是 coverage、count"), "{error}");
}
