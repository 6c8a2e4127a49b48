//! Withdrawing and correcting earlier records (撤销、更正).
use super::{Actor, Decision, Refusal};
use crate::grid::{
    fact::{Body, Draft, Fact, FactId, Withdrawn},
    state::State,
};

pub(super) fn decide(state: &State, actor: &Actor, target: &Fact, reason: &str) -> Result<Decision, Refusal> {
    let of = live(state, target, |body| {
        matches!(
            body,
            Body::Visit(_)
                | Body::Session(_)
                | Body::Done(_)
                | Body::ProblemClosed(_)
                | Body::Record(_)
                | Body::Exempt(_)
                | Body::Lock(_)
                | Body::Unlock(_)
        )
    })
    .map_err(|refusal| if refusal == Refusal::OtherKind { Refusal::NotWithdrawable } else { refusal })?;
    let draft = Draft {
        occurred: actor.today,
        by: actor.person.clone(),
        at: target.draft.at.clone(),
        subject: target.draft.subject.clone(),
        replaces: None,
        body: Body::Withdrawn(Withdrawn { of, reason: reason.to_owned() }),
    };
    Ok(Decision { drafts: vec![draft], ..Decision::default() })
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
