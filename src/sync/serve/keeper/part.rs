//! Folding the log into states: of everything, or of what each of several people may see.
use std::sync::{
    Arc,
    mpsc::{Receiver, channel},
};

use super::state::Made;
use crate::{
    grid::{fact::Fact, scope::Scope, state::State},
    log::{Entry, LogError, Position, StoreHandle, Subtree},
};

/// How many entries are read at once: what is recorded meanwhile waits for no more than one page.
const PAGE: usize = 2048;

/// The states of what people may see, to be made of the facts that they may see.
pub(super) struct Parts {
    /// Whose, and what they may see.
    pub(super) wanted: Vec<(String, Scope)>,
    /// By which it is judged what they may see.
    pub(super) state: Arc<State>,
    /// The position up to which the states are to count.
    pub(super) upto: Position,
}

impl Parts {
    /// Makes them; none for those whose facts can't be read.
    pub(super) fn make(self, store: &StoreHandle) -> Vec<(String, Option<Made>)> {
        let empty = self.wanted.iter().map(|_| State::new(self.state.pack().clone())).collect();
        let holds = |n: usize, fact: &Fact| self.wanted[n].1.holds(&self.state, fact);
        let parts = fold(store, empty, self.upto, holds);
        let mut parts = parts.into_iter().flatten();
        let made = |(person, _)| (person, parts.next().map(|part| (self.upto.0, Arc::new(part.to_snapshot()))));
        self.wanted.clone().into_iter().map(made).collect()
    }
}

/// Folds the facts up to a position into states, into each those that `holds` lets through; once more where one of them
/// says that earlier ones count otherwise. None where they can't be read.
pub(super) fn fold(
    store: &StoreHandle,
    mut states: Vec<State>,
    upto: Position,
    holds: impl Fn(usize, &Fact) -> bool,
) -> Option<Vec<State>> {
    let mut open: Vec<usize> = (0..states.len()).collect();
    for _ in 0..2 {
        let mut again = vec![false; states.len()];
        each_fact(store, upto, |fact| {
            for n in open.iter().copied().filter(|n| holds(*n, fact)) {
                again[n] |= states[n].apply(fact).again;
            }
        })?;
        open.retain(|n| again[*n]);
        if open.is_empty() {
            return Some(states);
        }
        open.iter().for_each(|n| states[*n] = states[*n].afresh());
    }
    // What is known beforehand is not said anew: once is enough.
    None
}

/// Every fact up to a position, in order; the next page is read while this one is gone through.
fn each_fact(store: &StoreHandle, upto: Position, mut each: impl FnMut(&Fact)) -> Option<()> {
    let mut done = Position(0);
    let mut page = ask(store, done);
    while done < upto {
        let entries = page.recv().ok()?.ok()?;
        done = entries.last()?.position;
        if done < upto {
            page = ask(store, done);
        }
        let here = entries.iter().take_while(|entry| entry.position <= upto);
        here.filter_map(|entry| entry.envelope.open(entry.received_ms).ok()).for_each(|fact| each(&fact));
    }
    Some(())
}

fn ask(store: &StoreHandle, after: Position) -> Receiver<Result<Vec<Entry>, LogError>> {
    let (send, receive) = channel();
    store.read_async(Subtree::All, after, PAGE, move |read| drop(send.send(read)));
    receive
}
