//! Appends: judged one by one, written as a group, acknowledged after the group's fdatasync.
use super::{
    error::{is_full, while_using},
    journal::{Batch, WriteFault},
    writer::Writer,
};
use crate::words::fault::Fault;
use crate::{
    grid::fact::{Envelope, Head, WriterId},
    log::{
        LogError, Position,
        admit::{admit, sends_again},
        command::{Command, Reply, Taken},
    },
};

/// How many bytes of envelopes are gathered before they are written.
const GATHERED: usize = 4 * 1024 * 1024;

/// What has been accepted and waits for the next write.
#[derive(Default)]
pub(crate) struct Stage {
    batches: Vec<Batch>,
    waiting: Vec<(Vec<Position>, Reply<Taken>)>,
    bytes: usize,
    /// The heads as they were before, newest first.
    before: Vec<(WriterId, Option<Head>)>,
    /// Why nothing is written any more.
    poisoned: Option<LogError>,
    /// The disk was full at the last write: the reserve has been given up.
    full: bool,
}

impl Writer {
    /// Takes in an append; the answer comes from [`Writer::commit`].
    pub(crate) fn stage(
        &mut self,
        mut envelopes: Vec<Envelope>,
        expected: Head,
        received_ms: i64,
        reply: Reply<Taken>,
    ) {
        if let Some(error) = self.out_of_order() {
            return reply.send(Err(error));
        }
        let Some(writer) = envelopes.first().map(|first| first.id().writer) else {
            return reply.send(Ok(Taken::default()));
        };
        let mut found = self.heads.get(&writer).copied().unwrap_or_default();
        if sends_again(&envelopes, found) {
            // What is there already is looked up in the index, which follows what is written.
            self.commit();
            found = self.heads.get(&writer).copied().unwrap_or_default();
            if !self.index_answers() {
                return self.wait_for_index(Command::Append { envelopes, expected, received_ms, reply });
            }
        }
        let admission = match admit(&envelopes, expected, found, |id| self.look_up(id)) {
            Ok(admission) => admission,
            Err(error) => return reply.send(Err(error)),
        };
        envelopes.drain(..admission.known.len());
        if envelopes.is_empty() {
            return reply.send(Ok(Taken { positions: admission.known, received_ms }));
        }
        self.stage.before.push((writer, self.heads.insert(writer, admission.head)));
        self.stage_batch(Batch::chained(envelopes, received_ms), admission.known, reply);
    }

    /// Keeps a batch for the next write; `known` are the places of what was there before it.
    pub(crate) fn stage_batch(&mut self, batch: Batch, known: Vec<Position>, reply: Reply<Taken>) {
        self.stage.bytes += batch.envelopes.iter().map(|(e, _)| e.bytes().len()).sum::<usize>();
        self.stage.batches.push(batch);
        self.stage.waiting.push((known, reply));
        if self.stage.bytes > GATHERED {
            self.commit();
        }
    }

    /// Why no append can be taken now, if so. After a full disk the reserve must fit again first.
    pub(crate) fn out_of_order(&mut self) -> Option<LogError> {
        if let Some(error) = &self.stage.poisoned {
            return Some(error.clone());
        }
        if self.stage.full {
            if let Err(error) = self.ballast.hold() {
                return Some(while_using(&self.dir)(error));
            }
            self.stage.full = false;
        }
        None
    }

    /// Writes what is staged, makes it durable, and tells those who wait.
    pub(crate) fn commit(&mut self) {
        if self.stage.batches.is_empty() {
            return;
        }
        let batches = std::mem::take(&mut self.stage.batches);
        let waiting = std::mem::take(&mut self.stage.waiting);
        let before = std::mem::take(&mut self.stage.before);
        self.stage.bytes = 0;
        let mut position = self.journal.mark().position.0;
        match self.journal.append(&batches) {
            Ok(()) => {
                for (batch, (mut positions, reply)) in batches.iter().zip(waiting) {
                    let new = position + 1..=position + batch.envelopes.len() as u64;
                    position = *new.end();
                    positions.extend(new.map(Position));
                    self.files.acknowledge(&positions);
                    let received_ms = batch.envelopes.last().map_or(0, |(_, received_ms)| *received_ms);
                    reply.send(Ok(Taken { positions, received_ms }));
                }
            }
            Err(fault) => {
                for (writer, head) in before.into_iter().rev() {
                    match head {
                        Some(head) => self.heads.insert(writer, head),
                        None => self.heads.remove(&writer),
                    };
                }
                let error = self.write_failed(fault);
                waiting.into_iter().for_each(|(_, reply)| reply.send(Err(error.clone())));
            }
        }
    }

    fn write_failed(&mut self, fault: WriteFault) -> LogError {
        let (WriteFault::Nothing(path, cause) | WriteFault::Unknown(path, cause)) = &fault;
        if is_full(cause) {
            self.ballast.release();
            self.stage.full = true;
        }
        if let WriteFault::Nothing(path, cause) = fault {
            return while_using(&path)(cause);
        }
        let error = LogError::Poisoned { path: path.display().to_string(), cause: Fault::from(cause) };
        self.stage.poisoned = Some(error.clone());
        error
    }
}
