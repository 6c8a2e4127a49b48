//! `decide`: intent -> drafts of facts, or a refusal in words. Screens, commands and imports all come through here.
mod access;
mod acting;
pub mod admit;
mod appoint;
mod belated;
mod done;
mod exempt;
mod handover;
mod intent;
mod lock;
mod partition;
mod placement;
mod posts;
mod problem;
mod record;
mod refusal;
pub mod regroup;
pub mod rights;
mod roster;
mod session;
mod settle;
mod setup;
mod visit;
mod withdraw;

use std::collections::HashSet;

pub use belated::is_belated;
use chrono::NaiveDate;
pub use handover::{HandoverRefusal, stands as handover_stands};
pub use intent::{Filled, Intent};
pub use record::{RecordRefusal, faults};
pub use refusal::Refusal;
pub use regroup::{Regroup, RegroupRefusal};
pub use roster::{RosterDecision, RosterError, RosterLine, decide_roster};
pub use setup::{Setup, decide_setup};
pub use withdraw::is_undone;

use super::{
    fact::{Acting, Draft, Unlock},
    org::{Form, NodeIx, UnitIx},
    pack::Duty,
    state::{Mark, State, What},
};

/// Who acts, and on which of the county's days.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Actor {
    /// The acting person's id; none on a private store where nobody has said who they are.
    pub person: Option<String>,
    /// The county's day.
    pub today: NaiveDate,
    /// Whether no right is asked for: the owner of a store that nobody shares, or of the machine that serves it.
    pub owner: bool,
}

impl Actor {
    /// The owner of a store that nobody shares.
    pub fn owner(person: Option<String>, today: NaiveDate) -> Actor {
        Actor { person, today, owner: true }
    }

    /// Somebody who may do what their posts allow.
    pub fn held(person: &str, today: NaiveDate) -> Actor {
        Actor { person: Some(person.to_owned()), today, owner: false }
    }

    /// Whoever sits at a store: its owner where nobody shares it, else the person with their posts.
    pub fn at(state: &State, person: Option<String>, today: NaiveDate) -> Actor {
        Actor { owner: !state.is_shared(), person, today }
    }
}

/// What was decided.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Decision {
    /// The facts to write, all or none.
    pub drafts: Vec<Draft>,
    /// Units that were passed over because they had the record already.
    pub already: Vec<UnitIx>,
    /// The duties, by their place in the pack, that each of the records counts for (M-7).
    pub counts_for: Vec<usize>,
}

/// Checks an intent against the state and turns it into drafts.
///
/// # Errors
/// What the rules say against it, or the right that the actor lacks; nothing is to be written then.
pub fn decide(state: &State, actor: &Actor, intent: &Intent) -> Result<Decision, Refusal> {
    if state.opened().is_none() {
        return Err(Refusal::NotOpened);
    }
    let mut decision = by_rules(state, actor, intent)?;
    if let Some(old) = intent.amends() {
        decision.drafts = withdraw::corrected(state, actor, old, decision.drafts);
    }
    decision.drafts.iter().try_for_each(|draft| rights::may(state, actor, draft))?;
    Ok(decision)
}

fn by_rules(state: &State, actor: &Actor, intent: &Intent) -> Result<Decision, Refusal> {
    match intent {
        Intent::Visit { units, on, topics, note, problem, with, amends } => {
            visit::decide(state, actor, &visit::Visited { units, on: *on, topics, note, problem, with, amends })
        }
        Intent::Session { .. } => session::decide(state, actor, intent),
        Intent::Done { duty, grid, units, on, period, note } => {
            let done = done::DoneWhat { duty, grid: *grid, units, on: *on, note, period: *period };
            done::decide(state, actor, &done)
        }
        Intent::Record(filled) => record::decide(state, actor, filled),
        Intent::Belated { what, reason } => belated::decide(state, actor, what, reason),
        Intent::Exempt { duty, node, period, reason, approver } => {
            let exempted = exempt::Exempted { duty, node: *node, period: *period, reason, approver };
            exempt::decide(state, actor, &exempted)
        }
        Intent::Lock { node, through } => lock::decide(state, actor, *node, *through),
        Intent::Unlock { node, from, through, until, reason, approver } => {
            let (reason, approver) = (reason.clone(), approver.clone());
            let unlock = Unlock { from: *from, through: *through, until: *until, reason, approver };
            lock::unlock(state, actor, *node, &unlock)
        }
        Intent::Withdraw { target, reason } => withdraw::decide(state, actor, target, reason),
        Intent::CloseProblem { visit, on, note } => problem::decide(state, actor, *visit, *on, note),
        Intent::Appoint { node, post, name, phone, from, until } => {
            let term = (*from, *until);
            appoint::decide(state, actor, &appoint::Appointed { node: *node, post: *post, name, phone, term })
        }
        Intent::HandOver { node, post, from, to, on, note } => {
            let offering = handover::Offering { node: *node, post: *post, from: from.as_deref(), to, on: *on, note };
            handover::offer(state, actor, &offering)
        }
        Intent::AnswerHandover { of, kind, note } => {
            handover::answer(state, actor, &handover::Answering { of: *of, kind: *kind, note })
        }
        Intent::Account { person, login, closed } => access::account(state, actor, person, login, *closed),
        Intent::Enroll { person, key, name } => access::enroll(state, actor, person, key, name),
        Intent::Revoke { writer, from_ms, reason } => access::revoke(state, actor, *writer, *from_ms, reason),
        Intent::Settle { of, counts, note } => settle::decide(state, actor, *of, *counts, note),
        Intent::Place { units, grid, from } => placement::decide(state, actor, units, *grid, *from),
        Intent::Partition(proposal) => partition::decide(state, actor, proposal),
        Intent::Regroup(regroup) => regroup::decide(state, actor, regroup),
    }
}

/// The duties that a record at `node` counts for, there and above, by their place in the pack (M-7).
pub fn counts_for(state: &State, node: NodeIx, what: What, acting: &[Acting]) -> Vec<usize> {
    let org = state.org();
    let mark = Mark::of(what, acting);
    let owed = |duty: &Duty| {
        let up = if duty.adds_up() { usize::MAX } else { 1 };
        // What asks about each grid below is owed above it, not at it.
        let skip = usize::from(duty.kind.adds_up());
        org.path_up(node).take(up).skip(skip).any(|at| duty.applies_to(org.node(at)))
    };
    let duties = state.pack().duties.iter().enumerate();
    duties.filter(|(own, duty)| duty.fed_by(&mark, *own) && owed(duty)).map(|(own, _)| own).collect()
}

/// The units, each once, in the order given.
fn once(units: &[UnitIx]) -> impl Iterator<Item = UnitIx> {
    let mut seen = HashSet::new();
    units.iter().copied().filter(move |unit| seen.insert(*unit))
}

/// Refuses a day that has not come.
fn not_future(actor: &Actor, on: NaiveDate) -> Result<(), Refusal> {
    if on > actor.today { Err(Refusal::Future(on)) } else { Ok(()) }
}

/// Refuses what is no grid, or did not exist on that day.
fn grid_on(state: &State, grid: NodeIx, on: NaiveDate) -> Result<(), Refusal> {
    let node = state.org().node(grid);
    if !node.is_grid() {
        return Err(Refusal::NotAGrid(node.name.clone(), state.pack().names.level(3, Form::Vertical).to_owned()));
    }
    exists_on(state, grid, on)
}

/// Refuses a node that did not exist on that day.
fn exists_on(state: &State, node: NodeIx, on: NaiveDate) -> Result<(), Refusal> {
    let node = state.org().node(node);
    if !node.exists_on(on) {
        return Err(Refusal::NoSuchGrid(node.name.clone(), on));
    }
    Ok(())
}
