//! The keeper: one thread that has the state, judges what is to be taken in, and hands on what became durable.
//!
//! What is asked is worked through in groups: first everybody is answered whose append is durable, then the state follows,
//! then everybody is told what is new, one frame for all that may see the same.
mod append;
mod batch;
mod bundle;
mod client;
mod custody;
mod fanout;
mod join;
mod judge;
mod laptop;
mod part;
mod receipts;
mod relay;
mod sight;
mod signins;
mod state;
mod tail;
mod waiting;

use std::{
    collections::BTreeMap,
    path::PathBuf,
    sync::{
        Arc,
        mpsc::{Receiver, RecvTimeoutError, Sender},
    },
    time::Duration,
};

use batch::{Batches, Found};
pub(super) use client::Client;
use custody::Custody;
use fanout::Fanout;
use judge::Judging;
use part::Part;
use sight::Sights;
use state::{Refold, States};
use tail::Recent;

use chrono::NaiveDate;

use super::{Common, after, connection::Append, share::Room};
use crate::{
    grid::{
        fact::{DeviceKey, Envelope, FactId, Head, WriterId},
        state::State,
    },
    log::{Entry, LogError, Position, Taken},
    sync::message::{Ask, Carried, Tell, Why},
    words::{Language, t},
};

/// How many events are worked through together.
const GROUP: usize = 512;
/// How many entries one answer has at most.
const ROWS: usize = 512;
/// How many bytes of entries one frame has, or one entry more.
const BYTES: usize = 256 * 1024;

/// A state and how far it counts.
pub struct Kept {
    /// The state.
    pub state: State,
    /// The position up to which everything is in it.
    pub position: Position,
}

/// Who is served.
pub enum House {
    /// The other windows of a store's only owner, who may do everything; the state is made when the first one comes.
    Own(Box<dyn FnOnce() -> Result<Kept, String> + Send>),
    /// The people of a county, each within their rights.
    Shared(Box<Shared>),
}

/// What it takes to serve people.
pub struct Shared {
    /// The state.
    pub kept: Kept,
    /// What the server signs with.
    pub key: DeviceKey,
    /// Where the server's own chain stands.
    pub head: Head,
    /// The store's folder, where sign-ins are noted.
    pub dir: PathBuf,
}

/// What the keeper hears.
pub(super) enum Event {
    /// Somebody is there.
    Joined(Box<Client>),
    /// A client's append, signed by its device.
    Append { from: u64, append: Append },
    /// Another question of a client.
    Asked(u64, Ask, Room),
    /// An append is durable or refused.
    Taken { from: u64, of: u32, group: Group, result: Result<Taken, LogError> },
    /// What was read for a client.
    Rows { from: u64, of: u32, limit: usize, result: Result<Vec<Entry>, LogError> },
    /// What was read for a laptop.
    Page { from: u64, of: u32, after: Position, most: u32, mark: [u8; 16], result: Result<Vec<Entry>, LogError> },
    /// Where a chain stands.
    Head { from: u64, of: u32, writer: WriterId, result: Result<Head, LogError> },
    /// Where the chain of somebody who has just come stands.
    Met { from: u64, result: Result<Head, LogError> },
    /// The facts that an append names were looked up.
    Named { from: u64, judging: Box<Judging>, found: Vec<Entry> },
    /// What a laptop's batch asks was looked up.
    Found(Result<Found, LogError>),
    /// A stretch of a laptop's chain is durable, or not.
    Chained { group: Group, result: Result<Taken, LogError> },
    /// What the server itself has written is durable, or not.
    Own { group: Group, result: Result<Taken, LogError> },
    /// The states of what some people may see are made, or could not be.
    Made(Vec<(String, Option<Part>)>),
    /// What was relayed is durable or refused.
    Relayed { from: u64, of: u32, result: Result<Vec<Entry>, LogError> },
    /// The file for a laptop is made, or could not be.
    Bundled { from: u64, of: u32, made: bundle::Bundled },
    /// All facts up to a position were folded again, or could not be read.
    Refolded { state: Option<Box<State>> },
    /// What others have put into the store.
    Came(Vec<Entry>),
    /// A client has left.
    Left(u64),
    /// The server stops.
    Stop(Sender<()>),
}

impl Event {
    /// Whether it only says what became of the store: nothing is judged by it.
    fn is_outcome(&self) -> bool {
        matches!(self, Event::Taken { .. } | Event::Own { .. } | Event::Chained { .. } | Event::Came(_))
    }
}

/// The envelopes of one append.
pub(super) type Group = Arc<Vec<Envelope>>;

/// See the module.
pub(super) struct Keeper {
    common: Arc<Common>,
    house: Option<Box<dyn FnOnce() -> Result<Kept, String> + Send>>,
    /// None until somebody comes.
    kept: Option<Kept>,
    /// What the server writes itself, where people share it.
    custody: Option<Custody>,
    clients: BTreeMap<u64, Client>,
    recent: Recent,
    states: States,
    sights: Sights,
    fanout: Fanout,
    batches: Batches,
    /// All facts are being folded again.
    refold: Option<Refold>,
    /// Whether a file for a laptop is being made.
    bundling: bool,
    /// How many appends are on their way to the disk.
    under_way: usize,
    stopping: Option<Sender<()>>,
}

impl Keeper {
    pub(super) fn new(common: Arc<Common>, house: House) -> Keeper {
        let (house, kept, custody) = match house {
            House::Own(make) => (Some(make), None, None),
            House::Shared(shared) => {
                let Shared { kept, key, head, dir } = *shared;
                (None, Some(kept), Some(Custody::new(key, head, dir)))
            }
        };
        Keeper {
            recent: kept.as_ref().map(|kept| Recent::from(kept.position)).unwrap_or_default(),
            common,
            house,
            kept,
            custody,
            clients: BTreeMap::new(),
            states: States::default(),
            sights: Sights::default(),
            fanout: Fanout::default(),
            batches: Batches::default(),
            refold: None,
            bundling: false,
            under_way: 0,
            stopping: None,
        }
    }

    pub(super) fn run(mut self, events: Receiver<Event>) {
        while let Some(first) = self.next(&events) {
            let (mut new, mut asked) = (Vec::new(), Vec::new());
            for event in first.into_iter().chain(events.try_iter().take(GROUP)) {
                match event.is_outcome() {
                    true => self.handle(event, &mut new),
                    false => asked.push(event),
                }
            }
            // Whoever asks now may have been told already of what became durable a moment ago: the state knows it first.
            self.follow(new);
            self.step_batch();
            asked.into_iter().for_each(|event| self.handle(event, &mut Vec::new()));
            self.tell_if_due();
            self.give_receipts();
            if self.under_way == 0
                && let Some(done) = self.stopping.take()
            {
                self.end(&done);
                return;
            }
        }
    }

    /// What happened; nothing where it is time to tell or to give receipts, none when nobody can ask any more.
    fn next(&self, events: &Receiver<Event>) -> Option<Option<Event>> {
        let due = self.receipts_due().into_iter().chain(self.telling_due()).min();
        let Some(due) = due else { return events.recv().ok().map(Some) };
        match events.recv_timeout(due.saturating_duration_since(after(Duration::ZERO))) {
            Ok(event) => Some(Some(event)),
            Err(RecvTimeoutError::Timeout) => Some(None),
            Err(RecvTimeoutError::Disconnected) => None,
        }
    }

    fn handle(&mut self, event: Event, new: &mut Vec<Entry>) {
        match event {
            Event::Joined(client) => self.join(*client),
            Event::Append { from, append } => self.append(from, append),
            Event::Asked(from, ask, room) => self.asked(from, ask, room),
            Event::Taken { from, of, group, result } => self.taken(from, of, &group, result, new),
            Event::Named { from, judging, found } => self.named(from, *judging, &found),
            Event::Own { group, result } => self.own_taken(&group, result, new),
            Event::Rows { from, of, limit, result } => self.rows(from, of, limit, result),
            Event::Page { from, of, after, most, mark, result } => {
                self.give_page((from, of), (after, most, mark), result);
            }
            Event::Head { from, of, writer, result } => self.head(from, of, writer, result),
            Event::Met { from, result } => self.met(from, result),
            Event::Made(parts) => self.made(parts),
            Event::Relayed { from, of, result } => self.relayed(from, of, result),
            Event::Bundled { from, of, made } => self.bundled((from, of), made),
            Event::Found(found) => self.found(found),
            Event::Chained { group, result } => self.chained(&group, result, new),
            Event::Refolded { state } => self.refolded(state),
            Event::Came(entries) => new.extend(entries),
            Event::Left(from) => {
                if let Some(client) = self.clients.remove(&from) {
                    self.look_away(&client);
                }
            }
            Event::Stop(done) => {
                self.tell_now();
                self.clients.values().for_each(|client| client.outbox.tell(&Tell::Closing));
                self.stopping = Some(done);
                self.turn_batches_away();
                self.give_last_receipts();
            }
        }
    }

    fn position(&self) -> u64 {
        self.kept.as_ref().map_or(0, |kept| kept.position.0)
    }

    fn asked(&mut self, from: u64, ask: Ask, room: Room) {
        let Some(client) = self.clients.get_mut(&from) else { return };
        let (store, inbox) = (&self.common.served.store, self.common.inbox.clone());
        match ask {
            Ask::Read { of, part, span, limit } => {
                let limit = ROWS.min(limit as usize);
                let reply = move |result| drop(inbox.send(Event::Rows { from, of, limit, result }));
                store.read_span_async(part.into(), span.into(), limit, reply);
            }
            Ask::Find { of, id } => self.find(from, of, id),
            Ask::Head { of, writer } => {
                store.head_async(writer, move |result| drop(inbox.send(Event::Head { from, of, writer, result })));
            }
            Ask::State { of } => self.state(from, of),
            Ask::Tail { after } => {
                client.gate.answered();
                self.tail(from, after);
            }
            Ask::Relay { of, batch } => self.relay(from, of, &batch),
            Ask::Bundle { of, device, after, scope } => self.bundle(from, of, device, (after, scope)),
            Ask::Waiting { of } => self.tell_waiting(from, of),
            Ask::Speak(named) => {
                client.language = Language::from_id(&named).unwrap_or(client.language);
                client.gate.answered();
            }
            Ask::Push { of, batch } => self.push((from, of), batch, room),
            Ask::Pull { of, after, most, scope } => self.pull(from, of, (after, most), scope),
            // The reader takes these itself.
            Ask::Hello(_) | Ask::Append { .. } | Ask::Bye => client.gate.answered(),
        }
    }

    fn find(&self, from: u64, of: u32, id: FactId) {
        let inbox = self.common.inbox.clone();
        self.common.served.store.find_async(id, move |found| {
            let result = found.map(|entry| entry.into_iter().collect());
            let _stopped = inbox.send(Event::Rows { from, of, limit: usize::MAX, result });
        });
    }

    /// Hands on what was read, as much as fits.
    fn rows(&self, from: u64, of: u32, limit: usize, result: Result<Vec<Entry>, LogError>) {
        let Some(client) = self.clients.get(&from) else { return };
        let entries = match result {
            Ok(entries) => entries,
            Err(error) => return client.refuse(of, why(&error), || error.to_string()),
        };
        let fits = fitting(&entries);
        let whole = fits == entries.len() && entries.len() < limit;
        let next = entries[..fits].last().filter(|_| !whole).map(|last| last.position.0);
        let entries = entries[..fits].iter().filter(|entry| self.sees(client, entry)).map(Carried::from).collect();
        client.answer(&Tell::Rows { of, entries, next });
    }

    fn head(&self, from: u64, of: u32, writer: WriterId, result: Result<Head, LogError>) {
        let Some(client) = self.clients.get(&from) else { return };
        // How much others write is nobody's to count who does not see it.
        let device = self.kept.as_ref().and_then(|kept| kept.state.device(writer));
        // A laptop's window whose key comes with its first fact is nobody's yet.
        let is_new = device.is_none() && client.is_laptop();
        let is_own = writer == client.writer || device.map(|device| &device.person) == client.who.person.as_ref();
        if !is_own && !is_new && self.sights.of(&client.who).is_some() {
            return client.refuse(of, Why::Denied, || t!("sync.refused.not_yours"));
        }
        match result {
            Ok(head) => client.answer(&Tell::Heads { of, heads: vec![(writer, head.into())] }),
            Err(error) => client.refuse(of, why(&error), || error.to_string()),
        }
    }

    /// The county's day.
    fn today(&self) -> NaiveDate {
        let now = (self.common.served.now)();
        self.kept.as_ref().map(|kept| kept.state.local_day(now)).unwrap_or_default()
    }

    /// The end: everything that was accepted is answered, and the state is saved.
    fn end(&mut self, done: &Sender<()>) {
        self.save();
        self.clients.values().for_each(|client| client.outbox.close());
        self.clients.clear();
        let _left = done.send(());
    }
}

/// How many of these entries one frame takes.
fn fitting<'a>(entries: impl IntoIterator<Item = &'a Entry>) -> usize {
    let mut bytes = 0;
    let fits = |entry: &&Entry| {
        let before = bytes;
        bytes += entry.envelope.bytes().len() + 128;
        before < BYTES
    };
    entries.into_iter().take_while(fits).count()
}

/// An error of the log, as it travels.
fn why(error: &LogError) -> Why {
    match error {
        LogError::Conflict { found, expected, .. } => Why::Conflict(*found, *expected),
        LogError::BrokenChain(id) => Why::BrokenChain(*id),
        LogError::Fork(id) => Why::Fork(*id),
        LogError::Full { what } => Why::Full(what.clone()),
        LogError::TooLong(_)
        | LogError::File(_)
        | LogError::Unreadable(_)
        | LogError::Poisoned { .. }
        | LogError::Closed
        | LogError::Unavailable(_) => Why::Said,
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests;
