//! Settling what is held (裁定): somebody with a post above lets it count, or leaves it out.
use super::{Actor, Decision, Refusal, rights};
use crate::grid::{
    fact::{Body, Draft, Fact, FactId, Settled},
    scope::stands_at,
    state::State,
};

pub(super) fn decide(state: &State, actor: &Actor, of: FactId, counts: bool, note: &str) -> Result<Decision, Refusal> {
    let held = state.held_fact(of).ok_or(Refusal::NotHeld(of))?;
    if held.settled.is_some_and(|ruling| ruling.counts == counts) {
        return Err(Refusal::SettledSo);
    }
    if note.trim().is_empty() {
        return Err(Refusal::NoReason);
    }
    let target = held.content().ok_or(Refusal::NotHeld(of))?;
    if let Body::Settled(inner) = &target.draft.body
        && state.is_word(inner.of)
    {
        return Err(Refusal::RulingOnRuling(inner.of));
    }
    may(state, actor, &target)?;
    let (at, subject, places) = stands_at(&target.draft);
    let draft = Draft {
        occurred: actor.today,
        by: actor.person.clone(),
        at,
        subject,
        replaces: None,
        reason: None,
        effort: None,
        body: Body::Settled(Settled { of, counts, note: note.trim().to_owned(), places }),
    };
    Ok(Decision { drafts: vec![draft], ..Decision::default() })
}

/// Whether the actor may decide about this fact: nobody about their own; else whoever may approve there, and have the
/// right that the fact itself asks for.
pub(super) fn may(state: &State, actor: &Actor, target: &Fact) -> Result<(), Refusal> {
    if !actor.owner && actor.person.is_some() && target.draft.by == actor.person {
        return Err(Refusal::OwnHeld);
    }
    Ok(rights::may_settle(state, actor, target)?)
}
