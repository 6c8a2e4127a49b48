//! `on` and `evidence`: whose duty it is, and what closes it.
use super::{Evidence, Recorded, Seat, row::Row, words::FORMS};
use crate::grid::{
    fact::{SessionKind, Topic},
    org::Post,
    record::{self, About},
};
use crate::words::{t, word};

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
                    row.fault_at(at, "on", t!("pack.evidence.one_post", text = text).into_owned());
                }
                out.push(seat);
            }
            None => row.fault_at(at, "on", t!("pack.evidence.seat", text = text).into_owned()),
        }
    }
    if row.is_empty_list("on") {
        row.fault("on", word("pack.evidence.no_seat"));
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
            let what = t!("pack.evidence.own", text = text).into_owned();
            row.fault_at(at, "evidence", what);
        }
        if per_unit && !is_about_units(record) {
            let what = t!("pack.evidence.not_units", text = text).into_owned();
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
        let kinds = if kinds.is_empty() {
            String::new()
        } else {
            t!("pack.evidence.kinds", kinds = kinds.join(word("word.list"))).into_owned()
        };
        return t!("pack.evidence.no_kind", text = text, form = form.name(), id = id, kinds = kinds).into_owned();
    }
    let known: Vec<_> = RECORDS.iter().map(|(word, _)| *word).chain(record::FORMS.iter().map(|form| form.id)).collect();
    t!("pack.evidence.unknown", text = text, known = known.join(word("word.list"))).into_owned()
}
