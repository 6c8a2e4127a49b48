//! What goes up: the chains that are written here, in batches, each durable at the server before it counts as sent.
use std::collections::VecDeque;

use super::{
    batch,
    message::{Ask, HeldLine, Mark, Tell},
    talk::{SyncError, Talk},
};
use crate::{
    grid::fact::{DeviceKey, FactId, WriterId},
    log::{Entry, Log, Position, Subtree},
};

/// How many batches are under way before the first of them must be answered: a far link is kept busy while it waits.
const AHEAD: usize = 3;
/// How many entries of the journal are read at once.
const PAGE: usize = 512;

/// What went up.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Pushed {
    /// How many facts the server has taken in.
    pub facts: u64,
    /// How many bytes they took in batches.
    pub bytes: u64,
    /// What the server keeps and does not count, and why.
    pub held: Vec<HeldLine>,
    /// The first fact that could not join its chain: its key is used on another machine too.
    pub forked: Option<FactId>,
}

/// The envelopes of one chain after a place, oldest first, in batches that end where a signature covers them.
pub struct Outgoing<'a> {
    log: &'a dyn Log,
    writer: WriterId,
    key: Option<&'a DeviceKey>,
    /// Where to read on in the journal.
    after: Position,
    gathered: VecDeque<Entry>,
    at_end: bool,
}

impl<'a> Outgoing<'a> {
    /// The envelopes of `writer`'s chain after `seq`; `key` signs where the writer left none at the end of a batch.
    pub fn after(
        log: &'a dyn Log,
        writer: WriterId,
        seq: u64,
        key: Option<&'a DeviceKey>,
    ) -> Result<Outgoing<'a>, SyncError> {
        let first = log.find(FactId { writer, seq: seq + 1 })?;
        let after = first.as_ref().map_or(0, |first| first.position.0.saturating_sub(1));
        let gathered = VecDeque::new();
        Ok(Outgoing { log, writer, key, after: Position(after), gathered, at_end: first.is_none() })
    }

    /// The next batch; none at the end of the chain.
    pub fn next_batch(&mut self) -> Result<Option<Vec<Entry>>, SyncError> {
        while self.gathered.len() < batch::MOST && !self.at_end {
            let page = self.log.read(&Subtree::All, self.after, PAGE)?;
            self.at_end = page.len() < PAGE;
            self.after = page.last().map_or(self.after, |last| last.position);
            self.gathered.extend(page.into_iter().filter(|entry| entry.envelope.id().writer == self.writer));
        }
        let rows = self.gathered.make_contiguous();
        let most = batch::cut(rows);
        if most == 0 {
            return Ok(None);
        }
        let signed = rows[..most].iter().rposition(|entry| entry.envelope.signature().is_some()).map(|at| at + 1);
        let count = if self.key.is_some() { most } else { signed.unwrap_or(most) };
        let mut entries: Vec<Entry> = self.gathered.drain(..count).collect();
        if let Some(key) = self.key
            && let Some(last) = entries.pop()
        {
            let envelope = if last.envelope.signature().is_some() { last.envelope } else { last.envelope.signed(key) };
            entries.push(Entry { envelope, ..last });
        }
        Ok(Some(entries))
    }
}

/// Sends a chain up; `progress` hears how many facts the server has taken in.
pub fn push(
    talk: &mut Talk<'_>,
    mut outgoing: Outgoing<'_>,
    progress: &mut dyn FnMut(u64),
) -> Result<Pushed, SyncError> {
    let mut pushed = Pushed::default();
    let mut waiting: VecDeque<(u32, FactId, u64)> = VecDeque::new();
    loop {
        let next = if waiting.len() < AHEAD { outgoing.next_batch()? } else { None };
        match (next, waiting.pop_front()) {
            (Some(entries), first) => {
                waiting.extend(first);
                // The queue's order: what was first stays first.
                waiting.rotate_right(usize::from(first.is_some()));
                let Some(last) = entries.last().map(|last| last.envelope.id()) else { continue };
                let bytes = batch::encode(&entries);
                pushed.bytes += bytes.len() as u64;
                let of = talk.say(|of| Ask::Push { of, batch: bytes })?;
                waiting.push_back((of, last, entries.len() as u64));
            }
            (None, Some(sent)) => {
                pushed.answered(sent, talk.hear()?)?;
                progress(pushed.facts);
            }
            (None, None) => return Ok(pushed),
        }
    }
}

/// Sends one batch as it stands in the file of a bundle.
pub fn push_batch(talk: &mut Talk<'_>, bytes: Vec<u8>, pushed: &mut Pushed) -> Result<(), SyncError> {
    let entries = batch::decode(&bytes)?;
    let Some(last) = entries.last().map(|last| last.envelope.id()) else { return Ok(()) };
    pushed.bytes += bytes.len() as u64;
    let (of, tell) = talk.ask(|of| Ask::Push { of, batch: bytes })?;
    pushed.answered((of, last, entries.len() as u64), tell)
}

impl Pushed {
    fn answered(&mut self, (of, last, count): (u32, FactId, u64), tell: Tell) -> Result<(), SyncError> {
        let Tell::Pushed { of: asked, heads, held, forked, .. } = tell else { return Err(SyncError::Protocol) };
        let end = heads.iter().find(|(writer, _)| *writer == last.writer).map_or(Mark::default(), |(_, mark)| *mark);
        self.forked = self.forked.or(forked);
        if asked != of || (self.forked.is_none() && end.seq < last.seq) {
            return Err(SyncError::Protocol);
        }
        self.facts += count;
        self.held.extend(held);
        Ok(())
    }
}
