//! The table of clauses: every duty of the pack, by post, with its clause, how often, what closes it, by which day.
use toml::{Table, Value};
use wangge::{
    grid::{
        fact::{SessionKind, Topic},
        org::{Form, Post},
        pack::{Duty, Evidence, Pack, Recorded, Seat},
        record::FORMS,
    },
    words::Language,
};

use super::put;

const DUTIES: &str = include_str!("../../data/packs/lanxi/duties.toml");

#[test]
fn the_table_of_clauses_is_what_the_pack_says() {
    put("docs/src/clauses.md", "clauses", table().trim_start(), |written, wanted| written == wanted);
}

#[test]
fn every_duty_of_the_pack_is_in_the_table_with_its_clause() {
    let pack = pack();
    let table = table();
    for duty in &pack.duties {
        assert!(table.contains(&format!("| {} | {} |", duty.cite, duty.name)), "{} is missing", duty.id);
    }
    assert!(!table.contains('?'), "something is not said in words");
}

fn pack() -> Pack {
    Pack::builtin("lanxi").unwrap().unwrap()
}

fn table() -> String {
    let pack = pack();
    let rows: Table = DUTIES.parse().unwrap();
    let rows = rows["duty"].as_array().unwrap();
    let mut out = String::new();
    for seat in seats() {
        let duties: Vec<&Duty> = pack.duties.iter().filter(|duty| duty.seats.contains(&seat)).collect();
        if duties.is_empty() {
            continue;
        }
        out += &format!(
            "\n## {}\n\n| 出处 | 职责 | 多久一次 | 怎样算办好 | 到哪天 |\n|---|---|---|---|---|\n",
            pack.names.seat(seat)
        );
        for duty in duties {
            let due = duty.once().map(|day| day.to_string());
            let is_row = |row: &&Value| {
                let same_day = due.is_none() || row.get("due").and_then(Value::as_str) == due.as_deref();
                row.get("id").and_then(Value::as_str) == Some(&duty.id) && same_day
            };
            let row = rows.iter().find(is_row).and_then(Value::as_table).unwrap();
            let mark = if duty.assumed { " *" } else { "" };
            out += &format!(
                "| {} | {} | {} | {} | {}{mark} |\n",
                duty.cite,
                duty.name,
                how_often(row),
                what_closes(&pack, duty, row),
                by_when(row)
            );
        }
    }
    out
}

/// From the city down.
fn seats() -> impl Iterator<Item = Seat> {
    let levels = [(1, Form::Vertical), (0, Form::Office), (2, Form::Vertical), (3, Form::Vertical), (3, Form::Flat)];
    levels.into_iter().flat_map(|(level, form)| Post::ALL.map(|post| Seat { level, form, post }))
}

fn text<'a>(row: &'a Table, key: &str) -> &'a str {
    row.get(key).and_then(Value::as_str).unwrap_or_default()
}

fn number(row: &Table, key: &str) -> Option<i64> {
    row.get(key).and_then(Value::as_integer)
}

fn how_often(row: &Table) -> &'static str {
    match (text(row, "kind"), text(row, "cadence"), text(row, "due").len()) {
        ("response", ..) => "随时",
        ("monitor", ..) => "一直",
        ("milestone", _, 10) => "一次",
        (_, "month", _) => "每月",
        (_, "quarter", _) => "每季",
        (_, "half_year", _) => "每半年",
        (_, "year", _) => "每年",
        _ => "?",
    }
}

fn by_when(row: &Table) -> String {
    let later = match (number(row, "grace_days"), number(row, "grace_workdays")) {
        (Some(days), None) => format!("之后 {days} 天内"),
        (None, Some(days)) => format!("之后 {days} 个工作日内"),
        _ => String::new(),
    };
    let due = text(row, "due");
    match (text(row, "kind"), text(row, "cadence")) {
        ("response", _) => match number(row, "workdays") {
            Some(0) => "当天".to_owned(),
            days => format!("{} 个工作日内", days.unwrap_or_default()),
        },
        ("monitor", _) if later.is_empty() => "不达标就要改".to_owned(),
        ("monitor", _) => later.replace("之后 ", "不达标起 "),
        ("milestone", _) if due.len() == 10 => due.to_owned(),
        ("milestone", _) => {
            let (month, day) = due.split_once('-').unwrap();
            format!("{} 月 {} 日", month.trim_start_matches('0'), day.trim_start_matches('0'))
        }
        (_, "month") => format!("月末{later}"),
        (_, "quarter") => format!("季末{later}"),
        (_, "half_year") => format!("6 月、12 月末{later}"),
        (_, "year") => format!("年末{later}"),
        _ => "?".to_owned(),
    }
}

fn what_closes(pack: &Pack, duty: &Duty, row: &Table) -> String {
    let evidence = duty.evidence.iter().map(named).collect::<Vec<_>>().join("，或");
    let times = match number(row, "count").unwrap_or(1) {
        1 => String::new(),
        n => format!(" {n} 次"),
    };
    let below = if duty.below { "（下级的也算）" } else { "" };
    match text(row, "kind") {
        "coverage" => format!("{evidence}到月初企业数的 {}%", number(row, "percent").unwrap()),
        "count" | "milestone" => format!("{evidence}{times}{below}"),
        "each" => format!("每个下级网格都有：{evidence}{times}"),
        "complete" => format!("每家都有：{evidence}"),
        "response" => format!("{}以后，{}", begins(text(row, "trigger")), ends(text(row, "answer"))),
        "monitor" => {
            let rules = row["rules"].as_array().unwrap();
            rules.iter().map(|rule| kept(pack, rule.as_str().unwrap())).collect::<Vec<_>>().join("；")
        }
        _ => "?".to_owned(),
    }
}

/// A kind of record in words.
fn named(evidence: &Evidence) -> String {
    let what = match evidence.record {
        Recorded::Visit(None) => "走访".to_owned(),
        Recorded::Visit(Some(topic)) => format!("走访（{}）", about(topic)),
        Recorded::Session(SessionKind::Training) => "统计业务培训".to_owned(),
        Recorded::Session(SessionKind::Activity) => "统计之家活动".to_owned(),
        Recorded::Form(form, None) => FORMS[usize::from(form)].name_in(Language::Zh).into(),
        Recorded::Form(form, Some(kind)) => {
            let form = FORMS[usize::from(form)];
            format!("{}（{}）", form.name_in(Language::Zh), form.kinds()[usize::from(kind)].label_in(Language::Zh))
        }
        Recorded::Done => "记办结".to_owned(),
    };
    if evidence.own { format!("本人{what}") } else { what }
}

fn about(topic: Topic) -> &'static str {
    match topic {
        Topic::Call => "走访",
        Topic::Ledger => "台账检查",
        Topic::Law => "法治宣传",
        Topic::Policy => "政策送达",
        Topic::Guidance => "辅导",
    }
}

/// What starts the clock of an answer.
fn begins(trigger: &str) -> String {
    match trigger {
        "problem" => "走访发现问题".to_owned(),
        "change" => "人员变动".to_owned(),
        form => format!("有了{}", form_name(form)),
    }
}

/// What counts as the answer.
fn ends(answer: &str) -> String {
    match answer {
        "closed" | "" => "办结".to_owned(),
        "entry" => "录入".to_owned(),
        form => format!("有了{}", form_name(form)),
    }
}

fn form_name(id: &str) -> &'static str {
    FORMS.iter().find(|form| form.id == id).unwrap_or_else(|| panic!("no form {id}")).name_in(Language::Zh)
}

/// A rule that a monitor watches, in words.
fn kept(pack: &Pack, rule: &str) -> String {
    let (name, argument) = rule.split_once(':').unwrap_or((rule, ""));
    match name {
        "staffing" => format!("每个乡镇（街道）正式编制统计员不少于 {argument} 名，农业、工业、服务业各至少 1 名"),
        "funds" => "本年有经费预算，每笔支出都有活动、人数和凭证".to_owned(),
        "placed" => "每家统计调查对象都划入了网格".to_owned(),
        "silence" => format!("没有连续 {argument} 天一笔记录都没有的网格"),
        "checklist" => format!("清单「{}」的每一项都达到", pack.checklist(argument).unwrap().1.name),
        "attendance" => format!("本季培训和活动的到会率不低于 {argument}%"),
        "below" => format!("下级的「{}」都没有逾期", pack.duty(argument).unwrap().1.name),
        _ => "?".to_owned(),
    }
}
