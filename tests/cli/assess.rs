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

/// Confirms everything that counts at the grid, and sends the township's result up; returns the id of that record.
fn sent(home: &Home) -> String {
    score(home, "5");
    about(home, "score-review", &["--kind", "agreed", "--content", "同意"]);
    about(home, "score-confirm", &["--points", "5"]);
    // What nothing was asked of yet is not counted by whoever is above.
    for line in lines(home, &["--at", GRID]) {
        if line["counts"] != true || line["stage"] == "confirmed" || line["criterion"].is_null() {
            continue;
        }
        let criterion = line["criterion"].as_str().expect("a criterion");
        let args = ["record", "score", GRID, "--clause", "X", "--criterion", criterion, "--period", "2026"];
        done(home, &[&args[..], &["--points", "1", "--evidence", "有"]].concat());
        let scored = self::line(home, criterion);
        let id = scored["fact"].as_str().expect("an id");
        done(home, &["record", "score-review", "--of", id, "--kind", "void", "--content", "本期没有"]);
    }
    done(home, &["record", "score-report", "兰江街道", "--period", "2026"]);
    town(home)["reported"].as_str().expect("an id").to_owned()
}

/// What the township's sheet adds up to.
fn town(home: &Home) -> Value {
    let all = lines(home, &["--at", "兰江街道"]);
    all.into_iter().find(|line| line["criterion"].is_null()).expect("a total")
}

#[test]
fn a_result_is_returned_with_a_comment_sent_again_and_accepted() {
    let home = with_roster();
    let id = sent(&home);
    assert_eq!(town(&home)["reported_stage"], "sent");
    let said = refused(&home, &["record", "score-answer", "--of", &id, "--kind", "退回更正"]);
    assert!(said.contains("意见"), "{said}");
    done(&home, &["record", "score-answer", "--of", &id, "--kind", "退回更正", "--content", "少两个网格"]);
    let returned = town(&home);
    assert_eq!(
        (&returned["reported_stage"], &returned["reported_comment"]),
        (&"returned".into(), &"少两个网格".into())
    );
    let text = done(&home, &["assess", "--at", "兰江街道"]);
    assert!(text.contains("已退回") && text.contains("意见：少两个网格"), "{text}");
    done(&home, &["record", "score-report", "兰江街道", "--period", "2026", "--amends", &id]);
    let again = town(&home);
    assert_eq!((&again["reported_stage"], &again["reported_comment"]), (&"sent".into(), &Value::Null));
    let again = again["reported"].as_str().expect("an id").to_owned();
    done(&home, &["record", "score-answer", "--of", &again, "--kind", "accepted"]);
    assert_eq!(town(&home)["reported_stage"], "accepted");
    let text = done(&home, &["assess"]);
    assert!(text.lines().any(|line| line.contains("兰江街道") && line.contains("已接收")), "{text}");
    let said = refused(&home, &["record", "score-report", "兰江街道", "--period", "2026", "--amends", &again]);
    assert!(said.contains("已经接收"), "{said}");
}

#[test]
fn a_department_is_scored_like_a_grid() {
    let home = with_roster();
    let of = |criterion: &str| {
        let all = lines(&home, &["--at", "市建设局"]);
        all.into_iter().find(|line| line["criterion"] == criterion).expect("a line")
    };
    let args =
        ["record", "score", "市建设局", "--clause", "A1-3a", "--criterion", "office-quality", "--period", "2026"];
    done(&home, &[&args[..], &["--points", "9", "--evidence", "核实了三个项目"]].concat());
    let id = of("office-quality")["fact"].as_str().expect("an id").to_owned();
    done(&home, &["record", "score-review", "--of", &id, "--kind", "changed", "--points", "8", "--content", "少一个"]);
    done(&home, &["record", "score-confirm", "--of", &id, "--points", "8"]);
    let line = of("office-quality");
    assert_eq!((&line["own"], &line["confirmed"], &line["stage"]), (&9.into(), &8.into(), &"confirmed".into()));
    // Its clause and its duties are those of departments.
    assert_eq!(of("office-standard")["clauses"][0], "A1-4a");
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
