//! What each client may see: everything, or what its person's posts give.
use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use super::{Client, Keeper, client::Who};
use crate::{
    grid::{fact::Fact, scope::Scope, state::State},
    log::Entry,
    sync::message::Tell,
};

/// The scopes of those who are here and don't see everything, by person.
#[derive(Default)]
pub(super) struct Sights {
    scopes: BTreeMap<String, Scope>,
    /// The scope of somebody who is nobody: for whoever has none of their own.
    nothing: Option<Scope>,
    day: NaiveDate,
    /// Whose scope has grown, or is another one.
    changed: BTreeSet<String>,
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

    /// Who may see the fact before it is folded.
    fn before(&mut self, state: &State, fact: &Fact) -> BTreeSet<String> {
        for (person, scope) in &self.scopes {
            if scope.is_stale(state, fact) || !scope.gains(state, fact).is_empty() {
                self.changed.insert(person.clone());
            }
        }
        self.seen(state, fact).collect()
    }

    fn seen(&self, state: &State, fact: &Fact) -> impl Iterator<Item = String> {
        self.scopes.iter().filter(move |(_, scope)| scope.holds(state, fact)).map(|(person, _)| person.clone())
    }
}

/// Who may see an entry that was folded: everybody who sees all, and these.
pub(super) type Seen = (Entry, BTreeSet<String>);

impl Keeper {
    /// Takes somebody's scope up.
    pub(super) fn look(&mut self, who: &Who) {
        let (Some(kept), Some(person)) = (&self.kept, &who.person) else { return };
        if self.custody.is_some() && !who.owner {
            let today = self.today();
            self.sights.day = today;
            self.sights.nothing.get_or_insert_with(|| Scope::of(&kept.state, "", today));
            self.sights.scopes.insert(person.clone(), Scope::of(&kept.state, person, today));
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
            let Ok(fact) = entry.envelope.open(entry.received_ms) else {
                // Nobody can say where it belongs.
                out.push((entry, BTreeSet::new()));
                continue;
            };
            // What leaves somebody's scope is told them as well.
            let mut seen = self.sights.before(&kept.state, &fact);
            again |= kept.state.apply(&fact).again;
            seen.extend(self.sights.seen(&kept.state, &fact));
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
        let mut changed = std::mem::take(&mut self.sights.changed);
        if self.sights.day != today {
            self.sights.day = today;
            let Some(kept) = &self.kept else { return };
            let other = |(person, scope): &(&String, &Scope)| {
                let now = Scope::of(&kept.state, person, today);
                !now.tops(&kept.state).into_iter().flatten().eq(scope.tops(&kept.state).into_iter().flatten())
            };
            changed.extend(self.sights.scopes.iter().filter(other).map(|(person, _)| person.clone()));
        }
        let here: BTreeSet<&String> = self.clients.values().filter_map(|client| client.who.person.as_ref()).collect();
        self.sights.scopes.retain(|person, _| here.contains(person));
        let Some(kept) = &self.kept else { return };
        for (person, scope) in &mut self.sights.scopes {
            *scope = match changed.contains(person) {
                true => Scope::of(&kept.state, person, today),
                false => continue,
            };
        }
        for person in changed {
            self.states.forget(&person);
            let theirs = self.clients.values().filter(|client| client.who.person.as_ref() == Some(&person));
            theirs.filter(|client| client.live).for_each(|client| client.outbox.tell(&Tell::Anew));
        }
    }
}
