//! `wangge record` and `wangge log`: all that can be recorded, and what is refused.
use serde_json::{Value, json};

use super::{done, log, misused, refused, row, with_roster};
use crate::pty::Home;

const GRID: &str = "兰江街道/工业第1网格";
/// A member of that grid; the other one is 兰溪市康伟水泥制品有限公司.
const UNIT: &str = "兰溪市隆泰食品有限公司";

/// Records with `--json` and gives the one fact.
fn record(home: &Home, args: &[&str]) -> Value {
    let out = done(home, &[&["record"], args, &["--json"]].concat());
    let facts: Vec<Value> = out.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
    assert_eq!(facts.len(), 1, "{out}");
    facts[0].clone()
}

#[test]
fn a_visit_has_a_day_topics_a_note_and_a_problem_and_is_corrected_closed_and_withdrawn() {
    let home = with_roster();
    done(&home, &["record", "post", "张三", GRID, "--post", "leader", "--from", "2026-11-01"]);
    let visit = record(
        &home,
        &[
            "visit",
            UNIT,
            "--on",
            "-3",
            "--as",
            "张三",
            "--topic",
            "ledger",
            "--topic",
            "guidance",
            "--note",
            "看了台账",
            "--problem",
            "缺签字",
            "--follow-up",
            "+7",
        ],
    );
    let told: Vec<&String> = visit.as_object().expect("an object").keys().collect();
    let keys = [
        "at",
        "body",
        "by",
        "fact",
        "kind",
        "occurred",
        "reason",
        "received",
        "recorded",
        "replaces",
        "subject",
        "withdrawn",
    ];
    assert_eq!(told, keys);
    let problem = json!({ "text": "缺签字", "follow_up": "2026-11-30" });
    let leader = json!({ "level": 3, "post": "leader" });
    let body = json!({
        "topics": ["ledger", "guidance"], "note": "看了台账", "with": [], "acting": [leader], "problem": problem,
    });
    assert_eq!(visit["body"], body);
    assert_eq!((&visit["kind"], &visit["at"]), (&json!("visit"), &json!("330781001-G01")));
    assert_eq!((&visit["subject"], &visit["occurred"]), (&json!("91330781MA26MUT96N"), &json!("2026-11-20")));
    assert_eq!(visit["recorded"], "2026-11-23T09:00:00+08:00");
    // What was printed is what the log holds.
    assert_eq!(log(&home).last(), Some(&visit));

    let id = visit["fact"].as_str().expect("an id");
    let closed = record(&home, &["close", id, "--note", "已补签"]);
    assert_eq!(closed["body"], json!({ "of": id, "note": "已补签" }));
    assert_eq!(refused(&home, &["record", "close", id]), "这个问题已经销号，或者找不到");

    let amended = record(&home, &["visit", UNIT, "--on", "11-19", "--amends", id]);
    assert_eq!((&amended["replaces"], &amended["occurred"]), (&json!(id), &json!("2026-11-19")));
    assert_eq!(refused(&home, &["record", "withdraw", id]), "这条记录已经撤销过了");
    assert_eq!(row(&home, GRID, "visit", &[])["have"], 1);
    let withdrawn = record(&home, &["withdraw", amended["fact"].as_str().expect("an id"), "--note", "记错了"]);
    assert_eq!(withdrawn["body"], json!({ "of": amended["fact"], "reason": "记错了" }));
    assert_eq!(row(&home, GRID, "visit", &[])["have"], 0);
    let gone = |fact: &&Value| fact["withdrawn"] == true;
    assert_eq!(log(&home).iter().filter(gone).count(), 2, "the first, replaced, and the second, withdrawn");

    // It is entered within its month: there is nothing to give reasons for.
    let prompt = record(&home, &["visit", "兰溪市康伟水泥制品有限公司", "--why", "当时出差"]);
    assert_eq!(prompt["reason"], Value::Null);
    let why = "长".repeat(201);
    let too_long = refused(&home, &["record", "visit", UNIT, "--on", "11-18", "--why", &why]);
    assert!(too_long.contains("200 字"), "{too_long}");
}

#[test]
fn a_visit_that_was_another_enterprises_is_one_record_for_whoever_corrects_it() {
    let home = with_roster();
    let first = record(&home, &["visit", UNIT]);
    let id = first["fact"].as_str().expect("an id");
    let said = done(&home, &["record", "visit", "兰溪市康伟水泥制品有限公司", "--amends", id]);
    assert!(said.starts_with("已记 1 条") && said.lines().count() == 2, "{said}");
    let all = log(&home);
    let (new, back) = (&all[all.len() - 2], &all[all.len() - 1]);
    assert!(said.contains(new["fact"].as_str().expect("an id")), "{said}");
    assert_eq!((&back["kind"], &back["body"]["of"]), (&json!("withdrawn"), &first["fact"]));
}

#[test]
fn several_visits_are_recorded_at_once_and_what_was_recorded_is_told() {
    let home = with_roster();
    done(&home, &["record", "visit", UNIT]);
    let said = done(&home, &["record", "visit", UNIT, "兰溪市康伟水泥制品有限公司"]);
    assert!(said.starts_with("已记 1 条，另有 1 家已记过\n  "), "{said}");
    // Each line below the first is a fact's id, and the log finds it.
    let id = said.lines().nth(1).expect("an id").trim();
    assert!(log(&home).iter().any(|fact| fact["fact"] == id));
    assert_eq!(row(&home, GRID, "visit", &[])["state"], "met");
}

#[test]
fn training_and_activity_name_who_was_late_left_excused_absent_or_substituted() {
    let home = with_roster();
    let training = record(
        &home,
        &["training", GRID, "--topic", "一套表填报", "--hours", "1.5", "--late", "章洁", "--absent", "徐宇"],
    );
    let marks = json!([
        { "person": "91330781MA26MUT96N#章洁", "mark": "late" },
        { "person": "91330781MA22LBEKXE#徐宇", "mark": "absent" },
    ]);
    let wanted = json!({ "kind": "training", "topic": "一套表填报", "minutes": 90, "note": "", "attendance": marks });
    assert_eq!(training["body"], wanted);
    let activity = record(
        &home,
        &["activity", GRID, "--topic", "交流会", "--on", "昨天", "--left-early", "章洁", "--substitute", "徐宇"],
    );
    assert_eq!((&activity["body"]["kind"], &activity["occurred"]), (&json!("activity"), &json!("2026-11-22")));
    assert_eq!(activity["body"]["attendance"][0]["mark"], "left_early");
    let excused = record(&home, &["training", GRID, "--topic", "二", "--on", "1", "--excused", "章洁"]);
    assert_eq!(excused["body"]["attendance"][0]["mark"], "excused");
    for (duty, have) in [("training", 2), ("home", 1), ("grid-activity", 1)] {
        let row = row(&home, GRID, duty, &[]);
        assert_eq!((&row["have"], &row["state"]), (&json!(have), &json!("met")), "{duty}");
    }
    let nobody = refused(&home, &["record", "training", GRID, "--topic", "三", "--late", "张三"]);
    assert_eq!(nobody, "「张三」不在工业第1网格的名单里；名单见案头的「人员」页");
    let hours = refused(&home, &["record", "training", GRID, "--topic", "三", "--hours", "30"]);
    assert_eq!(hours, "时长 30 小时不对，应在 0 到 24 之间");
}

#[test]
fn duties_are_done_posts_filled_and_enterprises_placed() {
    let home = with_roster();
    done(&home, &["record", "done", "analysis", GRID]);
    assert_eq!(row(&home, GRID, "analysis", &[])["state"], "met");
    done(&home, &["record", "done", "ledger-check", GRID, "--unit", UNIT]);
    assert_eq!(row(&home, GRID, "ledger-check", &[])["have"], 1);
    let post = done(&home, &["record", "post", "张三", GRID, "--post", "leader", "--phone", "13800000000"]);
    assert!(post.starts_with("已记 2 条"), "{post}");
    let by = record(&home, &["visit", UNIT, "--as", "张三"])["by"].clone();
    let person = log(&home).into_iter().find(|fact| fact["kind"] == "person" && fact["body"]["name"] == "张三");
    assert_eq!(person.expect("the person")["subject"], by);

    let unplaced = "兰溪市福华运输有限公司";
    let said = refused(&home, &["record", "visit", unplaced]);
    assert_eq!(said, format!("{unplaced} 在 2026-11-23 未划入任何网格，请先划入网格再记"));
    done(&home, &["record", "place", unplaced, "--grid", "兰江街道/服务业第2网格", "--from", "2026-11-01"]);
    assert_eq!(record(&home, &["visit", unplaced])["at"], "330781001-G02");
}

#[test]
fn refusals_are_one_sentence_and_record_nothing() {
    let home = with_roster();
    let before = log(&home).len();
    for (args, sentence) in [
        (&["visit", "没有的企业"][..], "账本里没有叫「没有的企业」的企业；请用统一社会信用代码或完整的名称"),
        (&["visit", UNIT, "--on", "2026-11-24"], "2026-11-24 还没到，只能记今天或以前的日期"),
        (&["visit", UNIT, "--on", "冬至"], "日期「冬至」读不懂，可写 2026-11-20、11-20、20、-1、昨天"),
        (&["visit", UNIT, "--topic", "看"], "走访内容「看」不认识，可写 call、ledger、law、policy、guidance"),
        (
            &["visit", UNIT, "--as", "王五"],
            "账本里没有叫「王五」的人员；有哪些人见 wangge export people --csv，新来的先用 wangge record post 登记任职",
        ),
        (&["place", "330781001001", "--grid", "兰江街道"], "兰江街道 不是三级网格，请在网格上记"),
        (&["done", "visit", GRID], "「走访企业」由走访记录自动计入，不用单独办结"),
        (
            &["post", "张三", GRID, "--post", "boss"],
            "岗位「boss」不认识，可写 leader 网格长、deputy 副网格长、member 网格员、guide 网格指导员",
        ),
        (&["withdraw", "12"], "记录编号「12」不对，请从 wangge log 里照抄"),
    ] {
        assert_eq!(refused(&home, &[&["record"], args].concat()), sentence);
    }
    let several = refused(&home, &["record", "visit", "纺织"]);
    assert!(
        several.starts_with("「纺织」对应 5 个企业（兰溪市新祥纺织品贸易有限公司（91330781MA2DCNJ79Q）、"),
        "{several}"
    );
    let duty = refused(&home, &["record", "done", "nosuch", GRID]);
    assert!(duty.starts_with("工业第1网格 没有编号为「nosuch」的职责，可用的是 "), "{duty}");
    assert_eq!(log(&home).len(), before);

    assert_eq!(misused(&home, &["record", "visit"]), "还要写上 <企业>...；用法见 wangge --help");
    assert_eq!(misused(&home, &["record", "training", GRID]), "还要写上 --topic <文字>；用法见 wangge --help");
    assert_eq!(
        misused(&home, &["record", "visit", UNIT, "--follow-up", "+7"]),
        "还要写上 --problem <文字>；用法见 wangge --help"
    );
    assert_eq!(
        misused(&home, &["record"]),
        "还要写上记什么，例如 visit 走访、meeting 会议，都有哪些见 wangge record --help；用法见 wangge --help"
    );
}

#[test]
fn the_log_of_a_place_has_what_happened_there_and_below() {
    let home = with_roster();
    done(&home, &["record", "visit", UNIT, "330781001001"]);
    done(&home, &["record", "visit", "330781002002"]);
    let visits = |args: &[&str]| done(&home, args).lines().filter(|line| line.contains("visit")).count();
    assert_eq!(visits(&["log"]), 3);
    assert_eq!(visits(&["log", "--at", "兰江街道"]), 2);
    assert_eq!(visits(&["log", "--at", GRID, "--json"]), 1);
    let line = done(&home, &["log", "--at", GRID]).lines().last().expect("a line").to_owned();
    let wanted = format!("2026-11-23 visit 工业第1网格 {UNIT}  录入 2026-11-23T09:00:00+08:00  ");
    assert!(line.starts_with(&wanted), "{line}");
}
