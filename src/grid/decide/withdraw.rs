//! Withdrawing and correcting earlier records (撤销、更正).
use super::{Actor, Decision, Refusal, lock};
use crate::grid::{
    fact::{Body, Draft, Fact, FactId, Withdrawn},
    state::State,
};

pub(super) fn decide(state: &State, actor: &Actor, target: &Fact, reason: &str) -> Result<Decision, Refusal> {
    let of =
        live(state, target, |body| is_work(body) || matches!(body, Body::Exempt(_) | Body::Lock(_) | Body::Unlock(_)))
            .map_err(|refusal| if refusal == Refusal::OtherKind { Refusal::NotWithdrawable } else { refusal })?;
    if is_work(&target.draft.body) {
        lock::open_for(state, actor, target)?;
    }
    let draft = Draft {
        occurred: actor.today,
        by: actor.person.clone(),
        at: target.draft.at.clone(),
        subject: target.draft.subject.clone(),
        replaces: None,
        reason: None,
        body: Body::Withdrawn(Withdrawn { of, reason: reason.to_owned() }),
    };
    Ok(Decision { drafts: vec![draft], ..Decision::default() })
}

/// Whether it is a record of what was done.
fn is_work(body: &Body) -> bool {
    matches!(body, Body::Visit(_) | Body::Session(_) | Body::Done(_) | Body::ProblemClosed(_) | Body::Record(_))
}

/// The name of a record that still holds and is of the right kind.
pub(super) fn live(state: &State, old: &Fact, right_kind: fn(&Body) -> bool) -> Result<FactId, Refusal> {
    if !right_kind(&old.draft.body) {
        return Err(Refusal::OtherKind);
    }
    if state.is_withdrawn(old.id) {
        return Err(Refusal::AlreadyWithdrawn);
    }
    Ok(old.id)
}
