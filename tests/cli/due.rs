//! `wangge due`.
use serde_json::json;

use super::{done, misused, refused, row, with_roster, with_tree};

/// The duties of 兰江街道's 农业网格 with its 37 villages, on 2026-11-23, in a store that begins on 2026-11-01.
const FARM_GRID: &str = r#"
{"duty":"visit","clause":"A2-3长-2","node":"330781001-N1","node_name":"兰江街道 农业网格","post":"leader","period":"2026-11","state":"due_soon","have":0,"need":12,"missing":12,"due_on":"2026-11-30","days_left":7}
{"duty":"ledger-check","clause":"A2-3员-4","node":"330781001-N1","node_name":"兰江街道 农业网格","post":"member","period":"2026-11","state":"not_started","have":0,"need":37,"missing":37,"due_on":"2026-11-30","days_left":7}
{"duty":"ledger-guide","clause":"A2-3长-3","node":"330781001-N1","node_name":"兰江街道 农业网格","post":"leader","period":"2026-Q4","state":"not_started","have":0,"need":1,"missing":1,"due_on":"2026-12-31","days_left":38}
{"duty":"training","clause":"A2-3长-4a","node":"330781001-N1","node_name":"兰江街道 农业网格","post":"leader","period":"2026-Q4","state":"not_started","have":0,"need":1,"missing":1,"due_on":"2026-12-31","days_left":38}
{"duty":"grid-activity","clause":"A2-3长-4b","node":"330781001-N1","node_name":"兰江街道 农业网格","post":"leader","period":"2026-Q4","state":"not_started","have":0,"need":1,"missing":1,"due_on":"2026-12-31","days_left":38}
{"duty":"member-score","clause":"A2-3长-5","node":"330781001-N1","node_name":"兰江街道 农业网格","post":"leader","period":"2026","state":"not_started","have":0,"need":1,"missing":1,"due_on":"2026-12-31","days_left":38}
{"duty":"analysis","clause":"A2-3长-6","node":"330781001-N1","node_name":"兰江街道 农业网格","post":"leader","period":"2026-Q4","state":"not_started","have":0,"need":1,"missing":1,"due_on":"2026-12-31","days_left":38}
{"duty":"home","clause":"A2-3副-3","node":"330781001-N1","node_name":"兰江街道 农业网格","post":"deputy","period":"2026-Q4","state":"not_started","have":0,"need":1,"missing":1,"due_on":"2026-12-31","days_left":38}
{"duty":"pledge","clause":"A2-3员-2","node":"330781001-N1","node_name":"兰江街道 农业网格","post":"member","period":"2026","state":"not_started","have":0,"need":37,"missing":37,"due_on":"2026-12-31","days_left":38}
{"duty":"education","clause":"A2-3员-3","node":"330781001-N1","node_name":"兰江街道 农业网格","post":"member","period":"2026","state":"not_started","have":0,"need":37,"missing":37,"due_on":"2026-12-31","days_left":38}
{"duty":"antifraud-report","clause":"A1-3c","node":"330781001-N1","node_name":"兰江街道 农业网格","post":"leader","period":"2026","state":"not_started","have":0,"need":1,"missing":1,"due_on":"2026-12-31","days_left":38}
{"duty":"grid-funds","clause":"A2-3长-5","node":"330781001-N1","node_name":"兰江街道 农业网格","post":"leader","period":"2026-11","state":"not_started","have":0,"need":1,"missing":1,"due_on":"2027-01-30","days_left":68}
{"duty":"spending","clause":"A2-3副-5","node":"330781001-N1","node_name":"兰江街道 农业网格","post":"deputy","period":"2026-11","state":"not_started","have":0,"need":1,"missing":1,"due_on":"2027-01-30","days_left":68}
{"duty":"training-attendance","clause":"A2-3副-2","node":"330781001-N1","node_name":"兰江街道 农业网格","post":"deputy","period":"2026-11","state":"not_applicable","have":0,"need":0,"missing":0,"due_on":"2026-11-01","days_left":-22}
{"duty":"attendance","clause":"A2-3员-5","node":"330781001-N1","node_name":"兰江街道 农业网格","post":"member","period":"2026-11","state":"not_applicable","have":0,"need":0,"missing":0,"due_on":"2026-11-01","days_left":-22}
"#;

#[test]
fn json_has_the_keys_of_the_design_in_their_order_one_object_per_line() {
    let home = with_tree();
    assert_eq!(done(&home, &["due", "--json", "--at", "兰江街道/农业网格"]), FARM_GRID.trim_start());
    // By the id it is the same, and so it is in each of the 16 townships: fifteen duties stand there.
    assert_eq!(done(&home, &["due", "--json", "--at", "330781001-N1"]), FARM_GRID.trim_start());
    let all = done(&home, &["due", "--json"]);
    let farms = all.lines().filter(|line| line.contains("农业网格")).count();
    assert_eq!(farms, 16 * 15);
}

#[test]
fn as_of_leaves_out_what_happened_later_and_looks_ahead() {
    let home = with_tree();
    // 37 villages: ceil(37 x 30 %) = ceil(11.1) = 12 visits a month.
    for (village, day) in
        [("330781001001", "2026-11-05"), ("330781001002", "2026-11-20"), ("330781001002", "2026-11-21")]
    {
        done(&home, &["record", "visit", village, "--on", day]);
    }
    let visit = |more: &[&str]| {
        let row = row(&home, "330781001-N1", "visit", more);
        json!([row["state"], row["have"], row["missing"], row["days_left"]])
    };
    // A village counts once a month.
    assert_eq!(visit(&[]), json!(["due_soon", 2, 10, 7]));
    assert_eq!(visit(&["--as-of", "2026-11-05"]), json!(["in_progress", 1, 11, 25]));
    assert_eq!(visit(&["--as-of", "11-04"]), json!(["not_started", 0, 12, 26]));
    let overdue = row(&home, "330781001-N1", "visit", &["--overdue", "--as-of", "2026-12-01"]);
    assert_eq!((&overdue["period"], &overdue["days_left"]), (&json!("2026-11"), &json!(-1)));
    assert_eq!(overdue["state"], "overdue");
    // Nothing is overdue today.
    assert_eq!(done(&home, &["due", "--overdue", "--json"]), "");
    assert_eq!(done(&home, &["due", "--overdue"]), "没有要列的职责。\n");
}

#[test]
fn people_read_a_row_per_duty_in_columns() {
    let home = with_tree();
    let text = done(&home, &["due", "--at", "兰江街道/农业网格"]);
    let first = "~ 将到期   兰江街道 农业网格          11月 走访企业                  0/12  2026-11-30 到期，还有 7 天  网格长  [visit 附2 三级 网格长 2]";
    assert_eq!(text.lines().next(), Some(first));
    assert_eq!(text.lines().count(), 15);
}

#[test]
fn what_is_not_found_or_not_read_is_a_sentence_with_the_way_out() {
    let home = with_roster();
    assert_eq!(
        refused(&home, &["due", "--at", "工业第1网格"]),
        "「工业第1网格」对应 3 个网格（兰江街道/工业第1网格、香溪镇/工业第1网格、经济开发区/工业第1网格）；请写「乡镇/网格」或编号"
    );
    assert_eq!(refused(&home, &["due", "--at", "云上街道"]), "账本里没有叫「云上街道」的网格；请写「乡镇/网格」或编号");
    assert_eq!(
        refused(&home, &["due", "--as-of", "2026-02-30"]),
        "日期「2026-02-30」读不懂，可写 2026-11-20、11-20、20、-1、昨天"
    );
    assert_eq!(
        refused(&home, &["due", "--as", "李四"]),
        "账本里没有叫「李四」的人员；有哪些人见 wangge export people --csv，新来的先用 wangge record post 登记任职"
    );
    assert_eq!(misused(&home, &["due", "--overdu"]), "不认识「--overdu」，是不是 --overdue？；用法见 wangge --help");
}
