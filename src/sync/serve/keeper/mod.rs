//! The keeper: one thread that has the state, judges what is to be taken in, and hands on what became durable.
//!
//! What is asked is worked through in groups: first everybody is answered whose append is durable, then the state follows,
//! then everybody is told what is new, one frame for all that may see the same.
mod append;
mod client;
mod state;
mod tail;

use std::{
    collections::BTreeMap,
    sync::{
        Arc,
        mpsc::{Receiver, Sender},
    },
};

pub(super) use client::Client;
use state::States;
use tail::Recent;

use super::Common;
use crate::{
    grid::{
        fact::{Envelope, FactId, Head, WriterId},
        state::State,
    },
    log::{Entry, LogError, Position, Taken},
    sync::message::{Ask, Carried, Tell, Welcome, Why},
    words::t,
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
}

/// What the keeper hears.
pub(super) enum Event {
    /// Somebody is there.
    Joined(Box<Client>),
    /// A client's append, signed by its device.
    Append { from: u64, of: u32, expected: Head, envelopes: Vec<Envelope> },
    /// Another question of a client.
    Asked(u64, Ask),
    /// An append is durable or refused.
    Taken { from: u64, of: u32, group: Group, result: Result<Taken, LogError> },
    /// What was read for a client.
    Rows { from: u64, of: u32, limit: usize, result: Result<Vec<Entry>, LogError> },
    /// Where a chain stands.
    Head { from: u64, of: u32, writer: WriterId, result: Result<Head, LogError> },
    /// Where the chain of somebody who has just come stands.
    Met { from: u64, result: Result<Head, LogError> },
    /// What others have put into the store.
    Came(Vec<Entry>),
    /// A client has left.
    Left(u64),
    /// The server stops.
    Stop(Sender<()>),
}

/// The envelopes of one append.
pub(super) type Group = Arc<Vec<Envelope>>;

/// See the module.
pub(super) struct Keeper {
    common: Arc<Common>,
    house: Option<House>,
    /// None until somebody comes.
    kept: Option<Kept>,
    clients: BTreeMap<u64, Client>,
    recent: Recent,
    states: States,
    /// How many appends are on their way to the disk.
    under_way: usize,
    stopping: Option<Sender<()>>,
}

impl Keeper {
    pub(super) fn new(common: Arc<Common>, house: House) -> Keeper {
        Keeper {
            common,
            house: Some(house),
            kept: None,
            clients: BTreeMap::new(),
            recent: Recent::default(),
            states: States::default(),
            under_way: 0,
            stopping: None,
        }
    }

    pub(super) fn run(mut self, events: Receiver<Event>) {
        while let Ok(first) = events.recv() {
            let mut new = Vec::new();
            self.handle(first, &mut new);
            for _ in 1..GROUP {
                let Ok(event) = events.try_recv() else { break };
                self.handle(event, &mut new);
            }
            self.follow(new);
            if self.under_way == 0
                && let Some(done) = self.stopping.take()
            {
                self.end(&done);
                return;
            }
        }
    }

    fn handle(&mut self, event: Event, new: &mut Vec<Entry>) {
        match event {
            Event::Joined(client) => self.join(*client),
            Event::Append { from, of, expected, envelopes } => self.append(from, of, expected, envelopes),
            Event::Asked(from, ask) => self.asked(from, ask),
            Event::Taken { from, of, group, result } => self.taken(from, of, &group, result),
            Event::Rows { from, of, limit, result } => self.rows(from, of, limit, result),
            Event::Head { from, of, writer, result } => self.head(from, of, writer, result),
            Event::Met { from, result } => self.met(from, result),
            Event::Came(entries) => new.extend(entries),
            Event::Left(from) => drop(self.clients.remove(&from)),
            Event::Stop(done) => {
                self.clients.values().for_each(|client| client.outbox.tell(&Tell::Closing));
                self.stopping = Some(done);
            }
        }
    }

    /// Takes somebody in, or sends them away.
    fn join(&mut self, client: Client) {
        let own = rustix::process::getuid().as_raw();
        if ![own, 0].contains(&client.peer.uid) {
            return client.send_away(Why::Stranger, t!("sync.refused.private", login = client.login));
        }
        if let Err(sentence) = self.open() {
            return client.send_away(Why::Said, sentence);
        }
        let (from, inbox) = (client.number, self.common.inbox.clone());
        let writer = client.writer;
        self.clients.insert(from, client);
        self.common.served.store.head_async(writer, move |result| {
            let _stopped = inbox.send(Event::Met { from, result });
        });
    }

    /// Welcomes somebody whose chain's end is known now.
    fn met(&mut self, from: u64, result: Result<Head, LogError>) {
        let Some(client) = self.clients.get(&from) else { return };
        match result {
            Ok(head) => client.outbox.tell(&Tell::Welcome(Welcome {
                writer: client.writer,
                at: head.into(),
                person: None,
                owner: true,
                pack: self.common.served.pack.clone(),
                end: self.position(),
                scope: [0; 16],
                server: self.common.served.writer,
            })),
            Err(error) => client.send_away(Why::Said, error.to_string()),
        }
    }

    /// Makes the state, once.
    fn open(&mut self) -> Result<(), String> {
        if self.kept.is_some() {
            return Ok(());
        }
        let Some(House::Own(make)) = self.house.take() else { return Err(t!("log.error.closed").into_owned()) };
        let kept = make()?;
        self.recent = Recent::from(kept.position);
        self.listen(kept.position);
        self.kept = Some(kept);
        Ok(())
    }

    fn position(&self) -> u64 {
        self.kept.as_ref().map_or(0, |kept| kept.position.0)
    }

    fn asked(&mut self, from: u64, ask: Ask) {
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
            Ask::Push { of, .. } | Ask::Pull { of, .. } => client.refuse(of, Why::Said, t!("sync.refused.no_laptops")),
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
            Err(error) => return client.refuse(of, why(&error), error.to_string()),
        };
        let fits = fitting(&entries);
        let whole = fits == entries.len() && entries.len() < limit;
        let next = entries[..fits].last().filter(|_| !whole).map(|last| last.position.0);
        let entries = entries[..fits].iter().map(Carried::from).collect();
        client.answer(&Tell::Rows { of, entries, next });
    }

    fn head(&self, from: u64, of: u32, writer: WriterId, result: Result<Head, LogError>) {
        let Some(client) = self.clients.get(&from) else { return };
        match result {
            Ok(head) => client.answer(&Tell::Heads { of, heads: vec![(writer, head.into())] }),
            Err(error) => client.refuse(of, why(&error), error.to_string()),
        }
    }

    /// The end: everything that was accepted is answered.
    fn end(&mut self, done: &Sender<()>) {
        self.clients.values().for_each(|client| client.outbox.close());
        self.clients.clear();
        let _left = done.send(());
    }
}

/// How many of these entries one frame takes.
fn fitting(entries: &[Entry]) -> usize {
    let mut bytes = 0;
    let fits = |entry: &&Entry| {
        let before = bytes;
        bytes += entry.envelope.bytes().len() + 128;
        before < BYTES
    };
    entries.iter().take_while(fits).count()
}

/// An error of the log, as it travels.
fn why(error: &LogError) -> Why {
    match error {
        LogError::Conflict { found, expected, .. } => Why::Conflict(*found, *expected),
        LogError::BrokenChain(id) => Why::BrokenChain(*id),
        LogError::Fork(id) => Why::Fork(*id),
        LogError::Full { what } => Why::Full(what.clone()),
        LogError::Unavailable(_) => Why::Said,
    }
}
