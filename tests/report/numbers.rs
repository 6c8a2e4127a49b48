//! The numbers of a month's pack, read back by calamine, are those of `wangge due --json` for the same scope.
use std::collections::BTreeMap;

use calamine::{Data, Range, Reader, Xlsx, open_workbook};
use serde_json::Value;

use super::{done, home, in_home, refused};
use crate::pty::Home;

pub(super) type Sheets = BTreeMap<String, Range<Data>>;

pub(super) fn sheets(home: &Home, name: &str) -> Sheets {
    let mut book: Xlsx<_> = open_workbook(in_home(home, name)).expect("a workbook");
    book.worksheets().into_iter().collect()
}

/// The rows below the titles, by title; the titles stand in the third row.
pub(super) fn rows(sheet: &Range<Data>) -> Vec<BTreeMap<String, String>> {
    let all: Vec<Vec<String>> = sheet.rows().map(|row| row.iter().map(ToString::to_string).collect()).collect();
    let titles = &all[2];
    let is_row = |row: &&Vec<String>| row.iter().skip(1).any(|cell| !cell.is_empty());
    let named = |row: &Vec<String>| titles.iter().cloned().zip(row.iter().cloned()).collect();
    all[3..].iter().filter(is_row).map(named).collect()
}

/// What `due` says on a day, without what does not apply.
fn due(home: &Home, at: &str, day: &str) -> Vec<Value> {
    let out = String::from_utf8(done(home, &["due", "--json", "--at", at, "--as-of", day])).expect("UTF-8");
    let rows = out.lines().map(|line| serde_json::from_str::<Value>(line).expect("JSON"));
    rows.filter(|row| row["state"] != "not_applicable").collect()
}

#[test]
fn every_instance_stands_in_the_pack_as_in_due() {
    let home = home();
    let words = [
        ("overdue", "逾期"),
        ("due_soon", "将到期"),
        ("in_progress", "进行中"),
        ("not_started", "未开始"),
        ("met", "已完成"),
        ("met_late", "补录完成"),
        ("exempt", "免除"),
    ];
    let words: BTreeMap<&str, &str> = BTreeMap::from(words);
    // The running month stands as of today, a month that is over as of its end.
    let (now, then) = (("2026-11", "2026-11-23"), ("2026-10", "2026-10-31"));
    let scopes = ["330781", "330781001", "330781001-G01"].into_iter().flat_map(|at| [(at, now), (at, then)]);
    for (at, (month, day)) in scopes {
        done(&home, &["export", "month", "--at", at, "--period", month, "-o", "月报.xlsx"]);
        let sheets = sheets(&home, "月报.xlsx");
        let mut written: Vec<[String; 6]> = rows(&sheets["职责明细"])
            .iter()
            .map(|row| ["条款", "网格", "所属期", "应完成", "已完成", "状态"].map(|key| row[key].clone()))
            .collect();
        let said = due(&home, at, day);
        let text = |row: &Value, key: &str| row[key].as_str().expect("text").to_owned();
        let mut wanted: Vec<[String; 6]> = said
            .iter()
            .map(|row| {
                let state = words[row["state"].as_str().expect("a state")].to_owned();
                let (need, have) = (row["need"].to_string(), row["have"].to_string());
                [text(row, "clause"), text(row, "node_name"), text(row, "period"), need, have, state]
            })
            .collect();
        written.sort();
        wanted.sort();
        assert!(wanted.len() > 5, "{at} {month}: {}", wanted.len());
        assert_eq!(written, wanted, "{at} {month}");
        let subtitle = sheets["职责明细"].get((1, 0)).map(ToString::to_string).unwrap_or_default();
        assert!(subtitle.ends_with(&format!("数据截至：{day}")), "{subtitle}");
        holds_together(&sheets, &said);
    }
}

/// The sums on the other sheets are those of the rows.
fn holds_together(sheets: &Sheets, said: &[Value]) {
    let count = |state: &str| said.iter().filter(|row| row["state"] == state).count();
    let summary: Vec<Vec<String>> =
        sheets["汇总"].rows().map(|row| row.iter().map(ToString::to_string).collect()).collect();
    let figure = |name: &str| {
        let row = summary.iter().find(|row| row.contains(&name.to_owned())).unwrap_or_else(|| panic!("{name}"));
        let at = row.iter().position(|cell| cell == name).expect("there");
        row[at + 1].clone()
    };
    assert_eq!(figure("应办职责"), said.len().to_string());
    assert_eq!(figure("逾期"), count("overdue").to_string());
    assert_eq!(figure("按期完成"), count("met").to_string());
    let sum = |title: &str| {
        rows(&sheets["条款汇总"]).iter().map(|row| row[title].parse::<usize>().expect("a number")).sum::<usize>()
    };
    assert_eq!(sum("应办"), said.len());
    assert_eq!(sum("逾期"), count("overdue"));
    let open = said.len() - count("met") - count("met_late") - count("exempt");
    assert_eq!(rows(&sheets["未完成清单"]).len(), open);
    // What was missed before the period is overdue still, but no part of the visits that the period asks for.
    let last = running_visits(&summary);
    assert_eq!(figure("走访覆盖"), last[3]);
    if let Some(titles) =
        summary.iter().position(|row| row.contains(&"补录完成".to_owned()) && row.contains(&"应走访".to_owned()))
    {
        let column = |title: &str| summary[titles].iter().position(|cell| cell == title).expect("a column");
        let sum = |title: &str| {
            summary[titles + 1..].iter().filter_map(|row| row[column(title)].parse::<u32>().ok()).sum::<u32>()
        };
        assert_eq!([sum("应走访"), sum("已走访")].map(|sum| sum.to_string()), [&last[1], &last[2]].map(Clone::clone));
    }
}

/// The period's row of the course of visiting: its label, what was asked, what was reached, the share.
fn running_visits(summary: &[Vec<String>]) -> Vec<String> {
    let titles = summary.iter().position(|row| row[..2] == ["所属期", "应走访"]).expect("the course");
    let rows = summary[titles + 1..].iter().take_while(|row| !row[0].is_empty() && !row[1].is_empty());
    rows.last().expect("a period")[..4].to_vec()
}

#[test]
fn every_visit_of_the_month_stands_in_the_pack_and_in_the_evidence() {
    let home = home();
    let said = String::from_utf8(done(&home, &["export", "month", "--period", "2026-09", "-o", "九月.xlsx"]));
    let said = said.expect("UTF-8");
    let log = String::from_utf8(done(&home, &["log", "--json"])).expect("UTF-8");
    let facts: Vec<Value> = log.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
    let of_month = |kind: &str| {
        let is = |fact: &&Value| fact["kind"] == kind && fact["occurred"].as_str().unwrap().starts_with("2026-09");
        facts.iter().filter(is).filter(|fact| fact["withdrawn"] == false).count()
    };
    let sheets = sheets(&home, "九月.xlsx");
    let visits = rows(&sheets["走访记录"]);
    assert_eq!(visits.len(), of_month("visit"));
    assert!(said.contains(&format!("走访记录 {} 行", visits.len())) && said.contains("15 张表"), "{said}");
    assert_eq!(visits.last().expect("a visit")["序号"], visits.len().to_string());
    let evidence = rows(&sheets["证据索引"]);
    assert_eq!(evidence.iter().filter(|row| row["种类"] == "走访").count(), visits.len());
    assert!(evidence.iter().filter(|row| row["种类"] == "走访").all(|row| row["计入条款"].contains("A2-3长-2")));
    assert_eq!(rows(&sheets["培训活动会议"]).len(), of_month("session") + meetings(&facts));
    // What was entered after the month is told apart.
    let late = facts.iter().filter(|fact| {
        let (on, entered) = (fact["occurred"].as_str().unwrap(), fact["recorded"].as_str().unwrap());
        on.starts_with("2026-09") && entered[..7] > *"2026-09" && is_work(fact)
    });
    let late = late.count();
    assert!(late > 0);
    assert_eq!(rows(&sheets["补录清单"]).len(), late);
}

fn is_work(fact: &Value) -> bool {
    ["visit", "session", "done", "record", "problem-closed"].contains(&fact["kind"].as_str().unwrap())
}

fn meetings(facts: &[Value]) -> usize {
    let is =
        |fact: &&Value| fact["body"]["form"] == "meeting" && fact["occurred"].as_str().unwrap().starts_with("2026-09");
    facts.iter().filter(is).count()
}

#[test]
fn the_head_of_the_months_records_is_the_one_that_verify_tells() {
    let home = home();
    done(&home, &["export", "month", "--at", "330781001", "--period", "2026-10", "-o", "十月.html"]);
    let page = std::fs::read_to_string(in_home(&home, "十月.html")).expect("a page");
    let told = String::from_utf8(done(&home, &["verify", "--period", "2026-10"])).expect("UTF-8");
    let hash = told.lines().find_map(|line| Some(line.split_once("总校验码 ")?.1)).expect("a head");
    assert_eq!(hash.len(), 64, "{told}");
    assert!(page.contains(&format!("总校验码 {hash}，可用 wangge verify --period 2026-10 核对。")), "{hash}");
}

#[test]
fn what_can_not_be_exported_is_said_in_a_sentence() {
    let home = home();
    for (args, said) in [
        (&["month", "-o", "a.doc"][..], "月报、季报、年报的文件名应以 .xlsx、.html 或 .txt 结尾；csv 只能是单张表"),
        (&["month"], "要写到哪个文件？例如 -o 月报.xlsx（.html、.txt 也可以）"),
        (&["month", "--period", "2026-13", "-o", "a.xlsx"], "「2026-13」不是一期，应写作 2026-11、2026-Q4 或 2026"),
        (&["quarter", "--period", "2026-11", "-o", "a.xlsx"], "「2026-11」与 quarter 对不上，应写作 2026-Q4 这样"),
        (&["month", "--period", "2026-12", "-o", "a.xlsx"], "2026年12月还没有到，没有可报的"),
        (&["visits"], "要写到哪里？-o 文件.xlsx、-o 文件.csv，或 --csv 输出到屏幕"),
        (&["visits", "-o", "a.txt"], "单张表的文件名应以 .xlsx 或 .csv 结尾；--gbk 只用于 csv"),
    ] {
        assert_eq!(refused(&home, &[&["export"], args].concat()), said);
    }
    assert!(refused(&home, &["export", "month", "-o", "no/such/a.xlsx"]).starts_with("没有写成："));
}
