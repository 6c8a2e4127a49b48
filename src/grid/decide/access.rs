//! Who may come in: logins of the shared server (账号) and devices that sign (设备).
use super::{Actor, Decision, Refusal, rights::posts_of};
use crate::grid::{
    fact::{Account, Body, Draft, Enrolled, Revoked, WriterId},
    state::State,
};

/// The longest name of a Unix user that `useradd` takes.
const LONGEST_LOGIN: usize = 32;

pub(super) fn account(
    state: &State,
    actor: &Actor,
    person: &str,
    login: &str,
    closed: bool,
) -> Result<Decision, Refusal> {
    let is_plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || "_-.".contains(c);
    if login.is_empty() || login.len() > LONGEST_LOGIN || !login.chars().all(is_plain) {
        return Err(Refusal::BadLogin(login.to_owned()));
    }
    match state.person_of_login(login) {
        Some(holder) if holder != person => {
            return Err(Refusal::LoginTaken(login.to_owned(), name(state, holder)));
        }
        Some(_) if !closed => return Err(Refusal::LoginSoAlready(login.to_owned())),
        None if closed => return Err(Refusal::LoginSoAlready(login.to_owned())),
        _ => {}
    }
    one(state, actor, person, Body::Account(Account { login: login.to_owned(), closed }))
}

pub(super) fn enroll(
    state: &State,
    actor: &Actor,
    person: &str,
    key: &[u8; 32],
    device: &str,
) -> Result<Decision, Refusal> {
    let device = device.trim();
    if device.is_empty() {
        return Err(Refusal::NoName);
    }
    let enrolled = Enrolled { key: *key, name: device.to_owned(), window: None };
    if let Some(known) = state.device(enrolled.writer()) {
        return Err(Refusal::EnrolledAlready(known.name.clone(), name(state, &known.person)));
    }
    one(state, actor, person, Body::Enrolled(enrolled))
}

pub(super) fn revoke(
    state: &State,
    actor: &Actor,
    writer: WriterId,
    from_ms: i64,
    reason: &str,
) -> Result<Decision, Refusal> {
    let Some(device) = state.device(writer) else { return Err(Refusal::NoSuchDevice(writer.to_string())) };
    if state.revoked_from(writer).is_some_and(|before| before <= from_ms) {
        return Err(Refusal::RevokedAlready(device.name.clone()));
    }
    if reason.trim().is_empty() {
        return Err(Refusal::NoReason);
    }
    // Its windows go with it.
    let windows = state.devices().filter(|(_, window)| window.of() == Some(writer)).map(|(window, _)| window);
    let mut decision = Decision::default();
    for writer in std::iter::once(writer).chain(windows) {
        let revoked = Revoked { writer, from_ms, reason: reason.trim().to_owned() };
        decision.drafts.extend(one(state, actor, &device.person, Body::Revoked(revoked))?.drafts);
    }
    Ok(decision)
}

/// What a person is called; their id where the state does not know them.
pub(super) fn name(state: &State, person: &str) -> String {
    state.org().person_ix(person).map_or(person.to_owned(), |ix| state.org().person(ix).record.name.clone())
}

/// A fact about a person, at the first node where they hold a post.
fn one(state: &State, actor: &Actor, person: &str, body: Body) -> Result<Decision, Refusal> {
    let org = state.org();
    let Some(ix) = org.person_ix(person) else { return Err(Refusal::NoSuchPerson(person.to_owned())) };
    let draft = Draft {
        occurred: actor.today,
        by: actor.person.clone(),
        at: posts_of(org, ix, actor.today).next().map(|node| org.node(node).id.clone()),
        subject: Some(person.to_owned()),
        replaces: None,
        reason: None,
        effort: None,
        body,
    };
    Ok(Decision { drafts: vec![draft], ..Decision::default() })
}
