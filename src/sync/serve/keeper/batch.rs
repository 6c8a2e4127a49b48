//! What a laptop brings, taken in step by step: nothing of it keeps the keeper waiting for the disk.
//!
//! ```text
//! unpacked and looked up (a thread) ─> judged ─> said before ─> each chain ─> said after ─> judged on .. ─> answered
//! ```
//! One batch at a time, in the order in which they came: the next one may go on where this one ends. Every step waits until
//! the one before is durable and part of the state; what others record goes on in between.
use std::{cell::RefCell, collections::VecDeque, sync::Arc, thread};

use super::{super::share::Room, Event, Group, Keeper, custody::Then, why};
use crate::{
    grid::fact::{Draft, Envelope, FactId, Head},
    log::{Entry, LogError, Taken},
    sync::{
        batch,
        intake::{House, Intake, Refused, check, judge},
        known::{Known, Want},
        message::{HeldLine, Tell, Why},
    },
    words::{Language, t},
};

/// Batches that were brought.
#[derive(Default)]
pub(super) struct Batches {
    /// Whose, the question's number, the bytes and where they wait.
    waiting: VecDeque<(u64, u32, Vec<u8>, Room)>,
    now: Option<Batch>,
}

/// A batch that is being taken in.
struct Batch {
    from: u64,
    of: u32,
    key: [u8; 32],
    entries: Arc<Vec<Entry>>,
    /// How many of them are judged and written.
    done: usize,
    known: Known,
    steps: VecDeque<Step>,
    /// The step that is durable; the next one follows when the state has it.
    is_due: bool,
    now_ms: i64,
    held: Vec<HeldLine>,
    forked: Option<FactId>,
    _room: Room,
}

/// One thing that is written.
enum Step {
    /// The server's own words.
    Say(Vec<Draft>),
    /// A stretch of a chain, and what it follows.
    Chain(Head, Vec<Envelope>),
}

/// What was unpacked of a batch, or looked up for it.
pub(in crate::sync::serve) struct Found {
    entries: Arc<Vec<Entry>>,
    known: Known,
}

impl Keeper {
    /// Takes a batch up, behind those that came before.
    pub(super) fn push(&mut self, (from, of): (u64, u32), bytes: Vec<u8>, room: Room) {
        let Some(client) = self.clients.get(&from) else { return };
        if self.stopping.is_some() {
            return client.refuse(of, Why::Closing, || t!("sync.refused.closing"));
        }
        if self.custody.is_none() {
            return client.refuse(of, Why::Said, || t!("sync.refused.no_laptops"));
        }
        self.batches.waiting.push_back((from, of, bytes, room));
        self.next_batch();
    }

    /// Those that wait are not taken up any more.
    pub(super) fn turn_batches_away(&mut self) {
        for (from, of, ..) in std::mem::take(&mut self.batches.waiting) {
            if let Some(client) = self.clients.get(&from) {
                client.refuse(of, Why::Closing, || t!("sync.refused.closing"));
            }
        }
    }

    fn next_batch(&mut self) {
        while self.batches.now.is_none() {
            let Some((from, of, bytes, room)) = self.batches.waiting.pop_front() else { return };
            // Whoever has left brings it again.
            let Some(client) = self.clients.get(&from) else { continue };
            self.batches.now = Some(Batch {
                from,
                of,
                key: client.hello.key,
                entries: Arc::default(),
                done: 0,
                known: Known::default(),
                steps: VecDeque::new(),
                is_due: false,
                now_ms: (self.common.served.now)(),
                held: Vec::new(),
                forked: None,
                _room: room,
            });
            // What was accepted is answered before the server ends.
            self.under_way += 1;
            self.find_out(move |store| {
                let unreadable = |fault: batch::BatchFault| LogError::Unavailable(fault.to_string());
                let entries = batch::decode(&bytes).map_err(unreadable)?;
                let known = Known::of(&entries, store)?;
                Ok(Found { entries: Arc::new(entries), known })
            });
        }
    }

    /// The language of whoever brought the batch.
    fn language_of_batch(&self) -> Language {
        let client = self.batches.now.as_ref().and_then(|batch| self.clients.get(&batch.from));
        client.map_or_else(Language::spoken, |client| client.language)
    }

    /// Looks things up on a thread of its own.
    fn find_out(&mut self, look: impl FnOnce(&crate::log::StoreHandle) -> Result<Found, LogError> + Send + 'static) {
        let (store, inbox) = (self.common.served.store.clone(), self.common.inbox.clone());
        let language = self.language_of_batch();
        let work = move || drop(inbox.send(Event::Found(language.during(|| look(&store)))));
        if let Err(error) = thread::Builder::new().name("wangge-batch".to_owned()).spawn(work) {
            self.end_batch(Err(LogError::Unavailable(error.to_string()).into()));
        }
    }

    /// Goes on with what was looked up.
    pub(super) fn found(&mut self, found: Result<Found, LogError>) {
        let Some(batch) = &mut self.batches.now else { return };
        match found {
            Ok(found) => {
                let is_new = batch.entries.is_empty();
                (batch.entries, batch.known) = (found.entries, found.known);
                let checked = match &self.kept {
                    Some(kept) if is_new => check(&kept.state, &[batch.key], &batch.entries),
                    _ => Ok(()),
                };
                match checked {
                    Ok(()) => self.judge_on(),
                    Err(refused) => self.end_batch(Err(refused)),
                }
            }
            Err(error) => self.end_batch(Err(error.into())),
        }
    }

    /// Judges what is left of the batch, as far as that can be judged by the state so far.
    fn judge_on(&mut self) {
        let (today, language) = (self.today(), self.language_of_batch());
        let (Some(batch), Some(kept)) = (&mut self.batches.now, &self.kept) else { return };
        let rest = &batch.entries[batch.done.min(batch.entries.len())..];
        if rest.is_empty() {
            return self.end_batch(Ok(()));
        }
        let (known, wants) = (&batch.known, RefCell::new(Vec::new()));
        let judged = {
            let head = |writer| known.head(writer).ok_or_else(|| wanted(&wants, Want::Head(writer)));
            let find = |id| known.find(id).ok_or_else(|| wanted(&wants, Want::Fact(id)));
            let read = |part: &_, after, limit| {
                // All that is looked for in a part of the log is what is kept there as a stray.
                known.strays(part, after, limit).ok_or_else(|| wanted(&wants, Want::Strays(Clone::clone(part))))
            };
            let (state, now_ms) = (&kept.state, batch.now_ms);
            let house = House { state, head: &head, find: &find, read: &read, now_ms, today };
            language.during(|| judge(&house, rest))
        };
        let wants = wants.into_inner();
        match judged {
            Ok(intake) => {
                batch.follow(intake);
                self.next_step();
            }
            // Something is asked that was not foreseen: it is looked up, and judged again.
            Err(_) if !wants.is_empty() => {
                let (entries, mut known) = (batch.entries.clone(), batch.known.clone());
                self.find_out(move |store| {
                    known.look_up(wants, store)?;
                    Ok(Found { entries, known })
                });
            }
            Err(refused) => self.end_batch(Err(refused)),
        }
    }

    /// The next step of the batch, where the one before is durable and part of the state.
    pub(super) fn step_batch(&mut self) {
        if self.batches.now.as_mut().is_some_and(|batch| std::mem::take(&mut batch.is_due)) {
            self.next_step();
        }
    }

    fn next_step(&mut self) {
        let Some(batch) = &mut self.batches.now else { return };
        match batch.steps.pop_front() {
            None => self.judge_on(),
            Some(Step::Say(drafts)) => self.write(drafts, Then::Step),
            Some(Step::Chain(expected, chain)) => {
                let (group, now_ms) = (Group::new(chain), batch.now_ms);
                let (inbox, envelopes) = (self.common.inbox.clone(), group.to_vec());
                self.common.served.store.append_async(envelopes, expected, now_ms, move |result| {
                    let _stopped = inbox.send(Event::Chained { group, result });
                });
            }
        }
    }

    /// A stretch of a chain is durable, or not.
    pub(super) fn chained(&mut self, group: &Group, result: Result<Taken, LogError>, new: &mut Vec<Entry>) {
        match result {
            Ok(taken) => {
                super::append::note(group, &taken, new);
                if let Some(batch) = &mut self.batches.now {
                    batch.known.grown(group, &taken);
                }
                self.stepped(Ok(()));
            }
            Err(error) => self.stepped(Err(error)),
        }
    }

    /// A step is durable, or not.
    pub(super) fn stepped(&mut self, result: Result<(), LogError>) {
        match result {
            Ok(()) => {
                if let Some(batch) = &mut self.batches.now {
                    batch.is_due = true;
                }
            }
            Err(error) => self.end_batch(Err(error.into())),
        }
    }

    /// Answers, and takes the next one up.
    fn end_batch(&mut self, result: Result<(), Refused>) {
        let Some(batch) = self.batches.now.take() else { return };
        self.under_way -= 1;
        if let Some(client) = self.clients.get(&batch.from) {
            match result {
                Ok(()) => client.answer(&batch.told()),
                Err(Refused::Log(error)) => client.refuse(batch.of, why(&error), || error.to_string()),
                Err(refused) => client.refuse(batch.of, Why::Denied, || refused.to_string()),
            }
        }
        self.next_batch();
    }
}

impl Batch {
    /// The steps that follow from what was judged.
    fn follow(&mut self, intake: Intake) {
        self.done += intake.judged.max(1);
        let say = |drafts: Vec<Draft>| (!drafts.is_empty()).then_some(Step::Say(drafts));
        self.steps.extend(say(intake.before));
        self.steps.extend(intake.chains.into_iter().map(|(expected, chain)| Step::Chain(expected, chain)));
        self.steps.extend(say(intake.after));
        self.held.extend(intake.held);
        self.forked = self.forked.or(intake.forked);
    }

    fn told(self) -> Tell {
        let heads = self.known.heads().map(|(writer, head)| (writer, head.into())).collect();
        Tell::Pushed { of: self.of, received_ms: self.now_ms, heads, held: self.held, forked: self.forked }
    }
}

/// Notes what was asked and is not known.
fn wanted(wants: &RefCell<Vec<Want>>, want: Want) -> LogError {
    wants.borrow_mut().push(want);
    LogError::Unavailable(String::new())
}
