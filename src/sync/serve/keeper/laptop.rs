//! Laptops: what they bring is judged and written, and what they may hold is given to them page by page.
use std::{
    collections::{BTreeMap, BTreeSet},
    thread,
};

use super::{Event, Keeper, why};
use crate::{
    grid::{
        fact::{Draft, WriterId},
        scope::Scope,
    },
    log::{Entry, LogError, Position, Subtree},
    sync::{
        batch,
        intake::{House, Intake, Refused, check, judge},
        message::{HeldLine, Tell, Why},
        outlet::{Left, fingerprint, in_question, leaving, page},
    },
    words::t,
};

/// How many entries of the log are looked through for one page.
const LOOKED_THROUGH: usize = 1024;

/// What a batch came to.
#[derive(Default)]
struct Brought {
    held: Vec<HeldLine>,
    forked: Option<crate::grid::fact::FactId>,
}

impl Keeper {
    /// Takes a batch in. The server's own words go before and after the facts in its chain, so what is on its way there
    /// comes first.
    pub(super) fn push(&mut self, from: u64, of: u32, bytes: Vec<u8>) {
        let Some(client) = self.clients.get(&from) else { return };
        if self.stopping.is_some() {
            return client.refuse(of, Why::Closing, t!("sync.refused.closing"));
        }
        match &mut self.custody {
            None => return client.refuse(of, Why::Said, t!("sync.refused.no_laptops")),
            Some(custody) if !custody.is_idle() => return custody.later.push_back((from, of, bytes)),
            Some(_) => {}
        }
        let key = client.hello.key;
        let told = self.take_in(of, &bytes, key);
        let Some(client) = self.clients.get(&from) else { return };
        match told {
            Ok(tell) => client.answer(&tell),
            Err(Refused::Log(error)) => client.refuse(of, why(&error), error.to_string()),
            Err(refused) => client.refuse(of, Why::Denied, refused.to_string()),
        }
    }

    /// Batches that waited for the server's own words.
    pub(super) fn push_waiting(&mut self) {
        let Some(custody) = self.custody.as_mut().filter(|custody| custody.is_idle()) else { return };
        if let Some((from, of, bytes)) = custody.later.pop_front() {
            self.push(from, of, bytes);
            self.push_waiting();
        }
    }

    fn take_in(&mut self, of: u32, bytes: &[u8], key: [u8; 32]) -> Result<Tell, Refused> {
        let unreadable = |fault: batch::BatchFault| LogError::Unavailable(fault.to_string());
        let entries = batch::decode(bytes).map_err(unreadable)?;
        self.catch_up()?;
        if let Some(kept) = &self.kept {
            check(&kept.state, &[key], &entries)?;
        }
        let now_ms = (self.common.served.now)();
        let (mut rest, mut brought) = (&entries[..], Brought::default());
        while !rest.is_empty() {
            let intake = self.judge_batch(rest, now_ms)?;
            rest = &rest[intake.judged.max(1).min(rest.len())..];
            self.write_intake(intake, now_ms, &mut brought)?;
        }
        let writers: BTreeSet<WriterId> = entries.iter().map(|entry| entry.envelope.id().writer).collect();
        let mut heads = BTreeMap::new();
        for writer in writers {
            heads.insert(writer, self.common.served.store.head(writer)?.into());
        }
        let Brought { held, forked } = brought;
        Ok(Tell::Pushed { of, received_ms: now_ms, heads: heads.into_iter().collect(), held, forked })
    }

    fn judge_batch(&self, entries: &[Entry], now_ms: i64) -> Result<Intake, Refused> {
        let Some(kept) = &self.kept else { return Ok(Intake { judged: entries.len(), ..Intake::default() }) };
        let store = &self.common.served.store;
        let (head, find) = (|writer| store.head(writer), |id| store.find(id));
        let read = |part: &Subtree, after, limit| store.read(part.clone(), after, limit);
        let (state, today) = (&kept.state, self.today());
        judge(&House { state, head: &head, find: &find, read: &read, now_ms, today }, entries)
    }

    /// Writes what was judged, and lets the state follow.
    fn write_intake(&mut self, intake: Intake, now_ms: i64, brought: &mut Brought) -> Result<(), Refused> {
        self.say(&intake.before, now_ms)?;
        for (expected, chain) in intake.chains {
            self.common.served.store.append(chain, expected, now_ms)?;
        }
        self.say(&intake.after, now_ms)?;
        brought.held.extend(intake.held);
        brought.forked = brought.forked.or(intake.forked);
        Ok(self.catch_up()?)
    }

    /// Writes the server's own words and waits until they are durable.
    fn say(&mut self, drafts: &[Draft], now_ms: i64) -> Result<(), LogError> {
        let Some(custody) = self.custody.as_mut().filter(|_| !drafts.is_empty()) else { return Ok(()) };
        let (group, before) = custody.seal(drafts, now_ms);
        let written = self.common.served.store.append(group, before, now_ms);
        if written.is_err() {
            custody.unseal(before);
        }
        written.map(drop)
    }

    /// The state follows everything that is durable by now, whoever wrote it and whether that was told here yet or not.
    fn catch_up(&mut self) -> Result<(), LogError> {
        while let Some(kept) = &self.kept {
            let entries = self.common.served.store.read(Subtree::All, kept.position, LOOKED_THROUGH)?;
            if entries.is_empty() {
                break;
            }
            self.follow(entries);
        }
        Ok(())
    }

    /// What the person of a client may hold.
    fn scope(&self, from: u64) -> Option<Scope> {
        let (kept, client) = (self.kept.as_ref()?, self.clients.get(&from)?);
        match &client.who.person {
            Some(person) => Some(Scope::of(&kept.state, person, self.today())),
            None => client.who.owner.then(|| Scope::whole(self.today())),
        }
    }

    /// The same, as a laptop notes it.
    pub(super) fn scope_mark(&self, from: u64) -> [u8; 16] {
        match (&self.kept, self.scope(from)) {
            (Some(kept), Some(scope)) if self.clients.get(&from).is_some_and(|client| client.is_laptop()) => {
                fingerprint(&kept.state, &scope)
            }
            _ => [0; 16],
        }
    }

    /// Looks for what comes after a position; a laptop whose scope is another one by now begins again.
    pub(super) fn pull(&mut self, from: u64, of: u32, (after, most): (u64, u32), mark: [u8; 16]) {
        let now = self.scope_mark(from);
        let Some(client) = self.clients.get(&from) else { return };
        if self.custody.is_none() {
            return client.refuse(of, Why::Said, t!("sync.refused.no_laptops"));
        }
        let after = Position(if mark == now { after } else { 0 });
        let wanted = Box::new(Wanted { from, of, after, most, mark: now, histories: None });
        let (store, inbox) = (&self.common.served.store, self.common.inbox.clone());
        store.read_async(Subtree::All, after, LOOKED_THROUGH, move |result| {
            let _stopped = inbox.send(Event::Page(wanted, result));
        });
    }

    /// Gives a page, once it is known what became of the nodes in it that the laptop may have had before.
    pub(super) fn give_page(&self, wanted: Wanted, result: Result<Vec<Entry>, LogError>) {
        let (from, of) = (wanted.from, wanted.of);
        let (Some(client), Some(kept), Some(scope)) = (self.clients.get(&from), &self.kept, self.scope(from)) else {
            return;
        };
        let mut read = match result {
            Ok(read) => read,
            Err(error) => return client.refuse(of, why(&error), error.to_string()),
        };
        // What the state does not know yet can't be judged yet.
        read.retain(|entry| entry.position <= kept.position);
        let Some(histories) = &wanted.histories else {
            let nodes = in_question(&kept.state, &scope, &read);
            return self.look_back(wanted, nodes, read);
        };
        let left: Left = histories.iter().flat_map(|history| leaving(&kept.state, &scope, history)).collect();
        let (after, most) = (wanted.after, wanted.most as usize);
        let page = page(&kept.state, (&scope, &left), client.writer, (after, read), most);
        let batch = if page.entries.is_empty() { Vec::new() } else { batch::encode(&page.entries) };
        client.answer(&Tell::Pulled { of, upto: page.upto.0, end: kept.position.0, scope: wanted.mark, batch });
    }

    /// Looks up what was said about nodes, beside the keeper: in a first page there may be a county's.
    fn look_back(&self, mut wanted: Wanted, nodes: BTreeSet<String>, read: Vec<Entry>) {
        if nodes.is_empty() {
            wanted.histories = Some(Vec::new());
            return self.give_page(wanted, Ok(read));
        }
        let (store, inbox) = (self.common.served.store.clone(), self.common.inbox.clone());
        let (from, of) = (wanted.from, wanted.of);
        let work = move || {
            let told = |node| store.read(Subtree::Subject(node), Position(0), LOOKED_THROUGH);
            let histories: Result<Vec<_>, _> = nodes.into_iter().map(told).collect();
            let result = histories.map(|histories| {
                wanted.histories = Some(histories);
                read
            });
            let _stopped = inbox.send(Event::Page(Box::new(wanted), result));
        };
        let spawned = thread::Builder::new().name("wangge-back".to_owned()).spawn(work);
        if let (Err(error), Some(client)) = (spawned, self.clients.get(&from)) {
            client.refuse(of, Why::Said, error.to_string());
        }
    }
}

/// A page that a laptop waits for.
pub(in crate::sync::serve) struct Wanted {
    from: u64,
    of: u32,
    after: Position,
    most: u32,
    mark: [u8; 16],
    /// What was said about the nodes in it that the laptop may have had before, each from its first fact on; none before
    /// that was looked up.
    histories: Option<Vec<Vec<Entry>>>,
}
