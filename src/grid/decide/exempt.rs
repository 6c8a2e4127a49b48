//! Exemptions (免除): a duty need not be done in one period, with reason and approver.
use super::{Actor, Decision, Refusal};
use crate::grid::{
    calendar::Period,
    fact::{Body, Draft, Exempt},
    org::{NodeIx, Post},
    state::State,
};
use crate::words::t;

pub(super) struct Exempted<'a> {
    pub duty: &'a str,
    pub node: NodeIx,
    pub period: Period,
    pub reason: &'a str,
    pub approver: &'a str,
}

pub(super) fn decide(state: &State, actor: &Actor, exempted: &Exempted<'_>) -> Result<Decision, Refusal> {
    let node = state.org().node(exempted.node);
    let (own, duty) = match state.pack().duty(exempted.duty) {
        Some((own, duty)) if duty.applies_to(node) => (own, duty),
        _ => return Err(Refusal::NoDutyToExempt(exempted.duty.to_owned(), node.name.clone())),
    };
    let period = duty.period_of(exempted.period.last());
    if exempted.period.cadence != period.cadence || !node.exists_on(period.last()) && !node.exists_on(period.first()) {
        return Err(Refusal::NoSuchPeriod(exempted.period.to_string(), duty.name.clone(), period.to_string()));
    }
    if exempted.reason.trim().is_empty() {
        return Err(Refusal::NoReason);
    }
    approver(state, actor, exempted.node, exempted.approver)?;
    if state.is_exempt(own, exempted.node, period) {
        return Err(Refusal::ExemptAlready(node.name.clone(), period.label(), duty.name.clone()));
    }
    let body = Body::Exempt(Exempt {
        duty: exempted.duty.to_owned(),
        period: period.to_string(),
        reason: exempted.reason.trim().to_owned(),
        approver: exempted.approver.to_owned(),
    });
    Ok(Decision { drafts: vec![draft(state, actor, exempted.node, body)], ..Decision::default() })
}

/// Refuses an approver without the right to it: they must lead, or be deputy, at a node above this one; at the root, at
/// the root itself. An exemption is never given by whom it spares.
pub(super) fn approver(state: &State, actor: &Actor, node: NodeIx, id: &str) -> Result<(), Refusal> {
    let org = state.org();
    let Some(person) = org.person_ix(id) else { return Err(Refusal::UnknownApprover(id.to_owned())) };
    let may = |at: NodeIx| {
        let mut held = org.node(at).holdings.iter().filter(|held| held.holds_on(actor.today));
        held.any(|held| held.person == person && matches!(held.post, Post::Leader | Post::Deputy))
    };
    let mut above = org.path_up(node).skip(usize::from(org.node(node).parent.is_some()));
    if above.any(may) {
        return Ok(());
    }
    let upper = org.node(org.node(node).parent.unwrap_or(node));
    let post = |post| state.pack().names.post_at(upper, post);
    let upper =
        t!("refused.upper", node = upper.name, leader = post(Post::Leader), deputy = post(Post::Deputy)).into_owned();
    Err(Refusal::MayNotApprove(org.person(person).record.name.clone(), org.node(node).name.clone(), upper))
}

/// A draft about the node itself.
pub(super) fn draft(state: &State, actor: &Actor, node: NodeIx, body: Body) -> Draft {
    Draft {
        occurred: actor.today,
        by: actor.person.clone(),
        at: Some(state.org().node(node).id.clone()),
        subject: None,
        replaces: None,
        reason: None,
        effort: None,
        body,
    }
}
