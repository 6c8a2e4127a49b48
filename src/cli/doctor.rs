//! `wangge doctor`: what is wrong with a store, and what to do.
use std::io::Write;

use super::{Failure, Place};
use crate::log::disk::{Finding, doctor};
use crate::words::{t, word};

pub(super) fn run(place: &Place, out: &mut dyn Write) -> Result<(), Failure> {
    match tell(&doctor(&place.store), out)? {
        0 => Ok(()),
        n => Err(Failure::said(t!("cli.doctor.faults", n = n).into_owned())),
    }
}

/// Prints findings, a line each; says how many of them are grave.
pub(super) fn tell(findings: &[Finding], out: &mut dyn Write) -> std::io::Result<usize> {
    for finding in findings {
        let mark = match finding {
            Finding::Fine(_) => word("cli.doctor.fine"),
            Finding::Note(_) => word("cli.doctor.note"),
            Finding::Grave(_) => word("cli.doctor.grave"),
        };
        writeln!(out, "[{mark}] {}", finding.text())?;
    }
    out.flush()?;
    Ok(findings.iter().filter(|finding| matches!(finding, Finding::Grave(_))).count())
}
