//! Appends: what a client sends again is found, the rest is judged and goes to the disk, and the answer follows when it is
//! there.
use super::{super::connection::Append, Event, Group, Keeper, custody::Then, why};
use crate::{
    grid::fact::Draft,
    log::{Entry, LogError, Taken},
    sync::message::{Tell, Why, runs},
    words::t,
};

impl Keeper {
    pub(super) fn append(&mut self, from: u64, append: Append) {
        let of = append.of;
        let Some(client) = self.clients.get(&from) else { return };
        if self.stopping.is_some() {
            return client.refuse(of, Why::Closing, || t!("sync.refused.closing"));
        }
        // What was taken in a moment ago, and asked for again because its answer was lost, needs no index to be found.
        if let Some(taken) = self.recent.known(&append.envelopes) {
            return client.answer(&told(of, &taken));
        }
        match self.custody {
            Some(_) if !client.who.owner => self.judge(from, append),
            _ => {
                let named = self.first_key(from, &append);
                named.into_iter().for_each(|draft| self.write(vec![draft], Then::Nothing));
                self.store(from, append);
            }
        }
    }

    /// The fact that names the key of whoever owns the machine and has no login, before the first that it signs: what it
    /// signed can be checked by that. It is nobody's device, and gives no right.
    fn first_key(&mut self, from: u64, append: &Append) -> Option<Draft> {
        self.custody.as_ref()?;
        let client = self.clients.get_mut(&from).filter(|client| client.is_new && client.who.person.is_none())?;
        client.is_new = append.envelopes.first().is_none_or(|first| first.id().seq != 1);
        let client = self.clients.get(&from).filter(|client| !client.is_new)?;
        Some(self.key_of(client, None, None))
    }

    /// Hands an append on to the disk.
    pub(super) fn store(&mut self, from: u64, append: Append) {
        let Append { of, expected, envelopes, room } = append;
        let received_ms = (self.common.served.now)();
        let group: Group = Group::new(envelopes);
        let (inbox, envelopes) = (self.common.inbox.clone(), group.to_vec());
        self.under_way += 1;
        self.common.served.store.append_async(envelopes, expected, received_ms, move |result| {
            drop(room);
            let _stopped = inbox.send(Event::Taken { from, of, group, result });
        });
    }

    pub(super) fn taken(
        &mut self,
        from: u64,
        of: u32,
        group: &Group,
        result: Result<Taken, LogError>,
        new: &mut Vec<Entry>,
    ) {
        self.under_way -= 1;
        let client = self.clients.get(&from);
        match result {
            Ok(taken) => {
                client.inspect(|client| client.answer(&told(of, &taken)));
                if let Some(custody) = &mut self.custody {
                    custody.receipts.note(group, &taken);
                    note(group, &taken, new);
                }
            }
            Err(error) => drop(client.inspect(|client| client.refuse(of, why(&error), || error.to_string()))),
        }
    }
}

/// Puts what became durable to what is new. Of an append that was sent again a part may be old: the keeper has followed
/// everything up to here, so that it sees which.
pub(super) fn note(group: &Group, taken: &Taken, new: &mut Vec<Entry>) {
    let entries = taken.positions.iter().zip(group.iter());
    new.extend(entries.map(|(position, envelope)| Entry {
        position: *position,
        received_ms: taken.received_ms,
        envelope: envelope.clone(),
    }));
}

fn told(of: u32, taken: &Taken) -> Tell {
    Tell::Appended { of, received_ms: taken.received_ms, places: runs(&taken.positions) }
}
