//! Whether what a desk sends is taken in: the rules are asked again, fact by fact, with the rights of whoever sent it.
//!
//! A desk has asked them before it sent anything; what is refused here was changed under way, or is nobody's doing that
//! keeps to the rules. It is refused as a whole, with the sentence.
use std::collections::{HashMap, HashSet};

use super::{Event, Keeper, client::Who};
use crate::{
    grid::{
        decide::admit::{Sender, Verdict, admit, names},
        fact::{Envelope, Fact, FactId, Head, WriterId},
    },
    log::Entry,
    sync::message::Why,
};

/// An append that waits for the facts that it names.
pub(in crate::sync::serve) struct Append {
    pub(super) of: u32,
    pub(super) expected: Head,
    pub(super) envelopes: Vec<Envelope>,
    facts: Vec<Fact>,
    named: HashMap<FactId, Fact>,
    /// What is still to be looked up.
    wanted: Vec<FactId>,
}

impl Keeper {
    /// Judges an append, after what it names was looked up.
    pub(super) fn judge(&mut self, from: u64, of: u32, expected: Head, envelopes: Vec<Envelope>) {
        let Some(client) = self.clients.get(&from) else { return };
        let now = (self.common.served.now)();
        let opened: Result<Vec<Fact>, _> = envelopes.iter().map(|envelope| envelope.open(now)).collect();
        let facts = match opened {
            Ok(facts) => facts,
            Err(error) => return client.refuse(of, Why::Protocol, || error.to_string()),
        };
        let mut append = Append { of, expected, envelopes, facts, named: HashMap::new(), wanted: Vec::new() };
        let wanted: HashSet<FactId> = append.facts.iter().filter_map(names).collect();
        for id in wanted {
            let own = append.facts.iter().find(|fact| fact.id == id).cloned();
            match own.or_else(|| self.recent.fact(id)) {
                Some(fact) => drop(append.named.insert(id, fact)),
                None => append.wanted.push(id),
            }
        }
        self.look_up(from, append);
    }

    /// Looks the next fact up that is named, or goes on where there is none.
    fn look_up(&mut self, from: u64, mut append: Append) {
        let Some(id) = append.wanted.pop() else { return self.judged(from, append) };
        let inbox = self.common.inbox.clone();
        self.common.served.store.find_async(id, move |found| {
            let found = found.ok().flatten().into_iter().collect();
            let _stopped = inbox.send(Event::Named { from, append: Box::new(append), found });
        });
    }

    pub(super) fn named(&mut self, from: u64, mut append: Append, found: &[Entry]) {
        let facts = found.iter().filter_map(|entry| entry.envelope.open(entry.received_ms).ok());
        append.named.extend(facts.map(|fact| (fact.id, fact)));
        self.look_up(from, append);
    }

    /// Takes the append in, or refuses it.
    fn judged(&mut self, from: u64, append: Append) {
        let (Some(client), Some(kept)) = (self.clients.get(&from), &self.kept) else { return };
        let sender = self.sender(client.writer, &client.who);
        for fact in &append.facts {
            let named = names(fact).and_then(|id| append.named.get(&id));
            let verdict = client.language.during(|| admit(&kept.state, &sender, fact, named));
            if let Verdict::Held(_, text) = verdict {
                return client.refuse(append.of, Why::Denied, || text);
            }
        }
        self.store(from, append.of, append.expected, append.envelopes);
    }

    fn sender(&self, writer: WriterId, who: &Who) -> Sender {
        Sender { writer, person: who.person.clone(), owner: who.owner, today: self.today() }
    }
}
