//! The assessment's sheet, read back from the workbook, says what `wangge assess --json` says.
use std::collections::BTreeMap;

use calamine::{Data, Range};
use serde_json::Value;

use super::{done, home, in_home, numbers::sheets};
use crate::pty::Home;

const GRID: &str = "330781001-G01";

fn said(home: &Home) -> Vec<Value> {
    let out = String::from_utf8(done(home, &["assess", "--json", "--at", GRID, "--period", "2026"])).unwrap();
    out.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

/// The numbered rows, by the titles, wherever these stand.
fn lines(sheet: &Range<Data>) -> Vec<BTreeMap<String, String>> {
    let all: Vec<Vec<String>> = sheet.rows().map(|row| row.iter().map(ToString::to_string).collect()).collect();
    let at = all.iter().position(|row| row[0] == "序号").unwrap();
    let numbered = all[at + 1..].iter().filter(|row| row[0].parse::<u32>().is_ok());
    numbered.map(|row| all[at].iter().cloned().zip(row.iter().cloned()).collect()).collect()
}

#[test]
fn the_numbers_of_the_sheet_are_those_of_the_command() {
    let home = home();
    let score = ["record", "score", GRID, "--clause", "A1-4d", "--criterion", "grid-feature", "--period", "2026"];
    done(&home, &[&score[..], &["--points", "5", "--evidence", "编了手册"]].concat());
    let fact = said(&home).iter().find_map(|line| line["fact"].as_str().map(str::to_owned)).unwrap();
    let review = ["record", "score-review", "--of", &fact, "--kind", "changed", "--points", "3", "--content", "少一份"];
    done(&home, &review);
    let said = said(&home);
    assert!(said.iter().any(|line| line["suggested"].as_u64().is_some_and(|n| n > 0)), "{said:?}");
    let keys = ["points", "suggested", "own", "reviewed", "confirmed"];
    let number = |line: &Value, key: &str| match &line[key] {
        _ if line["counts"] == false && key == "points" => String::new(),
        value => value.as_u64().map_or(String::new(), |n| n.to_string()),
    };
    let wanted: Vec<[String; 5]> = said.iter().map(|line| keys.map(|key| number(line, key))).collect();
    done(&home, &["export", "assessment", "--at", GRID, "--period", "2026", "-o", "考核.xlsx"]);
    done(&home, &["export", "year", "--at", GRID, "--period", "2026", "-o", "年报.xlsx"]);
    for file in ["考核.xlsx", "年报.xlsx"] {
        let lines = lines(&sheets(&home, file)["考核表"]);
        let found: Vec<[String; 5]> = lines
            .iter()
            .map(|row| ["满分", "建议分", "自评分", "复核分", "审定分"].map(|key| row[key].clone()))
            .collect();
        assert_eq!(found, wanted, "{file}");
        assert!(lines.iter().any(|row| row["复核意见"] == "少一份"), "{file}");
        assert!(lines.last().unwrap()["考核项"] == "合计", "{file}");
    }
    // Whoever answers for it signs it in the pack; a month assesses nobody.
    let text = |file: &str| {
        let cells = sheets(&home, file);
        let sheet = &cells["考核表"];
        sheet.rows().flatten().map(ToString::to_string).collect::<Vec<_>>().join(" ")
    };
    assert!(text("年报.xlsx").contains("网格长"), "{}", text("年报.xlsx"));
    done(&home, &["export", "month", "--at", GRID, "--period", "2026-11", "-o", "月报.xlsx"]);
    assert!(!sheets(&home, "月报.xlsx").contains_key("考核表"));
    done(&home, &["export", "assessment", "--at", GRID, "--period", "2026", "-o", "考核.csv"]);
    let csv = std::fs::read_to_string(in_home(&home, "考核.csv")).unwrap();
    assert_eq!(csv.lines().count(), said.len() + 1);
}
