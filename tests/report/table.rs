//! Tables by themselves: csv in both encodings and xlsx, every row of them.
use std::fs;

use calamine::{Reader, Xlsx, open_workbook};
use serde_json::Value;
use wangge::grid::pack::SHEETS;

use super::{done, home, in_home};

#[test]
fn a_table_has_every_row_of_the_year_in_every_format() {
    let home = home();
    let log = String::from_utf8(done(&home, &["log", "--json"])).unwrap();
    let facts = log.lines().map(|line| serde_json::from_str::<Value>(line).unwrap());
    let visits = facts.filter(|fact| fact["kind"] == "visit" && fact["withdrawn"] == false).count();
    let csv = String::from_utf8(done(&home, &["export", "visits", "--period", "2026", "--csv"])).unwrap();
    let lines: Vec<&str> = csv.lines().collect();
    assert!(lines[0].starts_with("\u{feff}序号,日期,网格,单位,责任人,"), "{}", lines[0]);
    assert_eq!(lines.len(), visits + 1);
    assert!(lines[visits].starts_with(&format!("{visits},2026-")), "{}", lines[visits]);

    let said = done(&home, &["export", "visits", "--period", "2026", "-o", "走访.csv", "--gbk"]);
    assert_eq!(String::from_utf8(said).unwrap(), format!("共 {visits} 行，已写到 走访.csv\n"));
    let bytes = fs::read(in_home(&home, "走访.csv")).unwrap();
    let (text, _, is_wrong) = encoding_rs::GBK.decode(&bytes);
    assert!(!is_wrong);
    assert_eq!(text, csv.trim_start_matches('\u{feff}'));

    done(&home, &["export", "visits", "--period", "2026", "-o", "走访.xlsx"]);
    let mut book: Xlsx<_> = open_workbook(in_home(&home, "走访.xlsx")).unwrap();
    let sheet = book.worksheet_range("走访记录").unwrap();
    // Title, subtitle and head above, a note below.
    assert_eq!(sheet.height(), visits + 4);
}

#[test]
fn every_table_can_be_exported() {
    let home = home();
    for kind in SHEETS.iter().filter(|kind| !kind.columns.is_empty()) {
        let csv = String::from_utf8(done(&home, &["export", kind.id, "--csv"])).unwrap();
        let head = csv.lines().next().unwrap_or_default();
        assert_eq!(head.split(',').count(), kind.columns.len(), "{}", kind.id);
    }
}
