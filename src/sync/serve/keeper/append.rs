//! Appends: what a client sends again is found, the rest goes to the disk, and the answer follows when it is there.
use super::{Event, Group, Keeper, why};
use crate::{
    grid::fact::{Envelope, Head},
    log::{LogError, Taken},
    sync::message::{Tell, Why, runs},
    words::t,
};

impl Keeper {
    pub(super) fn append(&mut self, from: u64, of: u32, expected: Head, envelopes: Vec<Envelope>) {
        let Some(client) = self.clients.get(&from) else { return };
        if self.stopping.is_some() {
            return client.refuse(of, Why::Closing, t!("sync.refused.closing"));
        }
        // What was taken in a moment ago, and asked for again because its answer was lost, needs no index to be found.
        if let Some(taken) = self.recent.known(&envelopes) {
            return client.answer(&told(of, &taken));
        }
        let received_ms = (self.common.served.now)();
        let group: Group = Group::new(envelopes);
        let (inbox, envelopes) = (self.common.inbox.clone(), group.to_vec());
        self.under_way += 1;
        self.common.served.store.append_async(envelopes, expected, received_ms, move |result| {
            let _stopped = inbox.send(Event::Taken { from, of, group, result });
        });
    }

    pub(super) fn taken(&mut self, from: u64, of: u32, _group: &Group, result: Result<Taken, LogError>) {
        self.under_way -= 1;
        let Some(client) = self.clients.get(&from) else { return };
        match result {
            Ok(taken) => client.answer(&told(of, &taken)),
            Err(error) => client.refuse(of, why(&error), error.to_string()),
        }
    }
}

fn told(of: u32, taken: &Taken) -> Tell {
    Tell::Appended { of, received_ms: taken.received_ms, places: runs(&taken.positions) }
}
