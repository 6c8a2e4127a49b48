//! What a laptop shows of others is as old as its last sync, and says so.
use super::{Said, laptop::Pair};

/// A command on the laptop at a moment.
fn at(pair: &Pair, now: &str, args: &[&str]) -> String {
    let way = pair.laptop.path().join("way").display().to_string();
    let args = [args, &["--store", "store"]].concat();
    let mut command = pair.laptop.wangge(&args).env("WANGGE_SSH", &way).env("WANGGE_NOW", now).command();
    let Said { code, out, err } = super::laptop::said(&mut command);
    assert_eq!((code, err.as_str()), (0, ""), "{args:?}");
    out
}

#[test]
fn the_overview_and_the_report_tell_since_when_a_laptop_was_not_synced() {
    let pair = Pair::with_roster();
    pair.enroll();
    at(&pair, "2026-11-23T09:00:00+08:00", &["sync", "server"]);
    let said = "别人的记录只到 2026-11-23：这个账本已7天没有同步";
    let (same_day, later) = ("2026-11-23T18:00:00+08:00", "2026-11-30T09:00:00+08:00");
    assert!(!at(&pair, same_day, &["overview"]).contains("没有同步"));
    let told = at(&pair, later, &["overview"]);
    assert_eq!(told.lines().nth(1), Some(said), "{told}");
    let json = at(&pair, later, &["overview", "--json"]);
    assert_eq!(json.lines().next(), Some(r#"{"day":"2026-11-23","days":7,"kind":"unsynced"}"#), "{json}");
    // A report that others sign tells of it too; one of a month that was over by then lacks nothing.
    let report = |period: &str| {
        at(&pair, later, &["export", "month", "--at", "兰江街道", "--period", period, "-o", "月报.txt"]);
        std::fs::read_to_string(pair.laptop.path().join("月报.txt")).expect("the report")
    };
    assert!(report("2026-11").contains(said));
    assert!(!report("2026-10").contains("没有同步"));
    at(&pair, later, &["sync", "server"]);
    assert!(!at(&pair, later, &["overview"]).contains("没有同步"));
}
