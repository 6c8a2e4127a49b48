//! The head of a period's records (总校验码), which goes on the report that is signed: whoever has the ledger can reckon it
//! again with `wangge verify --period`.
use std::path::Path;

use super::{Block, Document, Scope};
use crate::{log::disk::verify, words::t};

/// The line that says how many records a ledger took in within the period, and their hash. None for a single grid, whose
/// records are a part of the ledger's, for a ledger that lies elsewhere, and for one that is not whole.
pub fn seal(scope: &Scope<'_>, store: &Path, now_ms: i64) -> Option<String> {
    let (state, period) = (scope.state, scope.period);
    if scope.nodes.len() < 2 {
        return None;
    }
    let span = (state.instant_of(period.first()), state.instant_of(period.last().succ_opt()?));
    let found = verify(store, now_ms, Some(span), &mut |_| {}).ok().filter(|found| found.problems.is_empty())?;
    let head = found.month.filter(|head| head.facts > 0)?;
    Some(t!("report.seal", period = period, n = head.facts, hash = head.hash).into_owned())
}

impl<'a> Document<'a> {
    /// Puts the line above the lines to sign on the summary, where there is one.
    pub fn sealed(mut self, line: Option<String>) -> Document<'a> {
        let summary = self.sheets.iter_mut().find(|sheet| sheet.id == "summary");
        if let (Some(sheet), Some(line)) = (summary, line) {
            let signed = sheet.blocks.iter().position(|block| matches!(block, Block::Signatures(_)));
            sheet.insert(signed.unwrap_or(sheet.blocks.len()), Block::Note(line));
        }
        self
    }
}
