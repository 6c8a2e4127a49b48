//! A laptop's store as a sync uses it: opened here, or through the process that has it open, whose desk then sees at once
//! what comes down.
use std::{
    collections::BTreeMap,
    io,
    path::{Path, PathBuf},
    time::Duration,
};

use super::{BookError, attach::wait_a_moment};
use crate::{
    grid::fact::{DeviceKey, Head, WriterId},
    log::{
        Log, LogError, StoreHandle, StoreLog,
        disk::{self, OpenError, Store, glimpse, own_key},
    },
    sync::{
        Link, LinkError, Streams,
        laptop::{Done, Laptop, Step, sync},
        message::{Kind, Why},
        socket::{self, after},
        ssh::{Asking, Ssh},
        store_over,
        talk::{LinkFault, SyncError},
        upstream::{Upstream, note_host, note_synced},
    },
    words::t,
};

/// How long a store that is held may take to be given up, or its holder to let us in.
const PATIENCE: Duration = Duration::from_secs(2);

/// A store that is synced.
pub struct Replica {
    dir: PathBuf,
    store: StoreHandle,
    /// The chains that are written here, each with the key that signs it, where it is the store's own.
    own: BTreeMap<WriterId, Option<DeviceKey>>,
    key: DeviceKey,
    /// Whether a desk works with it meanwhile.
    shared: bool,
}

/// How one gets to the server.
#[derive(Clone, Debug)]
pub struct Journey {
    /// The program that reaches it and its first arguments; `ssh` where there are none.
    pub program: Vec<String>,
    /// What it is told to reach.
    pub host: String,
    /// Whether somebody is there to type a password.
    pub asking: Asking,
    /// How long nothing may go over the link, up or down, before it counts as broken; [`crate::sync::ssh::PATIENCE`] for people.
    pub patience: Duration,
    /// When it begins, UTC milliseconds since 1970: what others recorded until then is here when it has ended.
    pub begins_ms: i64,
}

impl Replica {
    /// Opens the store in a folder, or makes an empty one that the first sync fills; where another process of this user
    /// has it open, goes through that.
    ///
    /// # Errors
    /// It can't be opened, and whoever has it lets nobody in.
    pub fn open(dir: &Path, now_ms: i64) -> Result<Replica, BookError> {
        if !dir.join("journal").is_dir() {
            Store::create_announced(dir)?;
        }
        let end = after(PATIENCE);
        loop {
            let held = match Store::open(dir, now_ms) {
                Err(held @ OpenError::Held { .. }) => held,
                opened => {
                    let opened = opened?;
                    let own = chains(opened.heads.into_keys(), &opened.key);
                    let (dir, store, key) = (dir.to_owned(), opened.store, opened.key);
                    return Ok(Replica { dir, store, own, key, shared: false });
                }
            };
            match Replica::beside(dir) {
                Err(BookError::Link(LinkError::Io(_) | LinkError::Ended)) if after(Duration::ZERO) < end => {
                    wait_a_moment();
                }
                Err(BookError::Link(LinkError::Io(_))) => return Err(held.into()),
                reached => return reached,
            }
        }
    }

    /// Through the process that has the store open.
    fn beside(dir: &Path) -> Result<Replica, BookError> {
        let stream = socket::connect(&dir.join("socket")).map_err(LinkError::from)?;
        let (own, key) = known(dir)?;
        let name = rustix::system::uname().nodename().to_string_lossy().into_owned();
        let streams = Streams::of_socket(stream).map_err(LinkError::from)?;
        let link = Link::open::<LinkError>(streams, Kind::Command, &name, |_| Ok(key.clone()))?;
        // What ends in the middle is begun again by whoever runs it: the desk may have opened something else by then.
        let gone = || Err(LinkError::Refused(Why::Stranger, t!("sync.error.owner_gone").into_owned()));
        let store = store_over(link, Box::new(gone)).map_err(LinkError::from)?;
        Ok(Replica { dir: dir.to_owned(), store, own, key, shared: true })
    }

    /// That of a desk, which has it open or goes through another window.
    ///
    /// # Errors
    /// What lies in its folder can't be read.
    pub fn of(dir: &Path, store: StoreHandle) -> Result<Replica, BookError> {
        let (own, key) = known(dir)?;
        Ok(Replica { dir: dir.to_owned(), store, own, key, shared: true })
    }

    /// Its log.
    pub fn log(&self) -> StoreLog {
        StoreLog(self.store.clone())
    }

    /// What the store's own device signs with.
    pub fn key(&self) -> &DeviceKey {
        &self.key
    }

    /// The chains that are written here, each with the key that signs it, where it is the store's own.
    pub fn own(&self) -> &BTreeMap<WriterId, Option<DeviceKey>> {
        &self.own
    }

    /// Where they end.
    ///
    /// # Errors
    /// The log does not say.
    pub fn heads(&self) -> Result<BTreeMap<WriterId, Head>, LogError> {
        let log = self.log();
        self.own.keys().map(|writer| Ok((*writer, log.head(*writer)?))).collect()
    }

    /// Whether a desk works with it meanwhile.
    pub fn is_shared(&self) -> bool {
        self.shared
    }

    /// What is noted about the server.
    pub fn note(&self) -> Option<Upstream> {
        Upstream::read(&self.dir)
    }

    /// Notes something else.
    ///
    /// # Errors
    /// It can't be written.
    pub fn keep(&self, note: &Upstream) -> io::Result<()> {
        note.write(&self.dir, &disk::Files::new())
    }

    /// Syncs with the server at the end of a journey.
    ///
    /// # Errors
    /// See [`SyncError`]; what was copied until then is there to stay.
    pub fn sync(&self, journey: &Journey, progress: &mut dyn FnMut(Step)) -> Result<Done, SyncError> {
        let (ssh, mut stream) = Ssh::start(&journey.program, &journey.host, (journey.asking, journey.patience))?;
        let name = rustix::system::uname().nodename().to_string_lossy().into_owned();
        let (store, welcome) = match stream.hello(|_| Ok(self.key.clone()), Kind::Laptop, &name) {
            Err(SyncError::Link(LinkFault::Gone)) => return Err(ssh.ended()),
            welcome => welcome?,
        };
        let (mut log, note) = (self.log(), self.note());
        let mut keep = |note: &Upstream| self.keep(note);
        let mut laptop = Laptop { log: &mut log, own: self.own.clone(), note, keep: &mut keep, shared: self.shared };
        // A link that failed is not told goodbye: it may be stuck, and would be waited for once more.
        let done = sync(&mut laptop, &mut stream, (store, &welcome), progress)?;
        drop(stream.bye());
        // Where a desk finds it the next time; without it, it asks, and can't say how old what it shows of others is.
        let _unnoted = note_host(&self.dir, &journey.host).and_then(|()| note_synced(&self.dir, journey.begins_ms));
        Ok(done)
    }

    /// Closes what was opened here.
    ///
    /// # Errors
    /// The store did not close in time.
    pub fn close(self) -> Result<(), LogError> {
        self.store.close()
    }
}

/// The chains that are written in the store of a folder that somebody has open, and its own key.
fn known(dir: &Path) -> Result<(BTreeMap<WriterId, Option<DeviceKey>>, DeviceKey), BookError> {
    let unreadable = || BookError::Key(dir.display().to_string(), io::ErrorKind::InvalidData.into());
    let key = own_key(dir).ok_or_else(unreadable)?;
    Ok((chains(glimpse(dir)?.heads.into_keys(), &key), key))
}

fn chains(writers: impl Iterator<Item = WriterId>, key: &DeviceKey) -> BTreeMap<WriterId, Option<DeviceKey>> {
    writers.map(|writer| (writer, None)).chain([(key.writer(), Some(key.clone()))]).collect()
}
