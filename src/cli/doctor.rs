//! `wangge doctor`: what is wrong with a store, and what to do.
use std::io::Write;

use super::{Failure, Place};
use crate::log::disk::{Finding, doctor};

pub(super) fn run(place: &Place, out: &mut dyn Write) -> Result<(), Failure> {
    let findings = doctor(&place.store);
    for finding in &findings {
        let mark = match finding {
            Finding::Fine(_) => "好",
            Finding::Note(_) => "注意",
            Finding::Grave(_) => "要紧",
        };
        writeln!(out, "[{mark}] {}", finding.text())?;
    }
    out.flush()?;
    match findings.iter().filter(|finding| matches!(finding, Finding::Grave(_))).count() {
        0 => Ok(()),
        n => Err(Failure::said(format!("有 {n} 处要紧的毛病，请照上面的说明办"))),
    }
}
