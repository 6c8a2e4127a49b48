//! Taking back: what can be, what was, and why not.
use super::{Command, Desk, Done, recorded};
use crate::{
    grid::{
        decide::{Intent, Refusal, is_undone},
        fact::{Body, Draft, Fact},
    },
    words::t,
};

impl Desk {
    /// Decides to take several records back, together; those that do not hold any more are passed over.
    ///
    /// What belongs to a placement (the posts of those who go along) goes back with it. A change of the grids
    /// themselves is refused: what was recorded since counts by the new ones.
    pub fn decide_withdraw(&self, facts: &[Fact]) -> Result<Vec<Draft>, Refusal> {
        if let Some(name) = facts.iter().find_map(node_name) {
            return Err(Refusal::GridsStay(name.to_owned()));
        }
        let mut live: Vec<&Fact> = own(facts).filter(|fact| !is_undone(&self.state, fact)).collect();
        if live.is_empty() {
            // The first one says why.
            live.extend(own(facts).next());
        }
        let mut drafts = Vec::new();
        for fact in live {
            let intent = Intent::Withdraw { target: Box::new(fact.clone()), reason: String::new() };
            drafts.extend(self.decide(&intent)?.drafts);
        }
        Ok(drafts)
    }

    /// The last of what was recorded in this sitting that still holds.
    pub fn undoable(&self) -> Option<&Done> {
        self.done.iter().rev().find(|done| !self.is_undone(&done.facts))
    }

    /// Whether everything that these facts recorded together was taken back.
    pub fn is_undone(&self, facts: &[Fact]) -> bool {
        !facts.is_empty() && own(facts).all(|fact| is_undone(&self.state, fact))
    }
}

/// The sentence where nothing was recorded in this sitting.
pub fn nothing_to_undo() -> String {
    t!("undo.nothing", recent = Command::Recent.row().name()).into_owned()
}

/// Those that are taken back one by one; the others go along with them: the posts with a placement, and what a correction
/// has taken back elsewhere with the correction.
fn own(facts: &[Fact]) -> impl Iterator<Item = &Fact> {
    let moves = facts.iter().any(|fact| matches!(fact.draft.body, Body::Placement(_)));
    recorded(facts).iter().filter(move |fact| !(moves && matches!(fact.draft.body, Body::Post(_))))
}

fn node_name(fact: &Fact) -> Option<&str> {
    match &fact.draft.body {
        Body::Node(node) => Some(&node.name),
        _ => None,
    }
}
