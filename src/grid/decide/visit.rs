//! Visits (走访): one per unit and local day.
use chrono::NaiveDate;

use super::{Actor, Decision, Refusal, acting::acting, counts_for, lock, not_future, once};
use crate::grid::{
    fact::{Body, Draft, Fact, ProblemFound, Topic, Visit},
    org::UnitIx,
    state::{State, What},
};

pub(super) struct Visited<'a> {
    pub units: &'a [UnitIx],
    pub on: NaiveDate,
    pub topics: &'a [Topic],
    pub note: &'a str,
    pub problem: &'a Option<ProblemFound>,
    pub with: &'a [String],
    pub amends: &'a Option<Box<Fact>>,
}

pub(super) fn decide(state: &State, actor: &Actor, visited: &Visited<'_>) -> Result<Decision, Refusal> {
    not_future(actor, visited.on)?;
    let replaces = match visited.amends {
        Some(old) => {
            let id = super::withdraw::live(state, actor, old, |body| matches!(body, Body::Visit(_)))?;
            lock::open_for(state, actor, old)?;
            Some(id)
        }
        None => None,
    };
    let mut decision = Decision::default();
    for unit in once(visited.units) {
        let row = state.org().unit(unit);
        let Some(grid) = state.org().grid_of(unit, visited.on) else {
            return Err(Refusal::Unplaced(row.record.name.clone(), visited.on));
        };
        lock::open(state, actor, grid, visited.on)?;
        let same_day = |day: NaiveDate| day == visited.on;
        let mut others = state.visits(unit).filter(|mark| Some(state.fact_of(mark)) != replaces);
        if others.any(|mark| same_day(mark.date())) {
            decision.already.push(unit);
            continue;
        }
        let acting = acting(state, actor, visited.with, grid, visited.on);
        decision.counts_for = counts_for(state, grid, What::visit(visited.topics), &acting);
        decision.drafts.push(Draft {
            occurred: visited.on,
            by: actor.person.clone(),
            at: Some(state.org().node(grid).id.clone()),
            subject: Some(row.id.clone()),
            replaces,
            reason: None,
            effort: None,
            body: Body::Visit(Visit {
                topics: visited.topics.to_vec(),
                note: visited.note.to_owned(),
                problem: visited.problem.clone(),
                with: visited.with.to_vec(),
                acting,
            }),
        });
    }
    match (decision.drafts.first(), decision.already.first()) {
        (None, None) => Err(Refusal::Nobody),
        (None, Some(unit)) => Err(Refusal::AlreadyVisited(state.org().unit(*unit).record.name.clone(), visited.on)),
        _ => Ok(decision),
    }
}
