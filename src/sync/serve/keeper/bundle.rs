//! Files for laptops that never see a network: made beside the keeper, by the state as it was when somebody asked.
use std::{
    io,
    sync::{Arc, mpsc::Sender},
    thread,
};

use super::{Event, Keeper};
use crate::{
    grid::{
        decide::{Actor, rights::may_enroll},
        fact::{DeviceKey, WriterId},
        scope::Scope,
        state::State,
    },
    log::{Entry, LogError, Position, StoreHandle, Subtree},
    sync::{
        batch,
        bundle::{Down, Head, write},
        message::Why,
        outlet::{fingerprint, page},
    },
    words::t,
};

/// How many entries of the log are read at once.
const PAGE: usize = 1024;
/// The longest file: more than a county's laptop holds in years, and little enough to be made in memory.
const LONGEST: usize = 128 * 1024 * 1024;

/// The bytes of a file and the position up to which it reaches, or why there is none.
pub(super) type Bundled = Result<(u64, Arc<Vec<u8>>), String>;

impl Keeper {
    /// Makes the file for a device, of what its scope holds after a position; from the beginning where the device has
    /// noted that position for another scope, or for a longer store.
    pub(super) fn bundle(&mut self, from: u64, of: u32, device: WriterId, (after, mark): (u64, [u8; 16])) {
        let Some(client) = self.clients.get(&from) else { return };
        let (Some(kept), Some(custody)) = (&self.kept, &self.custody) else {
            return client.refuse(of, Why::Said, || t!("sync.refused.no_laptops"));
        };
        let Some(known) = kept.state.device(device) else {
            return client.refuse(of, Why::Said, || t!("sync.refused.no_device", device = device));
        };
        let (today, now_ms) = (self.today(), (self.common.served.now)());
        let actor = Actor { person: client.who.person.clone(), today, owner: client.who.owner };
        if actor.person.as_deref() != Some(known.person.as_str())
            && let Err(denied) = may_enroll(&kept.state, &actor, &known.person)
        {
            return client.refuse(of, Why::Denied, || denied.to_string());
        }
        if kept.state.revoked_from(device).is_some_and(|from| from <= now_ms) {
            return client.refuse(of, Why::Denied, || t!("sync.refused.revoked_file", device = known.name));
        }
        if self.bundling {
            return client.refuse(of, Why::TooMuch, || t!("sync.refused.bundling"));
        }
        let scope = Scope::of(&kept.state, &known.person, today);
        let (now, upto) = (fingerprint(&kept.state, &scope), kept.position);
        let down = Down::of(device, (after, mark), (upto, now));
        let after = Position(down.after);
        let key = custody.key().clone();
        let head = Head {
            store: self.common.served.id,
            key: key.public(),
            made_ms: now_ms,
            down: Some(down),
            ..Head::default()
        };
        let making = Making { scope, state: Arc::new(kept.state.clone()), own: device, after, upto };
        let (store, inbox) = (self.common.served.store.clone(), self.common.inbox.clone());
        let language = client.language;
        let work = move || language.during(|| making.send((from, of), head, &key, &store, &inbox));
        match thread::Builder::new().name("wangge-bundle".to_owned()).spawn(work) {
            Ok(_) => self.bundling = true,
            Err(error) => client.refuse(of, Why::Said, || error.to_string()),
        }
    }

    /// Gives a file that was made to whoever asked for it.
    pub(super) fn bundled(&mut self, (from, of): (u64, u32), made: Bundled) {
        self.bundling = false;
        let Some(client) = self.clients.get(&from) else { return };
        match made {
            Ok((upto, bytes)) => {
                client.outbox.state(of, upto, bytes);
                client.gate.answered();
            }
            Err(why) => client.refuse(of, Why::Said, || why),
        }
    }
}

/// What goes into a file.
struct Making {
    scope: Scope,
    /// By which it is judged what the device may hold.
    state: Arc<State>,
    own: WriterId,
    after: Position,
    upto: Position,
}

impl Making {
    fn send(self, (from, of): (u64, u32), head: Head, key: &DeviceKey, store: &StoreHandle, inbox: &Sender<Event>) {
        let made = self.make(head, key, store).map(|bytes| (self.upto.0, Arc::new(bytes)));
        let _stopped = inbox.send(Event::Bundled { from, of, made });
    }

    fn make(&self, head: Head, key: &DeviceKey, store: &StoreHandle) -> Result<Vec<u8>, String> {
        let (mut entries, mut bytes, mut batches) = (0, 0, Vec::new());
        self.each_batch(store, &mut |rows| {
            let batch = batch::encode(rows);
            (entries, bytes) = (entries + rows.len() as u64, bytes + batch.len());
            batches.push(batch);
            bytes <= LONGEST
        })
        .map_err(|error| error.to_string())?;
        if bytes > LONGEST {
            return Err(t!("sync.refused.bundle_long").into_owned());
        }
        let (mut out, mut batches) = (Vec::with_capacity(bytes), batches.into_iter());
        let written: io::Result<u64> = write(&mut out, &Head { entries, ..head }, key, &mut || Ok(batches.next()));
        written.map(|_| out).map_err(|error| error.to_string())
    }

    /// Gives the entries in batches as long as they are taken.
    fn each_batch(&self, store: &StoreHandle, take: &mut dyn FnMut(&[Entry]) -> bool) -> Result<(), LogError> {
        let (mut at, mut gathered) = (self.after, Vec::new());
        while at < self.upto {
            let mut read = store.read(Subtree::All, at, PAGE)?;
            read.retain(|entry| entry.position <= self.upto);
            let Some(last) = read.last().map(|last| last.position) else { break };
            while at < last {
                let rest = read.iter().filter(|entry| entry.position > at).cloned().collect();
                let page = page(&self.state, &self.scope, self.own, (at, rest), PAGE);
                at = page.upto;
                gathered.extend(page.entries);
            }
            while gathered.len() >= batch::MOST || at >= self.upto && !gathered.is_empty() {
                let rest = gathered.split_off(batch::cut(&gathered).max(1));
                if !take(&gathered) {
                    return Ok(());
                }
                gathered = rest;
            }
        }
        Ok(())
    }
}
