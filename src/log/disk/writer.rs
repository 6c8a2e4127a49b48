//! The one thread that owns an open store: it takes commands, writes, and tells.
//!
//! It drains its channel, writes all appends with one fdatasync, acknowledges them, and only then feeds the index.
//! With nothing to do it sleeps on the channel.
use std::{
    collections::VecDeque,
    path::PathBuf,
    sync::{
        Weak,
        mpsc::{Receiver, RecvTimeoutError, Sender, TryRecvError},
    },
    time::Duration,
};

use super::{
    ballast::Ballast,
    commit::Stage,
    files::Files,
    index::{Index, IndexFault},
    index_open::within,
    indexing::Indexing,
    journal::Journal,
    lock::Lock,
    reader::Reader,
    segment::Location,
    walk::Heads,
};
use crate::log::{
    Entry, Notice, Position, Subtree,
    command::{Command, Owner, Reply, gone},
};

/// How many commands are taken together.
const GROUP: usize = 512;
/// How many entries a slice of work in the background reads.
const SLICE: usize = 512;
/// How long closing waits for a checkpoint, and for the index, in the end.
const PARTING: Duration = Duration::from_millis(900);

/// What the thread has to do.
pub(crate) enum Task {
    /// Somebody asks.
    Asked(Command),
    /// The index has been opened, or not; the number says which attempt it was.
    Opened(u32, Box<Result<Index, IndexFault>>),
    /// The checkpoint that was under way has ended.
    Checkpointed(Reply<()>, Result<(), Notice>),
}

/// The way to the thread.
pub(crate) struct Inbox(pub(crate) Sender<Task>);

impl Owner for Inbox {
    fn take(&self, command: Command) {
        // If the store is closed, dropping the command answers it.
        let _closed = self.0.send(Task::Asked(command));
    }
}

/// The owner of an open store.
pub(crate) struct Writer {
    pub(crate) dir: PathBuf,
    pub(crate) files: Files,
    pub(crate) inbox: Receiver<Task>,
    /// The way back to the inbox for threads that help; weak, so that the store closes when its handles are gone.
    pub(crate) outbox: Weak<Inbox>,
    pub(crate) journal: Journal,
    pub(crate) heads: Heads,
    pub(crate) stage: Stage,
    pub(crate) ballast: Ballast,
    pub(crate) indexing: Indexing,
    /// Commands that need a complete index.
    pub(crate) waiting: VecDeque<Command>,
    pub(crate) subscribers: Vec<Subscriber>,
    pub(crate) notices: Notices,
    pub(crate) checkpoints: super::checkpoint::Checkpoints,
    pub(crate) closing: Option<Reply<()>>,
    /// Held as long as this lives.
    pub(crate) _lock: Lock,
}

/// Someone who hears of every new entry of a subtree.
pub(crate) struct Subscriber {
    subtree: Subtree,
    seen: Position,
    next: Location,
    sender: Sender<Entry>,
}

/// Notices, kept until someone listens.
#[derive(Default)]
pub(crate) struct Notices {
    kept: Vec<Notice>,
    listener: Option<Box<dyn FnMut(Notice) + Send>>,
}

impl Notices {
    pub(crate) fn tell(&mut self, notice: Notice) {
        match &mut self.listener {
            Some(listener) => listener(notice),
            None => self.kept.push(notice),
        }
    }

    fn listen(&mut self, mut listener: Box<dyn FnMut(Notice) + Send>) {
        self.kept.drain(..).for_each(&mut listener);
        self.listener = Some(listener);
    }
}

enum Event {
    Task(Task),
    Nothing,
    Over,
}

impl Writer {
    /// Runs until the store is closed or nobody holds it any more.
    pub(crate) fn run(mut self) {
        if self.ballast.hold().is_err() {
            self.notices.tell(Notice::NoReserve);
        }
        self.begin_indexing();
        loop {
            match self.next_event() {
                Event::Task(task) => self.take_group(task),
                Event::Nothing => {}
                Event::Over => break,
            }
            self.feed_index();
            self.feed_subscribers();
        }
        self.finish();
    }

    fn next_event(&mut self) -> Event {
        let over = |gone: bool| if gone { Event::Over } else { Event::Nothing };
        if self.closing.is_some() {
            if !self.checkpoints.under_way() {
                return Event::Over;
            }
            return self.inbox.recv_timeout(PARTING).map_or_else(
                |e| over(matches!(e, RecvTimeoutError::Timeout | RecvTimeoutError::Disconnected)),
                Event::Task,
            );
        }
        if self.index_lags() || self.subscribers.iter().any(|s| s.seen < self.journal.mark().position) {
            return self.inbox.try_recv().map_or_else(|e| over(e == TryRecvError::Disconnected), Event::Task);
        }
        self.inbox.recv().map_or(Event::Over, Event::Task)
    }

    fn take_group(&mut self, first: Task) {
        self.work(first);
        for _ in 1..GROUP {
            let Ok(task) = self.inbox.try_recv() else { break };
            self.work(task);
        }
        self.commit();
    }

    fn work(&mut self, task: Task) {
        match task {
            Task::Asked(command) => self.handle(command),
            Task::Opened(attempt, outcome) => {
                self.commit();
                self.index_opened(attempt, *outcome);
            }
            Task::Checkpointed(reply, outcome) => {
                self.commit();
                self.checkpointed(reply, outcome);
            }
        }
    }

    pub(crate) fn handle(&mut self, command: Command) {
        if let Command::Append { envelopes, expected, received_ms, reply } = command {
            return self.stage(envelopes, expected, received_ms, reply);
        }
        self.commit();
        match command {
            Command::Append { .. } => {}
            Command::Relay { entries, reply } => self.relay(entries, reply),
            Command::Read { subtree, span, limit, reply } => self.read(subtree, span, limit, reply),
            Command::Find { id, reply } => self.find(id, reply),
            Command::Head { writer, reply } => reply.send(Ok(self.heads.get(&writer).copied().unwrap_or_default())),
            Command::Tail { subtree, after, sender } => self.subscribe(subtree, after, sender),
            Command::Checkpoint { payload, position, reply } => self.checkpoint(payload, position, reply),
            // Nobody but the caller has the state here.
            Command::State { reply } => reply.send(Err(gone())),
            Command::OnNotice(listener) => self.notices.listen(listener),
            Command::Close(reply) => self.closing = Some(reply),
        }
    }

    fn subscribe(&mut self, subtree: Subtree, after: Position, sender: Sender<Entry>) {
        let seen = after.min(self.journal.mark().position);
        match self.journal.read_after(seen) {
            Ok(reader) => {
                let next = reader.next_location();
                self.subscribers.push(Subscriber { subtree, seen, next, sender });
            }
            // The subscriber finds its channel closed.
            Err(_) => drop(sender),
        }
    }

    fn feed_subscribers(&mut self) {
        let upto = self.journal.mark().position;
        let folder = self.journal.folder();
        self.subscribers.retain_mut(|subscriber| {
            let mut reader = Reader::new(folder, subscriber.next, subscriber.seen, upto);
            for _ in 0..SLICE {
                match reader.next_frame() {
                    Ok(Some((frame, _))) => {
                        subscriber.seen = frame.position;
                        let wanted = subscriber.subtree.holds(&frame.envelope);
                        if wanted && subscriber.sender.send(frame.into_entry()).is_err() {
                            return false;
                        }
                    }
                    Ok(None) => break,
                    Err(_) => return false,
                }
            }
            subscriber.next = reader.next_location();
            true
        });
    }

    /// Makes everything durable, gives up the store and answers the one who closed it.
    fn finish(mut self) {
        self.commit();
        if let Some(index) = self.indexing.take() {
            // A sled whose thread has died hangs here; the journal holds everything, so closing goes on without it.
            let _lagging = within(PARTING, move || index.flush());
        }
        let closing = self.closing.take();
        drop(self);
        if let Some(reply) = closing {
            reply.send(Ok(()));
        }
    }
}
