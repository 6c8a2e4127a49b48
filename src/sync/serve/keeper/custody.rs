//! What the server writes itself: receipts, what it holds, keys of desks that it enrols. One group at a time, in order.
use std::{
    collections::VecDeque,
    path::{Path, PathBuf},
};

use super::{Event, Group, Keeper, receipts::Receipts};
use crate::{
    grid::fact::{Chain, DeviceKey, Draft, Head, Received},
    log::{Entry, LogError, Taken},
    sync::message::Why,
};

/// What follows when a group of the server's own is durable.
#[derive(Debug)]
pub(super) enum Then {
    /// These were the facts of receipts; they are given again where that failed.
    Given(Vec<Received>),
    /// Somebody whose key is enrolled now is to be met.
    Meet(u64),
    /// A step of the batch that is being taken in.
    Step,
    /// Nobody waits for it.
    Nothing,
}

/// The server's own chain.
pub(super) struct Custody {
    key: DeviceKey,
    chain: Chain,
    dir: PathBuf,
    /// What is on its way to the disk: the head before it, and what follows.
    under_way: Option<(Head, Then)>,
    waiting: VecDeque<(Vec<Draft>, Then)>,
    pub(super) receipts: Receipts,
}

impl Custody {
    pub(super) fn new(key: DeviceKey, head: Head, dir: PathBuf) -> Custody {
        let chain = Chain::new(key.writer(), head);
        Custody { key, chain, dir, under_way: None, waiting: VecDeque::new(), receipts: Receipts::default() }
    }

    /// What the server signs with.
    pub(super) fn key(&self) -> &DeviceKey {
        &self.key
    }

    /// The store's folder.
    pub(super) fn dir(&self) -> &Path {
        &self.dir
    }
}

impl Keeper {
    /// Writes drafts into the server's own chain.
    pub(super) fn write(&mut self, drafts: Vec<Draft>, then: Then) {
        if let Some(custody) = &mut self.custody {
            custody.waiting.push_back((drafts, then));
            self.under_way += 1;
            self.write_next();
        }
    }

    fn write_next(&mut self) {
        let Some(custody) = &mut self.custody else { return };
        if custody.under_way.is_some() {
            return;
        }
        let Some((drafts, then)) = custody.waiting.pop_front() else { return };
        let (now, before) = ((self.common.served.now)(), custody.chain.head);
        let group = Group::new(custody.chain.seal_group(&drafts, now, &custody.key));
        custody.under_way = Some((before, then));
        let (inbox, envelopes) = (self.common.inbox.clone(), group.to_vec());
        self.common.served.store.append_async(envelopes, before, now, move |result| {
            let _stopped = inbox.send(Event::Own { group, result });
        });
    }

    pub(super) fn own_taken(&mut self, group: &Group, result: Result<Taken, LogError>, new: &mut Vec<Entry>) {
        self.under_way -= 1;
        let Some(custody) = &mut self.custody else { return };
        let Some((before, then)) = custody.under_way.take() else { return };
        match result {
            Ok(taken) => {
                super::append::note(group, &taken, new);
                match then {
                    Then::Given(_) | Then::Nothing => {}
                    Then::Meet(from) => self.meet(from),
                    Then::Step => self.stepped(Ok(())),
                }
            }
            Err(error) => {
                custody.chain.head = before;
                match then {
                    Then::Given(receipts) => custody.receipts.put_back(receipts),
                    Then::Meet(from) => {
                        if let Some(client) = self.clients.get(&from) {
                            client.send_away(Why::Said, || error.to_string());
                        }
                    }
                    Then::Step => self.stepped(Err(error)),
                    Then::Nothing => {}
                }
            }
        }
        self.write_next();
    }
}
