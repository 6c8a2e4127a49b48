//! `wangge audit`: who recorded what, when, from which device.
use std::fs;

use serde_json::Value;

use super::{done, log, misused};
use crate::pty::Home;

/// Records as this person at this moment.
fn record(home: &Home, now: &str, who: &str, args: &[&str]) {
    let args = [&["record", "visit"], args, &["--as", who, "--store", "store"]].concat();
    let output = home.wangge(&args).env("WANGGE_NOW", now).command().output().expect("wangge runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}

/// A store in which 长一 enters twelve villages in one go, one of them twice, and 长二 two late ones and takes one back.
fn store() -> Home {
    let home = Home::new();
    done(&home, &["init", "--pack", "lanxi", "--from", "2026-09-01"]);
    for (name, grid) in [("长一", "330781001-N1"), ("长二", "330781002-N1")] {
        done(&home, &["record", "post", name, grid, "--post", "leader"]);
    }
    let villages: Vec<String> = (1..=12).map(|n| format!("3307810010{n:02}")).collect();
    let villages: Vec<&str> = villages.iter().map(String::as_str).collect();
    let (first, rest) = villages.split_at(4);
    record(&home, "2026-11-23T20:00:00+08:00", "长一", first);
    record(&home, "2026-11-23T20:07:30+08:00", "长一", rest);
    record(&home, "2026-11-23T21:00:00+08:00", "长二", &["330781002003", "--on", "2026-10-30", "--why", "当时出差"]);
    record(&home, "2026-11-23T21:00:00+08:00", "长二", &["330781002002"]);
    let last = log(&home).pop().expect("a fact");
    done(&home, &["record", "withdraw", last["fact"].as_str().expect("text"), "--as", "长二"]);
    home
}

fn json(home: &Home, args: &[&str]) -> Vec<Value> {
    let said = done(home, &[&["audit"], args, &["--json"]].concat());
    said.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect()
}

#[test]
fn many_visits_within_minutes_are_one_warning_and_are_recorded_all_the_same() {
    let home = store();
    let bursts = json(&home, &["bursts"]);
    assert_eq!(bursts.len(), 1, "{bursts:?}");
    let burst = &bursts[0];
    assert_eq!((&burst["by_name"], &burst["visits"], &burst["units"]), (&"长一".into(), &12.into(), &12.into()));
    assert_eq!(burst["from"], "2026-11-23T20:00:00+08:00");
    assert_eq!(burst["to"], "2026-11-23T20:07:30+08:00");
    // Nothing was refused, and nothing is flagged in the log.
    assert_eq!(log(&home).iter().filter(|fact| fact["kind"] == "visit" && fact["withdrawn"] == false).count(), 13);
    let said = done(&home, &["audit", "bursts"]);
    assert!(said.contains("只提醒") && said.contains("长一"), "{said}");
}

#[test]
fn a_late_entry_says_when_it_happened_when_it_was_entered_and_why() {
    let home = store();
    let late = json(&home, &["late"]);
    assert_eq!(late.len(), 1, "{late:?}");
    let line = &late[0];
    assert_eq!((&line["occurred"], &line["by_name"]), (&"2026-10-30".into(), &"长二".into()));
    assert_eq!((&line["recorded"], &line["reason"]), (&"2026-11-23T21:00:00+08:00".into(), &"当时出差".into()));
    assert_eq!(line["flags"], serde_json::json!(["late"]));
    assert_eq!(line["device"].as_str().map(str::len), Some(32));
}

#[test]
fn an_overview_for_people_narrows_by_day_place_and_person() {
    let home = store();
    let said = done(&home, &["audit", "--from", "2026-11-23", "--by", "长二"]);
    assert!(said.starts_with("2026-11-23 到 2026-11-23 录入的 3 条记录\n"), "{said}");
    for part in ["谁，用哪台设备", "集中录入", "补录：", "登录", "当时出差", "没有。"] {
        assert!(said.contains(part), "{part}: {said}");
    }
    let people = json(&home, &["people", "--at", "330781001"]);
    let one = people.iter().find(|row| row["by_name"] == "长一").expect("a row");
    assert_eq!((&one["facts"], &one["late"]), (&12.into(), &0.into()));
    assert!(people.iter().all(|row| row["by_name"] != "长二"), "{people:?}");
    assert!(json(&home, &["records", "--to", "2026-11-22"]).is_empty());
    let records = json(&home, &["records", "--by", "长二"]);
    assert_eq!(records.len(), 3);
    assert_eq!(records[1]["flags"], serde_json::json!(["withdrawn"]));
    assert!(misused(&home, &["audit", "nothing"]).contains("不能是「nothing」"));
}

#[test]
fn the_records_go_to_a_spreadsheet() {
    let home = store();
    let csv = done(&home, &["audit", "--csv", "--by", "长一"]);
    assert!(csv.starts_with("\u{feff}收到,录入,发生,种类,谁,"), "{csv}");
    assert_eq!(csv.lines().count(), 13);
    assert!(csv.lines().nth(1).is_some_and(|line| line.starts_with("2026-11-23 20:00:00,")), "{csv}");
}

#[test]
fn an_audit_needs_no_lock_and_writes_nothing() {
    let home = store();
    let mut desk = home.wangge(&["--store", "store"]).start();
    desk.wait_for("下级");
    assert_eq!(json(&home, &["bursts"]).len(), 1);
    desk.keys("q");
    desk.wait_exit();
    let before = fs::read(home.path().join("store/journal/000001.wgj")).expect("the journal");
    done(&home, &["audit", "--lang", "en"]);
    assert_eq!(fs::read(home.path().join("store/journal/000001.wgj")).expect("the journal"), before);
}
