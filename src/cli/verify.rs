//! `wangge verify`: every record, one by one.
use std::io::Write;

use super::{Failure, Place};
use crate::log::disk::{IndexCheck, verify};
use crate::words::t;

pub(super) fn run(place: &Place, out: &mut dyn Write) -> Result<(), Failure> {
    let found = verify(&place.store, place.clock.now_ms(), &mut |_| {})?;
    writeln!(
        out,
        "{}",
        t!("cli.verify.checked", facts = found.facts, files = found.segments, devices = found.writers)
    )?;
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
    if found.problems.is_empty() {
        writeln!(out, "{}", t!("cli.verify.fine"))?;
        return Ok(());
    }
    out.flush()?;
    Err(Failure::said(t!("cli.verify.faults", problems = found.problems.join("\n")).into_owned()))
}
