//! `wangge verify`: every record, one by one; every device's chain, signature and receipt; the month's head; and one hash over
//! what all of it amounts to, by which two machines see whether they agree.
use std::io::Write;

use super::{Failure, Place};
use crate::words::{t, word};
use crate::{
    grid::calendar::Period,
    log::disk::{ChainCheck, IndexCheck, Verified, verify},
    run::Book,
};

#[derive(Debug, clap::Args)]
#[command(next_help_heading = word("cli.heading.arguments"))]
pub(crate) struct Args {
    #[arg(long, value_name = word("cli.value.period"), help = word("cli.help.verify_period"))]
    pub period: Option<String>,
}

pub(super) fn run(place: &Place, args: &Args, out: &mut dyn Write) -> Result<(), Failure> {
    let month = args.period.as_deref().map(|text| span(place, text)).transpose()?;
    let found = verify(&place.store, place.clock.now_ms(), month, &mut |_| {})?;
    writeln!(
        out,
        "{}",
        t!("cli.verify.checked", facts = found.facts, files = found.segments, devices = found.writers)
    )?;
    signatures(&found, out)?;
    if found.torn {
        writeln!(out, "{}", t!("cli.verify.torn"))?;
    }
    writeln!(
        out,
        "{}",
        match found.index {
            IndexCheck::Agrees(upto) => t!("cli.verify.index_fine", upto = upto.0).into_owned(),
            IndexCheck::Differs => t!("cli.verify.index_wrong").into_owned(),
            IndexCheck::Absent => t!("cli.verify.no_index").into_owned(),
            IndexCheck::InUse => t!("cli.verify.in_use").into_owned(),
        }
    )?;
    if let (Some(head), Some(period)) = (found.month, &args.period) {
        writeln!(out, "{}", t!("cli.verify.month", period = period, n = head.facts, hash = head.hash))?;
        if head.open > 0 {
            writeln!(out, "{}", t!("cli.verify.open", n = head.open))?;
        }
    }
    if found.problems.is_empty() {
        let digest = Book::glimpse(&place.store, &place.files)?.digest();
        writeln!(out, "{}", t!("cli.verify.digest", digest = digest))?;
        writeln!(out, "{}", t!("cli.verify.fine"))?;
        return Ok(());
    }
    out.flush()?;
    Err(Failure::said(t!("cli.verify.faults", problems = found.problems.join("\n")).into_owned()))
}

/// What was signed, and which part of a chain is not signed yet.
fn signatures(found: &Verified, out: &mut dyn Write) -> Result<(), Failure> {
    writeln!(out, "{}", t!("cli.verify.signed", n = found.signatures, receipts = found.receipts))?;
    for ChainCheck { writer, last, signed, known } in found.chains.iter().filter(|chain| chain.signed < chain.last) {
        let line = match known {
            true => t!("cli.verify.unsigned", device = writer, from = signed + 1, to = last),
            false => t!("cli.verify.no_key", device = writer, n = last),
        };
        writeln!(out, "{line}")?;
    }
    Ok(())
}

/// The moments at which a month begins and the next one does, at the county's zone.
fn span(place: &Place, text: &str) -> Result<(i64, i64), Failure> {
    let wrong = || Failure::said(t!("cli.verify.no_period", text = text).into_owned());
    let period = Period::parse(text).ok_or_else(wrong)?;
    let state = Book::glimpse(&place.store, &place.files)?;
    let next = period.last().succ_opt().ok_or_else(wrong)?;
    Ok((state.instant_of(period.first()), state.instant_of(next)))
}
