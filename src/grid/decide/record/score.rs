//! Scores (考核): a criterion is one of the node's, its points are the most, and what is sent up is what was confirmed.
use super::{Filling, RecordRefusal as No, Target, text_of};
use crate::grid::{
    assess::results,
    calendar::Period,
    decide::Refusal,
    fact::{FactId, Record, Value},
    pack::Criterion,
    record::Field,
    state::named,
};
use crate::words::{t, word};

impl Filling<'_> {
    /// Refuses a criterion by which the node is not assessed, and more points than the criterion is worth.
    pub(super) fn scored(
        self,
        field: &'static Field,
        value: &Value,
        values: &super::check::Values,
        target: Target,
    ) -> Result<(), No> {
        if !self.form.id.starts_with("score") {
            return Ok(());
        }
        match (field.key, value) {
            ("criterion", Value::Text(id)) => self.criterion(id, target).map(drop),
            ("points", Value::Number(points)) => {
                let criterion = match (self.form.id, self.filled.of) {
                    ("score", _) => self.criterion(text_of(values.get("criterion")), target).ok(),
                    (_, of) => of.and_then(|of| self.criterion_of(of)),
                };
                match criterion.map(|criterion| i64::from(criterion.points)).filter(|most| points > most) {
                    Some(most) => Err(No::OutOfRange(field.label(), 0, most, field.input.measure(), *points)),
                    None => Ok(()),
                }
            }
            _ => Ok(()),
        }
    }

    /// The criterion of the node with this id.
    fn criterion(&self, id: &str, target: Target) -> Result<&Criterion, No> {
        let node = self.state.org().node(target.at);
        let all = || self.state.pack().assessment.of(node);
        all().find(|criterion| criterion.id == id).ok_or_else(|| {
            let known: Vec<_> =
                all().map(|one| t!("word.also_called", id = one.id, name = one.name).into_owned()).collect();
            let known = if known.is_empty() { t!("word.none").into_owned() } else { known.join(word("word.list")) };
            No::NoSuchCriterion(node.name.clone(), id.to_owned(), known)
        })
    }

    /// The criterion that a score is about, where it names one.
    fn criterion_of(&self, score: FactId) -> Option<&Criterion> {
        let number = *self.state.numbers_by(score)?.get(1)?;
        self.state.pack().assessment.criteria.iter().find(|criterion| named(&criterion.id) == number)
    }

    /// The result of the nodes below as it is sent up: reckoned here, whatever was typed.
    pub(super) fn reported(self, target: Target, mut record: Record) -> Result<Vec<(Target, Record)>, Refusal> {
        let node = || self.state.org().node(target.at).name.clone();
        let Some(period) = Period::parse(record.text("period")) else { return Ok(vec![(target, record)]) };
        let taken = |old| self.state.matter_of(old).is_some_and(|matter| !matter.is_open());
        if self.replaces.is_some_and(taken) {
            return Err(No::Accepted(node(), period.label()).into());
        }
        let Some((nodes, percent, lines)) = results(self.state, target.at, period, self.actor.today) else {
            return Err(No::NothingConfirmed(node(), period.label()).into());
        };
        record.values.insert("grids".to_owned(), Value::Number(nodes.into()));
        record.values.insert("rate".to_owned(), Value::Number(percent.into()));
        record.values.insert("results".to_owned(), Value::Text(lines));
        Ok(vec![(target, record)])
    }
}
