//! What every post of Lanxi's tree owes on five days of 2022 and 2026, as files that a person can hold against the text.
//!
//! `UPDATE_DUE=1 cargo test --test all due::` writes them anew; read them before they are committed.
#![allow(clippy::expect_used)]
use std::{collections::BTreeMap, fmt::Write, fs, path::Path};

use serde_json::Value;

use crate::pty::Home;

/// One node of every kind that the tree has.
const NODES: [(&str, &str); 6] = [
    ("330781", "一级 兰溪市"),
    ("330781-B-jxj", "一级网格员 市经信局"),
    ("330781001", "二级 兰江街道"),
    ("330781001-G01", "三级 工业第1网格"),
    ("330781001-N1", "三级 农业网格"),
    ("330781-F-JZ", "扁平 建筑业网格"),
];

/// A roster of five enterprises: four of industry, one of building.
const ROSTER: &str = "统一社会信用代码,单位详细名称,行业代码,行政区划代码,报表类别,统计负责人,联系电话,网格
91330781MA20023B5C,兰溪市高源米业有限责任公司,1311,330781001,B,魏峰明,13800000002,工业第1网格
91330781MA2TXGNM7H,兰溪市达荣织造有限公司,1712,330781001,B,刘寿,13800000054,工业第1网格
91330781MA2NW0B06L,浙江益华家具有限公司,2110,330781001,B,余云雪,13800000106,工业第1网格
91330781MA2JTEYA2R,兰溪市宏安水泥制品有限公司,3021,330781001,B,侯洁,13800000158,工业第1网格
91330781MA2W2ECX5G,兰溪市瑞铭电力安装有限公司,4910,330781001,C,胡怡,13800002048,建筑业网格
";

fn run(home: &Home, now: &str, args: &[&str]) -> String {
    let args = [args, &["--store", "store"]].concat();
    let output = home.wangge(&args).env("WANGGE_NOW", now).command().output().expect("wangge runs");
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.success(), "{args:?}: {said}");
    String::from_utf8(output.stdout).expect("UTF-8")
}

/// A store that begins on a day, with five enterprises from its first day on.
fn store(from: &str) -> Home {
    let home = Home::new();
    let now = format!("{from}T09:00:00+08:00");
    run(&home, &now, &["init", "--pack", "lanxi"]);
    let roster = home.path().join("roster.csv");
    fs::write(&roster, ROSTER).expect("a file");
    run(&home, &now, &["import", &roster.to_string_lossy()]);
    home
}

/// The page of a day: under each node and post its rows of `due --json`, in the order of their clauses.
fn page(home: &Home, day: &str, opened: &str) -> String {
    let mut out = format!("# {opened} 开账，职责自当月 1 日起计；{day} 的情形，每行是 wangge due --json 的一行\n");
    for (node, name) in NODES {
        let rows = run(home, &format!("{day}T18:00:00+08:00"), &["due", "--at", node, "--json"]);
        let mut posts: BTreeMap<String, Vec<(String, &str)>> = BTreeMap::new();
        for line in rows.lines() {
            let row: Value = serde_json::from_str(line).expect("JSON");
            if row["node"] == node {
                let post = row["post"].as_str().expect("a post").to_owned();
                let key = format!("{} {} {}", row["clause"], row["duty"], row["period"]);
                posts.entry(post).or_default().push((key, line));
            }
        }
        for (post, mut rows) in posts {
            rows.sort();
            let _ = writeln!(out, "\n## {name} {post}");
            for (_, line) in rows {
                let _ = writeln!(out, "{line}");
            }
        }
    }
    out
}

fn check(home: &Home, opened: &str, day: &str) {
    let found = page(home, day, opened);
    let file = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/due")).join(format!("{day}.txt"));
    if std::env::var_os("UPDATE_DUE").is_some() {
        fs::write(&file, &found).expect("the file is written");
    }
    let kept = fs::read_to_string(&file).unwrap_or_default();
    assert_eq!(kept, found, "{} differs; UPDATE_DUE=1 writes it anew", file.display());
}

#[test]
fn the_year_of_the_reform() {
    // The plan is of 24 May 2022.
    let home = store("2022-05-24");
    for day in ["2022-05-31", "2022-07-01", "2022-12-31"] {
        check(&home, "2022-05-24", day);
    }
}

#[test]
fn an_ordinary_year() {
    let home = store("2026-09-01");
    for day in ["2026-09-30", "2026-11-23"] {
        check(&home, "2026-09-01", day);
    }
}
