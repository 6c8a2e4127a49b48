//! A duty's own record (办结), for the grid or for units one by one.
use chrono::NaiveDate;

use super::{Actor, Decision, Refusal, counts_for, exists_on, lock, not_future, once};
use crate::grid::{
    calendar::Period,
    fact::{Body, Done, Draft, SessionKind},
    org::{NodeIx, UnitIx},
    pack::{Duty, Recorded},
    record::FORMS,
    state::{State, What},
};
use crate::words::{t, word};

pub(super) struct DoneWhat<'a> {
    pub duty: &'a str,
    pub grid: NodeIx,
    pub units: &'a [UnitIx],
    pub on: NaiveDate,
    pub note: &'a str,
    pub period: Option<Period>,
}

pub(super) fn decide(state: &State, actor: &Actor, done: &DoneWhat<'_>) -> Result<Decision, Refusal> {
    not_future(actor, done.on)?;
    let node = state.org().node(done.grid);
    let (own, duty) = match state.pack().duty(done.duty) {
        Some((own, duty)) if duty.applies_to(node) => (own, duty),
        _ => return Err(no_such_duty(state, done)),
    };
    exists_on(state, done.grid, done.on)?;
    if !duty.by_hand() {
        return Err(Refusal::ClosedByOthers(duty.name.clone(), closers(duty)));
    }
    let record = draft(state, actor, done, None);
    for day in lock::days(done.on, &record.body) {
        lock::open(state, actor, done.grid, day)?;
    }
    let what = What::Done { duty: own as u8 };
    let mut decision = Decision { counts_for: counts_for(state, done.grid, what, &[]), ..Decision::default() };
    if !duty.kind.per_unit() {
        decision.drafts.push(record);
        return Ok(decision);
    }
    for unit in once(done.units) {
        let row = state.org().unit(unit);
        if state.org().grid_of(unit, done.on) != Some(done.grid) {
            return Err(Refusal::Elsewhere(row.record.name.clone(), done.on, node.name.clone()));
        }
        let period = done.period.unwrap_or_else(|| duty.period_of(done.on));
        let has = |mark: &&crate::grid::state::Mark| mark.what == what && duty.period_of(mark.date()) == period;
        if state.unit_marks(unit).iter().any(|mark| has(&mark)) {
            decision.already.push(unit);
        } else {
            decision.drafts.push(draft(state, actor, done, Some(unit)));
        }
    }
    match (decision.drafts.first(), decision.already.first()) {
        (None, None) => Err(Refusal::Nobody),
        (None, Some(unit)) => {
            let name = state.org().unit(*unit).record.name.clone();
            Err(Refusal::AlreadyDone(name, done.on, duty.name.clone()))
        }
        _ => Ok(decision),
    }
}

fn draft(state: &State, actor: &Actor, done: &DoneWhat<'_>, unit: Option<UnitIx>) -> Draft {
    Draft {
        occurred: done.on,
        by: actor.person.clone(),
        at: Some(state.org().node(done.grid).id.clone()),
        subject: unit.map(|unit| state.org().unit(unit).id.clone()),
        replaces: None,
        reason: None,
        effort: None,
        body: Body::Done(Done {
            duty: done.duty.to_owned(),
            note: done.note.to_owned(),
            period: done.period.map(|period| period.to_string()),
        }),
    }
}

fn no_such_duty(state: &State, done: &DoneWhat<'_>) -> Refusal {
    let node = state.org().node(done.grid);
    let usable: Vec<_> = state
        .pack()
        .duties
        .iter()
        .filter(|duty| duty.applies_to(node) && duty.by_hand())
        .map(|duty| duty.id.as_str())
        .collect();
    let usable = if usable.is_empty() { t!("word.none").into_owned() } else { usable.join(word("word.list")) };
    Refusal::NoSuchDuty(done.duty.to_owned(), node.name.clone(), usable)
}

/// What closes the duty, in words.
fn closers(duty: &Duty) -> String {
    let words = duty.evidence.iter().map(|evidence| match evidence.record {
        Recorded::Visit(_) => t!("refused.closer.visit").into_owned(),
        Recorded::Session(SessionKind::Training) => t!("refused.closer.training").into_owned(),
        Recorded::Session(SessionKind::Activity) => t!("refused.closer.activity").into_owned(),
        Recorded::Form(form, _) => FORMS.get(usize::from(form)).map_or("", |form| form.name()).to_owned(),
        Recorded::Done => t!("refused.closer.done").into_owned(),
    });
    let words = words.collect::<Vec<_>>().join(word("word.list"));
    if words.is_empty() { t!("refused.closer.state").into_owned() } else { words }
}
