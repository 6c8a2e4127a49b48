//! `wangge grid`: the preview, what is written, what is refused.
use serde_json::{Value, json};

use super::{done, log, misused, refused, row, with_roster};
use crate::pty::Home;

const GRID: &str = "兰江街道/工业第1网格";
const OTHER: &str = "兰江街道/服务业第2网格";
/// The members of the first grid.
const UNIT: &str = "兰溪市隆泰食品有限公司";
const NEIGHBOUR: &str = "兰溪市康伟水泥制品有限公司";

fn line(home: &Home, args: &[&str]) -> Value {
    let out = done(home, &[&["grid"], args, &["--json"]].concat());
    assert_eq!(out.lines().count(), 1, "{out}");
    serde_json::from_str(&out).expect("JSON")
}

#[test]
fn a_split_is_shown_and_then_done() {
    let home = with_roster();
    done(&home, &["record", "visit", UNIT, "--on", "11-10", "--problem", "缺签字", "--follow-up", "+7"]);
    let before = log(&home).len();
    let split = ["grid", "split", GRID, UNIT, "--name", "工业第2网格", "--leader", "张三", "--from", "11-15"];
    let shown = done(&home, &[&split[..], &["--dry-run"]].concat());
    let wanted = "拆分 兰江街道 工业第1网格：1 家划入新建的 工业第2网格，从 2026-11-15 起

网格
  工业第1网格  2 家，调整后 1 家
  工业第2网格  新建，1 家

本期职责（分母按期初的成员，B-6）
  11月 走访企业      工业第1网格  1/1 不变，下期要 1 家
  11月 四大体系规范  工业第1网格  0/2，调整后 0/1
  11月 走访企业      工业第2网格  这一期不计，下期要 1 家
";
    assert!(shown.starts_with(wanted), "{shown}");
    let rest = "
没销号的问题 1 个
  兰溪市隆泰食品有限公司  随企业到 工业第2网格  缺签字（复查 2026-11-30）

划转 1 家（企业、原网格、新网格）
  兰溪市隆泰食品有限公司  工业第1网格  工业第2网格

岗位
  章洁  网格员  工业第1网格  转到 工业第2网格
  张三  网格长  工业第2网格  开始担任

只是预览，什么也没有写；去掉 --dry-run 就办。
";
    assert!(shown.ends_with(rest), "{shown}");
    assert_eq!(log(&home).len(), before);

    let said = done(&home, &split);
    // The node, the placement, two posts of 章洁, the new person and the post.
    assert_eq!(said, shown.replace("只是预览，什么也没有写；去掉 --dry-run 就办。", "已办，写入 6 条记录。"));
    assert_eq!(log(&home).len(), before + 6);
    let visit = done(&home, &["record", "visit", UNIT, "--json"]);
    let visit: Value = serde_json::from_str(&visit).expect("JSON");
    assert_eq!(visit["at"], "330781001-G04", "the first free number after the three grids of the roster");
    assert_eq!(row(&home, GRID, "visit", &[])["have"], 1);
}

#[test]
fn a_merger_in_json_says_who_takes_over_and_the_old_name_leads_there() {
    let home = with_roster();
    let before = log(&home).len();
    let merge = ["merge", GRID, "--into", OTHER, "--from", "2026-12-01"];
    let shown = line(&home, &[&merge[..], &["--dry-run"]].concat());
    assert_eq!((&shown["applied"], &shown["facts"]), (&json!(false), &json!([])));
    assert_eq!(log(&home).len(), before);
    let told = line(&home, &merge);
    assert_eq!(told["applied"], true);
    assert_eq!(told["facts"].as_array().expect("facts").len(), log(&home).len() - before);
    for key in ["title", "from", "grids", "units", "posts", "problems", "duties", "overdue", "notes"] {
        assert_eq!(told[key], shown[key], "{key}");
    }
    assert_eq!(told["units"][0]["on"], "2026-12-01");
    assert_eq!(told["units"][0]["to"], json!({ "id": "330781001-G02", "name": "兰江街道 服务业第2网格" }));
    let node = log(&home).into_iter().rfind(|fact| fact["kind"] == "node").expect("the closed grid");
    assert_eq!((&node["body"]["to"], &node["body"]["into"]), (&json!("2026-12-01"), &json!("330781001-G02")));
    assert_eq!(
        refused(&home, &["record", "place", NEIGHBOUR, "--grid", GRID]),
        "工业第1网格 从 2026-12-01 起撤销，不能再调整；请选一个还在的网格"
    );
}

#[test]
fn grids_are_founded_renamed_moved_and_closed() {
    let home = with_roster();
    let new = ["grid", "new", "服务业第9网格", "--under", "兰江街道", "--sector", "service", "--from", "11-20"];
    assert!(done(&home, &new).starts_with("新建 兰江街道 服务业第9网格，从 2026-11-20 起\n"));
    let renamed = done(&home, &["grid", "rename", "服务业第9网格", "商贸网格"]);
    assert!(renamed.starts_with("改名：服务业第9网格 改为 商贸网格\n"), "{renamed}");
    let moved = done(&home, &["grid", "move", "商贸网格", "--under", "云山街道"]);
    assert!(moved.starts_with("商贸网格 从 兰江街道 移到 云山街道\n"), "{moved}");
    done(&home, &["record", "place", UNIT, "--grid", "云山街道/商贸网格"]);
    let closed = done(&home, &["grid", "close", "商贸网格", "--unplaced"]);
    let left = "1 家不再属于任何网格，在 兰江街道 标为「未划入」，直到划入网格（B-7）。";
    assert!(closed.contains(left), "{closed}");
    assert!(closed.contains("云山街道 商贸网格 没办完的由 云山街道 接办"), "{closed}");
    // A new grid of the same name is another one, and the name means the one that is there.
    done(&home, &["grid", "new", "商贸网格", "--under", "云山街道", "--sector", "服务业"]);
    done(&home, &["record", "place", UNIT, "--grid", "云山街道/商贸网格"]);
    let visit: Value = serde_json::from_str(&done(&home, &["record", "visit", UNIT, "--json"])).expect("JSON");
    assert!(visit["at"].as_str().expect("an id").starts_with("330781002-G"), "{visit}");
}

#[test]
fn refusals_and_wrong_usage_write_nothing() {
    let home = with_roster();
    let before = log(&home).len();
    for (args, sentence) in [
        (&["close", GRID][..], "工业第1网格 还有 2 家，撤销后就没有网格；请写明并入哪个网格，或者确认让它们未划入网格"),
        (
            &["close", "兰江街道/农业网格", "--unplaced"],
            "兰江街道 只有这一个农业网格，每个乡镇（街道）都要有一个，不能撤销、并走或移走（B-4）",
        ),
        (
            &["new", "农业网格", "--under", "经济开发区", "--sector", "农业"],
            "经济开发区 不设农业网格（B-4）；请选别的行业",
        ),
        (
            &["new", "一", "--under", "兰江街道", "--sector", "渔业"],
            "行业「渔业」不认识，可写 农业、工业、服务业、建筑业、房地产、投资项目、跨行业",
        ),
        (&["merge", GRID, "--into", GRID], "工业第1网格 不能并入它自己，请另选一个网格"),
        (&["rename", GRID, "服务业第2网格"], "兰江街道 下面已有「服务业第2网格」，请换一个名称"),
        (&["move", GRID, "--under", "云山街道", "--from", "+1"], "2026-11-24 还没到，只能记今天或以前的日期"),
        (
            &["split", GRID, NEIGHBOUR, "--name", "一", "--from", "冬至"],
            "日期「冬至」读不懂，可写 2026-11-20、11-20、20、-1、昨天",
        ),
        (
            &["split", GRID, UNIT, NEIGHBOUR, "--name", "一"],
            "工业第1网格 的单位全都拆出就空了；只想换名称请改名，或者少选几家",
        ),
    ] {
        assert_eq!(refused(&home, &[&["grid"], args].concat()), sentence);
    }
    let wrong = "还要写上怎样调整：new、split、merge、close、rename 或 move；用法见 wangge --help";
    assert_eq!(misused(&home, &["grid"]), wrong);
    assert_eq!(misused(&home, &["grid", "merge", GRID]), "还要写上 --into <网格>；用法见 wangge --help");
    assert_eq!(
        misused(&home, &["grid", "close", GRID, "--into", OTHER, "--unplaced"]),
        "「--into <网格>」写了两次，或不能和别的一起用；用法见 wangge --help"
    );
    assert_eq!(log(&home).len(), before);
}
