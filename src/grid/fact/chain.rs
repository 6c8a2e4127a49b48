//! One writer's chain: each fact names the one before it by hash.
use super::{DeviceKey, Draft, Envelope, Hash, WriterId};

/// Where a writer's chain ends: the last sequence number and the hash of that envelope.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct Head {
    /// The last sequence number; 0 before the first fact.
    pub seq: u64,
    /// The hash of the last envelope; all zero before the first.
    pub hash: Hash,
}

/// A writer together with the head that its next fact will name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Chain {
    /// Who writes.
    pub writer: WriterId,
    /// What the next fact follows.
    pub head: Head,
}

impl Chain {
    /// The chain of `writer` from `head` on.
    pub fn new(writer: WriterId, head: Head) -> Chain {
        Chain { writer, head }
    }

    /// Turns a draft into the next envelope of this chain; `recorded_ms` is UTC milliseconds since 1970.
    pub fn seal(&mut self, draft: &Draft, recorded_ms: i64) -> Envelope {
        let envelope = Envelope::seal(self.writer, self.head, recorded_ms, draft);
        self.head = Head { seq: self.head.seq + 1, hash: envelope.hash() };
        envelope
    }

    /// Turns drafts into the next envelopes of this chain and signs the last one, which covers those before it.
    pub fn seal_group(&mut self, drafts: &[Draft], recorded_ms: i64, key: &DeviceKey) -> Vec<Envelope> {
        let mut sealed: Vec<Envelope> = drafts.iter().map(|draft| self.seal(draft, recorded_ms)).collect();
        if let Some(last) = sealed.pop() {
            sealed.push(last.signed(key));
        }
        sealed
    }
}
