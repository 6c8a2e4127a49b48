//! Relaying into a private store: what its owner has pulled from the county's server while a desk has it open.
use super::{Event, Keeper, why};
use crate::{
    log::{Entry, LogError},
    sync::{
        batch,
        message::{Tell, Why},
    },
    words::t,
};

impl Keeper {
    /// Hands a batch on to the disk; everybody hears of it from the store.
    pub(super) fn relay(&self, from: u64, of: u32, bytes: &[u8]) {
        let Some(client) = self.clients.get(&from) else { return };
        // A server judges what it takes in: nobody tells it what another one has judged.
        if self.custody.is_some() || !client.who.owner {
            return client.refuse(of, Why::Denied, || t!("sync.refused.relay"));
        }
        let entries = match batch::decode(bytes) {
            Ok(entries) => entries,
            Err(fault) => return client.refuse(of, Why::Protocol, || fault.to_string()),
        };
        let inbox = self.common.inbox.clone();
        self.common.served.store.relay_async(entries, move |result| {
            let _stopped = inbox.send(Event::Relayed { from, of, result });
        });
    }

    pub(super) fn relayed(&self, from: u64, of: u32, result: Result<Vec<Entry>, LogError>) {
        let Some(client) = self.clients.get(&from) else { return };
        match result {
            Ok(new) => {
                let new = new.iter().map(|entry| (entry.envelope.id(), entry.position.0)).collect();
                client.answer(&Tell::Relayed { of, new });
            }
            Err(error) => client.refuse(of, why(&error), || error.to_string()),
        }
    }
}
