//! Laptops: what they may hold is given to them page by page.
use super::{Event, Keeper, why};
use crate::{
    grid::scope::Scope,
    log::{Entry, LogError, Position, Subtree},
    sync::{
        batch,
        message::{Tell, Why},
        outlet::{fingerprint, page},
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
            return client.refuse(of, Why::Said, || t!("sync.refused.no_laptops"));
        }
        let after = Position(if mark == now { after } else { 0 });
        let (store, inbox) = (&self.common.served.store, self.common.inbox.clone());
        store.read_async(Subtree::All, after, LOOKED_THROUGH, move |result| {
            let _stopped = inbox.send(Event::Page { from, of, after, most, mark: now, result });
        });
    }

    /// Gives a page.
    pub(super) fn give_page(
        &self,
        (from, of): (u64, u32),
        (after, most, mark): (Position, u32, [u8; 16]),
        result: Result<Vec<Entry>, LogError>,
    ) {
        let (Some(client), Some(kept), Some(scope)) = (self.clients.get(&from), &self.kept, self.scope(from)) else {
            return;
        };
        let mut read = match result {
            Ok(read) => read,
            Err(error) => return client.refuse(of, why(&error), || error.to_string()),
        };
        // What the state does not know yet can't be judged yet.
        read.retain(|entry| entry.position <= kept.position);
        let page = page(&kept.state, &scope, client.writer, (after, read), most as usize);
        let batch = if page.entries.is_empty() { Vec::new() } else { batch::encode(&page.entries) };
        client.answer(&Tell::Pulled { of, upto: page.upto.0, end: kept.position.0, scope: mark, batch });
    }
}
