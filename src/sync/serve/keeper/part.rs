//! Folding the log into states: of everything, or of what each of several people may see.
use std::{
    cell::OnceCell,
    sync::{
        Arc,
        mpsc::{Receiver, channel},
    },
};

use crate::{
    grid::{
        fact::Fact,
        reach::{Bits, Reach},
        scope::Scope,
        state::State,
    },
    log::{Entry, LogError, Position, StoreHandle, Subtree},
    sync::outlet::fingerprint,
};

/// How many entries are read at once: what is recorded meanwhile waits for no more than one page.
const PAGE: usize = 2048;

/// The state of what somebody may see, as bytes.
#[derive(Clone)]
pub(in crate::sync::serve) struct Part {
    /// The position up to which it counts.
    pub(super) at: u64,
    pub(super) bytes: Arc<Vec<u8>>,
    /// What they could see, see [`fingerprint`]; of another scope it is not the beginning.
    pub(super) scope: [u8; 16],
}

/// What somebody may see, and what was made of it before.
pub(super) struct Wanted {
    pub(super) person: String,
    pub(super) scope: Scope,
    pub(super) before: Option<Part>,
}

/// The states of what people may see, to be made of the facts that they may see.
pub(super) struct Parts {
    pub(super) wanted: Vec<Wanted>,
    /// By which it is judged what they may see.
    pub(super) state: Arc<State>,
    /// The position up to which the states are to count.
    pub(super) upto: Position,
}

impl Parts {
    /// Makes them, from what was made before where that is of the same scope; none for those whose facts can't be read.
    pub(super) fn make(self, store: &StoreHandle) -> Vec<(String, Option<Part>)> {
        let scopes: Vec<_> = self.wanted.iter().map(|wanted| fingerprint(&self.state, &wanted.scope)).collect();
        let begun = self.wanted.iter().zip(&scopes).map(|(wanted, scope)| self.begun(wanted, scope)).collect();
        let reach = Reach::new(&self.state, &self.wanted.iter().map(|wanted| &wanted.scope).collect::<Vec<_>>());
        let parts = fold(store, begun, self.upto, |one| self.holding(&reach, one));
        let mut parts = parts.into_iter().flatten();
        let made = |(wanted, scope): (&Wanted, _)| {
            let bytes = parts.next().map(|part| Arc::new(part.to_snapshot()));
            (wanted.person.clone(), bytes.map(|bytes| Part { at: self.upto.0, bytes, scope }))
        };
        self.wanted.iter().zip(scopes).map(made).collect()
    }

    /// What is there already of somebody's state, and up to which position.
    fn begun(&self, wanted: &Wanted, scope: &[u8; 16]) -> (State, Position) {
        let before = wanted.before.as_ref().filter(|part| part.scope == *scope && part.at <= self.upto.0);
        let read = |part: &Part| Some((State::from_snapshot(part.bytes.to_vec(), self.state.pack()).ok()?, part.at));
        match before.and_then(read) {
            Some((state, at)) => (state, Position(at)),
            None => (State::new(self.state.pack().clone()), Position(0)),
        }
    }

    /// Most of a county's facts are another township's, and are never opened.
    fn holding(&self, reach: &Reach<'_>, one: &Closed<'_>) -> Bits {
        reach.holding(&one.entry.envelope).unwrap_or_else(|| {
            let Some(fact) = one.fact() else { return 0 };
            let theirs = self.wanted.iter().enumerate().filter(|(_, wanted)| wanted.scope.holds(&self.state, fact));
            theirs.fold(0, |bits, (n, _)| bits | 1 << n)
        })
    }
}

/// An entry that is opened when somebody needs the whole fact, and once for all of them.
pub(super) struct Closed<'a> {
    entry: &'a Entry,
    fact: OnceCell<Option<Fact>>,
}

impl<'a> Closed<'a> {
    fn new(entry: &'a Entry) -> Closed<'a> {
        Closed { entry, fact: OnceCell::new() }
    }

    /// None where it is not what its kind promises.
    fn fact(&self) -> Option<&Fact> {
        self.fact.get_or_init(|| self.entry.envelope.open(self.entry.received_ms).ok()).as_ref()
    }
}

/// Folds the facts up to a position into states, each from its own position on and of those that `holding` says are theirs;
/// all of them once more where one says that earlier ones count otherwise. None where they can't be read.
pub(super) fn fold(
    store: &StoreHandle,
    mut states: Vec<(State, Position)>,
    upto: Position,
    holding: impl Fn(&Closed<'_>) -> Bits,
) -> Option<Vec<State>> {
    let mut open: Vec<usize> = (0..states.len()).collect();
    for _ in 0..2 {
        let mut again = vec![false; states.len()];
        let first = open.iter().map(|n| states[*n].1).min().unwrap_or(upto);
        each_entry(store, (first, upto), |entry| {
            let one = Closed::new(entry);
            let theirs = holding(&one);
            for n in open.iter().copied() {
                if theirs & 1 << n != 0 && states[n].1 < entry.position {
                    again[n] |= one.fact().is_some_and(|fact| states[n].0.apply(fact).again);
                }
            }
        })?;
        open.retain(|n| again[*n]);
        if open.is_empty() {
            return Some(states.into_iter().map(|(state, _)| state).collect());
        }
        open.iter().for_each(|n| states[*n] = (states[*n].0.afresh(), Position(0)));
    }
    // What is known beforehand is not said anew: once is enough.
    None
}

/// Every entry after the one position up to the other, in order; the next page is read while this one is gone through.
fn each_entry(store: &StoreHandle, (mut done, upto): (Position, Position), mut each: impl FnMut(&Entry)) -> Option<()> {
    let mut page = ask(store, done);
    while done < upto {
        let entries = page.recv().ok()?.ok()?;
        done = entries.last()?.position;
        if done < upto {
            page = ask(store, done);
        }
        entries.iter().take_while(|entry| entry.position <= upto).for_each(&mut each);
    }
    Some(())
}

fn ask(store: &StoreHandle, after: Position) -> Receiver<Result<Vec<Entry>, LogError>> {
    let (send, receive) = channel();
    store.read_async(Subtree::All, after, PAGE, move |read| drop(send.send(read)));
    receive
}
