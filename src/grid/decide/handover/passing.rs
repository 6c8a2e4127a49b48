//! What a confirmation passes, and who may write it: asked where it is decided, and again where it comes in.
use chrono::NaiveDate;

use super::HandoverRefusal;
use crate::grid::{
    decide::{
        Actor,
        rights::{Denied, Right, denied_to, has},
    },
    fact::{Body, Draft, Handover, HandoverAnswer, HandoverStep, PostHolding},
    org::{NodeIx, PersonIx},
    state::{Offer, State},
};
use crate::words::{t, word};

/// Whether who leaves holds the post on `day` without an end of its own, so that there is something to hand over.
pub fn stands(state: &State, offer: &Offer, day: NaiveDate) -> bool {
    let (Some(node), Some(person)) = (offer.node_ix(state), offer.leaver(state)) else { return false };
    let row = state.org().node(node);
    let mut held = row.holdings.iter().filter(|held| held.post == offer.what.post && held.person == person);
    row.exists_on(day) && held.any(|held| held.holds_on(day) && held.to == row.to)
}

/// Refuses a node that is closed on `day`, or not there yet, naming who took its work over.
pub(in crate::grid::decide) fn is_there(state: &State, node: NodeIx, day: NaiveDate) -> Result<(), HandoverRefusal> {
    let org = state.org();
    if org.node(node).exists_on(day) {
        return Ok(());
    }
    let next = Some(org.successor_on(node, day)).filter(|next| *next != node);
    let next =
        next.map_or_else(String::new, |next| t!("refused.handover.next", node = org.full_name(next)).into_owned());
    Err(HandoverRefusal::Closed(org.full_name(node), day, next))
}

/// The posts that pass where the offer is confirmed on `day`, as (whose, what): the leaver's ends, with it what the successor
/// stood in for, and the successor's begins. Nothing once that has begun, so that an old offer opens no door.
pub(in crate::grid::decide) fn passing(state: &State, offer: &Offer, day: NaiveDate) -> Vec<(String, PostHolding)> {
    let org = state.org();
    let (Some(node), Some(leaver)) = (offer.node_ix(state), offer.leaver(state)) else { return Vec::new() };
    let (row, post, from) = (org.node(node), offer.what.post, offer.passes_on(day));
    let is_theirs = |person: PersonIx| Some(person) == offer.successor(state);
    if row.holdings.iter().any(|held| held.post == post && is_theirs(held.person) && held.from == from) {
        return Vec::new();
    }
    let ending = row.holdings.iter().filter(|held| held.post == post && held.holds_on(from));
    let ended = ending.filter(|held| held.person == leaver || is_theirs(held.person)).map(|held| {
        let left = held.person == leaver;
        let ended = PostHolding { post, from: held.from, to: Some(from), change: left, stand_in: !left };
        (org.person(held.person).id.clone(), ended)
    });
    let begun = PostHolding { post, from, to: row.to, change: false, stand_in: false };
    ended.chain([(offer.to.clone(), begun)]).collect()
}

/// Whether the draft is a post that passes by a handover which the actor confirms, or has confirmed just now.
pub(in crate::grid::decide) fn passes(state: &State, actor: &Actor, draft: &Draft) -> bool {
    let Body::Post(held) = &draft.body else { return false };
    let (Some(me), Some(at), Some(whose)) = (&actor.person, &draft.at, &draft.subject) else { return false };
    let is_it = |offer: &Offer| {
        let day = match state.handover_answer(offer.id) {
            None if stands(state, offer, draft.occurred) => draft.occurred,
            Some(answer) if answer.kind == HandoverAnswer::Confirmed && answer.by.as_ref() == Some(me) => answer.day,
            _ => return false,
        };
        passing(state, offer, day).iter().any(|(person, passed)| person == whose && passed == held)
    };
    state.handovers().filter(|offer| offer.to == *me && offer.node == *at).any(is_it)
}

/// Whether the actor may offer, or answer; none where the draft is neither.
pub(in crate::grid::decide) fn may(state: &State, actor: &Actor, draft: &Draft) -> Option<Result<(), Denied>> {
    let org = state.org();
    let at = draft.at.as_deref().and_then(|id| org.node_ix(id)).or(org.roots().first().copied());
    Some(match &draft.body {
        Body::Handover(what) => offers(state, actor, at?, what),
        Body::HandoverStep(step) => answers(state, actor, at?, step),
        _ => return None,
    })
}

/// Who holds the post hands it over; for who has left, a leader above.
fn offers(state: &State, actor: &Actor, node: NodeIx, what: &Handover) -> Result<(), Denied> {
    let org = state.org();
    let me = actor.person.as_deref().filter(|me| *me == what.from).and_then(|id| org.person_ix(id));
    let holds = me.is_some_and(|me| org.node(node).holders_on(what.post, actor.today).any(|holder| holder == me));
    if holds { Ok(()) } else { has(state, actor, node, Right::Approve) }
}

/// Who is to take over confirms or declines; who leaves, who offered, and a leader above take it back.
fn answers(state: &State, actor: &Actor, node: NodeIx, step: &HandoverStep) -> Result<(), Denied> {
    let offer = state.handover(step.of).filter(|offer| offer.node_ix(state) == Some(node));
    let Some(offer) = offer else {
        return Err(denied_to(state, actor, node, word("rights.parties").to_owned()));
    };
    let me = actor.person.as_deref();
    match step.kind {
        HandoverAnswer::Confirmed | HandoverAnswer::Declined if me == Some(&offer.to) => Ok(()),
        HandoverAnswer::Confirmed | HandoverAnswer::Declined => {
            let name = offer.successor(state).map_or(offer.to.as_str(), |ix| &state.org().person(ix).record.name);
            Err(denied_to(state, actor, node, name.to_owned()))
        }
        HandoverAnswer::TakenBack if me.is_some() && (me == Some(&offer.what.from) || me == offer.by.as_deref()) => {
            Ok(())
        }
        HandoverAnswer::TakenBack => has(state, actor, node, Right::Approve),
    }
}

/// What stands against an answer that comes in: the offer is not known, was answered, or has nothing left to pass.
pub(in crate::grid::decide) fn admits(state: &State, draft: &Draft) -> Result<(), String> {
    match &draft.body {
        Body::Handover(what) => {
            let open = |offer: &&Offer| {
                (Some(&offer.node), offer.what.post, &offer.what.from) == (draft.at.as_ref(), what.post, &what.from)
            };
            match state.handovers().filter(open).any(|offer| state.is_offered(offer.id)) {
                true => Err(t!("admit.handover.twice").into_owned()),
                false => Ok(()),
            }
        }
        Body::HandoverStep(step) => {
            let Some(offer) = state.handover(step.of) else { return Err(t!("admit.handover.none").into_owned()) };
            let is_void =
                step.kind == HandoverAnswer::Confirmed && !stands(state, offer, offer.passes_on(draft.occurred));
            match state.handover_answer(step.of) {
                Some(_) => Err(t!("admit.handover.answered").into_owned()),
                None if is_void => Err(t!("admit.handover.void").into_owned()),
                None => Ok(()),
            }
        }
        _ => Ok(()),
    }
}
