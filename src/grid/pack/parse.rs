//! Pack files to a [`Pack`], with an error that names file, place and what would be right.
use serde::Deserialize;

use super::{Checklist, Duty, Evidence, FarmGrid, Pack, PackFiles, PackNode, Recorded, Seat};
use crate::grid::{
    calendar::{Cadence, Calendar},
    duty::{KINDS, Params},
    fact::{SessionKind, Topic},
    org::{Form, Post},
    record,
};

/// Why a pack was not taken: the file, what is wrong there and what would be right.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("职责包 {pack}/{file}：{what}")]
pub struct PackError {
    /// The pack's id.
    pub pack: String,
    /// The file in its folder.
    pub file: &'static str,
    /// What is wrong, and what would be right.
    pub what: String,
}

/// A township (9 digits) or village (12 digits) of the statistical division codes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Division {
    /// The statistical code.
    pub code: String,
    /// The name.
    pub name: String,
    /// The code of the one above.
    pub parent: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PackToml {
    id: String,
    name: String,
    utc_offset: String,
    #[expect(dead_code, reason = "written for the reader of the file")]
    source: String,
    farm_grid: FarmGrid,
    #[serde(rename = "checklist", default)]
    checklists: Vec<Checklist>,
    #[serde(rename = "node")]
    nodes: Vec<PackNode>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct DutiesToml {
    #[serde(rename = "duty")]
    duties: Vec<DutyToml>,
}

#[derive(Deserialize)]
struct DutyToml {
    id: String,
    name: String,
    clause: String,
    cite: String,
    text: String,
    on: Vec<String>,
    cadence: Cadence,
    kind: String,
    #[serde(default)]
    evidence: Vec<String>,
    #[serde(default)]
    below: bool,
    measure: String,
    lead_days: i64,
    #[serde(default)]
    grace_days: u64,
    #[serde(default)]
    grace_workdays: u32,
    #[serde(default)]
    assumed: bool,
    /// What is left is the kind's.
    #[serde(flatten)]
    rest: toml::Table,
}

impl Pack {
    /// Reads and checks a pack's files.
    pub fn parse(files: &PackFiles<'_>) -> Result<Pack, PackError> {
        let wrong = |file, what: String| PackError { pack: files.id.to_owned(), file, what };
        let head: PackToml = toml::from_str(files.pack).map_err(|e| wrong("pack.toml", located(files.pack, &e)))?;
        if head.id != files.id {
            return Err(wrong("pack.toml", format!("id 是「{}」，应与所在文件夹同名：「{}」", head.id, files.id)));
        }
        let rows: DutiesToml =
            toml::from_str(files.duties).map_err(|e| wrong("duties.toml", located(files.duties, &e)))?;
        let duties: Vec<Duty> = rows
            .duties
            .into_iter()
            .map(|row| {
                let id = row.id.clone();
                duty(row).map_err(|what| wrong("duties.toml", format!("职责「{id}」：{what}")))
            })
            .collect::<Result<_, _>>()?;
        if let Some(twice) = duties.iter().enumerate().find(|(i, d)| duties[..*i].iter().any(|e| e.id == d.id)) {
            return Err(wrong("duties.toml", format!("职责编号「{}」出现两次，每条职责的 id 应各不相同", twice.1.id)));
        }
        let mut hasher = blake3::Hasher::new();
        // The state is also computed with the holidays and the forms.
        let forms: Vec<_> = record::FORMS.iter().map(|form| form.id).collect();
        for text in [files.pack, files.duties, files.divisions, files.holidays, &forms.join(" ")] {
            hasher.update(text.as_bytes()).update(&[0]);
        }
        Ok(Pack {
            id: head.id,
            name: head.name,
            utc_offset: offset(&head.utc_offset).map_err(|what| wrong("pack.toml", what))?,
            duties,
            nodes: nodes(head.nodes).map_err(|what| wrong("pack.toml", what))?,
            divisions: divisions(files.divisions).map_err(|what| wrong("divisions.csv", what))?,
            farm_grid: head.farm_grid,
            checklists: head.checklists,
            calendar: Calendar::parse(files.holidays).map_err(|e| wrong("holidays", e.to_string()))?,
            fingerprint: *hasher.finalize().as_bytes(),
        })
    }
}

/// A toml error as one line that begins with the line number.
fn located(text: &str, error: &toml::de::Error) -> String {
    let line = error.span().map_or(1, |span| text[..span.start.min(text.len())].matches('\n').count() + 1);
    format!("第 {line} 行附近：{}", error.message())
}

fn duty(row: DutyToml) -> Result<Duty, String> {
    let entry = KINDS.iter().find(|entry| entry.name == row.kind).ok_or_else(|| {
        let known: Vec<_> = KINDS.iter().map(|entry| entry.name).collect();
        format!("kind = \"{}\" 没有这一种，可用的是 {}", row.kind, known.join("、"))
    })?;
    if let Some(key) = row.rest.keys().find(|key| entry.params.iter().all(|param| param.key != key.as_str())) {
        let known: Vec<_> = entry.params.iter().map(|param| param.key).collect();
        return Err(format!("{} 没有 {key} 这个键，它自己的键是 {}", entry.name, known.join("、")));
    }
    let kind = (entry.read)(&Params::new(&row.rest)).map_err(|objection| objection.what)?;
    let evidence = row.evidence.iter().map(|text| evidence(text)).collect::<Result<Vec<_>, _>>()?;
    if entry.fed && evidence.is_empty() {
        return Err("evidence 不能为空，例如 evidence = [\"visit\"]".to_owned());
    }
    Ok(Duty {
        id: row.id,
        name: row.name,
        clause: row.clause,
        cite: row.cite,
        text: row.text,
        seats: row.on.iter().map(|text| seat(text)).collect::<Result<_, _>>()?,
        cadence: row.cadence,
        kind,
        evidence,
        below: row.below,
        measure: row.measure,
        lead_days: row.lead_days,
        grace_days: row.grace_days,
        grace_workdays: row.grace_workdays,
        assumed: row.assumed,
    })
}

/// Reads `3/vertical/leader`.
fn seat(text: &str) -> Result<Seat, String> {
    let parts: Vec<&str> = text.split('/').collect();
    let seat = match parts[..] {
        [level, form, post] => {
            let level = level.parse().ok().filter(|level| *level <= 3);
            level.zip(Form::parse(form)).zip(Post::parse(post)).map(|((level, form), post)| Seat { level, form, post })
        }
        _ => None,
    };
    seat.ok_or_else(|| {
        format!(
            "on 里的「{text}」不对，应为 级别/形式/岗位，例如 3/vertical/leader（级别 0 到 3；形式 vertical、flat、office；\
             岗位 leader、deputy、member、guide）"
        )
    })
}

fn evidence(text: &str) -> Result<Evidence, String> {
    let (what, own) = match text.strip_suffix("+own") {
        Some(what) => (what, true),
        None => (text, false),
    };
    let record = match what {
        "visit" => Recorded::Visit(None),
        "visit/call" => Recorded::Visit(Some(Topic::Call)),
        "visit/ledger" => Recorded::Visit(Some(Topic::Ledger)),
        "visit/law" => Recorded::Visit(Some(Topic::Law)),
        "visit/policy" => Recorded::Visit(Some(Topic::Policy)),
        "visit/guidance" => Recorded::Visit(Some(Topic::Guidance)),
        "session/training" => Recorded::Session(SessionKind::Training),
        "session/activity" => Recorded::Session(SessionKind::Activity),
        "done" => Recorded::Done,
        other => of_form(other)?,
    };
    Ok(Evidence { record, own })
}

/// Reads `meeting` or `meeting/analysis`.
fn of_form(text: &str) -> Result<Recorded, String> {
    let (id, kind) = match text.split_once('/') {
        Some((id, kind)) => (id, Some(kind)),
        None => (text, None),
    };
    let known = record::form(id).and_then(|(number, form)| match kind {
        None => Some(Recorded::Form(number as u8, None)),
        Some(kind) => form.kind_number(kind).map(|kind| Recorded::Form(number as u8, Some(kind as u8))),
    });
    known.ok_or_else(|| {
        let forms: Vec<_> = record::FORMS.iter().map(|form| form.id).collect();
        format!(
            "evidence 里的「{text}」不认识，可用的是 visit、visit/call、visit/ledger、visit/law、visit/policy、\
             visit/guidance、session/training、session/activity、done，以及表单 {}（或 表单/种类）",
            forms.join("、")
        )
    })
}

/// Reads `+08:00` as seconds east of UTC.
fn offset(text: &str) -> Result<i32, String> {
    let wrong = || format!("utc_offset = \"{text}\" 读不懂，应写作 +08:00");
    let sign = match text.chars().next() {
        Some('+') => 1,
        Some('-') => -1,
        _ => return Err(wrong()),
    };
    let (hours, minutes) = text[1..].split_once(':').ok_or_else(wrong)?;
    let (hours, minutes): (i32, i32) = (hours.parse().map_err(|_| wrong())?, minutes.parse().map_err(|_| wrong())?);
    if !(0..=14).contains(&hours) || !(0..60).contains(&minutes) {
        return Err(wrong());
    }
    Ok(sign * (hours * 3600 + minutes * 60))
}

/// Checks that parents come first and that there is one root.
fn nodes(nodes: Vec<PackNode>) -> Result<Vec<PackNode>, String> {
    for (i, node) in nodes.iter().enumerate() {
        match &node.parent {
            None if i > 0 => return Err(format!("「{}」没有 parent，只有第一个 node 可以没有", node.name)),
            Some(parent) if !nodes[..i].iter().any(|n| n.id == *parent) => {
                return Err(format!("「{}」的 parent = \"{parent}\" 应写在它前面", node.name));
            }
            _ => {}
        }
    }
    if nodes.is_empty() { Err("至少要有一个 node 作为树根".to_owned()) } else { Ok(nodes) }
}

fn divisions(csv: &str) -> Result<Vec<Division>, String> {
    let mut out = Vec::new();
    for (i, line) in csv.lines().enumerate().skip(1).filter(|(_, line)| !line.trim().is_empty()) {
        let fields: Vec<&str> = line.trim().split(',').collect();
        let [code, name, parent] = fields[..] else {
            return Err(format!("第 {} 行「{line}」应有三栏：代码,名称,上级代码", i + 1));
        };
        if !(code.len() == 9 || code.len() == 12) || !code.bytes().all(|b| b.is_ascii_digit()) {
            return Err(format!("第 {} 行的代码「{code}」应为 9 位或 12 位数字", i + 1));
        }
        out.push(Division { code: code.to_owned(), name: name.to_owned(), parent: parent.to_owned() });
    }
    Ok(out)
}
