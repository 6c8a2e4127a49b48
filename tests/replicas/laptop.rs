//! A laptop in memory.
use std::collections::BTreeMap;

use wangge::{
    grid::fact::{Chain, DeviceKey, Draft, Envelope},
    log::{Log, Position, Subtree, memory::MemoryLog},
    sync::{
        batch,
        bundle::Down,
        laptop::{self, Done},
        pull::{self, Pulled},
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
        self.record_all(std::slice::from_ref(draft), now_ms).remove(0)
    }

    /// Records what was decided together.
    pub fn record_all(&mut self, drafts: &[Draft], now_ms: i64) -> Vec<Envelope> {
        let now = now_ms + self.skew_ms;
        let before = self.log.head(self.key.writer()).unwrap();
        let mut chain = Chain::new(self.key.writer(), before);
        let envelopes = chain.seal_group(drafts, now, &self.key);
        self.log.append(&envelopes, before, now).unwrap();
        envelopes
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

    /// What it has noted of how far it has everything; nothing where it has never synced.
    pub fn noted(&self) -> (u64, [u8; 16]) {
        self.note.as_ref().map_or_else(Default::default, |note| (note.after.0, note.scope))
    }

    /// Takes a server's file in, if it is for this laptop and goes on from where that is; says whether it did.
    pub fn take(&mut self, (down, batches): &(Down, Vec<Vec<u8>>)) -> bool {
        let Some(after) = down.reaches(self.note.as_ref()).filter(|_| down.device == self.key.writer()) else {
            return false;
        };
        let own = BTreeMap::from([(self.key.writer(), self.log.head(self.key.writer()).unwrap())]);
        for batch in batches {
            pull::take(&mut self.log, batch::decode(batch).unwrap(), &own, &mut Pulled::default()).unwrap();
        }
        self.note = Some(Upstream { store: STORE, after, scope: down.scope });
        true
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
