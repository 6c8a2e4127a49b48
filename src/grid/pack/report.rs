//! What period packs look like (`[report]`): title, issuing unit, font, lines to sign, and which sheets with which
//! columns. What there is to choose from is [`SHEETS`]; another county's form is another choice.
use super::{
    keys,
    paste::{Pastes, fills, pastes},
    row::Row,
};
use crate::{
    grid::calendar::Cadence,
    words::{t, word},
};

/// A sheet that a period pack can have.
#[derive(Debug, PartialEq, Eq)]
pub struct SheetKind {
    /// The id in packs and on the command line, for example `visits`.
    pub id: &'static str,
    /// Its columns, in the order in which they stand where a pack does not say otherwise. None where its shape is fixed.
    pub columns: &'static [&'static str],
}

const DUTY: &[&str] = &[
    "clause", "cite", "duty", "node", "post", "who", "period", "need", "have", "missing", "measure", "state", "due",
    "left", "about",
];

/// The sheets that there are, in the order in which they stand where a pack does not say otherwise.
pub static SHEETS: &[SheetKind] = &[
    SheetKind { id: "summary", columns: &[] },
    SheetKind {
        id: "clauses",
        columns: &["clause", "cite", "duty", "asked", "met", "met_late", "overdue", "open", "exempt", "rate"],
    },
    SheetKind { id: "duties", columns: DUTY },
    SheetKind {
        id: "visits",
        columns: &["no", "day", "node", "unit", "who", "with", "topics", "note", "problem", "late", "recorded"],
    },
    SheetKind {
        id: "problems",
        columns: &["no", "day", "source", "node", "unit", "text", "due", "steps", "standing", "closed"],
    },
    SheetKind {
        id: "sessions",
        columns: &[
            "no",
            "day",
            "kind",
            "node",
            "topic",
            "minutes",
            "invited",
            "present",
            "came_late",
            "left_early",
            "substitute",
            "excused",
            "absent",
            "rate",
            "note",
        ],
    },
    SheetKind { id: "attendance", columns: &["no", "day", "kind", "node", "topic", "person", "unit", "mark"] },
    SheetKind {
        id: "returns",
        columns: &["no", "node", "unit", "table", "period", "due", "day", "timely", "queries", "note"],
    },
    SheetKind {
        id: "ledgers",
        columns: &[
            "no",
            "day",
            "node",
            "unit",
            "period",
            "raw",
            "ledger",
            "return",
            "explanation",
            "standing",
            "closed",
        ],
    },
    SheetKind { id: "people", columns: &["node", "post", "person", "unit", "phone", "from", "to", "standing"] },
    SheetKind { id: "changes", columns: &["no", "day", "node", "unit", "text", "steps", "standing", "closed"] },
    SheetKind {
        id: "funds",
        columns: &["no", "day", "kind", "node", "amount", "activity", "attended", "voucher", "approver", "gap", "note"],
    },
    SheetKind { id: "late", columns: &["no", "day", "recorded", "days", "kind", "node", "unit", "who", "reason"] },
    SheetKind { id: "unfinished", columns: DUTY },
    SheetKind {
        id: "evidence",
        columns: &["no", "day", "kind", "node", "unit", "clauses", "recorded", "received", "fact"],
    },
    SheetKind {
        id: "assessment",
        columns: &[
            "no",
            "node",
            "period",
            "clauses",
            "criterion",
            "proof",
            "full",
            "asked",
            "met",
            "met_late",
            "suggested",
            "own",
            "reviewed",
            "confirmed",
            "stage",
            "stars",
            "comment",
        ],
    },
    SheetKind {
        id: "burden",
        columns: &[
            "month", "clause", "duty", "form", "entries", "again", "typed", "told", "keys", "took", "each", "serves",
            "only",
        ],
    },
    SheetKind {
        id: "fields",
        columns: &["form", "field", "required", "entries", "filled", "rate", "readers", "verdict"],
    },
];

/// The sheets that stand in yearly packs only, where a pack does not say otherwise: of what the entries themselves cost a
/// month says little.
const OF_THE_YEAR: [&str; 2] = ["burden", "fields"];

/// The sheet that no month's pack has, where a pack does not say otherwise: nobody is assessed for a month.
const ASSESSMENT: &str = "assessment";

/// How a pack's reports look.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ReportForm {
    /// The title, with `{node}`, `{period}` and `{kind}` to fill in; none where the pack leaves it to the program.
    pub title: Option<String>,
    /// Who issues it, with `{node}` to fill in; none for the node itself.
    pub unit: Option<String>,
    /// The font of spreadsheets; none for the program's own choice.
    pub font: Option<String>,
    /// What is signed at the end of the summary; none where the pack leaves it to the program.
    pub signatures: Option<Vec<String>>,
    /// The texts for the upper platform.
    pub paste: Pastes,
    /// The sheets, in their order; those of [`ReportForm::chosen`] where this is empty.
    pub sheets: Vec<SheetForm>,
}

/// One sheet as a pack wants it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SheetForm {
    /// Which one.
    pub kind: &'static SheetKind,
    /// What it is called; none for its usual name.
    pub title: Option<String>,
    /// Its columns, in their order; none for the usual ones.
    pub columns: Vec<ColumnForm>,
}

/// One column as a pack wants it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ColumnForm {
    /// Which one.
    pub id: &'static str,
    /// What it is called; none for its usual name.
    pub title: Option<String>,
}

impl SheetKind {
    /// The sheet with this id.
    pub fn of(id: &str) -> Option<&'static SheetKind> {
        SHEETS.iter().find(|kind| kind.id == id)
    }

    /// The sheet as it is where a pack says nothing about it.
    pub fn plain(&'static self) -> SheetForm {
        let columns = self.columns.iter().map(|id| ColumnForm { id, title: None }).collect();
        SheetForm { kind: self, title: None, columns }
    }
}

impl ReportForm {
    /// The sheets of a period pack of this length, in their order.
    pub fn chosen(&self, cadence: Cadence) -> Vec<SheetForm> {
        if !self.sheets.is_empty() {
            return self.sheets.clone();
        }
        let is_then = |kind: &&SheetKind| {
            let of_year = cadence == Cadence::Year || !OF_THE_YEAR.contains(&kind.id);
            of_year && (cadence != Cadence::Month || kind.id != ASSESSMENT)
        };
        SHEETS.iter().filter(is_then).map(SheetKind::plain).collect()
    }

    /// A sheet as this pack wants it, whether it is among those of its period packs or not.
    pub fn sheet(&self, kind: &'static SheetKind) -> SheetForm {
        self.sheets.iter().find(|sheet| sheet.kind == kind).cloned().unwrap_or_else(|| kind.plain())
    }
}

/// Reads `[report]`.
pub(super) fn report(top: &Row<'_>) -> ReportForm {
    let Some(row) = top.table("report", &keys::REPORT) else { return ReportForm::default() };
    row.no_others(&[]);
    let own = |key: &str| row.has(key).then(|| row.text(key).map(str::to_owned)).flatten();
    let title = own("title").inspect(|text| fills(&row, "title", text, &["node", "period", "kind"]));
    let unit = own("unit").inspect(|text| fills(&row, "unit", text, &["node"]));
    let signed = || row.texts("signatures").into_iter().map(|(text, _)| text.to_owned()).collect();
    let signatures = row.has("signatures").then(signed);
    ReportForm { title, unit, font: own("font"), signatures, paste: pastes(&row), sheets: sheets(&row) }
}

fn sheets(report: &Row<'_>) -> Vec<SheetForm> {
    let words: Vec<_> = SHEETS.iter().map(|kind| (kind.id, kind)).collect();
    let mut out: Vec<SheetForm> = Vec::new();
    for row in report.rows("sheet", &keys::REPORT_SHEET) {
        row.no_others(&[]);
        let Some(kind) = row.word("id", &words) else { continue };
        if out.iter().any(|sheet| sheet.kind == kind) {
            row.fault("id", t!("pack.report.twice", id = kind.id).into_owned());
        }
        let title = row.has("title").then(|| row.text("title").map(str::to_owned)).flatten();
        let columns = if row.has("columns") { columns(&row, kind) } else { kind.plain().columns };
        out.push(SheetForm { kind, title, columns });
    }
    out
}

/// Reads `columns`: ids, each followed by `=` and a name of its own where the usual one does not do.
fn columns(row: &Row<'_>, kind: &'static SheetKind) -> Vec<ColumnForm> {
    let texts = row.texts("columns");
    if kind.columns.is_empty() {
        row.fault("columns", t!("pack.report.no_columns", id = kind.id).into_owned());
        return Vec::new();
    }
    if texts.is_empty() {
        row.fault("columns", word("pack.empty"));
    }
    let mut out: Vec<ColumnForm> = Vec::new();
    for (text, at) in texts {
        let (id, title) = text.split_once('=').map_or((text, None), |(id, title)| (id.trim(), Some(title.trim())));
        match kind.columns.iter().find(|known| **known == id) {
            Some(id) if out.iter().any(|column| column.id == *id) => {
                row.fault_at(at, "columns", t!("pack.report.twice", id = id).into_owned());
            }
            Some(id) => {
                let title = title.filter(|title| !title.is_empty()).map(str::to_owned);
                out.push(ColumnForm { id, title });
            }
            None => {
                let known = kind.columns.join(word("word.list"));
                row.fault_at(at, "columns", t!("pack.no_word", text = id, known = known).into_owned());
            }
        }
    }
    out
}
