//! The rows of the sheet: criteria, stars, the nodes right below.
use super::Assessment;
use crate::{
    app::Desk,
    grid::{
        assess::{
            Line, Part, ReportStage, Reported, Score, Share, Sheet, Stage, Stars, Totals, next_of_all, parts, reported,
            results, sheet,
        },
        decide::{
            Filled,
            rights::{Right, has},
        },
        fact::{FactId, Value},
        org::NodeIx,
        pack::Proof,
        standing::Standing,
    },
    words::t,
};

/// A row.
pub(super) enum Row {
    /// A criterion.
    Line(Item),
    /// The stars.
    Star(Stars),
    /// What was sent up about the nodes below, so many.
    Report(Reported, usize),
    /// A node right below.
    Part(Below),
}

/// A result that can be sent up.
#[derive(Clone)]
pub(super) struct Sending {
    pub filled: Filled,
    /// What was sent before and returned.
    pub corrects: Option<FactId>,
}

/// A criterion as it stands.
pub(super) struct Item {
    /// Its place among the pack's criteria.
    pub criterion: usize,
    pub counts: bool,
    pub share: Share,
    pub suggested: Option<u32>,
    pub score: Option<Score>,
    pub stage: Stage,
    pub owed: Vec<Standing>,
    /// Whether it stands on words of the node's own.
    pub is_told: bool,
    /// Its evidence in words.
    pub told: String,
}

/// A node right below as it stands.
pub(super) struct Below {
    pub node: NodeIx,
    pub totals: Totals,
    pub stars: Stars,
    /// Whether it has nodes below that it assesses.
    pub reports: bool,
    pub reported: Option<Reported>,
    /// How many lines wait for the one above.
    pub waiting: usize,
}

impl Row {
    /// Whether somebody is to act on it: on what was scored, on what came back, on what was sent up.
    pub(super) fn waits(&self) -> bool {
        match self {
            Row::Line(item) => matches!(item.stage, Stage::Scored | Stage::Returned | Stage::Reviewed),
            Row::Star(_) => false,
            Row::Report(sent, _) => sent.stage() != ReportStage::Accepted,
            Row::Part(part) => {
                part.waiting > 0 || part.reported.is_some_and(|sent| sent.stage() != ReportStage::Accepted)
            }
        }
    }

    /// The last word of the node above about it.
    pub(super) fn review(&self) -> Option<FactId> {
        match self {
            Row::Line(item) => item.score?.review.map(|review| review.id),
            Row::Report(sent, _) => sent.answer.map(|answer| answer.id),
            _ => None,
        }
    }
}

impl Assessment {
    /// The sheet as it is now; the cursor stays where it is.
    pub(super) fn reckon(&mut self, desk: &Desk) {
        self.seen = Some((desk.state.count(), desk.actor.person.clone()));
        let (state, today) = (&desk.state, desk.today());
        let sheet = sheet(state, self.node, self.period, today);
        let below = parts(state, self.node, self.period, today);
        self.rows = sheet.lines.iter().map(|line| Row::Line(item(desk, line))).collect();
        if !sheet.lines.is_empty() && !desk.pack().assessment.stars.is_empty() {
            self.rows.push(Row::Star(sheet.stars));
        }
        if !below.is_empty() {
            self.rows.extend(reported(state, self.node, self.period).map(|sent| Row::Report(sent, below.len())));
        }
        self.rows.extend(below.iter().map(|part| Row::Part(part_row(part))));
        self.window.at = self.window.at.min(self.rows.len().saturating_sub(1));
        self.total = if sheet.lines.is_empty() { of_reports(&below) } else { sheet.totals().told("") };
        self.all = next_of_all(state, &desk.actor, &sheet).ok_or_else(|| why_not_all(desk, &sheet));
        self.send = self.sendable(desk, &below);
    }

    /// What is sent up about the nodes below, or why it can't be.
    fn sendable(&self, desk: &Desk, below: &[Part<'_>]) -> Result<Sending, String> {
        if below.is_empty() || desk.state.org().node(self.node).parent.is_none() {
            return Err(t!("assess.nothing_below").into_owned());
        }
        let sent = reported(&desk.state, self.node, self.period);
        match sent.map(|sent| (sent, sent.answer)) {
            Some((sent, None)) => return Err(t!("assess.is_sent", day = sent.day).into_owned()),
            Some((_, Some(answer))) if answer.accepted => {
                return Err(t!("assess.is_accepted", day = answer.day).into_owned());
            }
            _ => {}
        }
        has(&desk.state, &desk.actor, self.node, Right::Score).map_err(|_| t!("assess.not_yours").into_owned())?;
        if results(&desk.state, self.node, self.period, desk.today()).is_none() {
            return Err(t!("assess.none_confirmed").into_owned());
        }
        let period = Value::Text(self.period.to_string());
        let filled = Filled {
            form: "score-report".to_owned(),
            at: self.node,
            unit: None,
            of: None,
            on: desk.today(),
            values: [("period".to_owned(), period)].into(),
            attendance: Vec::new(),
            amends: None,
        };
        Ok(Sending { filled, corrects: sent.map(|sent| sent.id) })
    }
}

fn item(desk: &Desk, line: &Line<'_>) -> Item {
    let all = &desk.pack().assessment.criteria;
    Item {
        criterion: all.iter().position(|criterion| criterion.id == line.criterion.id).unwrap_or_default(),
        counts: line.counts(),
        share: line.share,
        suggested: line.suggested,
        score: line.score,
        stage: line.stage(),
        owed: line.owed.clone(),
        is_told: line.criterion.evidence.contains(&Proof::Text),
        told: line.told(&desk.state),
    }
}

fn part_row(part: &Part<'_>) -> Below {
    let sheet = &part.sheet;
    let waiting = sheet.count(Stage::Scored) + sheet.count(Stage::Reviewed);
    let (totals, stars) = (sheet.totals(), sheet.stars);
    Below { node: sheet.node, totals, stars, reports: part.reports, reported: part.reported, waiting }
}

/// How the results below have come on their way up, in words; nothing where none is to come.
fn of_reports(below: &[Part<'_>]) -> String {
    let due: Vec<Option<Reported>> =
        below.iter().filter(|part| part.reports || part.reported.is_some()).map(|part| part.reported).collect();
    let count = |stage| due.iter().flatten().filter(|sent| sent.stage() == stage).count();
    match due.len() {
        0 => String::new(),
        all => t!(
            "assess.report.counts",
            sent = due.iter().flatten().count(),
            all = all,
            waiting = count(ReportStage::Sent),
            returned = count(ReportStage::Returned),
            accepted = count(ReportStage::Accepted)
        )
        .into_owned(),
    }
}

/// Why one key takes no step of the whole sheet.
fn why_not_all(desk: &Desk, sheet: &Sheet<'_>) -> String {
    if sheet.lines.is_empty() {
        return t!("assess.no_lines").into_owned();
    }
    if sheet.totals().is_settled() {
        return t!("assess.settled").into_owned();
    }
    let may = |right| has(&desk.state, &desk.actor, sheet.node, right).is_ok();
    match (may(Right::Score), may(Right::Review)) {
        (false, false) => t!("assess.not_yours").into_owned(),
        // What is left stands on words, was returned, or has nothing to be judged by yet.
        (true, _) if sheet.count(Stage::Open) + sheet.count(Stage::Returned) > 0 => {
            t!("assess.words_left").into_owned()
        }
        (true, false) => t!("assess.with_above").into_owned(),
        _ => t!("assess.with_node").into_owned(),
    }
}
