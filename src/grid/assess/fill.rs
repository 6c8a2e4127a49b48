//! The forms as they are filled in from a sheet, so that nothing is typed twice.
use std::collections::BTreeMap;

use super::{Line, Sheet, Stage, star::rated};
use crate::grid::{
    decide::{
        Actor, Filled, Intent,
        rights::{Right, has},
    },
    fact::{FactId, Value},
    org::NodeIx,
    pack::Proof,
    state::State,
};
use crate::words::{t, word};

/// What is to be done next about a criterion.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Move {
    /// 自评.
    Own,
    /// 复核.
    Review,
    /// 审定.
    Confirm,
}

impl Move {
    /// All of them, in the order in which they come.
    pub const ALL: [Move; 3] = [Move::Own, Move::Review, Move::Confirm];

    /// The right that it asks for at the node.
    pub fn right(self) -> Right {
        match self {
            Move::Own => Right::Score,
            Move::Review | Move::Confirm => Right::Review,
        }
    }
}

impl Line<'_> {
    /// What is to be done next about it; none where it is settled.
    pub fn next(&self) -> Option<Move> {
        match self.stage() {
            Stage::Open | Stage::Returned => Some(Move::Own),
            Stage::Scored => Some(Move::Review),
            Stage::Reviewed => Some(Move::Confirm),
            Stage::Confirmed | Stage::Void => None,
        }
    }

    /// Its evidence in words: each duty with how many of its instances were met.
    pub fn told(&self, state: &State) -> String {
        let of = |id: &str| {
            let (own, duty) = state.pack().duty(id)?;
            let rows: Vec<_> = self.owed.iter().filter(|row| row.duty == own).copied().collect();
            let share = super::Share::of(&rows);
            let late = match share.late {
                0 => String::new(),
                n => t!("assess.late", n = n).into_owned(),
            };
            (share.asked() > 0).then(|| format!("{} {}/{}{late}", duty.name, share.done(), share.asked()))
        };
        self.criterion.duties().filter_map(of).collect::<Vec<_>>().join(word("word.also"))
    }
}

/// The self-score of a line: what is suggested, with its evidence.
pub fn own(state: &State, actor: &Actor, sheet: &Sheet<'_>, line: &Line<'_>) -> Filled {
    let mut values = BTreeMap::from([
        ("clause".to_owned(), Value::Text(line.criterion.clause())),
        ("criterion".to_owned(), Value::Text(line.criterion.id.clone())),
        ("period".to_owned(), Value::Text(sheet.period.to_string())),
        ("evidence".to_owned(), Value::Text(line.told(state))),
    ]);
    values.extend(line.suggested.map(|points| ("points".to_owned(), Value::Number(points.into()))));
    filled("score", actor, sheet, None, values)
}

/// The review that agrees with a line's score; none where there is none to review.
pub fn agreed(actor: &Actor, sheet: &Sheet<'_>, line: &Line<'_>) -> Option<Filled> {
    let score = line.score?;
    let text = |text: &str| Value::Text(text.to_owned());
    let values = BTreeMap::from([
        ("kind".to_owned(), text("agreed")),
        ("points".to_owned(), Value::Number(score.own.into())),
        ("content".to_owned(), text(word("assess.agreed"))),
    ]);
    Some(filled("score-review", actor, sheet, Some(score.id), values))
}

/// The confirmation of a line as it was reviewed; none where it was not.
pub fn confirmed(actor: &Actor, sheet: &Sheet<'_>, line: &Line<'_>) -> Option<Filled> {
    let score = line.score?;
    let points = score.review?.points?;
    let values = BTreeMap::from([("points".to_owned(), Value::Number(points.into()))]);
    Some(filled("score-confirm", actor, sheet, Some(score.id), values))
}

/// The stars as the points of the lines give them; none where the pack has none.
pub fn star(state: &State, actor: &Actor, sheet: &Sheet<'_>) -> Option<Filled> {
    let stars = rated(&state.pack().assessment.stars, &sheet.lines, |line| line.score.map(|score| score.stands()))?;
    let counting = sheet.lines.iter().filter(|line| line.counts());
    let points: u32 = counting.filter_map(|line| line.score.map(|score| score.stands())).sum();
    let values = BTreeMap::from([
        ("period".to_owned(), Value::Text(sheet.period.to_string())),
        ("stars".to_owned(), Value::Number(stars.into())),
        ("points".to_owned(), Value::Number(points.into())),
    ]);
    Some(filled("star", actor, sheet, None, values))
}

/// The acceptance of a result that a node sent up.
pub fn answered(actor: &Actor, node: NodeIx, report: FactId) -> Filled {
    let values = BTreeMap::from([("kind".to_owned(), Value::Text("accepted".to_owned()))]);
    of_node("score-answer", actor, node, Some(report), values)
}

fn filled(form: &str, actor: &Actor, sheet: &Sheet<'_>, of: Option<FactId>, values: BTreeMap<String, Value>) -> Filled {
    of_node(form, actor, sheet.node, of, values)
}

fn of_node(form: &str, actor: &Actor, at: NodeIx, of: Option<FactId>, values: BTreeMap<String, Value>) -> Filled {
    let form = form.to_owned();
    Filled { form, at, unit: None, of, on: actor.today, values, attendance: Vec::new(), amends: None }
}

/// What one key does for the whole sheet: the first step of the flow that the actor may take and that is to be taken, with
/// the records that it makes. Confirming the last line confirms the stars with it.
pub fn next_of_all(state: &State, actor: &Actor, sheet: &Sheet<'_>) -> Option<(Move, Vec<Intent>)> {
    let may = |step: Move| has(state, actor, sheet.node, step.right()).is_ok();
    Move::ALL.into_iter().filter(|step| may(*step)).find_map(|step| {
        let mut records: Vec<Filled> =
            sheet.lines.iter().filter_map(|line| one(state, actor, sheet, line, step)).collect();
        let open = sheet.lines.iter().filter(|line| line.counts() && !line.stage().is_settled()).count();
        let ends = step == Move::Confirm && open == records.len() && sheet.stars.confirmed.is_none();
        if ends && (!records.is_empty() || sheet.totals().is_settled()) {
            records.extend(star(state, actor, sheet));
        }
        let intents: Vec<Intent> = records.into_iter().map(|filled| Intent::Record(Box::new(filled))).collect();
        (!intents.is_empty()).then_some((step, intents))
    })
}

/// What a line's step is, where it can be taken without a word of one's own: what is returned wants an answer, and what
/// stands on words alone wants them.
fn one(state: &State, actor: &Actor, sheet: &Sheet<'_>, line: &Line<'_>, step: Move) -> Option<Filled> {
    if line.next() != Some(step) {
        return None;
    }
    match step {
        Move::Own => {
            let by_itself = line.stage() == Stage::Open && line.suggested.is_some();
            let only_duties = !line.criterion.evidence.contains(&Proof::Text);
            (by_itself && only_duties).then(|| own(state, actor, sheet, line))
        }
        Move::Review => agreed(actor, sheet, line),
        Move::Confirm => confirmed(actor, sheet, line),
    }
}
