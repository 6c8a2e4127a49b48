//! Closing a problem that a visit found (问题销号).
use chrono::NaiveDate;

use super::{Actor, Decision, Refusal, lock, not_future};
use crate::grid::{
    fact::{Body, Draft, FactId, ProblemClosed},
    state::State,
};

pub(super) fn decide(
    state: &State,
    actor: &Actor,
    visit: FactId,
    on: NaiveDate,
    note: &str,
) -> Result<Decision, Refusal> {
    not_future(actor, on)?;
    let problem =
        state.problems().find(|problem| problem.id == visit && problem.is_open()).ok_or(Refusal::NoSuchProblem)?;
    let grid = problem.unit.and_then(|unit| state.org().grid_of(unit, on)).map(|_| state.answered_at(problem, on));
    if let Some(grid) = grid {
        lock::open(state, actor, grid, on)?;
    }
    let draft = Draft {
        occurred: on,
        by: actor.person.clone(),
        at: grid.map(|grid| state.org().node(grid).id.clone()),
        subject: problem.unit.map(|unit| state.org().unit(unit).id.clone()),
        replaces: None,
        reason: None,
        effort: None,
        body: Body::ProblemClosed(ProblemClosed { of: visit, note: note.to_owned() }),
    };
    Ok(Decision { drafts: vec![draft], ..Decision::default() })
}
