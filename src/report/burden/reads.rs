//! What reads a field: rules, duties, sheets of reports, texts for the upper platform.
//!
//! What the rules read stands in the forms themselves, what duties ask for in the pack. Only what sheets and texts show is
//! listed here ([`SHOWN`], [`PASTED`]); `tests/report/reads.rs` fills in every field of every form, makes all sheets and
//! texts, and holds these lists against what comes out.
use super::Kind;
use crate::{
    grid::{
        fact::SessionKind,
        pack::{Pack, PasteOf, Recorded},
        record::{FORMS, Form, Input},
    },
    words::{said, word},
};

/// Something that reads a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reader {
    /// The rules: clocks and deadlines, that nothing is entered twice, what counts, monitors, who was there.
    Rules,
    /// Duties of the pack that ask for one choice of it; the first, by its place.
    Duty(usize),
    /// A sheet of reports, by its id.
    Sheet(&'static str),
    /// A text for the upper platform.
    Paste(PasteOf),
}

impl Reader {
    /// The stable name in `--json`.
    pub fn key(self, pack: &Pack) -> String {
        match self {
            Reader::Rules => "rules".to_owned(),
            Reader::Duty(duty) => format!("duty:{}", pack.duties[duty].id),
            Reader::Sheet(id) => format!("sheet:{id}"),
            Reader::Paste(of) => format!("paste:{}", of.key()),
        }
    }

    /// What people call it.
    pub fn name(self, pack: &Pack) -> String {
        match self {
            Reader::Rules => word("burden.rules").to_owned(),
            Reader::Duty(duty) => pack.duties[duty].name.clone(),
            Reader::Sheet(id) => said(&format!("report.sheet.{id}")).into_owned(),
            Reader::Paste(_) => word("burden.paste").to_owned(),
        }
    }
}

/// What sheets show of entries: the sheet, the form, its fields.
pub(super) const SHOWN: &[(&str, &str, &[&str])] = &[
    ("visits", "visit", &["topics", "note", "problem", "with"]),
    ("problems", "visit", &["problem", "follow_up"]),
    ("sessions", "training", &["topic", "hours", "note", "roster"]),
    ("sessions", "activity", &["topic", "hours", "note", "roster"]),
    ("attendance", "training", &["topic", "roster"]),
    ("attendance", "activity", &["topic", "roster"]),
    ("sessions", "meeting", &["kind", "agenda", "people", "note"]),
    ("attendance", "meeting", &["kind", "agenda", "people"]),
    ("returns", "return", &["kind", "table", "period", "due", "queries", "note"]),
    ("ledgers", "ledger", &["period", "raw", "ledger", "return", "explanation"]),
    ("problems", "ledger", &["explanation"]),
    ("problems", "finding", &["title", "due"]),
    ("problems", "follow", &["kind", "content"]),
    ("problems", "fix", &["kind", "content"]),
    ("changes", "change", &["title"]),
    ("changes", "filing", &["content", "to"]),
    ("funds", "budget", &["amount", "source", "note"]),
    ("funds", "spending", &["amount", "activity", "attended", "voucher", "approver", "note"]),
    ("assessment", "score", &["points", "evidence"]),
    ("assessment", "score-review", &["kind", "points", "content"]),
    ("assessment", "score-confirm", &["points"]),
    ("assessment", "star", &["stars"]),
    ("assessment", "score-report", &["grids", "rate", "results"]),
    ("assessment", "score-answer", &["content"]),
];

/// What the texts for the upper platform are filled with: the name there, and the field that it comes from.
const PASTED: &[(PasteOf, &str, &str, &str)] = &[
    (PasteOf::Visit, "visit", "topics", "topics"),
    (PasteOf::Visit, "visit", "note", "note"),
    (PasteOf::Visit, "visit", "problem", "problem"),
    (PasteOf::Visit, "visit", "with", "with"),
    (PasteOf::Session, "training", "topic", "topic"),
    (PasteOf::Session, "training", "minutes", "hours"),
    (PasteOf::Session, "training", "note", "note"),
    (PasteOf::Session, "training", "came", "roster"),
    (PasteOf::Session, "activity", "topic", "topic"),
    (PasteOf::Session, "activity", "minutes", "hours"),
    (PasteOf::Session, "activity", "note", "note"),
    (PasteOf::Session, "activity", "came", "roster"),
    (PasteOf::Session, "meeting", "kind", "kind"),
    (PasteOf::Session, "meeting", "topic", "agenda"),
    (PasteOf::Session, "meeting", "note", "note"),
    (PasteOf::Session, "meeting", "came", "people"),
];

/// What reads a field of a form.
pub(super) fn readers(pack: &Pack, kind: Kind, key: &str) -> Vec<Reader> {
    let mut out = Vec::new();
    if by_rules(kind, key) {
        out.push(Reader::Rules);
    }
    out.extend(by_duty(pack, kind, key).map(Reader::Duty));
    let shown = SHOWN.iter().filter(|(_, form, fields)| *form == kind.id() && fields.contains(&key));
    out.extend(shown.map(|(sheet, ..)| Reader::Sheet(sheet)));
    let pasted = PASTED.iter().filter(|(of, form, name, field)| {
        let asks = pack.report.paste.get(*of).is_none_or(|text| text.contains(&format!("{{{name}}}")));
        *form == kind.id() && *field == key && asks && of.fills().contains(name)
    });
    out.extend(pasted.map(|(of, ..)| Reader::Paste(*of)));
    out
}

/// Whether the rules read it: it stands in the form what for.
fn by_rules(kind: Kind, key: &str) -> bool {
    match kind {
        // A problem runs until it is solved, by its own day; who came along did it too; topics are evidence.
        Kind::Visit => matches!(key, "topics" | "problem" | "follow_up" | "with"),
        // Who stays away is watched.
        Kind::Training | Kind::Activity => key == "roster",
        Kind::Form(form) => FORMS.get(usize::from(form)).is_some_and(|form| in_form(form, key)),
        Kind::Done | Kind::Closed | Kind::Back => false,
    }
}

fn in_form(form: &Form, key: &str) -> bool {
    let opens = form.opens.as_ref().is_some_and(|opens| {
        opens.title == key || opens.due == Some(key) || opens.post == Some(key) || opens.unless.contains(&key)
    });
    let answers = key == "kind" && form.answers.iter().any(|answers| !answers.finally.is_empty());
    let input = form.field(key).map(|field| field.input);
    // They are no text but say where it goes, for when it is, who was there, or what is to be done next.
    let acts = matches!(
        input,
        Some(
            Input::Period(_)
                | Input::People
                | Input::Attendance
                | Input::Tasks
                | Input::ChecklistId
                | Input::CriterionId
                | Input::Checklist
                | Input::Nodes
        )
    );
    let listed = form.once.contains(&key) || form.readings.contains(&key);
    opens || answers || acts || listed || form.timely == Some(key) || form.amount == Some(key)
}

/// The first duty of the pack that asks for one choice of the field.
fn by_duty(pack: &Pack, kind: Kind, key: &str) -> Option<usize> {
    let asks = |record: Recorded| match (kind, record) {
        (Kind::Visit, Recorded::Visit(Some(_))) => key == "topics",
        (Kind::Training, Recorded::Session(of)) => key == "kind" && of == SessionKind::Training,
        (Kind::Form(form), Recorded::Form(of, Some(_))) => key == "kind" && form == of,
        _ => false,
    };
    pack.duties.iter().position(|duty| duty.evidence.iter().any(|evidence| asks(evidence.record)))
}
