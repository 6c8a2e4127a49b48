//! Whether what a desk sends is taken in: the rules are asked again, fact by fact, with the rights of whoever sent it.
//!
//! A desk has asked them before it sent anything; what is refused here was changed under way, or is nobody's doing that
//! keeps to the rules. It is refused as a whole, with the sentence.
use std::collections::{HashMap, HashSet};

use super::{super::connection::Append, Event, Keeper, client::Who};
use crate::{
    grid::{
        decide::admit::{Sender, Verdict, admit, names},
        fact::{Fact, FactId, WriterId},
    },
    log::Entry,
    sync::message::Why,
};

/// An append that waits for the facts that it names.
pub(in crate::sync::serve) struct Judging {
    append: Append,
    facts: Vec<Fact>,
    named: HashMap<FactId, Fact>,
    /// What is still to be looked up.
    wanted: Vec<FactId>,
}

impl Keeper {
    /// Judges an append, after what it names was looked up.
    pub(super) fn judge(&mut self, from: u64, append: Append) {
        let Some(client) = self.clients.get(&from) else { return };
        let now = (self.common.served.now)();
        let opened: Result<Vec<Fact>, _> = append.envelopes.iter().map(|envelope| envelope.open(now)).collect();
        let facts = match opened {
            Ok(facts) => facts,
            Err(error) => return client.refuse(append.of, Why::Protocol, || error.to_string()),
        };
        let mut judging = Judging { append, facts, named: HashMap::new(), wanted: Vec::new() };
        let wanted: HashSet<FactId> = judging.facts.iter().filter_map(names).collect();
        for id in wanted {
            let own = judging.facts.iter().find(|fact| fact.id == id).cloned();
            match own.or_else(|| self.recent.fact(id)) {
                Some(fact) => drop(judging.named.insert(id, fact)),
                None => judging.wanted.push(id),
            }
        }
        self.look_up(from, judging);
    }

    /// Looks the next fact up that is named, or goes on where there is none.
    fn look_up(&mut self, from: u64, mut judging: Judging) {
        let Some(id) = judging.wanted.pop() else { return self.judged(from, judging) };
        let inbox = self.common.inbox.clone();
        self.common.served.store.find_async(id, move |found| {
            let found = found.ok().flatten().into_iter().collect();
            let _stopped = inbox.send(Event::Named { from, judging: Box::new(judging), found });
        });
    }

    pub(super) fn named(&mut self, from: u64, mut judging: Judging, found: &[Entry]) {
        let facts = found.iter().filter_map(|entry| entry.envelope.open(entry.received_ms).ok());
        judging.named.extend(facts.map(|fact| (fact.id, fact)));
        self.look_up(from, judging);
    }

    /// Takes the append in, or refuses it.
    fn judged(&mut self, from: u64, judging: Judging) {
        let (Some(client), Some(kept)) = (self.clients.get(&from), &self.kept) else { return };
        let sender = self.sender(client.writer, &client.who);
        for fact in &judging.facts {
            let named = names(fact).and_then(|id| judging.named.get(&id));
            let verdict = client.language.during(|| admit(&kept.state, &sender, fact, named));
            if let Verdict::Held(_, text) = verdict {
                return client.refuse(judging.append.of, Why::Denied, || text);
            }
        }
        self.store(from, judging.append);
    }

    fn sender(&self, writer: WriterId, who: &Who) -> Sender {
        Sender { writer, person: who.person.clone(), owner: who.owner, today: self.today() }
    }
}
