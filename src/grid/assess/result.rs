//! The result of a node's grids on its way up (上报): what was sent, what whom it was sent to said, and who is to act.
use chrono::NaiveDate;

use super::{parts, percent};
use crate::grid::{
    calendar::Period,
    fact::FactId,
    org::NodeIx,
    record::{form, started_by},
    state::{Matter, State, What, named},
};
use crate::words::{t, word};

/// A result that was sent up (上报).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reported {
    /// Its record; where that was corrected, the correction.
    pub id: FactId,
    /// The day on which it was recorded as sent.
    pub day: NaiveDate,
    /// How many nodes it tells of.
    pub nodes: u32,
    /// The part of their full points that they earned, in percent.
    pub percent: u32,
    /// What was said to it as it stands; none while it waits.
    pub answer: Option<Answer>,
}

/// What the node above said to a result.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Answer {
    /// Its record.
    pub id: FactId,
    /// The day.
    pub day: NaiveDate,
    /// Whether the result is taken; else it goes back.
    pub accepted: bool,
}

/// How far a result has come on its way up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReportStage {
    /// It waits for the word of whom it was sent to.
    Sent,
    /// The node is to mend it and send it again.
    Returned,
    /// It is taken.
    Accepted,
}

impl ReportStage {
    /// The stable name in `--json`.
    pub fn key(self) -> &'static str {
        match self {
            ReportStage::Sent => "sent",
            ReportStage::Returned => "returned",
            ReportStage::Accepted => "accepted",
        }
    }

    /// What people read.
    pub fn label(self) -> &'static str {
        match self {
            ReportStage::Sent => word("assess.report.sent"),
            ReportStage::Returned => word("assess.report.returned"),
            ReportStage::Accepted => word("assess.report.accepted"),
        }
    }
}

impl Reported {
    /// How far it has come.
    pub fn stage(&self) -> ReportStage {
        match self.answer {
            None => ReportStage::Sent,
            Some(Answer { accepted: false, .. }) => ReportStage::Returned,
            Some(Answer { accepted: true, .. }) => ReportStage::Accepted,
        }
    }
}

/// What a node sent up about the nodes below it in a period.
pub fn reported(state: &State, node: NodeIx, period: Period) -> Option<Reported> {
    let (number, _) = form("score-report")?;
    let of = named(&period.to_string());
    let is_report = |what: What| matches!(what, What::Record { form, .. } if usize::from(form) == number);
    let marks = state.node_marks(node).iter().filter(|mark| is_report(mark.what));
    let found = marks.filter_map(|mark| match state.numbers_of(mark)? {
        [period, nodes, percent] if *period == of => {
            let number = |number: i64| u32::try_from(number).unwrap_or_default();
            let (nodes, percent) = (number(*nodes), number(*percent));
            let id = state.fact_of(mark);
            Some(Reported { id, day: mark.date(), nodes, percent, answer: answer(state, id) })
        }
        _ => None,
    });
    found.max_by_key(|report| report.id)
}

/// What was said to a result as it stands: to a correction nothing was, until somebody says it.
fn answer(state: &State, id: FactId) -> Option<Answer> {
    let matter = state.matter_of(id)?;
    let about_it = || matter.steps.iter().filter(|step| state.is_about_latest(matter, step));
    let last = about_it().find(|step| step.closes).or_else(|| about_it().next_back())?;
    Some(Answer { id: last.by, day: last.day, accepted: last.closes })
}

/// The periods for which a node's result was returned to it, the oldest first.
pub fn returned(state: &State, node: NodeIx, today: NaiveDate) -> Vec<Period> {
    open(state, node, today, true)
}

/// The results right below a node that wait for its word: which period, and whose, the oldest first.
pub fn awaited(state: &State, node: NodeIx, today: NaiveDate) -> Vec<(Period, Vec<NodeIx>)> {
    let mut out: Vec<(Period, Vec<NodeIx>)> = Vec::new();
    for child in &state.org().node(node).children {
        for period in open(state, *child, today, false) {
            match out.iter_mut().find(|(of, _)| *of == period) {
                Some((_, whose)) => whose.push(*child),
                None => out.push((period, vec![*child])),
            }
        }
    }
    out.sort_by_key(|(period, _)| period.first());
    out
}

/// The periods of a node's results that are open, and were returned or wait.
fn open(state: &State, node: NodeIx, today: NaiveDate, returned: bool) -> Vec<Period> {
    let is_report = |matter: &&Matter| matter.is_open() && started_by(matter.kind) == "score-report";
    let is_so = |matter: &&Matter| answer(state, matter.id).is_some() == returned;
    let own = state.matters_at(node, today).filter(is_report).filter(is_so);
    let mut out: Vec<Period> = own.filter_map(|matter| Period::parse(&matter.text)).collect();
    out.sort_by_key(|period| period.first());
    out
}

/// The confirmed results of the nodes right below, one a line, as they are sent up: how many, the part of the full points
/// that they earned in percent, and the lines. None where nothing is confirmed.
pub fn results(state: &State, node: NodeIx, period: Period, today: NaiveDate) -> Option<(u32, u32, String)> {
    let org = state.org();
    let mut lines = Vec::new();
    let (mut nodes, mut part, mut whole) = (0, 0, 0);
    for sheet in parts(state, node, period, today).into_iter().map(|part| part.sheet) {
        let totals = sheet.totals();
        let name = &org.node(sheet.node).name;
        if !totals.is_settled() {
            lines.push(format!("{name} -"));
            continue;
        }
        nodes += 1;
        part += totals.confirmed;
        whole += totals.full;
        let stars =
            sheet.stars.confirmed.map_or(String::new(), |stars| format!(" {}", t!("assess.star.short", n = stars)));
        lines.push(format!("{name} {}/{}{stars}", totals.confirmed, totals.full));
    }
    (nodes > 0).then(|| (nodes, percent(part, whole), lines.join("\n")))
}
