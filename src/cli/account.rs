//! `wangge account`: whose the logins of the server are.
use std::io::Write;

use serde_json::json;

use super::{
    Failure, Place,
    args::{self, AccountWhat},
    find,
    log::json_line,
};
use crate::words::t;
use crate::{
    grid::{
        decide::{Intent, decide},
        state::State,
    },
    run::Book,
    ui::text::pad_right,
};

pub(super) fn run(place: &Place, args: &args::Account, out: &mut dyn Write) -> Result<(), Failure> {
    let mut book = place.open()?;
    let done = match &args.what {
        None => list(&book.state, args.json, out),
        Some(AccountWhat::Give { login, whose }) => {
            let person = find::person(&book.state, whose)?;
            change(place, &mut book, (person, login, false), args.json, out)
        }
        Some(AccountWhat::Close { login }) => {
            let holder = book.state.person_of_login(login).map(str::to_owned);
            let person = holder.ok_or_else(|| Failure::said(t!("cli.account.nobody", login = login).into_owned()))?;
            change(place, &mut book, (person, login, true), args.json, out)
        }
    };
    book.close()?;
    done
}

fn list(state: &State, json: bool, out: &mut dyn Write) -> Result<(), Failure> {
    let mut none = true;
    for (login, person) in state.logins() {
        none = false;
        match json {
            true => writeln!(out, "{}", json!({ "login": login, "person": person, "name": name(state, person) }))?,
            false => writeln!(out, "{} {}", pad_right(login, 16), name(state, person))?,
        }
    }
    if none && !json {
        writeln!(out, "{}", t!("cli.account.none"))?;
    }
    Ok(())
}

fn change(
    place: &Place,
    book: &mut Book,
    (person, login, closed): (String, &str, bool),
    json: bool,
    out: &mut dyn Write,
) -> Result<(), Failure> {
    let actor = place.keeper(book)?;
    let who = name(&book.state, &person);
    let intent = Intent::Account { person, login: login.to_owned(), closed };
    let decision = decide(&book.state, &actor, &intent)?;
    let facts = book.append(&decision.drafts, place.clock.now_ms())?;
    // What is told here is durable.
    match (json, closed) {
        (true, _) => facts.iter().try_for_each(|fact| json_line(&book.state, fact, out)),
        (false, true) => Ok(writeln!(out, "{}", t!("cli.account.closed", login = login, who = who))?),
        (false, false) => Ok(writeln!(out, "{}", t!("cli.account.given", login = login, who = who))?),
    }
}

/// A person's name by their id.
pub(super) fn name(state: &State, person: &str) -> String {
    let org = state.org();
    org.person_ix(person).map_or_else(|| person.to_owned(), |ix| org.person(ix).record.name.clone())
}
