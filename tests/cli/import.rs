//! `wangge import`: all or nothing, twice is once, a changed row is a correction.
use std::fs;

use serde_json::Value;

use super::{ROSTER, done, log, refused, with_roster, with_tree};
use crate::pty::Home;

/// Writes a roster of these rows below the sample's header.
fn roster(home: &Home, name: &str, rows: &[&str]) {
    let sample = fs::read_to_string(ROSTER).expect("the sample");
    let head = sample.lines().next().expect("a header");
    fs::write(home.path().join(name), format!("{head}\n{}\n", rows.join("\n"))).expect("a roster");
}

fn of_kind<'a>(facts: &'a [Value], kind: &str) -> Vec<&'a Value> {
    facts.iter().filter(|fact| fact["kind"] == kind).collect()
}

#[test]
fn every_error_is_listed_with_sheet_row_and_column_and_nothing_is_created() {
    let home = with_tree();
    let before = log(&home);
    roster(
        &home,
        "bad.csv",
        &[
            "91330781MA20023B5X,兰溪市高源米业有限责任公司,1311,330781400,B,魏峰明,13800000002,工业第1网格",
            "9.13308E+17,兰溪市达荣织造有限公司,1712,330781400,B,刘寿,13800000054,",
            "91330781MA2NW0B06L,,2110,330781400,B,余云雪,13800000106,工业第5网格",
            "91330781MA2JTEYA2R,兰溪市宏安水泥制品有限公司,9999,110101001,B,侯洁,13800000158,",
            "91330781MA2JTEYA2R,兰溪市宏安水泥制品有限公司,3021,330781400,B,侯洁,13800000158,",
            "91330781MA2EQXJL85,兰溪市凯瑞电机有限公司,3812,330781400,B,付寿轩,13800000210,工业第9网格",
        ],
    );
    for args in [&["import", "bad.csv"][..], &["import", "bad.csv", "--dry-run"]] {
        let said = refused(&home, args);
        let lines: Vec<&str> = said.lines().collect();
        let places = [
            "工作表「bad」第2行A列「统一社会信用代码」：「91330781MA20023B5X」最后一位校验码「X」与前17位不符；应当是「C」",
            "工作表「bad」第3行A列「统一社会信用代码」：「9.13308E+17」是被Excel当成数字的代码",
            "工作表「bad」第4行B列「单位详细名称」：没有填",
            "工作表「bad」第5行C列「行业代码」：「9999」不是行业小类代码",
            "工作表「bad」第5行D列「行政区划代码」：「110101001」不是本市的区划代码",
            "工作表「bad」第6行A列「统一社会信用代码」：「91330781MA2JTEYA2R」与工作表「bad」第5行的代码相同",
        ];
        assert_eq!(lines.len(), places.len() + 1, "{said}");
        for (line, place) in lines.iter().zip(places) {
            assert!(line.starts_with(place), "{line}");
        }
        assert_eq!(lines.last(), Some(&"bad.csv 有 6 处错误，什么也没有导入；请改正后再导入"));
    }
    assert_eq!(log(&home), before);
    let missing = refused(&home, &["import", "nofile.csv"]);
    assert!(missing.starts_with("nofile.csv 打不开") && missing.ends_with("请检查文件名和路径"), "{missing}");
}

#[test]
fn a_dry_run_says_what_would_happen_and_does_nothing() {
    let home = with_tree();
    let before = log(&home);
    let tried = done(&home, &["import", ROSTER, "--dry-run"]);
    assert_eq!(tried.lines().next(), Some("试读：将新建 40 家，更正 0 家，没有变化 0 家"));
    assert_eq!(tried.lines().last(), Some("没有写入任何东西；去掉 --dry-run 再运行就会写入。"));
    assert_eq!(log(&home), before);
    let made = done(&home, &["import", ROSTER]);
    assert_eq!(made.lines().next(), Some("已新建 40 家，更正 0 家，没有变化 0 家"));
    // It is the same, but for the words that say whether it happened.
    let same =
        |said: &str| said.replace("试读：将", "已").lines().skip(1).take(2).map(str::to_owned).collect::<Vec<_>>();
    assert_eq!(same(&tried), same(&made));
}

#[test]
fn the_same_file_again_changes_nothing_and_a_changed_row_is_a_correction() {
    let home = with_roster();
    let before = log(&home);
    assert_eq!(done(&home, &["import", ROSTER]), "已新建 0 家，更正 0 家，没有变化 40 家\n");
    assert_eq!(log(&home), before);

    done(&home, &["record", "visit", "兰溪市隆泰食品有限公司"]);
    roster(
        &home,
        "new.csv",
        &[
            "91330781MA26MUT96N,兰溪市隆泰食品股份有限公司,1353,330781001007,B,章洁,13900000000,工业第1网格",
            "91330781MA22LBEKXE,兰溪市康伟水泥制品有限公司,3021,330781001011,B,徐宇,13800000367,",
        ],
    );
    let before = log(&home).len();
    assert_eq!(done(&home, &["import", "new.csv"]), "已新建 0 家，更正 1 家，没有变化 1 家\n");
    let after = log(&home);
    let added: Vec<(&Value, &Value)> = after[before..].iter().map(|fact| (&fact["kind"], &fact["subject"])).collect();
    let (code, person) = (Value::from("91330781MA26MUT96N"), Value::from("91330781MA26MUT96N#章洁"));
    assert_eq!(added, [(&Value::from("unit"), &code), (&Value::from("person"), &person)]);
    // The visit stays with it, under the new name.
    let line = done(&home, &["log"]);
    assert!(line.contains("visit 工业第1网格 兰溪市隆泰食品股份有限公司"), "{line}");
}

#[test]
fn a_row_without_a_grid_goes_to_the_one_that_fits_or_is_flagged_at_every_level_until_placed() {
    let home = with_tree();
    roster(
        &home,
        "three.csv",
        &[
            // 兰江街道 gets two industrial grids, 云山街道 one.
            "91330781MA26MUT96N,兰溪市隆泰食品有限公司,1353,330781001007,B,章洁,13800000315,工业第1网格",
            "91330781MA2HE7XW3P,浙江龙越毛巾有限公司,1772,330781001,B,叶森,13800000576,工业第2网格",
            "91330781MA20023B5C,兰溪市高源米业有限责任公司,1311,330781002,B,魏峰明,13800000002,工业第1网格",
            // No grid: one that fits in 云山街道, two in 兰江街道, none in 永昌街道.
            "91330781MA2TXGNM7H,兰溪市达荣织造有限公司,1712,330781002,B,刘寿,13800000054,",
            "91330781MA22LBEKXE,兰溪市康伟水泥制品有限公司,3021,330781001011,B,徐宇,13800000367,",
            "91330781MA2JTEYA2R,兰溪市宏安水泥制品有限公司,3021,330781004,B,侯洁,13800000158,",
        ],
    );
    let said = done(&home, &["import", "three.csv"]);
    assert_eq!(said.lines().last(), Some("2 家没有合适的网格，标为未划入网格，请在案头划入"));
    let facts = log(&home);
    let placed = |code: &str| of_kind(&facts, "placement").iter().any(|fact| fact["subject"] == code);
    assert!(placed("91330781MA2TXGNM7H") && !placed("91330781MA22LBEKXE") && !placed("91330781MA2JTEYA2R"));

    let mut desk = home.wangge(&["--store", "store"]).start();
    let frame = desk.wait_for("未划入");
    for badge in ["兰溪市         ?2 !3", "兰江街道     ?1 !1", "永昌街道     ?1 !1", "云山街道        ~2"]
    {
        assert!(frame.shows(badge), "{badge} is not there:\n{frame}");
    }
    desk.keys("q");
    desk.wait_exit();
    done(&home, &["record", "place", "兰溪市康伟水泥制品有限公司", "--grid", "兰江街道/工业第2网格"]);
    let mut desk = home.wangge(&["--store", "store"]).start();
    let frame = desk.wait_for("未划入");
    assert!(frame.shows("兰溪市         ?1 !2") && !frame.shows("兰江街道     ?"), "{frame}");
}
