//! `wangge plan`: the grid designer on the command line.
use serde_json::{Value, json};

use super::{done, log, misused, refused, with_roster, with_tree};
use crate::pty::Home;

fn rows(home: &Home, args: &[&str]) -> Vec<Value> {
    let out = done(home, &[&["plan"], args, &["--json"]].concat());
    out.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect()
}

#[test]
fn a_plan_changes_nothing_until_it_is_applied_and_then_nothing_is_left_to_do() {
    let home = with_roster();
    let before = log(&home);
    let told = done(&home, &["plan", "兰江街道"]);
    let head = "兰江街道 的网格方案，2026-11-23 起：网格 2 个，撤销网格 2 个，移动 2 家，新划入 1 家";
    assert_eq!(told.lines().next(), Some(head));
    for line in [
        "  农业网格             37  农业     村（社区） 37                    不变",
        "  工业第1网格           5  跨行业   农副食品加工业 1                 移入 3",
        "      沿用工业第1网格：留下 2 家，移入 3 家，行业由工业改为跨行业。",
        "  服务业第2网格      撤销",
        "! 工业第1网格 只有 5 家，少于 20 家：工业、服务业一共只有 5 家，没有别的企业可以并入",
        "  另有 1 家建筑业、房地产、投资单位归扁平网格，不动",
        "  兰溪市福华运输有限公司                   未划入网格         -> 工业第1网格",
    ] {
        assert!(told.lines().any(|said| said == line), "{line}\n{told}");
    }
    assert!(told.ends_with("以上只是方案，没有写入任何东西；加上 --apply 再运行就采用。\n"), "{told}");
    assert_eq!(log(&home), before);

    let told = done(&home, &["plan", "兰江街道", "--apply"]);
    assert!(told.ends_with("已采用，2026-11-23 起：撤销网格 2 个，移动 2 家，新划入 1 家。\n"), "{told}");
    let written = log(&home).split_off(before.len());
    let count = |kind: &str| written.iter().filter(|fact| fact["kind"] == kind).count();
    // One grid is across industries from now on, two are closed; one unit had no grid, so its contact had no post.
    assert_eq!((count("node"), count("placement"), count("post")), (3, 3, 5));

    let again = done(&home, &["plan", "兰江街道", "--apply"]);
    assert!(again.ends_with("现在的网格就是这样，不用调整。\n"), "{again}");
    assert_eq!(log(&home).len(), before.len() + written.len());
}

#[test]
fn json_has_a_line_for_each_grid_each_move_and_the_whole() {
    let home = with_roster();
    let told = rows(&home, &["330781001", "--from", "+8"]);
    let of = |kind: &str| told.iter().filter(|row| row["kind"] == kind).collect::<Vec<_>>();
    let keys: Vec<&String> = told[0].as_object().expect("an object").keys().collect();
    assert_eq!(keys, ["came", "id", "kind", "left", "name", "new", "sector", "size", "units", "why"]);
    assert_eq!(of("grid").len(), 2);
    assert_eq!(of("grid")[1]["sector"], "mixed");
    assert_eq!(of("grid")[1]["units"].as_array().map(Vec::len), Some(5));
    assert_eq!(of("closed")[0], &json!({ "kind": "closed", "id": "330781001-G02", "name": "服务业第2网格" }));
    assert_eq!(of("move")[1]["from"], Value::Null);
    assert_eq!(of("move")[0]["to"], "330781001-G01");
    assert_eq!(of("objection").len(), 1);
    let whole = json!({ "kind": "summary", "town": "330781001", "from": "2026-12-01", "grids": 2, "created": 0,
                        "closed": 2, "moved": 2, "placed": 1, "applied": false });
    assert_eq!(told.last(), Some(&whole));
    let applied = rows(&home, &["330781001", "--apply"]);
    assert_eq!(applied.last().expect("a row")["applied"], true);
}

#[test]
fn what_can_not_be_planned_is_said_in_one_sentence() {
    let home = with_tree();
    assert_eq!(refused(&home, &["plan", "兰溪市"]), "兰溪市 不是乡镇（街道）或开发区，请选一个二级网格再做方案");
    assert_eq!(
        refused(&home, &["plan", "经济开发区"]),
        "经济开发区 在 2026-11-23 的名册里没有企业，也没有村（社区）；请先导入名册"
    );
    assert!(refused(&home, &["plan", "没有的镇"]).starts_with("账本里没有叫「没有的镇」的网格"));
    assert_eq!(misused(&home, &["plan"]), "还要写上 <乡镇>；用法见 wangge --help");
    // A township of villages only has its one 农业网格, as it has now.
    assert!(done(&home, &["plan", "兰江街道"]).ends_with("现在的网格就是这样，不用调整。\n"));
}
