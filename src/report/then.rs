//! What stood on an earlier day: the report of a period that is over says how things stood at its end, not how they stand
//! today.
use std::collections::HashSet;

use chrono::NaiveDate;

use super::{Scope, Viewer, gather::each};
use crate::{
    grid::{
        calendar::Period,
        decide::Actor,
        fact::{Body, Envelope},
        org::NodeIx,
        record::form,
        state::State,
    },
    log::{Log, LogError, Subtree},
};

/// The state as it was on an earlier day: what happened later is left out; corrections count, and what was entered later
/// about an earlier day counts as late.
///
/// # Errors
/// The log's own.
pub fn as_of(state: &State, log: &dyn Log, day: NaiveDate) -> Result<State, LogError> {
    folded(state, log, day, |_| true)
}

/// The state as it was on an earlier day, of the facts that are wanted.
fn folded(
    state: &State,
    log: &dyn Log,
    day: NaiveDate,
    is_wanted: impl Fn(&Envelope) -> bool,
) -> Result<State, LogError> {
    let mut then = state.afresh();
    each(log, &Subtree::All, is_wanted, |fact| {
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

/// What no sheet of one grid can tell of: visits and plain records elsewhere, and what was done there, for units that were
/// never its own, where nothing was found, started or corrected. It is most of a county's facts.
struct Elsewhere<'a> {
    id: &'a str,
    units: HashSet<&'a str>,
}

impl<'a> Elsewhere<'a> {
    /// Those of a grid; none where the node has others below it.
    fn of(state: &'a State, node: NodeIx) -> Option<Elsewhere<'a>> {
        let org = state.org();
        let grid = Some(org.node(node)).filter(|node| node.is_grid() && node.children.is_empty())?;
        let units = grid.members.iter().map(|member| org.unit(member.unit).id.as_str()).collect();
        Some(Elsewhere { id: &grid.id, units })
    }

    /// It is told without opening the fact: nothing else is done with most of them.
    fn holds(&self, envelope: &Envelope) -> bool {
        let Some(about) = envelope.about() else { return false };
        let is_theirs = about.at != Some(self.id) && about.subject.is_some_and(|unit| !self.units.contains(unit));
        let is_plain = || about.kind == "done" || about.is_plain_visit() || about.plain_form().is_some_and(is_plain);
        is_theirs && !about.is_correction && is_plain()
    }
}

/// Whether records of a form concern the unit that they are about and nobody else: they start nothing, and name no node.
fn is_plain(id: &str) -> bool {
    form(id).is_some_and(|(_, form)| form.opens.is_none() && !form.names_nodes())
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
        let elsewhere = Elsewhere::of(now, node);
        let is_wanted = |one: &Envelope| !elsewhere.as_ref().is_some_and(|elsewhere| elsewhere.holds(one));
        let state = (day < today).then(|| folded(now, log, day, is_wanted)).transpose()?;
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
