//! Checkpoints: the caller's state and the index made durable, beside the thread that writes.
use std::{thread, time::Duration};

use super::{
    index_open::within,
    reader::Reader,
    snapshot,
    walk::{Heads, Mark},
    writer::{Task, Writer},
};
use crate::words::t;
use crate::{
    grid::fact::Head,
    log::{LogError, Notice, Position, command::Reply},
};

/// How long sled gets to flush.
const PATIENCE: Duration = Duration::from_secs(20);

/// Checkpoints of an open store: one under way at most, one waiting at most.
#[derive(Default)]
pub(crate) struct Checkpoints {
    under_way: bool,
    next: Option<Job>,
}

struct Job {
    payload: Vec<u8>,
    mark: Mark,
    heads: Heads,
    reply: Reply<()>,
}

impl Checkpoints {
    pub(crate) fn under_way(&self) -> bool {
        self.under_way
    }
}

impl Writer {
    pub(crate) fn checkpoint(&mut self, payload: Vec<u8>, position: Position, reply: Reply<()>) {
        if position.0 == 0 {
            return reply.send(Ok(()));
        }
        match self.standing_at(position) {
            Ok((mark, heads)) => {
                if let Some(passed_over) = self.checkpoints.next.replace(Job { payload, mark, heads, reply }) {
                    // A newer one takes its place.
                    passed_over.reply.send(Ok(()));
                }
                self.start_checkpoint();
            }
            Err(error) => reply.send(Err(error)),
        }
    }

    fn start_checkpoint(&mut self) {
        if self.checkpoints.under_way {
            return;
        }
        let Some(Job { payload, mark, heads, reply }) = self.checkpoints.next.take() else { return };
        let Some(outbox) = self.outbox.upgrade() else { return };
        let (files, folder, store) = (self.files.clone(), snapshot::folder(&self.dir), self.journal.store());
        let index = self.indexing.open().cloned();
        let work = move || {
            let written = snapshot::write(&files, &folder, store, (mark, &heads), &payload);
            if let Some(index) = index {
                // What the index loses here it gets again from the journal.
                let _lagging = within(PATIENCE, move || index.flush());
            }
            let outcome = written.map_err(|error| Notice::SnapshotFailed { why: error.to_string() });
            let _closed = outbox.0.send(Task::Checkpointed(reply, outcome));
        };
        let spawned = thread::Builder::new().name("wangge-checkpoint".to_owned()).spawn(work);
        self.checkpoints.under_way = spawned.is_ok();
    }

    pub(crate) fn checkpointed(&mut self, reply: Reply<()>, outcome: Result<(), Notice>) {
        self.checkpoints.under_way = false;
        match outcome {
            Ok(()) => reply.send(Ok(())),
            Err(notice) => {
                reply.send(Err(LogError::Unavailable(notice.to_string())));
                self.notices.tell(notice);
            }
        }
        self.start_checkpoint();
    }

    /// Where the journal and every chain stood at a position.
    fn standing_at(&self, position: Position) -> Result<(Mark, Heads), LogError> {
        let end = self.journal.mark();
        if position >= end.position {
            return match position == end.position {
                true => Ok((end, self.heads.clone())),
                false => Err(LogError::Unavailable(
                    t!("log.error.snapshot_ahead", position = position.0, end = end.position.0).into_owned(),
                )),
            };
        }
        let start = self.journal.locate(position)?;
        let mut reader = Reader::new(self.journal.folder(), start, Position(position.0 - 1), end.position);
        let mut mark = end;
        let mut later = Heads::new();
        while let Some((frame, place)) = reader.next_frame()? {
            if frame.position == position {
                mark = reader.mark(place).unwrap_or(end);
                continue;
            }
            let id = frame.envelope.id();
            later.entry(id.writer).or_insert(Head { seq: id.seq - 1, hash: frame.envelope.previous() });
        }
        let mut heads = self.heads.clone();
        heads.extend(later);
        heads.retain(|_, head| head.seq > 0);
        Ok((mark, heads))
    }
}
