//! `wangge record FORM`, exemptions and locks, `wangge matters`.
use serde_json::{Value, json};

use super::{done, log, misused, refused, row, with_roster};
use crate::pty::Home;

const GRID: &str = "兰江街道/工业第1网格";
const UNIT: &str = "兰溪市隆泰食品有限公司";
const OTHER: &str = "兰溪市康伟水泥制品有限公司";

/// Records with `--json`; gives the facts.
fn record(home: &Home, args: &[&str]) -> Vec<Value> {
    let out = done(home, &[&["record"], args, &["--json"]].concat());
    out.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect()
}

fn matters(home: &Home, args: &[&str]) -> Vec<Value> {
    let out = done(home, &[&["matters", "--json"], args].concat());
    out.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect()
}

fn id(fact: &Value) -> &str {
    fact["fact"].as_str().expect("an id")
}

#[test]
fn help_lists_every_form_and_each_its_fields_with_choices_and_examples() {
    let home = Home::new();
    let all = done(&home, &["record", "--help"]);
    for form in wangge::grid::record::FORMS {
        let line = all.lines().find(|line| line.split_whitespace().next() == Some(form.id));
        assert!(line.is_some_and(|line| line.contains(form.name())), "{}\n{all}", form.id);
        let help = done(&home, &["record", form.id, "--help"]);
        let words: String = help.split_whitespace().collect();
        for field in form.fields.iter().filter(|field| field.key != "people") {
            assert!(words.contains(&format!("--{}", field.key)), "{}: {}", form.id, field.key);
            assert!(words.contains(field.label()), "{}: {}", form.id, field.label());
        }
        for choice in form.kinds() {
            assert!(words.contains(&format!("{}{}", choice.id, choice.label())), "{}: {}", form.id, choice.id);
        }
        let english = ["Usage", "Options", "Arguments", "possible", "aliases"];
        assert!(english.iter().all(|word| !help.contains(word)), "{help}");
    }
    assert!(done(&home, &["record", "meeting", "--help"]).contains("analysis 经济形势分析会"));
}

#[test]
fn a_meeting_gives_tasks_and_matters_tells_how_far_they_are() {
    let home = with_roster();
    let facts = record(
        &home,
        &[
            "meeting",
            "兰江街道",
            "--kind",
            "经济形势分析会",
            "--agenda",
            "三季度数据",
            "--resolution",
            "核实用电量 | 工业第1网格 | 12-05",
            "--resolution",
            "走访两家 | 服务业第2网格",
            "--on",
            "-2",
        ],
    );
    assert_eq!(facts.len(), 3);
    assert_eq!((&facts[0]["kind"], &facts[0]["body"]["form"]), (&json!("record"), &json!("meeting")));
    assert_eq!(facts[0]["body"]["values"]["kind"], "analysis");
    assert_eq!(facts[1]["body"]["values"]["source"], "2026-11-21 兰江街道经济形势分析会：三季度数据");
    let open = matters(&home, &["--at", GRID, "--open"]);
    assert_eq!(open.len(), 1);
    let keys = [
        "closed_on",
        "days_left",
        "due_on",
        "kind",
        "matter",
        "node",
        "node_name",
        "open",
        "opened",
        "part_of",
        "parts",
        "parts_closed",
        "post",
        "recorded",
        "steps",
        "text",
        "unit",
        "unit_name",
    ];
    assert_eq!(open[0].as_object().expect("an object").keys().collect::<Vec<_>>(), keys);
    assert_eq!((&open[0]["text"], &open[0]["due_on"]), (&json!("核实用电量"), &json!("2026-12-05")));
    assert_eq!((&open[0]["days_left"], &open[0]["matter"]), (&json!(12), &facts[1]["fact"]));

    let task = id(&facts[1]);
    assert_eq!(record(&home, &["progress", "--of", task, "--kind", "签收"]).len(), 1);
    let said = done(&home, &["matters", "--at", GRID]);
    assert!(said.contains("兰江街道 工业第1网格") && said.contains("核实用电量"), "{said}");
    assert!(said.contains("2026-12-05 到期，还有 12 天，已签收"), "{said}");
    let part = ["task", "云山街道", "--title", "查", "--kind", "check", "--to", GRID, "--of", task];
    assert_eq!(
        refused(&home, &[&["record"], &part[..]].concat()),
        "工业第1网格 不在云山街道之下，任务只能往下派；请换一个承办或下达单位"
    );
}

#[test]
fn a_task_goes_to_several_nodes_is_split_and_rolls_up() {
    let home = with_roster();
    let task = ["task", "兰溪市", "--title", "核查", "--kind", "核查", "--to", "兰江街道", "--to", "云山街道"];
    let facts = record(&home, &task);
    assert_eq!(facts.iter().map(|fact| &fact["at"]).collect::<Vec<_>>(), ["330781001", "330781002"]);
    let whole = id(&facts[0]);
    let part = ["task", "兰江街道", "--title", "查网格", "--kind", "check", "--to", GRID, "--of", whole];
    let part = record(&home, &part).remove(0);
    let words = refused(&home, &["record", "progress", "--of", whole, "--kind", "done"]);
    assert_eq!(words, "「核查」还有 1 项分解出去的没有办结（工业第1网格），请等它们办结或退回");
    record(&home, &["progress", "--of", id(&part), "--kind", "done", "--result", "一家更正", "--result", "其余无误"]);
    let row = matters(&home, &["--at", "兰江街道", "--open"]).remove(0);
    assert_eq!((&row["parts"], &row["parts_closed"]), (&json!(1), &json!(1)));
    record(&home, &["progress", "--of", whole, "--kind", "done"]);
    assert!(matters(&home, &["--at", "兰江街道", "--open"]).is_empty());
    assert_eq!(matters(&home, &["--at", "兰江街道"]).len(), 2);
    let last = log(&home).pop().expect("a fact");
    assert_eq!((&last["body"]["values"]["kind"], &last["body"]["of"]), (&json!("done"), &facts[0]["fact"]));
}

#[test]
fn returns_of_several_units_are_recorded_at_once_and_none_twice() {
    let home = with_roster();
    let handed = |units: &[&str]| {
        let mut args =
            vec!["record", "return", "--kind", "工业产销", "--period", "10", "--due", "11-10", "--on", "11-09"];
        units.iter().for_each(|unit| args.extend(["--unit", *unit]));
        args.iter().map(|arg| (*arg).to_owned()).collect::<Vec<_>>()
    };
    fn slices(args: &[String]) -> Vec<&str> {
        args.iter().map(String::as_str).collect()
    }
    let one = handed(&[UNIT]);
    let said = done(&home, &slices(&one));
    assert!(said.starts_with("已记 1 条"), "{said}");
    let both = handed(&[UNIT, OTHER]);
    let said = done(&home, &slices(&both));
    assert!(said.starts_with("已记 1 条，另有 1 家已记过"), "{said}");
    assert_eq!(
        refused(&home, &slices(&both)),
        format!("{OTHER} 2026年10月 工业产销 的「报表报送」已经记过，不必再记；要改请更正原来那一条")
    );
    let last = log(&home).pop().expect("a fact");
    let wanted = json!({ "due": "2026-11-10", "kind": "output", "period": "2026-10" });
    assert_eq!((&last["body"]["values"], &last["at"]), (&wanted, &json!("330781001-G01")));
}

#[test]
fn what_was_counted_is_told_by_name() {
    let home = with_roster();
    let said = done(&home, &["record", "activity", GRID, "--topic", "交流会"]);
    assert!(said.starts_with("已记 1 条，本次记录同时计入 ") && said.contains("统计之家活动"), "{said}");
}

#[test]
fn a_duty_is_exempted_and_months_are_locked_and_opened_again() {
    let home = with_roster();
    for (name, node, post) in [("赵局", "兰溪市", "leader"), ("钱副", "兰江街道", "deputy")] {
        done(&home, &["record", "post", name, node, "--post", post, "--from", "2026-11-01"]);
    }
    let exempt = |approver: &str| {
        let args = ["record", "exempt", "analysis", GRID, "--period", "2026-Q4", "--reason", "汛期", "--approver"];
        args.into_iter().chain([approver]).map(str::to_owned).collect::<Vec<_>>()
    };
    let args = exempt("钱副");
    done(&home, &args.iter().map(String::as_str).collect::<Vec<_>>());
    assert_eq!(row(&home, GRID, "analysis", &[])["state"], "exempt");
    done(&home, &["record", "lock", "兰江街道", "--through", "11-15"]);
    let words = refused(&home, &["record", "visit", UNIT, "--on", "11-10"]);
    assert!(words.starts_with("2026-11-10 已封账（封到 2026-11-15）"), "{words}");
    let open = ["record", "unlock", GRID, "--from", "11-10", "--through", "11-10", "--until", "+3", "--reason", "停电"];
    let refusal = refused(&home, &[&open[..], &["--approver", "没有的人"]].concat());
    assert_eq!(
        refusal,
        "账本里没有叫「没有的人」的人员；有哪些人见 wangge export people --csv，新来的先用 wangge record post 登记任职"
    );
    done(&home, &[&open[..], &["--approver", "赵局"]].concat());
    let visit = record(&home, &["visit", UNIT, "--on", "11-10", "--with", "钱副"]).remove(0);
    assert_eq!(visit["body"]["acting"], json!([{ "level": 2, "post": "deputy" }]));
    done(&home, &["record", "done", "analysis", GRID, "--period", "2026-Q4"]);
    assert_eq!(log(&home).pop().expect("a fact")["body"]["period"], "2026-Q4");
}

#[test]
fn wrong_usage_and_refusals_are_one_chinese_sentence() {
    let home = with_roster();
    let before = log(&home).len();
    for (args, words) in [
        (&["meeting", GRID, "--kind", "joint"][..], "还要写上 --agenda <议题>；用法见 wangge --help"),
        (&["promise"], "还要写上 --unit <企业>、--year <年度>；用法见 wangge --help"),
        (&["progress", "--kind", "done"], "还要写上 --of <记录编号>；用法见 wangge --help"),
        (&["meting"], "没有叫「meting」的命令，是不是 meeting？；用法见 wangge --help"),
        (&["study", GRID, "--contents", "看"], "不认识「--contents」，是不是 --content？；用法见 wangge --help"),
    ] {
        assert_eq!(misused(&home, &[&["record"], args].concat()), words);
    }
    for (args, words) in [
        (&["study", "--content", "看"][..], "请写明网格：编号，或「乡镇/网格」"),
        (&["budget", GRID, "--year", "明年", "--amount", "1"], "「年度」读不懂，例如 2026"),
        (&["budget", GRID, "--year", "2026", "--amount", "一千"], "「金额」应为金额，单位是元，例如 20000"),
        (
            &["promise", "--year", "2026", "--unit", "没有"],
            "账本里没有叫「没有」的企业；请用统一社会信用代码或完整的名称",
        ),
        (&["progress", "--of", "12", "--kind", "done"], "记录编号「12」不对，请从 wangge log 里照抄"),
        (
            &["meeting", GRID, "--kind", "茶话会", "--agenda", "一"],
            "「会议种类」没有「茶话会」这一项，可选的是 联席会议、经济形势分析会、统计会议、联审会",
        ),
        (
            &["exempt", "visit", GRID, "--period", "十月", "--reason", "一", "--approver", "章洁"],
            "「十月」不是一期，应写作 2026-10、2026-Q3、2026-H1 或 2026",
        ),
    ] {
        assert_eq!(refused(&home, &[&["record"], args].concat()), words);
    }
    assert_eq!(log(&home).len(), before);
    assert_eq!(done(&home, &["matters"]), "没有在办的事。\n");
}
