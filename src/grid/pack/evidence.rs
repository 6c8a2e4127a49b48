//! `on` and `evidence`: whose duty it is, and what closes it.
use super::{Evidence, Recorded, Seat, row::Row, words::FORMS};
use crate::grid::{
    fact::{SessionKind, Topic},
    org::Post,
    record::{self, About},
};

/// What can be recorded without a form.
const RECORDS: &[(&str, Recorded)] = &[
    ("visit", Recorded::Visit(None)),
    ("visit/call", Recorded::Visit(Some(Topic::Call))),
    ("visit/ledger", Recorded::Visit(Some(Topic::Ledger))),
    ("visit/law", Recorded::Visit(Some(Topic::Law))),
    ("visit/policy", Recorded::Visit(Some(Topic::Policy))),
    ("visit/guidance", Recorded::Visit(Some(Topic::Guidance))),
    ("session/training", Recorded::Session(SessionKind::Training)),
    ("session/activity", Recorded::Session(SessionKind::Activity)),
    ("done", Recorded::Done),
];

/// Reads `on`.
pub(super) fn seats(row: &Row<'_>) -> Vec<Seat> {
    let mut out: Vec<Seat> = Vec::new();
    for (text, at) in row.texts("on") {
        match seat(text) {
            Some(seat) => {
                if out.iter().any(|one| (one.level, one.form) == (seat.level, seat.form)) {
                    row.fault_at(at, "on", format!("「{text}」：同一级别和形式只能落在一个岗位上"));
                }
                out.push(seat);
            }
            None => row.fault_at(
                at,
                "on",
                format!(
                    "「{text}」不对，应为 级别/形式/岗位，例如 3/vertical/leader：级别 0（部门）、1、2、3，\
                     形式 vertical、flat、office，岗位 leader、deputy、member、guide"
                ),
            ),
        }
    }
    if row.is_empty_list("on") {
        row.fault("on", "至少要落在一个岗位上，例如 on = [\"3/vertical/leader\"]");
    }
    out
}

/// Reads `3/vertical/leader`.
fn seat(text: &str) -> Option<Seat> {
    let [level, form, post] = text.split('/').collect::<Vec<_>>()[..] else { return None };
    let level = level.parse().ok().filter(|level| *level <= 3)?;
    let form = FORMS.iter().find(|(word, _)| *word == form)?.1;
    let post = Post::ALL.into_iter().find(|known| known.key() == post)?;
    Some(Seat { level, form, post })
}

/// Reads `evidence`, for a kind that asks about units one by one or not.
pub(super) fn evidence(row: &Row<'_>, per_unit: bool) -> Vec<Evidence> {
    let mut out = Vec::new();
    for (text, at) in row.texts("evidence") {
        let (what, own) = match text.strip_suffix("+own") {
            Some(what) => (what, true),
            None => (text, false),
        };
        let Some(record) = recorded(what) else {
            row.fault_at(at, "evidence", unknown(what));
            continue;
        };
        if own && !matches!(record, Recorded::Visit(_) | Recorded::Form(..)) {
            let what = format!("「{text}」：这种记录不写明是谁办的，后面不能加 +own；走访和表单可以");
            row.fault_at(at, "evidence", what);
        }
        if per_unit && !is_about_units(record) {
            let what = format!("「{text}」不是关于某一家企业的记录，逐家计数的职责只能用走访、关于企业的表单或 done");
            row.fault_at(at, "evidence", what);
        }
        out.push(Evidence { record, own });
    }
    out
}

/// Reads `visit/ledger`, `meeting` or `meeting/analysis`.
fn recorded(text: &str) -> Option<Recorded> {
    if let Some((_, record)) = RECORDS.iter().find(|(word, _)| *word == text) {
        return Some(*record);
    }
    let (id, kind) = match text.split_once('/') {
        Some((id, kind)) => (id, Some(kind)),
        None => (text, None),
    };
    let (number, form) = record::form(id)?;
    Some(match kind {
        None => Recorded::Form(number as u8, None),
        Some(kind) => Recorded::Form(number as u8, Some(form.kind_number(kind)? as u8)),
    })
}

/// Whether such records can name a unit.
fn is_about_units(record: Recorded) -> bool {
    match record {
        Recorded::Visit(_) | Recorded::Done => true,
        Recorded::Session(_) => false,
        Recorded::Form(form, _) => record::FORMS.get(usize::from(form)).is_some_and(|form| form.about != About::Node),
    }
}

/// What to say of evidence that is none.
fn unknown(text: &str) -> String {
    let id = text.split('/').next().unwrap_or_default();
    if let Some((_, form)) = record::form(id) {
        let kinds: Vec<_> = form.kinds().iter().map(|kind| format!("{id}/{}", kind.id)).collect();
        let kinds =
            if kinds.is_empty() { String::new() } else { format!("，或只算一种：{}", kinds.join("、")) };
        return format!("「{text}」：{}没有这一种，可写的是 {id}{kinds}", form.name);
    }
    let known: Vec<_> = RECORDS.iter().map(|(word, _)| *word).chain(record::FORMS.iter().map(|form| form.id)).collect();
    format!("「{text}」不认识，可写的是 {}；表单后面可以加 /种类", known.join("、"))
}
