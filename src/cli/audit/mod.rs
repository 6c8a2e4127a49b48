//! `wangge audit`: who recorded what, when and from which device; what came late; many visits within minutes; sign-ins.
mod names;
mod signins;
mod source;
mod table;
mod views;

use std::io::Write;

use clap::ValueEnum;

use self::{names::Names, source::Source, table::Table};
use super::{Failure, Place, args, find};
use crate::grid::{
    audit::{Asked, MANY, WITHIN_MS, bursts, line, sums},
    calendar::{Cadence, Period},
    state::State,
};
use crate::words::{t, word};

/// One of the tables.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum What {
    People,
    Records,
    Late,
    Bursts,
    Signins,
}

impl What {
    /// In the order in which they are told; all records only when they are asked for.
    const TOLD: [What; 4] = [What::People, What::Bursts, What::Late, What::Signins];

    fn title(self) -> String {
        match self {
            What::People => t!("audit.title.people").into_owned(),
            What::Records => t!("audit.title.records").into_owned(),
            What::Late => t!("audit.title.late").into_owned(),
            What::Bursts => t!("audit.title.bursts", many = MANY, minutes = WITHIN_MS / 60_000).into_owned(),
            What::Signins => t!("audit.title.signins").into_owned(),
        }
    }
}

pub(super) fn run(place: &Place, args: &args::Audit, out: &mut dyn Write) -> Result<(), Failure> {
    let Source { state, mut facts } = Source::open(place)?;
    let asked = asked_for(place, args, &state)?;
    let (mut lines, mut kinds) = (Vec::new(), Vec::new());
    while let Some(fact) = facts.next()? {
        if let Some(line) = line(&state, &asked, &fact) {
            lines.push(line);
            kinds.push(crate::screen::kind_label(&fact.draft.body).to_owned());
        }
    }
    let names = Names(&state);
    let records = || lines.iter().zip(&kinds).map(|(line, kind)| (line, kind.as_str()));
    let table = |what: What| -> Result<Table, Failure> {
        Ok(match what {
            What::People => views::people(&names, &sums(&lines)),
            What::Records => views::records(&names, records()),
            What::Late => views::records(&names, records().filter(|(line, _)| line.late)),
            What::Bursts => views::bursts(&names, &bursts(&lines)),
            What::Signins => signins::read(place, &asked, &names)?,
        })
    };
    match (args.what, args.json, args.csv) {
        (what, true, _) => table(what.unwrap_or(What::Records))?.json(out)?,
        (what, _, true) => table(what.unwrap_or(What::Records))?.csv(out)?,
        (Some(what), ..) => section(what, &table(what)?, out)?,
        (None, ..) => {
            writeln!(out, "{}", t!("audit.head", from = asked.from, to = asked.to, n = lines.len()))?;
            // Sign-ins are the server's to tell, from its own folder.
            let told = What::TOLD.into_iter().filter(|what| *what != What::Signins || place.server.is_none());
            for what in told {
                section(what, &table(what)?, out)?;
            }
        }
    }
    if facts.unreadable > 0 {
        eprintln!("{}", t!("audit.unreadable", n = facts.unreadable));
    }
    Ok(())
}

fn asked_for(place: &Place, args: &args::Audit, state: &State) -> Result<Asked, Failure> {
    let today = place.clock.today(state.pack().utc_offset);
    let from = match &args.from {
        Some(_) => find::day(args.from.as_deref(), today)?,
        None => Period::containing(Cadence::Month, today).first(),
    };
    Ok(Asked {
        from,
        to: find::day(args.to.as_deref(), today)?,
        at: args.at.as_deref().map(|text| find::node(state, text)).transpose()?,
        by: args.by.as_deref().map(|text| find::person(state, text)).transpose()?,
    })
}

fn section(what: What, table: &Table, out: &mut dyn Write) -> Result<(), Failure> {
    writeln!(out, "\n{}", what.title())?;
    if table.rows.is_empty() {
        writeln!(out, "  {}", word("audit.nothing"))?;
    }
    Ok(table.text(out)?)
}
