//! What each client may see: everything, or what its person's posts give.
use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use chrono::NaiveDate;

use super::{Client, Keeper, Kept, client::Who};
use crate::{
    grid::{
        fact::{Body, Fact},
        scope::Scope,
        state::State,
    },
    log::Entry,
    sync::{message::Tell, outlet::fingerprint},
};

/// Whose scope it is, and the ids of its tops.
type Named = (Arc<str>, Vec<String>);

/// The scopes of those who are here and don't see everything, by person.
#[derive(Default)]
pub(super) struct Sights {
    scopes: BTreeMap<Arc<str>, Scope>,
    /// The scope of somebody who is nobody: for whoever has none of their own.
    nothing: Option<Scope>,
    day: NaiveDate,
    /// Whose scope has grown, or is another one.
    changed: BTreeSet<Arc<str>>,
}

impl Sights {
    /// The scope of a client; none where it sees everything.
    pub(super) fn of(&self, who: &Who) -> Option<&Scope> {
        if who.owner {
            return None;
        }
        let own = who.person.as_deref().and_then(|person| self.scopes.get(person));
        own.or(self.nothing.as_ref()).filter(|scope| !scope.is_whole())
    }

    /// The scope of a person, whether they are here or have just left.
    pub(super) fn scope(&self, state: &State, person: &str) -> Scope {
        self.scopes.get(person).cloned().unwrap_or_else(|| Scope::of(state, person, self.day))
    }

    /// Who may see the fact before it is folded, where that may be others than see it afterwards.
    fn before(&mut self, state: &State, fact: &Fact) -> Vec<Arc<str>> {
        if moves_nothing(&fact.draft.body) {
            return Vec::new();
        }
        for (person, scope) in &self.scopes {
            if scope.is_stale(state, fact) || !scope.gains(state, fact).is_empty() {
                self.changed.insert(person.clone());
            }
        }
        self.seen(state, fact).collect()
    }

    /// Scopes that the last fact has changed: what comes behind it is given by the new ones.
    fn renew(&mut self, state: &State) {
        for person in &self.changed {
            if let Some(scope) = self.scopes.get_mut(person) {
                *scope = Scope::of(state, person, self.day);
            }
        }
    }

    /// Makes all scopes anew, where the state or the day is another one; `before` is what they were.
    pub(super) fn renew_all(&mut self, kept: Option<&Kept>, before: Vec<Named>) {
        let Some(state) = kept.map(|kept| &kept.state) else { return };
        for (person, scope) in &mut self.scopes {
            *scope = Scope::of(state, person, self.day);
        }
        self.nothing = self.nothing.take().map(|_| Scope::of(state, "", self.day));
        let after = self.named(kept);
        let other = before.into_iter().zip(after).filter(|(before, after)| before != after);
        self.changed.extend(other.map(|(_, (person, _))| person));
    }

    /// Whose scope has which tops, by id.
    pub(super) fn named(&self, kept: Option<&Kept>) -> Vec<Named> {
        let Some(kept) = kept else { return Vec::new() };
        let tops = |scope: &Scope| scope.tops(&kept.state).into_iter().flatten().map(str::to_owned).collect();
        self.scopes.iter().map(|(person, scope)| (person.clone(), tops(scope))).collect()
    }

    fn seen(&self, state: &State, fact: &Fact) -> impl Iterator<Item = Arc<str>> {
        self.scopes.iter().filter(move |(_, scope)| scope.holds(state, fact)).map(|(person, _)| person.clone())
    }
}

/// Whether such a fact leaves everything in the scopes where it is: what is done every day.
fn moves_nothing(body: &Body) -> bool {
    matches!(
        body,
        Body::Visit(_) | Body::Session(_) | Body::Done(_) | Body::ProblemClosed(_) | Body::Record(_) | Body::Receipt(_)
    )
}

/// Who may see an entry that was folded: everybody who sees all, and these.
pub(super) type Seen = (Entry, Vec<Arc<str>>);

impl Keeper {
    /// Takes somebody's scope up.
    pub(super) fn look(&mut self, who: &Who) {
        let (Some(kept), Some(person)) = (&self.kept, &who.person) else { return };
        if self.custody.is_some() && !who.owner {
            let today = self.today();
            self.sights.day = today;
            self.sights.nothing.get_or_insert_with(|| Scope::of(&kept.state, "", today));
            let scope = Scope::of(&kept.state, person, today);
            if !self.sights.scopes.contains_key(person.as_str()) {
                self.states.comes(person, || fingerprint(&kept.state, &scope));
            }
            self.sights.scopes.insert(person.as_str().into(), scope);
        }
    }

    /// The client's scope as bytes; zero where it sees everything.
    pub(super) fn fingerprint(&self, client: &Client) -> [u8; 16] {
        let (Some(kept), Some(scope)) = (&self.kept, self.sights.of(&client.who)) else { return [0; 16] };
        let mut hash = blake3::Hasher::new();
        hash.update(client.who.person.as_deref().unwrap_or_default().as_bytes());
        for top in scope.tops(&kept.state).into_iter().flatten() {
            hash.update(b"\0").update(top.as_bytes());
        }
        let mut out = [0; 16];
        out.copy_from_slice(&hash.finalize().as_bytes()[..16]);
        out
    }

    /// Folds what is new; says who may see it.
    pub(super) fn fold(&mut self, new: Vec<Entry>) -> Vec<Seen> {
        let Some(kept) = &mut self.kept else { return Vec::new() };
        let mut again = false;
        let mut out = Vec::with_capacity(new.len());
        for entry in new {
            kept.position = entry.position;
            if let Some(refold) = &mut self.refold {
                refold.since.push(entry.clone());
            }
            let Ok(fact) = entry.envelope.open(entry.received_ms) else {
                // Nobody can say where it belongs.
                out.push((entry, Vec::new()));
                continue;
            };
            // What leaves somebody's scope is told them as well.
            let mut seen = self.sights.before(&kept.state, &fact);
            again |= kept.state.apply(&fact).again;
            self.sights.renew(&kept.state);
            let others: Vec<Arc<str>> =
                self.sights.seen(&kept.state, &fact).filter(|person| !seen.contains(person)).collect();
            seen.extend(others);
            out.push((entry, seen));
        }
        if again {
            self.fold_again();
        }
        out
    }

    /// Whether the client may see the entry now.
    pub(super) fn sees(&self, client: &Client, entry: &Entry) -> bool {
        let (Some(kept), Some(scope)) = (&self.kept, self.sights.of(&client.who)) else { return true };
        entry.envelope.open(entry.received_ms).is_ok_and(|fact| scope.holds(&kept.state, &fact))
    }

    /// Makes scopes anew that have changed, by a fact or with the day, and tells those whose they are to begin again.
    pub(super) fn look_again(&mut self) {
        let today = self.today();
        if self.sights.day != today {
            let before = self.sights.named(self.kept.as_ref());
            self.sights.day = today;
            self.sights.renew_all(self.kept.as_ref(), before);
        }
        let changed = std::mem::take(&mut self.sights.changed);
        if changed.is_empty() {
            return;
        }
        // Whose scope has changed hears first why.
        self.tell_now();
        for person in changed {
            self.states.forget(&person);
            let theirs = self.clients.values().filter(|client| client.who.person.as_deref() == Some(&*person));
            theirs.filter(|client| client.live).for_each(|client| client.outbox.tell(&Tell::Anew));
        }
    }

    /// Somebody has left: whose last connection it was is looked for no longer.
    pub(super) fn look_away(&mut self, client: &Client) {
        let Some(person) = &client.who.person else { return };
        if !self.clients.values().any(|other| other.who.person.as_ref() == Some(person)) {
            self.sights.scopes.remove(person.as_str());
        }
    }
}
