//! What stood on an earlier day: the report of a period that is over says how things stood at its end, not how they stand
//! today.
use chrono::NaiveDate;

use super::{Scope, Viewer, gather::each};
use crate::{
    grid::{calendar::Period, decide::Actor, fact::Body, org::NodeIx, state::State},
    log::{Log, LogError, Subtree},
};

/// The state as it was on an earlier day: what happened later is left out; corrections count, and what was entered later
/// about an earlier day counts as late.
///
/// # Errors
/// The log's own.
pub fn as_of(state: &State, log: &dyn Log, day: NaiveDate) -> Result<State, LogError> {
    folded(state, log, (&Subtree::All, day))
}

/// The state as it was on an earlier day, of a part of the log.
fn folded(state: &State, log: &dyn Log, (part, day): (&Subtree, NaiveDate)) -> Result<State, LogError> {
    let mut then = state.afresh();
    each(log, part, |fact| {
        let is_work = matches!(
            fact.draft.body,
            Body::Visit(_) | Body::Session(_) | Body::Done(_) | Body::ProblemClosed(_) | Body::Record(_)
        );
        if !is_work || fact.draft.occurred <= day {
            then.apply(&fact);
        }
    })?;
    Ok(then)
}

/// What the sheets of a node can tell of: of one grid, which is most often asked for, not what is done elsewhere every day.
fn part_of(state: &State, node: NodeIx) -> Subtree {
    let org = state.org();
    match org.node(node) {
        grid if grid.is_grid() && grid.children.is_empty() => {
            let units = grid.members.iter().map(|member| org.unit(member.unit).id.clone()).collect();
            Subtree::Around { node: grid.id.clone(), units }
        }
        _ => Subtree::All,
    }
}

/// How things stood at the end of a period that is over; of one that runs, nothing is kept: it is told as of today.
pub struct Then<'a> {
    now: &'a State,
    state: Option<State>,
    node: NodeIx,
    day: NaiveDate,
}

impl<'a> Then<'a> {
    /// Looks back to the end of a period, where it is over, as far as it concerns a node.
    ///
    /// # Errors
    /// The log's own.
    pub fn at_end(
        now: &'a State,
        log: &dyn Log,
        (node, period): (NodeIx, Period),
        today: NaiveDate,
    ) -> Result<Then<'a>, LogError> {
        let day = period.last().min(today);
        let state = (day < today).then(|| folded(now, log, (&part_of(now, node), day))).transpose()?;
        Ok(Then { now, state, node, day })
    }

    /// The scope of the node as it stood then. What the reader may see goes by what they are today.
    pub fn scope(&self, period: Period, actor: &Actor) -> Scope<'_> {
        let (state, node) = (self.state.as_ref().unwrap_or(self.now), self.node);
        let node_then = state.org().node_ix(&self.now.org().node(node).id).unwrap_or(node);
        let then = Actor { today: self.day, ..actor.clone() };
        let mut scope = Scope::new(state, node_then, period, &then);
        scope.phones = Viewer::new(self.now, node, actor).phones;
        scope
    }
}
