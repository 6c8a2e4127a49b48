//! The state: given to who comes, made once for all who come at about the same time, and saved.
use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
    thread,
};

use super::{
    Event, Keeper,
    part::{Part, Parts, Wanted, fold},
};
use crate::{
    grid::{reach::Bits, state::State},
    log::{Entry, Position},
    sync::message::Why,
};

/// So many entries may have come since a state was made for it to be given out again; who gets it hears them as well.
const FRESH: u64 = 2048;
/// After so many entries the state is saved.
const SAVED: u64 = 16_384;
/// For so many people parts are made at once; who comes behind them waits for the next round.
const PEOPLE: usize = Bits::BITS as usize;

/// So many bytes of parts are kept, for those who come again; those that are oldest go first.
const KEPT: usize = 32 * 1024 * 1024;

/// A state as bytes, and the position up to which it counts.
type Made = (u64, Arc<Vec<u8>>);

/// The states that were given out last.
#[derive(Default)]
pub(super) struct States {
    whole: Option<Made>,
    /// Of those who do not see everything, by person.
    parts: BTreeMap<String, Part>,
    /// Who waits for a part, by person: the client and its question.
    waiting: BTreeMap<String, Vec<(u64, u32)>>,
    /// Parts are being made, and these of them are no longer what may be seen.
    making: Option<BTreeSet<String>>,
    /// The state by which parts are judged, for several that are made at about the same time.
    frozen: Option<(u64, Arc<State>)>,
    saved: u64,
}

impl States {
    /// What was given out to a person is no longer what they may see.
    pub(super) fn forget(&mut self, person: &str) {
        self.parts.remove(person);
        if let Some(old) = &mut self.making {
            old.insert(person.to_owned());
        }
    }

    /// Somebody comes in who was away, and may see something else by now than when their part was made.
    pub(super) fn comes(&mut self, person: &str, scope: impl Fn() -> [u8; 16]) {
        if self.parts.get(person).is_some_and(|part| part.scope != scope()) {
            self.parts.remove(person);
        }
        // So may what is just being made for somebody who left before they got it.
        if let Some(old) = &mut self.making {
            old.insert(person.to_owned());
        }
    }

    /// Keeps no more bytes of parts than that.
    fn make_room(&mut self, most: usize) {
        while self.parts.values().map(|part| part.bytes.len()).sum::<usize>() > most {
            let oldest = self.parts.iter().min_by_key(|(_, part)| part.at).map(|(person, _)| person.clone());
            oldest.and_then(|person| self.parts.remove(&person));
        }
    }

    /// Nothing that was given out is so any more.
    pub(super) fn forget_all(&mut self) {
        (self.whole, self.frozen) = (None, None);
        self.parts.clear();
        if let Some(old) = &mut self.making {
            old.extend(self.waiting.keys().cloned());
        }
    }
}

impl Keeper {
    pub(super) fn state(&mut self, from: u64, of: u32) {
        if let Some(refold) = &mut self.refold {
            return refold.asked.push((from, of));
        }
        let (Some(client), Some(kept)) = (self.clients.get(&from), &self.kept) else { return };
        let is_fresh = |at: u64| at + FRESH >= kept.position.0;
        if self.sights.of(&client.who).is_none() {
            let old = self.states.whole.take().filter(|made| is_fresh(made.0));
            let (position, bytes) = old.unwrap_or_else(|| (kept.position.0, Arc::new(kept.state.to_snapshot())));
            client.outbox.state(of, position, bytes.clone());
            client.gate.answered();
            self.states.whole = Some((position, bytes));
            return;
        }
        let person = client.who.person.clone().unwrap_or_default();
        if let Some(part) = self.states.parts.get(&person).filter(|part| is_fresh(part.at)) {
            client.outbox.state(of, part.at, part.bytes.clone());
            return client.gate.answered();
        }
        self.states.waiting.entry(person).or_default().push((from, of));
        self.make_parts();
    }

    /// Makes the parts that are waited for, unless some are being made: the log is read once for all who come at about the
    /// same time, and by one thread at a time, however many come.
    fn make_parts(&mut self) {
        let Some(kept) = self.kept.as_ref().filter(|_| self.states.making.is_none()) else { return };
        let people = self.states.waiting.keys().take(PEOPLE);
        let want = |person: &String| Wanted {
            person: person.clone(),
            scope: self.sights.scope(&kept.state, person),
            before: self.states.parts.get(person).cloned(),
        };
        let wanted: Vec<Wanted> = people.map(want).collect();
        if wanted.is_empty() {
            return;
        }
        let frozen = self.states.frozen.take().filter(|(at, _)| at + FRESH >= kept.position.0);
        let (position, state) = frozen.unwrap_or_else(|| (kept.position.0, Arc::new(kept.state.clone())));
        self.states.frozen = Some((position, state.clone()));
        let parts = Parts { wanted, state, upto: Position(position) };
        let (store, inbox) = (self.common.served.store.clone(), self.common.inbox.clone());
        let work = move || drop(inbox.send(Event::Made(parts.make(&store))));
        match thread::Builder::new().name("wangge-part".to_owned()).spawn(work) {
            Ok(_) => self.states.making = Some(BTreeSet::new()),
            Err(error) => {
                for (from, of) in std::mem::take(&mut self.states.waiting).into_values().flatten() {
                    if let Some(client) = self.clients.get(&from) {
                        client.refuse(of, Why::Said, || error.to_string());
                    }
                }
            }
        }
    }

    /// Gives parts that were made to all who wait for them.
    pub(super) fn made(&mut self, parts: Vec<(String, Option<Part>)>) {
        let old = self.states.making.take().unwrap_or_default();
        // Who may see something else by now waits for the next round.
        for (person, made) in parts.into_iter().filter(|(person, _)| !old.contains(person)) {
            for (from, of) in self.states.waiting.remove(&person).unwrap_or_default() {
                let Some(client) = self.clients.get(&from) else { continue };
                match &made {
                    Some(part) => client.outbox.state(of, part.at, part.bytes.clone()),
                    None => client.send_away(Why::Closing, String::new),
                }
                client.gate.answered();
            }
            self.states.parts.extend(made.map(|made| (person, made)));
        }
        self.states.make_room(KEPT);
        let here = |(from, _): &(u64, u32)| self.clients.contains_key(from);
        self.states.waiting.retain(|_, asked| asked.iter().any(here));
        self.make_parts();
    }

    /// Folds everything again, where a fact says that earlier ones count otherwise than they were folded: on a thread of its
    /// own, and who asks for the state meanwhile gets it then.
    pub(super) fn fold_again(&mut self) {
        self.states.forget_all();
        let Some(kept) = &self.kept else { return };
        if let Some(refold) = &mut self.refold {
            refold.is_old = true;
            return;
        }
        let (empty, upto) = (kept.state.afresh(), kept.position);
        self.refold_from(empty, upto);
    }

    fn refold_from(&mut self, empty: State, upto: Position) {
        let (store, inbox) = (self.common.served.store.clone(), self.common.inbox.clone());
        let work = move || {
            let state =
                fold(&store, vec![(empty, Position(0))], upto, |_| 1).and_then(|mut folded| folded.pop()).map(Box::new);
            let _stopped = inbox.send(Event::Refolded { state });
        };
        let asked = self.refold.take().map(|refold| refold.asked).unwrap_or_default();
        match thread::Builder::new().name("wangge-refold".to_owned()).spawn(work) {
            Ok(_) => self.refold = Some(Refold { since: Vec::new(), is_old: false, asked }),
            // What counts otherwise is seen after the next start.
            Err(_) => asked.into_iter().for_each(|(from, of)| self.state(from, of)),
        }
    }

    /// The state that was folded again takes the place of the one before, with what has come since.
    pub(super) fn refolded(&mut self, state: Option<Box<State>>) {
        let (Some(refold), Some(kept)) = (self.refold.take(), &mut self.kept) else { return };
        let Refold { since, mut is_old, asked } = refold;
        if let Some(mut state) = state {
            let facts = since.iter().filter_map(|entry| entry.envelope.open(entry.received_ms).ok());
            facts.for_each(|fact| is_old |= state.apply(&fact).again);
            let before = self.sights.named(Some(kept));
            kept.state = *state;
            // Places have other numbers in another state.
            self.sights.renew_all(self.kept.as_ref(), before);
        }
        self.states.forget_all();
        if is_old {
            // What came meanwhile says once more that earlier facts count otherwise.
            self.refold = Some(Refold { since: Vec::new(), is_old: false, asked });
            if let Some((empty, upto)) = self.kept.as_ref().map(|kept| (kept.state.afresh(), kept.position)) {
                self.refold_from(empty, upto);
            }
            return;
        }
        asked.into_iter().for_each(|(from, of)| self.state(from, of));
        self.look_again();
    }

    /// Saves the state, if a great deal has come since the last time.
    pub(super) fn save_in_use(&mut self) {
        let position = self.position();
        // What the first one counts from is what the store was opened with.
        if self.states.saved == 0 {
            self.states.saved = position;
        }
        if position >= self.states.saved + SAVED {
            self.save();
        }
    }

    /// Saves the state of a store that people share; a private one is saved by who has it.
    pub(super) fn save(&mut self) {
        let (Some(kept), Some(_)) = (&self.kept, &self.custody) else { return };
        if kept.position.0 > self.states.saved {
            self.states.saved = kept.position.0;
            self.common.served.store.checkpoint_async(kept.state.to_snapshot(), kept.position, |_| {});
        }
    }
}

/// All facts up to a position are being folded again.
pub(super) struct Refold {
    /// What came behind that position.
    pub(super) since: Vec<Entry>,
    /// One of those says that earlier ones count otherwise.
    is_old: bool,
    /// Who asked for the state meanwhile: the client and its question.
    asked: Vec<(u64, u32)>,
}
