//! A laptop in memory.
use std::collections::BTreeMap;

use wangge::{
    grid::fact::{Chain, DeviceKey, Draft, Envelope},
    log::{Log, Position, Subtree, memory::MemoryLog},
    sync::{
        batch,
        laptop::{self, Done},
        push::Outgoing,
        talk::SyncError,
        upstream::Upstream,
    },
};

use super::server::{STORE, Server};

pub struct Laptop {
    pub log: MemoryLog,
    pub key: DeviceKey,
    pub person: String,
    /// How far its clock is off.
    pub skew_ms: i64,
    note: Option<Upstream>,
}

impl Laptop {
    pub fn new(secret: [u8; 32], person: &str) -> Laptop {
        let key = DeviceKey::from_secret(&secret);
        Laptop { log: MemoryLog::new(), key, person: person.to_owned(), skew_ms: 0, note: None }
    }

    /// Records something; returns it as it was written.
    pub fn record(&mut self, draft: &Draft, now_ms: i64) -> Envelope {
        let now = now_ms + self.skew_ms;
        let before = self.log.head(self.key.writer()).unwrap();
        let mut chain = Chain::new(self.key.writer(), before);
        let envelope = chain.seal_group(std::slice::from_ref(draft), now, &self.key).remove(0);
        self.log.append(std::slice::from_ref(&envelope), before, now).unwrap();
        envelope
    }

    /// The same disk in another machine, key and all.
    pub fn copied(&self) -> Laptop {
        let mut log = MemoryLog::new();
        for entry in self.log.read(&Subtree::All, Position(0), usize::MAX).unwrap() {
            if entry.envelope.id().writer == self.key.writer() {
                let head = log.head(self.key.writer()).unwrap();
                log.append(std::slice::from_ref(&entry.envelope), head, entry.received_ms).unwrap();
            } else {
                log.relay(&[entry]).unwrap();
            }
        }
        let (key, person, note) = (self.key.clone(), self.person.clone(), self.note.clone());
        Laptop { log, key, person, skew_ms: self.skew_ms, note }
    }

    /// Everything that it wrote, as the batches of a bundle.
    pub fn bundle(&self) -> Vec<Vec<u8>> {
        let mut outgoing = Outgoing::after(&self.log, self.key.writer(), 0, Some(&self.key)).unwrap();
        std::iter::from_fn(|| outgoing.next_batch().unwrap()).map(|entries| batch::encode(&entries)).collect()
    }

    /// Syncs over a link that is cut after so many messages.
    pub fn sync(&mut self, server: &mut Server, cut: Option<u32>) -> Result<Done, SyncError> {
        let key = self.key.clone();
        let (mut cable, welcome) = server.cable(&key, cut);
        let mut note = self.note.clone();
        let mut keep = |new: &Upstream| {
            note = Some(new.clone());
            Ok(())
        };
        let own = BTreeMap::from([(key.writer(), Some(key.clone()))]);
        let mut side =
            laptop::Laptop { log: &mut self.log, own, note: self.note.clone(), keep: &mut keep, shared: false };
        let done = laptop::sync(&mut side, &mut cable, (STORE, &welcome), &mut |_| {});
        self.note = note;
        done
    }
}
