//! One key at the desk writes the month; another one any table.
use std::fs;

use calamine::{Reader, Xlsx, open_workbook};

use super::{done, home};

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

#[test]
fn a_screen_that_reads_the_log_page_by_page_exports_all_of_it() {
    let home = home();
    let log = String::from_utf8(done(&home, &["log", "--json"])).unwrap().lines().count();
    let mut term = home.wangge(&["--store", "store"]).size(120, 40).start();
    term.wait_for("帮助");
    term.keys("U");
    term.wait_for("最近的操作");
    term.keys("O");
    term.wait_for("屏幕上的");
    term.keys("<Enter>");
    term.wait_for(&format!("，{log} 行"));
    let path = home.path().join("兰溪市最近操作-2026-11-23.xlsx");
    let mut book: Xlsx<_> = open_workbook(path).unwrap();
    let sheet = book.worksheet_range_at(0).unwrap().unwrap();
    // Title, subtitle and head above, a note below.
    assert_eq!(sheet.height(), log + 4);
    // Of what is found, what is found.
    term.keys("/ buluchabudao");
    term.wait_for("0/");
    term.keys("<Enter> O");
    term.wait_for("找到的");
    term.keys("<Enter>");
    term.wait_for("，0 行");
    term.keys("q");
}
