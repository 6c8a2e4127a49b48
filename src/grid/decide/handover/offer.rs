//! Offering a post: by who holds it, or by somebody above for who has left.
use chrono::NaiveDate;

use super::{HandoverRefusal, passing::is_there};
use crate::grid::{
    decide::{
        Actor, Decision, Refusal,
        rights::{Right, helper},
    },
    fact::{Body, Draft, Handover},
    handover::Seat,
    org::{NodeIx, Org, PersonIx, Post},
    state::{Offer, State},
};
use crate::words::{t, word};

/// What somebody wants to hand over.
pub(in crate::grid::decide) struct Offering<'a> {
    pub node: NodeIx,
    pub post: Post,
    /// Whose post it is, by id; none for the actor's own, or the only holder's.
    pub from: Option<&'a str>,
    /// To whom, by id.
    pub to: &'a str,
    /// From which day on.
    pub on: NaiveDate,
    pub note: &'a str,
}

pub(in crate::grid::decide) fn decide(
    state: &State,
    actor: &Actor,
    offering: &Offering<'_>,
) -> Result<Decision, Refusal> {
    let org = state.org();
    let me = actor.person.as_deref().ok_or(HandoverRefusal::Who)?;
    let to = org.person_ix(offering.to).ok_or_else(|| Refusal::NoSuchPerson(offering.to.to_owned()))?;
    open(state, actor, offering)?;
    let from = leaver(state, actor, offering)?;
    let note = offering.note.trim();
    between(state, actor, offering, (from, to))?;
    let (name, from_id) = (&org.person(from).record.name, &org.person(from).id);
    if me != from_id && note.is_empty() {
        return Err(HandoverRefusal::Why(name.clone()).into());
    }
    let before = |offer: &&Offer| {
        (offer.node_ix(state), offer.what.post, &offer.what.from) == (Some(offering.node), offering.post, from_id)
    };
    if let Some(offer) = state.handovers().filter(before).find(|offer| state.is_offered(offer.id)) {
        let successor = offer.successor(state).map_or_else(|| offer.to.clone(), |ix| name_of(org, ix));
        let (node, post) = place(state, offering);
        return Err(HandoverRefusal::Offered(node, post, successor, offer.what.on).into());
    }
    let seat = Seat { state, node: offering.node, post: offering.post, from, today: actor.today };
    let what = Handover {
        post: offering.post,
        from: from_id.clone(),
        on: offering.on,
        note: note.to_owned(),
        seal: seat.pack().seal(state),
    };
    let draft = Draft {
        occurred: actor.today,
        by: actor.person.clone(),
        at: Some(org.node(offering.node).id.clone()),
        subject: Some(offering.to.to_owned()),
        replaces: None,
        reason: None,
        effort: None,
        body: Body::Handover(what),
    };
    Ok(Decision { drafts: vec![draft], ..Decision::default() })
}

/// The node and the post, as people call them.
fn place(state: &State, offering: &Offering<'_>) -> (String, String) {
    let org = state.org();
    let post = state.pack().names.post_at(org.node(offering.node), offering.post);
    (org.full_name(offering.node), post.to_owned())
}

fn name_of(org: &Org, person: PersonIx) -> String {
    org.person(person).record.name.clone()
}

/// The node is there, today and on that day, and the day has not passed.
fn open(state: &State, actor: &Actor, offering: &Offering<'_>) -> Result<(), HandoverRefusal> {
    let on = offering.on;
    if on < actor.today {
        return Err(HandoverRefusal::Past(on, actor.today));
    }
    is_there(state, offering.node, actor.today)?;
    is_there(state, offering.node, on)
}

/// Whose post it is.
fn leaver(state: &State, actor: &Actor, offering: &Offering<'_>) -> Result<PersonIx, Refusal> {
    let org = state.org();
    let row = org.node(offering.node);
    let (node, post) = place(state, offering);
    let may_appoint = || helper(state, offering.node, Right::Administer, actor.today);
    let held: Vec<_> = row.holdings.iter().filter(|h| h.post == offering.post && h.holds_on(actor.today)).collect();
    let own: Vec<_> = held.iter().filter(|held| held.to == row.to).map(|held| held.person).collect();
    let named = match offering.from {
        Some(id) => Some(org.person_ix(id).ok_or_else(|| Refusal::NoSuchPerson(id.to_owned()))?),
        None => {
            actor.person.as_deref().and_then(|id| org.person_ix(id)).filter(|me| held.iter().any(|h| h.person == *me))
        }
    };
    let names = || {
        let names: Vec<String> = held.iter().map(|held| name_of(org, held.person)).collect();
        names.join(word("word.list"))
    };
    let from = match (named, own.as_slice()) {
        _ if held.is_empty() => return Err(HandoverRefusal::NoHolder(node, post, may_appoint()).into()),
        (Some(named), _) => named,
        (None, [only]) => *only,
        // Whose term ends by itself: the refusal below says so.
        (None, []) if held.len() == 1 => held[0].person,
        (None, _) => return Err(HandoverRefusal::Several(node, post, names()).into()),
    };
    let theirs = held.iter().filter(|held| held.person == from);
    match theirs.map(|held| held.to).max_by_key(|to| (*to == row.to, *to)) {
        None => Err(HandoverRefusal::NotHolder(name_of(org, from), node, post, names()).into()),
        Some(to) if to == row.to => Ok(from),
        Some(to) => {
            let holder = own.first().map(|ix| t!("rights.helper", node = node, post = post, who = name_of(org, *ix)));
            let helper = holder.map_or_else(may_appoint, |helper| helper.into_owned());
            Err(HandoverRefusal::Ends(name_of(org, from), to.unwrap_or(actor.today), helper).into())
        }
    }
}

/// Two different people, of whom the second can take the post and the first can't be who signs for both.
fn between(
    state: &State,
    actor: &Actor,
    offering: &Offering<'_>,
    (from, to): (PersonIx, PersonIx),
) -> Result<(), Refusal> {
    let org = state.org();
    let row = org.node(offering.node);
    let name = name_of(org, to);
    if from == to {
        return Err(HandoverRefusal::Same(name).into());
    }
    if actor.person.as_deref() == Some(offering.to) {
        let helper = helper(state, offering.node, Right::Approve, actor.today);
        return Err(HandoverRefusal::BothSides(name, helper).into());
    }
    let mut theirs = row.holdings.iter().filter(|held| held.post == offering.post && held.person == to);
    if theirs.any(|held| held.holds_on(offering.on) && held.to == row.to || held.from == offering.on) {
        let (node, post) = place(state, offering);
        return Err(Refusal::HoldsAlready(name, node, post));
    }
    let seat = Seat { state, node: offering.node, post: offering.post, from, today: actor.today };
    if let Some(unit) = seat.unit() {
        let unit = org.unit(unit);
        if org.person(to).record.unit.as_deref() != Some(&unit.id) {
            return Err(HandoverRefusal::OtherUnit(name, unit.record.name.clone()).into());
        }
    }
    Ok(())
}
