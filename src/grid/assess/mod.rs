//! Assessment (考核, M-11): a node's sheet for a period, criterion by criterion, computed from the state.
//!
//! What is suggested comes from the share of the duties that were met and from nothing else. What somebody scored, what
//! the node above said to it and what was confirmed are facts: records of the forms `score`, `score-review`,
//! `score-confirm`, `star`, `score-report` and `score-answer`.
mod fill;
mod parts;
mod result;
mod said;
mod share;
mod star;

use chrono::NaiveDate;
pub use fill::{Move, agreed, answered, confirmed, next_of_all, own, star as star_record};
pub use parts::{Part, parts};
pub use result::{Answer, ReportStage, Reported, awaited, reported, results, returned};
pub use said::{Review, Score, Stage};
pub use share::{Share, suggested};
pub use star::Stars;

use super::{
    calendar::Period,
    org::NodeIx,
    pack::Criterion,
    standing::{DutyState, Standing, owed_in},
    state::State,
};
use crate::words::t;

/// A node's sheet for a period.
#[derive(Clone, Debug, PartialEq)]
pub struct Sheet<'a> {
    /// Whose.
    pub node: NodeIx,
    /// For which period.
    pub period: Period,
    /// A line for each criterion of the node, in the pack's order.
    pub lines: Vec<Line<'a>>,
    /// The stars.
    pub stars: Stars,
}

/// One criterion as it stands.
#[derive(Clone, Debug, PartialEq)]
pub struct Line<'a> {
    /// The criterion.
    pub criterion: &'a Criterion,
    /// The instances of its duties in the period, in the order of the tree, then of duties and periods.
    pub owed: Vec<Standing>,
    /// How many of them are met.
    pub share: Share,
    /// What that earns; none where nothing was asked yet, or only words count.
    pub suggested: Option<u32>,
    /// What was said; none before the node scored itself.
    pub score: Option<Score>,
}

/// What a sheet adds up to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Totals {
    /// The full points of the lines that count.
    pub full: u32,
    /// Of what is suggested.
    pub suggested: u32,
    /// Of what the node gave itself.
    pub own: u32,
    /// Of what the node above said so far.
    pub reviewed: u32,
    /// Of what is confirmed.
    pub confirmed: u32,
    /// How many lines count.
    pub lines: u32,
    /// How many of them are settled: confirmed, or not counted by the node above.
    pub settled: u32,
}

impl Totals {
    /// In words; `stars` is what is said of the stars.
    pub fn told(&self, stars: &str) -> String {
        let Totals { full, suggested, own, confirmed, lines, settled, .. } = self;
        t!(
            "assess.total",
            full = full,
            suggested = suggested,
            own = own,
            confirmed = confirmed,
            settled = settled,
            lines = lines,
            stars = stars
        )
        .into_owned()
    }
}

/// The sheet of a node for a period, as it stands on `today`; without lines where the pack assesses no such node.
pub fn sheet<'a>(state: &'a State, node: NodeIx, period: Period, today: NaiveDate) -> Sheet<'a> {
    let assessment = &state.pack().assessment;
    let row = state.org().node(node);
    let here = owed(state, node, period, today);
    let scores = said::scores(state, node, period);
    let mut below: Option<Vec<Standing>> = None;
    let mut lines = Vec::new();
    for criterion in assessment.of(row) {
        let mut fitting = fitting(state, criterion, &here);
        if criterion.below {
            let below = below.get_or_insert_with(|| owed_below(state, node, period, today));
            fitting.extend(self::fitting(state, criterion, below));
        }
        let share = Share::of(&fitting);
        let suggested = suggested(criterion.points, share, assessment.late);
        let score = scores.iter().find(|score| score.is_of(criterion)).map(|score| score.score);
        lines.push(Line { criterion, owed: fitting, share, suggested, score });
    }
    let stars = Stars::of(state, node, period, &lines);
    Sheet { node, period, lines, stars }
}

/// The instances of a criterion's duties.
fn fitting(state: &State, criterion: &Criterion, rows: &[Standing]) -> Vec<Standing> {
    let duties = &state.pack().duties;
    let is_its = |row: &&Standing| criterion.duties().any(|id| duties[row.duty].id == id);
    rows.iter().filter(is_its).copied().collect()
}

/// What a node owed in a period, instance by instance: those whose period ends in it, or whose day of its own lies in it.
fn owed(state: &State, node: NodeIx, period: Period, today: NaiveDate) -> Vec<Standing> {
    let mut rows = owed_in(state, node, period, today);
    rows.retain(|row| row.state != DutyState::NotApplicable && period.contains(row.period.last().min(row.due_on)));
    rows.sort_by_key(|row| (row.duty, row.period, row.due_on, row.about));
    rows
}

/// The same for all nodes below.
fn owed_below(state: &State, node: NodeIx, period: Period, today: NaiveDate) -> Vec<Standing> {
    let all = state.org().subtree(node);
    all.into_iter().filter(|at| *at != node).flat_map(|at| owed(state, at, period, today)).collect()
}

impl Line<'_> {
    /// Whether it counts: where nothing was asked in the period and nobody scored it, its points are no part of the full
    /// ones.
    pub fn counts(&self) -> bool {
        let judged = self.criterion.evidence.contains(&super::pack::Proof::Text);
        judged || self.share.owed() > 0 || self.score.is_some()
    }

    /// How far it has come.
    pub fn stage(&self) -> Stage {
        self.score.map_or(Stage::Open, |score| score.stage)
    }

    /// What it earns as far as is known: what is confirmed, else what the node above said, else what the node gave
    /// itself, else what is suggested.
    pub fn earns(&self) -> Option<u32> {
        self.score.map(|score| score.stands()).or(self.suggested)
    }
}

impl Sheet<'_> {
    /// What it adds up to.
    pub fn totals(&self) -> Totals {
        let mut out = Totals::default();
        for line in self.lines.iter().filter(|line| line.counts()) {
            out.lines += 1;
            out.full += line.criterion.points;
            out.suggested += line.suggested.unwrap_or_default();
            let Some(score) = line.score else { continue };
            out.own += score.own;
            out.reviewed += score.review.and_then(|review| review.points).unwrap_or_default();
            out.confirmed += score.confirmed.unwrap_or_default();
            out.settled += u32::from(score.stage.is_settled());
        }
        out
    }

    /// How many of the lines that count stand so.
    pub fn count(&self, stage: Stage) -> usize {
        self.lines.iter().filter(|line| line.counts() && line.stage() == stage).count()
    }
}

impl Totals {
    /// Whether every line that counts is settled, and there is one.
    pub fn is_settled(&self) -> bool {
        self.lines > 0 && self.settled == self.lines
    }

    /// The part of the full points that is confirmed, in whole percent, halves up.
    pub fn percent(&self) -> u32 {
        percent(self.confirmed, self.full)
    }
}

/// A part of a whole in whole percent, halves up; 0 of nothing.
pub fn percent(part: u32, whole: u32) -> u32 {
    if whole == 0 { 0 } else { ((u64::from(part) * 200 + u64::from(whole)) / (2 * u64::from(whole))) as u32 }
}
