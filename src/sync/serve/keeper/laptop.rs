//! Laptops: what they may hold is given to them page by page.
use std::{collections::BTreeSet, thread};

use super::{Event, Keeper, why};
use crate::{
    grid::scope::Scope,
    log::{Entry, LogError, Position, Subtree},
    sync::{
        batch,
        message::{Tell, Why},
        outlet::{Left, fingerprint, in_question, leaving, page},
    },
    words::t,
};

/// How many entries of the log are looked through for one page.
const LOOKED_THROUGH: usize = 1024;

impl Keeper {
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
