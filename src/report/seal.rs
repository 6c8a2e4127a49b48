//! The head of a period's records (总校验码), which goes on the report that is signed: whoever has the ledger can reckon it
//! again with `wangge verify --period`.
use std::path::Path;

use super::{Block, Document, Scope};
use crate::{grid::glance::Unsynced, log::disk::verify, sync::upstream::synced_ms, words::t};

/// What stands above the lines to sign: how old the ledger is, where that matters, and the head of the period's records.
pub fn seal(scope: &Scope<'_>, store: &Path, now_ms: i64) -> Vec<String> {
    // A single grid's records are its leader's own, and a part of the ledger's only.
    if scope.nodes.len() < 2 {
        return Vec::new();
    }
    let unsynced = Unsynced::of(scope.state, synced_ms(store), scope.today);
    let unsynced = unsynced.filter(|unsynced| unsynced.day <= scope.last()).map(|unsynced| unsynced.told());
    unsynced.into_iter().chain(head(scope, store, now_ms)).collect()
}

/// The line that says how many records a ledger took in within the period, and their hash. None for a ledger
/// that lies elsewhere, and for one that is not whole.
fn head(scope: &Scope<'_>, store: &Path, now_ms: i64) -> Option<String> {
    let (state, period) = (scope.state, scope.period);
    let span = (state.instant_of(period.first()), state.instant_of(period.last().succ_opt()?));
    let found = verify(store, now_ms, Some(span), &mut |_| {}).ok().filter(|found| found.problems.is_empty())?;
    let head = found.month.filter(|head| head.facts > 0)?;
    Some(t!("report.seal", period = period, n = head.facts, hash = head.hash).into_owned())
}

impl<'a> Document<'a> {
    /// Puts the lines above those to sign on the summary, where there is one.
    pub fn sealed(mut self, lines: Vec<String>) -> Document<'a> {
        if let Some(sheet) = self.sheets.iter_mut().find(|sheet| sheet.id == "summary") {
            let signed = sheet.blocks.iter().position(|block| matches!(block, Block::Signatures(_)));
            let at = signed.unwrap_or(sheet.blocks.len());
            lines.into_iter().rev().for_each(|line| sheet.insert(at, Block::Note(line)));
        }
        self
    }
}
