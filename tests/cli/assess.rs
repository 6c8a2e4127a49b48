//! `wangge assess`, and the forms that it shows.
use serde_json::Value;

use super::{done, refused, with_roster};
use crate::pty::Home;

const GRID: &str = "兰江街道/工业第1网格";

fn lines(home: &Home, args: &[&str]) -> Vec<Value> {
    let out = done(home, &[&["assess", "--json"], args].concat());
    out.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect()
}

/// The line of a criterion of the grid.
fn line(home: &Home, criterion: &str) -> Value {
    lines(home, &["--at", GRID]).into_iter().find(|line| line["criterion"] == criterion).expect("a line")
}

fn score(home: &Home, points: &str) {
    let args = ["record", "score", GRID, "--clause", "A1-4d", "--criterion", "grid-feature", "--period", "2026"];
    done(home, &[&args[..], &["--points", points, "--evidence", "编了手册"]].concat());
}

fn about(home: &Home, form: &str, more: &[&str]) {
    let id = line(home, "grid-feature")["fact"].as_str().expect("an id").to_owned();
    done(home, &[&["record", form, "--of", &id], more].concat());
}

#[test]
fn a_sheet_is_printed_and_follows_what_is_recorded() {
    let home = with_roster();
    let fresh = line(&home, "grid-visit");
    assert_eq!((&fresh["points"], &fresh["suggested"], &fresh["open"]), (&20.into(), &Value::Null, &1.into()));
    assert_eq!((&fresh["stage"], &fresh["assumed"]), (&"open".into(), &true.into()));
    let text = done(&home, &["assess", "--at", GRID]);
    assert!(text.starts_with("兰江街道 工业第1网格  2026年考核\n") && text.contains("[A2-3长-2]"), "{text}");
    for unit in ["兰溪市隆泰食品有限公司", "兰溪市康伟水泥制品有限公司"] {
        done(&home, &["record", "visit", unit]);
    }
    let met = line(&home, "grid-visit");
    assert_eq!((&met["met"], &met["suggested"]), (&1.into(), &20.into()));
    let total = lines(&home, &["--at", GRID]).pop().expect("a total");
    assert_eq!((&total["criterion"], &total["suggested"]), (&Value::Null, &20.into()));
}

#[test]
fn a_score_is_returned_with_a_comment_and_goes_on_when_it_was_mended() {
    let home = with_roster();
    score(&home, "5");
    about(&home, "score-review", &["--kind", "退回更正", "--content", "手册没有附上"]);
    let returned = line(&home, "grid-feature");
    assert_eq!((&returned["stage"], &returned["comment"]), (&"returned".into(), &"手册没有附上".into()));
    assert!(done(&home, &["assess", "--at", GRID]).contains("意见：手册没有附上"));
    let id = returned["fact"].as_str().expect("an id");
    assert!(refused(&home, &["record", "score-confirm", "--of", id, "--points", "5"]).contains("退回更正"));
    let args = ["record", "score", GRID, "--clause", "A1-4d", "--criterion", "grid-feature", "--period", "2026"];
    done(&home, &[&args[..], &["--points", "4", "--evidence", "附上了", "--amends", id]].concat());
    assert_eq!(line(&home, "grid-feature")["stage"], "scored");
    about(&home, "score-review", &["--kind", "agreed", "--content", "同意"]);
    about(&home, "score-confirm", &["--points", "4"]);
    let confirmed = line(&home, "grid-feature");
    assert_eq!((&confirmed["own"], &confirmed["confirmed"]), (&4.into(), &4.into()));
}

#[test]
fn wrong_periods_criteria_and_points_are_told() {
    let home = with_roster();
    let said = refused(&home, &["assess", "--period", "2026-11"]);
    assert_eq!(said, "考核期「2026-11」不对，写一年、半年或一季，例如 2026");
    let args = ["record", "score", GRID, "--clause", "X", "--period", "2026", "--evidence", "有"];
    let said = refused(&home, &[&args[..], &["--criterion", "logins", "--points", "5"]].concat());
    assert!(said.contains("没有编号为「logins」的考核项") && said.contains("grid-feature（特色工作）"), "{said}");
    let said = refused(&home, &[&args[..], &["--criterion", "grid-feature", "--points", "6"]].concat());
    assert!(said.contains("0 到 5 分"), "{said}");
    let said = refused(&home, &["record", "score-report", "兰江街道", "--period", "2026"]);
    assert!(said.contains("还没有一个下级网格全部审定"), "{said}");
}
