//! Tables to files: every row that is printed stands in the file, and how many they are is told.
use std::fs;

use encoding_rs::GBK;

use super::{done, misused, refused, with_roster};

#[test]
fn what_is_printed_is_what_stands_in_the_file() {
    let home = with_roster();
    done(&home, &["record", "question", "兰江街道", "--title", "来料加工的产值怎么算"]);
    done(&home, &["record", "post", "张三", "兰江街道", "--post", "leader"]);
    done(&home, &["account", "give", "zhang", "--person", "张三"]);
    let of = |args: &[&str], file: &str| {
        let said = done(&home, &[args, &["-o", file]].concat());
        let rows = csv(&home.path().join(file)).count() - 1;
        assert_eq!(said, format!("共 {rows} 行，已写到 {file}\n"), "{args:?}");
        rows
    };
    for args in [
        &["due", "--at", "兰江街道"][..],
        &["due", "--overdue"],
        &["matters"],
        &["list", "从未走访"],
        &["log"],
        &["log", "--at", "兰江街道"],
        &["audit", "records"],
        &["audit", "people"],
        &["timeline"],
        &["held"],
        &["account"],
    ] {
        let printed = done(&home, &[args, &["--json"]].concat()).lines().count();
        assert_eq!(of(args, "表.csv"), printed, "{args:?}");
    }
    // The whole tree, and every one of the year's months.
    let tree = of(&["overview", "--measure", "coverage"], "表.csv");
    assert!(tree > done(&home, &["overview", "--json"]).lines().filter(|line| line.contains("\"node\"")).count());
}

#[test]
fn gbk_is_for_those_who_know_nothing_else_and_several_tables_get_a_file_each() {
    let home = with_roster();
    done(&home, &["timeline", "-o", "时间表.csv", "--gbk"]);
    let bytes = fs::read(home.path().join("时间表.csv")).unwrap();
    assert!(GBK.decode(&bytes).0.starts_with("期限,条款,"), "{bytes:?}");
    let said = done(&home, &["plan", "兰江街道", "-o", "方案.csv"]);
    assert!(said.contains("已写到 方案-网格方案.csv\n") && said.contains("已写到 方案-调整的单位.csv\n"), "{said}");
    let said = done(&home, &["plan", "兰江街道", "-o", "方案.xlsx"]);
    assert!(said.contains("已写到 方案.xlsx\n  网格方案 ") && said.contains("\n  调整的单位 "), "{said}");
}

#[test]
fn what_is_no_table_is_refused_and_what_was_there_stays() {
    let home = with_roster();
    let format = "单张表的文件名应以 .xlsx 或 .csv 结尾；--gbk 只用于 csv";
    fs::write(home.path().join("a.txt"), "x").unwrap();
    assert_eq!(refused(&home, &["due", "-o", "a.txt"]), format);
    assert_eq!(refused(&home, &["due", "-o", "a.xlsx", "--gbk"]), format);
    assert_eq!(fs::read(home.path().join("a.txt")).unwrap(), b"x");
    assert!(refused(&home, &["list", "-o", "a.csv"]).starts_with("要写哪个名单？"));
    let close = ["account", "-o", "a.csv", "close", "zhang"];
    assert_eq!(refused(&home, &close), "-o 只在列表时用；这里没有表可写，请去掉 -o");
    assert!(misused(&home, &["due", "--json", "-o", "a.csv"]).starts_with("「--json」写了两次，或不能和别的一起用"));
    let unknown = refused(&home, &["account", "give", "zhang", "--person", "张三"]);
    assert!(unknown.contains("wangge export people --csv"), "{unknown}");
}

/// The rows of a csv in UTF-8, the titles first.
fn csv(path: &std::path::Path) -> impl Iterator<Item = String> {
    let text = fs::read_to_string(path).unwrap();
    let text = text.strip_prefix('\u{feff}').expect("the mark of UTF-8").to_owned();
    let lines = text.split_terminator("\r\n").map(str::to_owned);
    lines.collect::<Vec<_>>().into_iter()
}
