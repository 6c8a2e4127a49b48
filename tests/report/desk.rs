//! One key at the desk writes the month; another one any table.
use std::fs;

use calamine::{Reader, Xlsx, open_workbook};

use super::home;

#[test]
fn one_key_writes_the_month_and_says_where_and_the_menu_writes_the_table_that_is_shown() {
    let home = home();
    let mut term = home.wangge(&["--store", "store"]).size(120, 40).start();
    term.wait_for("帮助");
    term.keys("E");
    term.wait_for("已写到 ~/兰溪市2026年11月月报.xlsx，");
    // The same again does not write over it.
    term.keys("E");
    term.wait_for("已写到 ~/兰溪市2026年11月月报-2.xlsx，");
    let book: Xlsx<_> = open_workbook(home.path().join("兰溪市2026年11月月报.xlsx")).unwrap();
    assert_eq!(book.sheet_names().len(), 15);
    term.keys("O");
    term.wait_for("导出  兰溪市");
    // By initials: the csv in GBK of the ledgers.
    term.keys("tzhd space gbk");
    term.wait_for("csv，GBK");
    term.keys("<Enter>");
    term.wait_for("已写到 ~/兰溪市2026年11月台账核对.csv，1 行");
    let bytes = fs::read(home.path().join("兰溪市2026年11月台账核对.csv")).unwrap();
    assert!(encoding_rs::GBK.decode(&bytes).0.contains("9月产值漏记一笔"));
    // What has not come yet is not reported.
    term.keys("] E");
    term.wait_for("2026年12月还没有到，没有可报的");
    term.keys("q");
    assert!(fs::read_dir(home.path()).unwrap().all(|entry| !entry.unwrap().path().ends_with(".part")));
}
