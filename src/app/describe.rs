//! What was recorded, in words.
use super::Desk;
use crate::{
    grid::{
        decide::is_belated,
        fact::{Body, Fact},
        record::form,
        state::State,
    },
    words::t,
};

impl Desk {
    /// What was recorded together, in words; see [`describe`].
    pub fn describe(&self, facts: &[Fact]) -> String {
        describe(&self.state, facts)
    }

    /// Whether a record was entered after its month (补录).
    pub fn is_late(&self, fact: &Fact) -> bool {
        is_late(&self.state, fact)
    }
}

/// Of what was written together that which somebody recorded: what a correction took back elsewhere stands behind it, and
/// goes along with it.
pub fn recorded(facts: &[Fact]) -> &[Fact] {
    let last = facts.iter().rposition(|fact| !matches!(fact.draft.body, Body::Withdrawn(_)));
    last.map_or(facts, |last| &facts[..=last])
}

/// What was recorded together, in words, for example `9 家走访 11-23`.
pub fn describe(state: &State, facts: &[Fact]) -> String {
    let facts = recorded(facts);
    let Some(first) = facts.first() else { return String::new() };
    let (many, day) = (facts.len(), first.draft.occurred.format("%m-%d").to_string());
    let name = whom(state, first);
    let told = match &first.draft.body {
        Body::Visit(_) if many > 1 => t!("told.visits", n = many, day = day),
        Body::Visit(_) => t!("told.visit", name = name, day = day),
        Body::Session(session) => t!("told.session", topic = session.topic, day = day),
        Body::Done(done) => {
            let duty = state.pack().duty(&done.duty).map_or(done.duty.as_str(), |(_, duty)| duty.name.as_str());
            let same = |fact: &Fact| matches!(&fact.draft.body, Body::Done(other) if other.duty == done.duty);
            match many {
                1 => t!("told.done", name = name, duty = duty, day = day),
                n if facts.iter().all(same) => t!("told.dones", n = n, duty = duty, day = day),
                n => t!("told.several_done", n = n, day = day),
            }
        }
        Body::Record(record) => {
            let kind = form(&record.form).map_or(record.form.as_str(), |(_, form)| form.name());
            let at = first.draft.at.as_deref().and_then(|id| state.org().node_ix(id));
            let at = at.map_or(String::new(), |ix| state.org().node(ix).name.clone());
            let whose = if first.draft.subject.is_some() { name } else { at };
            match many {
                1 => t!("told.record", whose = whose, kind = kind, day = day),
                n => t!("told.records", whose = whose, kind = kind, n = n, day = day),
            }
        }
        Body::Withdrawn(_) => t!("told.withdrawn", n = many),
        Body::ProblemClosed(_) if many > 1 => t!("told.problems", n = many),
        Body::ProblemClosed(_) => t!("told.problem", name = name),
        Body::Node(node) => match placed(facts) {
            n if n > 0 && nodes(facts) > 1 => t!("told.placed_anew", n = n, facts = many),
            _ => t!("told.regrouped", name = node.name, facts = many),
        },
        Body::Placement(_) => match (placed(facts), &first.draft.at) {
            (1, None) => t!("told.unplaced", name = name),
            (1, Some(_)) => t!("told.placed", name = name),
            (n, None) => t!("told.unplaced_many", n = n),
            // The posts of those who go along are facts of their own.
            (n, Some(_)) => t!("told.placed_many", n = n),
        },
        Body::Settled(settled) if settled.counts => t!("told.held_counts", n = many),
        Body::Settled(_) => t!("told.held_left_out", n = many),
        _ => t!("told.other", n = many),
    };
    // What is about a node as a whole names nobody.
    told.trim_start().to_owned()
}

/// Whether a record was entered after its month (补录).
pub fn is_late(state: &State, fact: &Fact) -> bool {
    matches!(fact.draft.body, Body::Visit(_) | Body::Session(_) | Body::Done(_))
        && is_belated(fact.draft.occurred, state.local_day(fact.recorded_ms))
}

/// The unit that a record is about, by name.
fn whom(state: &State, fact: &Fact) -> String {
    let id = fact.draft.subject.as_deref().unwrap_or_default();
    state.org().unit_ix(id).map_or(id.to_owned(), |ix| state.org().unit(ix).record.name.clone())
}

/// How many of the facts are about the grids themselves.
fn nodes(facts: &[Fact]) -> usize {
    facts.iter().filter(|fact| matches!(fact.draft.body, Body::Node(_))).count()
}

/// How many of them put a unit into a grid.
fn placed(facts: &[Fact]) -> usize {
    facts.iter().filter(|fact| matches!(fact.draft.body, Body::Placement(_))).count()
}
