//! `wangge account`: whose the logins of the server are.
use std::io::Write;

use serde_json::json;

use super::{Failure, Place, args::template, find, log::written, reader, to::To};
use crate::words::{t, word};
use crate::{
    grid::{
        decide::{Intent, decide},
        org::NodeIx,
        state::State,
    },
    log::StoreLog,
    report::{Cell, Listing},
    run::Book,
    ui::text::pad_right,
};

#[derive(Debug, clap::Args)]
#[command(next_help_heading = word("cli.heading.arguments"))]
pub(crate) struct Args {
    #[command(subcommand)]
    pub what: Option<AccountWhat>,
    #[arg(long, help = word("cli.help.json"))]
    pub json: bool,
    #[command(flatten)]
    pub table: To,
}

/// What is done with logins.
#[derive(Debug, clap::Subcommand)]
pub(crate) enum AccountWhat {
    #[command(about = word("cli.about.account_give"), help_template = template(),
              next_help_heading = word("cli.heading.arguments"))]
    Give {
        #[arg(value_name = word("cli.value.login"), help = word("cli.help.login"))]
        login: String,
        #[arg(long = "person", value_name = word("cli.value.person"), help = word("cli.help.whose"))]
        whose: String,
    },
    #[command(about = word("cli.about.account_close"), help_template = template(),
              next_help_heading = word("cli.heading.arguments"))]
    Close {
        #[arg(value_name = word("cli.value.login"), help = word("cli.help.login"))]
        login: String,
    },
}

pub(super) fn run(place: &Place, args: &Args, out: &mut dyn Write) -> Result<(), Failure> {
    let file = args.table.for_list(args.what.is_some())?;
    let mut book = place.open()?;
    let done = match (&args.what, file) {
        (None, Some(file)) => {
            let viewer = reader(&book.state, None, &place.actor(&book)?);
            let listing = listing(&book.state, find::node_or_root(&book.state, None)?);
            file.write(&viewer, &StoreLog(book.store.clone()), &[listing], out)
        }
        (None, None) => list(&book.state, args.json, out),
        (Some(AccountWhat::Give { login, whose }), _) => {
            let person = find::person(&book.state, whose)?;
            change(place, &mut book, (person, login, false), args.json, out)
        }
        (Some(AccountWhat::Close { login }), _) => {
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

/// The logins as a table for a file.
fn listing(state: &State, root: NodeIx) -> Listing {
    let row =
        |(login, person): (&str, &str)| vec![login, &name(state, person), person].into_iter().map(Cell::text).collect();
    Listing::new(word("listing.logins"), root, &["login", "person", "person_id"]).of(state.logins().map(row))
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
        (true, _) => written(&book.state, &actor, &facts, out),
        (false, true) => Ok(writeln!(out, "{}", t!("cli.account.closed", login = login, who = who))?),
        (false, false) => Ok(writeln!(out, "{}", t!("cli.account.given", login = login, who = who))?),
    }
}

/// A person's name by their id.
pub(super) fn name(state: &State, person: &str) -> String {
    let org = state.org();
    org.person_ix(person).map_or_else(|| person.to_owned(), |ix| org.person(ix).record.name.clone())
}
