//! `wangge overview`.
use serde_json::Value;

use super::{done, refused, with_tree};
use crate::pty::Home;

fn rows(home: &Home, args: &[&str]) -> Vec<Value> {
    done(home, args).lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

#[test]
fn its_numbers_are_those_of_due_for_the_same_scope() {
    let home = with_tree();
    done(&home, &["record", "visit", "330781001001", "--on", "2026-11-05"]);
    for scope in ["330781", "330781001", "330781001-N1"] {
        let nodes = rows(&home, &["overview", "--json", "--at", scope]);
        let due = rows(&home, &["due", "--json", "--at", scope]);
        let node = &nodes[0];
        assert_eq!((&node["kind"], &node["node"], &node["month"]), (&"node".into(), &scope.into(), &"2026-11".into()));
        let overdue = due.iter().filter(|row| row["state"] == "overdue").count();
        assert_eq!(node["overdue"], overdue);
        let visits = due.iter().filter(|row| row["duty"] == "visit");
        let sum = |key: &str| visits.clone().map(|row| row[key].as_u64().unwrap()).sum::<u64>();
        assert_eq!((&node["quota"], &node["reached"]), (&sum("need").into(), &sum("have").into()), "{scope}");
        assert!(sum("need") > 0);
    }
}

#[test]
fn keys_are_stable_and_other_months_are_named() {
    let home = with_tree();
    let said = done(&home, &["overview", "--json", "--at", "330781001-N1"]);
    assert_eq!(
        said.lines().next().unwrap(),
        r#"{"kind":"node","node":"330781001-N1","node_name":"兰江街道 农业网格","month":"2026-11","overdue":0,"overdue_moved":null,"due":0,"on_time":0,"reached":0,"quota":12,"coverage":0,"on_time_share":null,"warnings":0}"#
    );
    let said = refused(&home, &["overview", "--month", "2027-01"]);
    assert_eq!(said, "2027-01 不是最近12个月里的一个月；写 2025-12 到 2026-11");
    let text = done(&home, &["overview", "--at", "330781001"]);
    assert!(text.starts_with("兰江街道  2026年11月（2026-11-23的情况）\n没有预警。\n"), "{text}");
    assert!(text.contains("兰江街道 农业网格"), "{text}");
}
