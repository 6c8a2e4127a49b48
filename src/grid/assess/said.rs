//! What was said about a criterion: self-score, review, confirmation, as the state has them.
use chrono::NaiveDate;

use crate::grid::{
    calendar::Period,
    fact::FactId,
    org::NodeIx,
    pack::Criterion,
    record::form,
    state::{Matter, State, Step, What, named},
};
use crate::words::word;

/// How far a criterion has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Stage {
    /// 未自评.
    Open,
    /// 待复核.
    Scored,
    /// 退回更正.
    Returned,
    /// 待审定.
    Reviewed,
    /// 已审定.
    Confirmed,
    /// 不予计分.
    Void,
}

impl Stage {
    /// All of them, in the order in which they come.
    pub const ALL: [Stage; 6] =
        [Stage::Open, Stage::Scored, Stage::Returned, Stage::Reviewed, Stage::Confirmed, Stage::Void];

    /// The stable name in `--json`.
    pub fn key(self) -> &'static str {
        match self {
            Stage::Open => "open",
            Stage::Scored => "scored",
            Stage::Returned => "returned",
            Stage::Reviewed => "reviewed",
            Stage::Confirmed => "confirmed",
            Stage::Void => "void",
        }
    }

    /// What people read.
    pub fn label(self) -> &'static str {
        match self {
            Stage::Open => word("assess.stage.open"),
            Stage::Scored => word("assess.stage.scored"),
            Stage::Returned => word("assess.stage.returned"),
            Stage::Reviewed => word("assess.stage.reviewed"),
            Stage::Confirmed => word("assess.stage.confirmed"),
            Stage::Void => word("assess.stage.void"),
        }
    }

    /// Whether nothing is left to do.
    pub fn is_settled(self) -> bool {
        matches!(self, Stage::Confirmed | Stage::Void)
    }
}

/// What was said about one criterion.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Score {
    /// The record of the self-score; where that was corrected, the correction.
    pub id: FactId,
    /// What the node gave itself.
    pub own: u32,
    /// The last word of the node above about it as it stands.
    pub review: Option<Review>,
    /// The record that settled it, where one did.
    pub settled: Option<FactId>,
    /// What is confirmed.
    pub confirmed: Option<u32>,
    /// How far it has come.
    pub stage: Stage,
}

/// A word of the node above.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Review {
    /// Its record.
    pub id: FactId,
    /// The day.
    pub day: NaiveDate,
    /// The points that it leaves; none where it returned the score or does not count it.
    pub points: Option<u32>,
}

impl Score {
    /// The points that stand now.
    pub fn stands(&self) -> u32 {
        match self.stage {
            Stage::Void => 0,
            _ => self.confirmed.or(self.review.and_then(|review| review.points)).unwrap_or(self.own),
        }
    }
}

/// A score with what it is about.
pub(super) struct Said {
    clause: i64,
    criterion: i64,
    pub score: Score,
}

impl Said {
    /// Whether it is about this criterion: it names it, or it names none and its clause is the criterion's.
    pub fn is_of(&self, criterion: &Criterion) -> bool {
        match self.criterion {
            0 => self.clause == named(&criterion.clause()) || criterion.clauses.iter().any(|c| self.clause == named(c)),
            of => of == named(&criterion.id),
        }
    }
}

/// The scores of a node for a period; those that name their criterion come first, so that they win.
pub(super) fn scores(state: &State, node: NodeIx, period: Period) -> Vec<Said> {
    let Some((number, _)) = form("score") else { return Vec::new() };
    let period = named(&period.to_string());
    let is_score = |what: What| matches!(what, What::Record { form, .. } if usize::from(form) == number);
    let marks = state.node_marks(node).iter().filter(|mark| is_score(mark.what));
    let mut out: Vec<Said> = marks
        .filter_map(|mark| {
            let [clause, criterion, of, points] = state.numbers_of(mark)? else { return None };
            let matter = state.matter_of(state.fact_of(mark)).filter(|_| *of == period)?;
            Some(Said { clause: *clause, criterion: *criterion, score: score(state, matter, points_of(*points)) })
        })
        .collect();
    out.sort_by_key(|said| (said.criterion == 0, said.score.id));
    out
}

fn points_of(number: i64) -> u32 {
    u32::try_from(number).unwrap_or_default()
}

fn score(state: &State, matter: &Matter, own: u32) -> Score {
    let points = |step: &Step| state.numbers_by(step.by).and_then(|numbers| numbers.first().copied()).map(points_of);
    let kind = |step: &Step| kind_of(step);
    let is = |step: &Step, id: &str| {
        step.form.map(usize::from) == form(id).map(|(number, _)| number) && state.is_about_latest(matter, step)
    };
    let last = matter.steps.iter().rfind(|step| is(step, "score-review"));
    let review = last.map(|step| Review {
        id: step.by,
        day: step.day,
        points: match kind(step) {
            "agreed" => Some(own),
            "changed" => points(step),
            _ => None,
        },
    });
    let settled = matter.closed();
    let confirmed = settled.filter(|step| kind(step) != "void").and_then(points);
    let stage = match (settled, last.map(kind)) {
        (Some(step), _) if kind(step) == "void" => Stage::Void,
        (Some(_), _) => Stage::Confirmed,
        (None, None) => Stage::Scored,
        (None, Some("returned")) => Stage::Returned,
        (None, Some(_)) => Stage::Reviewed,
    };
    Score { id: matter.id, own, review, settled: settled.map(|step| step.by), confirmed, stage }
}

/// The kind of a review; empty for a confirmation.
fn kind_of(step: &Step) -> &'static str {
    let Some((number, review)) = form("score-review") else { return "" };
    match step.form {
        Some(form) if usize::from(form) == number => {
            review.kinds().get(usize::from(step.kind)).map_or("", |kind| kind.id)
        }
        _ => "",
    }
}
