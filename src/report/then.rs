//! What stood on an earlier day: the report of a period that is over says how things stood at its end, not how they stand
//! today.
use chrono::NaiveDate;

use super::{Scope, Viewer};
use crate::{
    grid::{calendar::Period, decide::Actor, fact::Body, org::NodeIx, state::State},
    log::{Log, LogError, Position, Subtree},
};

/// How many entries are read at a time.
const PAGE: usize = 20_000;

/// The state as it was on an earlier day: what happened later is left out; corrections count, and what was entered later
/// about an earlier day counts as late.
///
/// # Errors
/// The log's own.
pub fn as_of(state: &State, log: &dyn Log, day: NaiveDate) -> Result<State, LogError> {
    let mut then = state.afresh();
    let mut after = Position(0);
    loop {
        let entries = log.read(&Subtree::All, after, PAGE)?;
        for entry in &entries {
            let Ok(fact) = entry.envelope.open(entry.received_ms) else { continue };
            let is_work = matches!(
                fact.draft.body,
                Body::Visit(_) | Body::Session(_) | Body::Done(_) | Body::ProblemClosed(_) | Body::Record(_)
            );
            if !is_work || fact.draft.occurred <= day {
                then.apply(&fact);
            }
        }
        match entries.last() {
            Some(last) if entries.len() == PAGE => after = last.position,
            _ => return Ok(then),
        }
    }
}

/// How things stood at the end of a period that is over; of one that runs, nothing is kept: it is told as of today.
pub struct Then<'a> {
    now: &'a State,
    state: Option<State>,
    day: NaiveDate,
}

impl<'a> Then<'a> {
    /// Looks back to the end of a period, where it is over.
    ///
    /// # Errors
    /// The log's own.
    pub fn at_end(now: &'a State, log: &dyn Log, period: Period, today: NaiveDate) -> Result<Then<'a>, LogError> {
        let day = period.last().min(today);
        let state = if day < today { Some(as_of(now, log, day)?) } else { None };
        Ok(Then { now, state, day })
    }

    /// The scope of a node as it stood then. What the reader may see goes by what they are today.
    pub fn scope(&self, node: NodeIx, period: Period, actor: &Actor) -> Scope<'_> {
        let state = self.state.as_ref().unwrap_or(self.now);
        let node_then = state.org().node_ix(&self.now.org().node(node).id).unwrap_or(node);
        let then = Actor { today: self.day, ..actor.clone() };
        let mut scope = Scope::new(state, node_then, period, &then);
        scope.phones = Viewer::new(self.now, node, actor).phones;
        scope
    }
}
