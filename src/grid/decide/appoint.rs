//! Posts: who holds which from when on (任职, B-2).
use chrono::NaiveDate;

use super::{Actor, Decision, Refusal};
use crate::grid::{
    fact::{Body, Draft, PersonRecord, PostHolding},
    org::{NodeIx, Org, PersonIx, Post},
    state::State,
};

pub(super) struct Appointed<'a> {
    pub node: NodeIx,
    pub post: Post,
    pub name: &'a str,
    pub phone: &'a str,
    /// The first day, and for a stand-in the first day after.
    pub term: (NaiveDate, Option<NaiveDate>),
}

/// The post passes from who holds it to the one named; 网格员 and 指导员 can be several and only gain one.
pub(super) fn decide(state: &State, actor: &Actor, appointed: &Appointed<'_>) -> Result<Decision, Refusal> {
    let org = state.org();
    let node = org.node(appointed.node);
    let (from, until) = appointed.term;
    if until.is_some_and(|until| until <= from) {
        return Err(Refusal::EmptyTerm(from));
    }
    let name = appointed.name.trim();
    if name.is_empty() {
        return Err(Refusal::NoName);
    }
    if !node.exists_on(from) {
        return Err(Refusal::NoSuchGrid(node.name.clone(), from));
    }
    let known = person_named(org, name)?;
    if known.is_some_and(|who| node.holders_on(appointed.post, from).any(|holder| holder == who)) {
        let post = state.pack().names.post_at(node, appointed.post).to_owned();
        return Err(Refusal::HoldsAlready(name.to_owned(), node.name.clone(), post));
    }
    let id = known.map_or_else(|| fresh_id(org, name), |who| org.person(who).id.clone());
    let draft = |subject: &str, body: Body| Draft {
        occurred: actor.today,
        by: actor.person.clone(),
        at: Some(node.id.clone()),
        subject: Some(subject.to_owned()),
        replaces: None,
        reason: None,
        effort: None,
        body,
    };
    let mut decision = Decision::default();
    if matches!(appointed.post, Post::Leader | Post::Deputy) && until.is_none() {
        let before = node.holdings.iter().filter(|h| h.post == appointed.post && h.holds_on(from));
        for holding in before {
            // Somebody else takes over: a change of staff (人员变动).
            let ended =
                PostHolding { post: holding.post, from: holding.from, to: Some(from), change: true, stand_in: false };
            decision.drafts.push(draft(&org.person(holding.person).id, Body::Post(ended)));
        }
    }
    if known.is_none() {
        let record = PersonRecord { name: name.to_owned(), unit: None, phone: appointed.phone.trim().to_owned() };
        decision.drafts.push(draft(&id, Body::Person(record)));
    }
    let to = node.to.into_iter().chain(until).min();
    let held = PostHolding { post: appointed.post, from, to, change: false, stand_in: until.is_some() };
    decision.drafts.push(draft(&id, Body::Post(held)));
    Ok(decision)
}

/// The person of this name or id; refused when several share the name.
pub(super) fn person_named(org: &Org, name: &str) -> Result<Option<PersonIx>, Refusal> {
    if let Some(ix) = org.person_ix(name) {
        return Ok(Some(ix));
    }
    let mut named = org.people().filter(|(_, person)| person.record.name == name).map(|(ix, _)| ix);
    match (named.next(), named.next()) {
        (Some(_), Some(_)) => Err(Refusal::SeveralOfThatName(name.to_owned())),
        (one, _) => Ok(one),
    }
}

/// An id that says whose it is and that nobody has.
pub(super) fn fresh_id(org: &Org, name: &str) -> String {
    let free = |id: &String| org.person_ix(id).is_none();
    (1..).map(|n| format!("p{n}#{name}")).find(free).unwrap_or_else(|| name.to_owned())
}
