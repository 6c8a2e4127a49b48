//! Whether everybody who is to work on a server can: logins, the people that they are, their posts, and the machine's users.
use std::collections::BTreeSet;

use chrono::NaiveDate;

use crate::{
    grid::{
        decide::{
            Actor,
            rights::{Right, has, posts_of},
        },
        state::State,
    },
    log::disk::Finding,
    sync::socket::{has_user, members},
    words::t,
};

/// What is to be said of a server's people on a day; `group` is the one that the machine's users of the server are in.
pub(super) fn findings(state: &State, today: NaiveDate, group: Option<u32>) -> Vec<Finding> {
    let logins: Vec<(&str, &str)> = state.logins().collect();
    let mut said: Vec<String> =
        logins.iter().flat_map(|(login, person)| of_login(state, login, person, today)).collect();
    said.extend(group.into_iter().flat_map(|group| without_account(&logins, group)));
    if logins.is_empty() {
        said.push(t!("serve.no_logins").into_owned());
    } else if !logins.iter().any(|(_, person)| administers(state, person, today)) {
        said.push(t!("serve.check.no_admin").into_owned());
    }
    match said.is_empty() {
        true => vec![Finding::Fine(t!("serve.check.people", n = logins.len()).into_owned())],
        false => said.into_iter().map(Finding::Note).collect(),
    }
}

/// What keeps one login's person from working.
fn of_login(state: &State, login: &str, person: &str, today: NaiveDate) -> Vec<String> {
    let org = state.org();
    let Some(ix) = org.person_ix(person).filter(|ix| !org.person(*ix).record.name.is_empty()) else {
        return vec![t!("serve.check.no_person", login = login).into_owned()];
    };
    let name = &org.person(ix).record.name;
    let has_post = posts_of(org, ix, today).next().is_some();
    let no_post = (!has_post).then(|| t!("serve.check.no_post", login = login, name = name).into_owned());
    let is_gone = has_user(login) == Some(false);
    let no_user = is_gone.then(|| t!("serve.check.no_user", login = login, name = name).into_owned());
    no_post.into_iter().chain(no_user).collect()
}

/// The users of the group who would not be let in.
fn without_account(logins: &[(&str, &str)], group: u32) -> Vec<String> {
    let known: BTreeSet<&str> = logins.iter().map(|(login, _)| *login).collect();
    let Some((name, members)) = members(group) else { return Vec::new() };
    let strangers = members.iter().filter(|user| !known.contains(user.as_str()));
    strangers.map(|user| t!("serve.check.no_account", user = user, group = name).into_owned()).collect()
}

/// Whether the person may give logins and posts in the whole county.
fn administers(state: &State, person: &str, today: NaiveDate) -> bool {
    let actor = Actor { person: Some(person.to_owned()), today, owner: false };
    state.org().roots().iter().any(|root| has(state, &actor, *root, Right::Administer).is_ok())
}
