//! `wangge paste`: text that is ready for the upper platform.
use std::io::{IsTerminal, Write};

use super::{Failure, Place, find};
use crate::{
    grid::calendar::{Cadence, Period},
    log::StoreLog,
    report::{Scope, Wording, paste_fact, pasted},
    term,
    words::{t, word},
};

#[derive(Debug, clap::Args)]
#[command(next_help_heading = word("cli.heading.arguments"))]
pub(crate) struct Args {
    #[arg(value_name = word("cli.value.record"), help = word("cli.help.paste_records"))]
    pub records: Vec<String>,
    #[arg(long, value_name = word("cli.value.grid"), help = word("cli.help.paste_at"), conflicts_with = "records")]
    pub at: Option<String>,
    #[arg(long, value_name = word("cli.value.period"), help = word("cli.help.export_period"),
          conflicts_with = "records")]
    pub period: Option<String>,
    #[arg(long, help = word("cli.help.copy"))]
    pub copy: bool,
}

pub(super) fn run(place: &Place, args: &Args, out: &mut dyn Write) -> Result<(), Failure> {
    let book = place.open()?;
    let actor = place.actor(&book)?;
    let state = &book.state;
    let root = find::node_or_root(state, args.at.as_deref())?;
    let running = Period::containing(Cadence::Month, actor.today);
    let named = args
        .period
        .as_deref()
        .map(|text| Period::parse(text).ok_or_else(|| Failure::said(t!("cli.export.period", text = text))));
    let period = named.transpose()?.unwrap_or(running);
    if period.first() > actor.today {
        return Err(Failure::said(t!("cli.export.future", period = period.label())));
    }
    let scope = Scope::new(state, root, period, &actor);
    let text = if args.records.is_empty() {
        pasted((state, &actor), &StoreLog(book.store.clone()), &Wording::Period(root, period))?
    } else {
        let one = |id: &String| {
            let fact = find::fact(&book, id)?;
            paste_fact(&scope, &fact).ok_or_else(|| Failure::said(t!("cli.paste.no_text", record = id)))
        };
        args.records.iter().map(one).collect::<Result<Vec<_>, _>>()?.join("\n")
    };
    writeln!(out, "{text}")?;
    if args.copy {
        copy(&text, out)?;
    }
    Ok(book.close()?)
}

/// Asks the terminal to put the text on its clipboard (OSC 52): some do, some don't, and none says so.
fn copy(text: &str, out: &mut dyn Write) -> Result<(), Failure> {
    if !std::io::stdout().is_terminal() {
        return Err(Failure::said(word("cli.paste.no_terminal")));
    }
    // Past what keeps texts from speaking to the terminal.
    out.flush()?;
    Ok(term::send(&term::to_clipboard(text, term::is_multiplexed()))?)
}
